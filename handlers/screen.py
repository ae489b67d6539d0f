"""What a conversation gives back: one message with its buttons."""

from dataclasses import dataclass

from handlers.press import Press


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it and what it means."""

    label: str
    press: Press


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: Telegram's HTML and the buttons under it, row by row."""

    html: str
    rows: Rows = ()
    picture: bytes | None = None
    """A PNG that the text is the caption of."""
