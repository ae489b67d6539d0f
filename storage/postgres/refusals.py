"""What only the store in PostgreSQL declines."""

from dataclasses import dataclass

from records.refusals import StoreRefused


@dataclass(eq=False, kw_only=True)
class DatabaseShut(StoreRefused):
    """The database could not be opened; `reason` is its own word, which bears no password."""

    reason: str


class DatabaseNewer(StoreRefused):
    """A later version of the assistant made the tables; this one would not understand them."""
