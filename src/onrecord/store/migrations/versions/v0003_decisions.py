"""Decisions of the desk, the pages that each bears on, and bodies of which words were taken out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and add the columns."""
    op.create_table(
        "decisions",
        sa.Column("change", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "decision_pages",
        sa.Column("change", sa.Integer, sa.ForeignKey("decisions.change"), primary_key=True),
        sa.Column("page", sa.Text, primary_key=True),
    )
    op.create_index("decision_pages_page", "decision_pages", ["page"])
    op.add_column("bodies", sa.Column("form", sa.Text, nullable=False, server_default="bytes"))
    op.add_column("bodies", sa.Column("checked", sa.Integer, nullable=False, server_default="0"))
