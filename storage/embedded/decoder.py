"""Records out of their JSON, each text decoded once where that is safe."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar, get_origin, get_type_hints

from records.codec import from_json
from records.kinds import KINDS, Record
from records.model import OutboxMessage

R = TypeVar("R", bound=Record)

DECODED: Final = 130_000
"""Records kept decoded: people and open tasks of a province, read at each day's plan. With 20,000
the plan for 20,000 people took twice as long, and the process 22 MiB less."""
WEIGHED: Final = 50_000
"""Owed messages whose turn is known without decoding them again: more than a broadcast owes."""


class Turn(NamedTuple):
    """When an owed message may go, and before which others."""

    channel: str
    free: datetime
    """Neither delayed nor held from then on."""
    order: tuple[int, datetime, str]
    """Urgency, age and key: the lower goes first."""

    @property
    def key(self) -> str:
        """The key of the message."""
        return self.order[2]


class Decoder:
    """Gives records as values that nobody can change for others."""

    def __init__(self) -> None:
        self._shared = frozenset(kind for kind in KINDS if not _holds_mapping(kind))
        self._decoded: Callable[[type, bytes], Any] = lru_cache(DECODED)(from_json)
        self.turn = lru_cache(WEIGHED)(_turn)
        """Tell the Turn of an owed message by its text."""

    def __call__(self, kind: type[R], text: bytes) -> R:
        """Return a record; raises UnreadableRecord."""
        if kind not in self._shared:
            return from_json(kind, text)
        record: R = self._decoded(kind, text)
        return record


def _holds_mapping(kind: type) -> bool:
    """Tell whether a record holds a dictionary, which a reader could write to."""
    return any(get_origin(hint) is Mapping for hint in get_type_hints(kind).values())


def _turn(text: bytes) -> Turn:
    message = from_json(OutboxMessage, text)
    times = (message.not_before, message.lease)
    free = max((one for one in times if one is not None), default=datetime.min.replace(tzinfo=UTC))
    return Turn(message.channel, free, (-message.priority, message.created, message.key))
