"""The table of scopes: what a conversation is about."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "r0006"
down_revision: Final = "r0005"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "scopes",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("written", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("scopes")
