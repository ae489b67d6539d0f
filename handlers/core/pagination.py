"""Long texts and lists in pages that a phone, and Telegram, can hold."""

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from handlers.core.callback_data import CallbackData
from handlers.core.dependencies import Texts
from handlers.core.screen import Button, Rows

TEXT_PAGE: Final = 3000
"""Characters of a clause on one page; Telegram's limit is 4,096 for the whole message, and the head
of a page (citation, label of a digest) takes at most 900."""

LIST_PAGE: Final = 8
"""Entries of a list on one page: so many buttons fit a phone's screen with the text above."""

_BREAKS: Final = tuple(re.compile(mark) for mark in (r"\n", r"(?<=[.;:!?])\s", r"\s"))
"""Where a page may end, best first: a paragraph, a sentence, a word."""

Entry = TypeVar("Entry")


def pages(text: str, most: int = TEXT_PAGE) -> list[str]:
    """Cut `text` into pages of at most `most` characters; joined, they are the text again."""
    found = []
    while len(text) > most:
        at = _break(text, most)
        found.append(text[:at])
        text = text[at:]
    return [*found, text]


def _break(text: str, most: int) -> int:
    """Return where the first page ends: in its second half if there is a place for it."""
    for mark in _BREAKS:
        ends = [match.end() for match in mark.finditer(text, most // 2, most)]
        if ends:
            return ends[-1]
    return most


def count(entries: int, most: int = LIST_PAGE) -> int:
    """Return the number of pages of a list."""
    return -(-entries // most)


def cut(entries: Sequence[Entry], page: int, most: int = LIST_PAGE) -> Sequence[Entry]:
    """Return the entries of one page; none beyond the last."""
    return entries[page * most : (page + 1) * most]


def page_turns(texts: Texts, page: int, total: int, turn: Callable[[int], CallbackData]) -> Rows:
    """Return the row that leafs through pages; none where there is one page."""
    row = []
    if page > 0:
        row.append(Button(texts.label("previous"), turn(page - 1)))
    if page + 1 < total:
        row.append(Button(texts.label("next"), turn(page + 1)))
    return (tuple(row),) if row else ()
