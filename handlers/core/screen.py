"""What a feature gives back: one message with its buttons."""

from dataclasses import dataclass

from handlers.core.callback_data import CallbackData


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it and what it means."""

    label: str
    data: CallbackData


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: Telegram's HTML and the buttons under it, row by row."""

    html: str
    rows: Rows = ()
    picture: bytes | None = None
    """A PNG that the text is the caption of."""
    below: tuple[tuple[str, ...], ...] | None = None
    """Labels of the keyboard that stays below the chat from now on, row by row; none: it goes
    away; None: it stays as it is. A message that has it has no buttons of its own."""
