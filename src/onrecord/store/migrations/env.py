"""Alembic's way in: migrates the facts over the connection that it is given, inside its transaction."""

from alembic import context

from onrecord.store.schema import facts

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=facts,
    render_as_batch=True,
    include_object=lambda _object, name, kind, _reflected, _to: kind != "table" or name in facts.tables,
)
with context.begin_transaction():
    context.run_migrations()
