"""Messages are claimed by channel: those of before are all Telegram's."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "r0003"
down_revision: Final = "r0002"

OWED: Final = "state = 'owed'"


def upgrade() -> None:
    """Give each message its channel, and the owed ones an index a channel."""
    op.add_column(
        "outbox", sa.Column("channel", sa.Text, nullable=False, server_default="telegram")
    )
    op.alter_column("outbox", "channel", server_default=None)
    _index("channel", sa.text("priority DESC"), "created", "key")


def downgrade() -> None:
    """Forget the channels."""
    _index(sa.text("priority DESC"), "created", "key")
    op.drop_column("outbox", "channel")


def _index(*columns: str | sa.TextClause) -> None:
    """Make the index by which messages are claimed anew."""
    op.drop_index("outbox_owed", "outbox")
    op.create_index("outbox_owed", "outbox", list(columns), postgresql_where=sa.text(OWED))
