"""The tables of the records: one a kind, with a column for each lookup."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: Final = "r0001"
down_revision: Final = None

TEXT: Final[Mapping[str, tuple[str, ...]]] = {
    "units": (),
    "successions": (),
    "people": ("unit", "role"),
    "invitations": ("digest", "used_by"),
    "access_requests": (),
    "tasks": ("lead", "state", "group"),
    "drafts": ("person", "task"),
    "attachments": ("draft",),
    "reports": ("series", "task", "unit", "author", "period", "state", "form", "draft"),
    "acknowledgements": ("person", "file"),
    "extensions": ("task", "unit", "state"),
    "focuses": (),
    "snoozes": ("person",),
    "personal_reminders": ("person",),
    "preferences": (),
    "marks": (),
    "calendar": (),
    "broadcasts": ("file",),
    "outbox": ("person", "state"),
    "audit": ("actor", "subject", "action"),
}
"""Lookups by one text, by table."""

BOOLEAN: Final = {"access_requests": ("decided",), "personal_reminders": ("done",)}
MANY: Final = {
    "access_requests": ("address",),
    "audit": ("month",),
    "people": ("address", "deputy"),
    "tasks": ("assignee", "support"),
}
UNIQUE: Final = {"invitations": ("digest",), "reports": ("draft",)}


def upgrade() -> None:
    """Create the tables."""
    for table, texts in TEXT.items():
        columns: list[sa.Column[Any]] = [sa.Column(name, sa.Text) for name in texts]
        columns += [sa.Column(name, sa.Boolean) for name in BOOLEAN.get(table, ())]
        columns += [
            sa.Column(name, postgresql.ARRAY(sa.Text), nullable=False)
            for name in MANY.get(table, ())
        ]
        op.create_table(
            table,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("written", sa.BigInteger, sa.Identity(always=True), nullable=False),
            sa.Column("document", sa.Text, nullable=False),
            *columns,
        )
        for name in (*texts, *BOOLEAN.get(table, ())):
            unique = name in UNIQUE.get(table, ())
            op.create_index(f"{table}_{name}", table, [name], unique=unique)
        for name in MANY.get(table, ()):
            op.create_index(f"{table}_{name}", table, [name], postgresql_using="gin")
    for name in ("created", "not_before", "lease"):
        op.add_column("outbox", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("outbox", sa.Column("priority", sa.Integer))
    op.create_index(
        "outbox_owed",
        "outbox",
        [sa.text("priority DESC"), "created", "key"],
        postgresql_where=sa.text("state = 'owed'"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in TEXT:
        op.drop_table(table)
