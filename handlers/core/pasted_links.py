"""A deep link that was pasted as text: some phones drop what stands behind "?start="."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LINK: Final = re.compile(
    r"(?:https?://)?(?:t|telegram)\.me/\w+/?\?start=([A-Za-z0-9_-]{1,64})|([a-z]_[A-Za-z0-9_-]{6,62})"
)
"""The whole link, or its parameter alone."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A link's parameter: what it leads to, and the rest."""

    prefix: str
    rest: str


def pasted(text: str, prefixes: Iterable[str]) -> Pasted | None:
    """Return the link that `text` is, blanks around it aside; None if it is none of `prefixes`.

    A whole link counts among other words too: who forwards an invitation sends its words with it.
    """
    whole = _LINK.fullmatch(text.strip())
    found = whole or next((one for one in _LINK.finditer(text) if one[1]), None)
    payload = "" if found is None else found[1] or found[2]
    prefix = next((one for one in prefixes if payload.startswith(one)), None)
    return None if prefix is None else Pasted(prefix, payload.removeprefix(prefix))
