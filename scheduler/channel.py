"""A way to people, as the outbox uses it; each channel is an adapter of this."""

from collections.abc import Sequence
from typing import Protocol

from records.model import OutboxMessage, Person
from scheduler.verdicts import Verdict

Rows = list[OutboxMessage]


class Channel(Protocol):
    """A way to people, such as Telegram."""

    @property
    def name(self) -> str:
        """The name it has in a person's addresses."""
        ...

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Try to deliver; `again` marks what may have arrived before. Never raises for a fault.

        What an address means only the channel knows.
        """
        ...


class Joint(Protocol):
    """A channel that can say several messages to one person as one."""

    def together(self, rows: Sequence[OutboxMessage]) -> Sequence[Rows]:
        """Return rows of one person as groups: what is said in one message, the rest alone."""
        ...

    def joins(self, row: OutboxMessage) -> bool:
        """Tell whether a message can wait for others and be said together with them."""
        ...

    async def send_together(self, address: str, rows: Sequence[OutboxMessage]) -> Verdict:
        """Try to deliver a group of several; never raises for a fault."""
        ...
