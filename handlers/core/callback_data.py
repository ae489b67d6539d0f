"""What a button means, and its one encoding as callback data.

A keyboard stays tappable for months, so a button carries all it needs: documents, clauses and
questions are named by short ids that a restart does not change. What an older version wrote, what
somebody forged and what names a thing that is gone all end as `StaleButton`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import ClassVar, Final

from records.ids import PeriodKey

VERSION: Final = "1"
"""Raised when the meaning of an action or its fields changes; older buttons are then stale."""

MAX_BYTES: Final = 64
"""Bot API, InlineKeyboardButton.callback_data."""

NONE: Final = "-"
"""Stands for nothing: a value of a button is never empty."""

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,24}")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,5}")


class StaleButton(Exception):  # noqa: N818 - a normal case, not an error
    """A button that no longer means anything: old, foreign, or its subject is gone."""


@dataclass(frozen=True, slots=True)
class CallbackData:
    """What a button means; each subclass is a frozen dataclass of ids (str) and counts (int)."""

    letters: ClassVar[str] = ""
    """The name of its kind in callback data: once given, it stays, and nothing else may bear it."""


@dataclass(frozen=True, slots=True)
class CopyText(CallbackData):
    """Puts words on the phone's clipboard: the phone does it, no callback comes back."""

    text: str
    """1 to 256 characters: Bot API, CopyTextButton."""


@dataclass(frozen=True, slots=True)
class HideHome(CallbackData):
    """Takes the keyboard below the chat away."""

    letters: ClassVar[str] = "hh"


class Codec:
    """Reads callback data back as buttons of some kinds."""

    def __init__(self, kinds: Iterable[type[CallbackData]]) -> None:
        """Know these kinds; ValueError where one has no letters, or two have the same."""
        every = tuple(kinds)
        self._kinds: Mapping[str, type[CallbackData]] = {kind.letters: kind for kind in every}
        if len(self._kinds) != len(every) or "" in self._kinds:
            raise ValueError("each button bears letters of its own")

    def decode(self, data: str) -> CallbackData:
        """Return what the button meant; StaleButton if it means nothing now."""
        version, _, rest = data.partition(":")
        letters, _, tail = rest.partition(":")
        kind = self._kinds.get(letters)
        if version != VERSION or kind is None or len(data.encode("utf-8", "replace")) > MAX_BYTES:
            raise StaleButton
        pressed = _read(kind, tail.split(":") if tail else [])
        if pressed is None:
            raise StaleButton
        return pressed


def encode(pressed: CallbackData) -> str:
    """Return the callback data of `pressed`; ValueError if a value does not fit."""
    parts = [str(getattr(pressed, field.name)) for field in fields(pressed)]
    data = ":".join([VERSION, pressed.letters, *parts])
    fits = pressed.letters and len(data.encode()) <= MAX_BYTES
    if not fits or _read(type(pressed), parts) != pressed:
        raise ValueError(f"not encodable: {pressed}")
    return data


def _read(kind: type[CallbackData], parts: Sequence[str]) -> CallbackData | None:
    """Return a button of this kind with these values; None where they do not fit it."""
    wanted = fields(kind)
    if len(parts) != len(wanted):
        return None
    values: list[str | int] = []
    for field, part in zip(wanted, parts, strict=True):
        shape = _COUNT if field.type is int else _ID
        if not shape.fullmatch(part) or not part.isascii():
            return None
        values.append(int(part) if field.type is int else part)
    build: Callable[..., CallbackData] = kind
    return build(*values)


def period_written(period: PeriodKey | None) -> str:
    """Return a period as a button carries it."""
    return NONE if period is None else period


def period_read(written: str) -> PeriodKey | None:
    """Return the period that a button carries."""
    return None if written == NONE else PeriodKey(written)
