"""The next moment at which the bot may send: one row for all processes."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "r0005"
down_revision: Final = "r0004"


def upgrade() -> None:
    """Create the table; not logged: a crash of the server may forget a second."""
    op.create_table(
        "pace",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("free", sa.Double, nullable=False),
        prefixes=["UNLOGGED"],
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("pace")
