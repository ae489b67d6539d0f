"""The table of what came in: kept until it is handled, and known again for a while after."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision: Final = "r0004"
down_revision: Final = "r0003"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "incoming",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("written", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("handled", sa.Boolean),
        sa.Column("day", ARRAY(sa.Text), nullable=False),
    )
    op.create_index("incoming_handled", "incoming", ["handled"])
    op.create_index("incoming_day", "incoming", ["day"], postgresql_using="gin")


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("incoming")
