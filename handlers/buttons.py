"""All buttons of the assistant: each conversation's presses under their letters."""

from collections.abc import Mapping
from typing import Final

from handlers import presses
from handlers.acknowledging import presses as acknowledging
from handlers.auditing import presses as auditing
from handlers.digesting import presses as digesting
from handlers.joining import presses as joining
from handlers.press import Codec, Press
from handlers.reminding import presses as reminding
from handlers.reporting import presses as reporting
from handlers.reviewing import presses as reviewing
from handlers.tasks import presses as tasks

KINDS: Final[Mapping[str, type[Press]]] = {
    **presses.KINDS,
    **acknowledging.KINDS,
    **digesting.KINDS,
    **tasks.KINDS,
    **reporting.KINDS,
    **reviewing.KINDS,
    **reminding.KINDS,
    **joining.KINDS,
    **auditing.KINDS,
}
"""A conversation's letters begin with one of its own, so that no two share a name."""

_CODEC: Final = Codec(KINDS)


def encode(press: Press) -> str:
    """Return the callback data of `press`; ValueError if a value does not fit."""
    return _CODEC.encode(press)


def decode(data: str) -> Press:
    """Return what the button meant; StaleButton if it means nothing now."""
    return _CODEC.decode(data)
