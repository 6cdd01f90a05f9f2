"""The facts of a record: settings, sources, pages, bodies, captures and the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("tz", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("rights", sa.Text, nullable=False, server_default="quote"),
        sa.Column("change", sa.Integer, nullable=False),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("change", sa.Integer, nullable=False),
    )
    op.create_table(
        "bodies",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    _captures()
    op.create_table(
        "ledger",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("ref", sa.Text, primary_key=True),
        sa.Column("change", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
    )
    op.create_index("ledger_change", "ledger", ["change"])


def _captures() -> None:
    op.create_table(
        "captures",
        sa.Column("change", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("page", sa.Text, sa.ForeignKey("pages.id"), nullable=False),
        sa.Column("hash", sa.Text, sa.ForeignKey("bodies.hash"), nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.Column("where", sa.Text, nullable=False),
        sa.Column("hints", sa.LargeBinary, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
    )
    op.create_index("captures_page", "captures", ["page", "seen_at"])
    op.create_index("captures_hash", "captures", ["hash"])
