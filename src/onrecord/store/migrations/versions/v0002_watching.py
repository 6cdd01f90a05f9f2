"""Sources that are watched: how often at most, whether paused, and what watching found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("sources", sa.Column("every", sa.Float, nullable=False, server_default="60"))
    op.add_column("sources", sa.Column("paused", sa.Boolean, nullable=False, server_default="0"))
    op.create_table(
        "watching",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("state", sa.LargeBinary, nullable=False),
    )
