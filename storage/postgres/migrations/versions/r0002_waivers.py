"""The table of waivers: periods whose report is asked for no more."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "r0002"
down_revision: Final = "r0001"

LOOKUPS: Final = ("task", "unit")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "waivers",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("written", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in LOOKUPS),
    )
    for name in LOOKUPS:
        op.create_index(f"waivers_{name}", "waivers", [name])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("waivers")
