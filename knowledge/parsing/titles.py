"""The titles of documents that a sentence cites: what stands in them sets nobody a time."""

import re
from typing import Final

from knowledge.document_kinds import Series
from knowledge.numbers import DocumentNumber, find_numbers

_PROGRAMMES: Final = frozenset({"CTr", "KH", "ĐA", "DA"})
"""Kinds that are carried out over the period in their titles; others only name a period."""

LONGEST_TITLE: Final = 600
"""Characters after a number; the longest run to a title's end in five real directives has 514."""

_END: Final = re.compile(r"[;\n]|\.\s|(?<=”)")
_FRAMEWORK: Final = re.compile(
    r"(?:Chương trình (?:tổng thể|mục tiêu quốc gia|hành động quốc gia)|Chiến lược|Quy hoạch)"
    r"[^.;\n]*?(?P<period>giai đoạn\s+[0-9]{4}\s*[-–]\s*[0-9]{4})"
)
"""A framework of the State bears its period as part of its name."""


def outside_titles(text: str) -> str:
    """Blank out, letter for letter, the titles that set nobody a time; places stay the same."""
    blank = text
    for (_, end), number in find_numbers(text):
        if not _is_programme(number):
            reach = min(len(text), end + LONGEST_TITLE)
            stop = _END.search(text, end, reach)
            blank = _blanked_spans(blank, end, stop.start() if stop else reach)
    for match in _FRAMEWORK.finditer(text):
        blank = _covered(blank, *match.span("period"))
    return blank


def _is_programme(number: DocumentNumber) -> bool:
    return number.kind in _PROGRAMMES and (
        number.series is Series.PARTY or number.kind in {"CTr", "KH"}
    )


_PERIOD: Final = re.compile(r"(?:giai đoạn|nhiệm kỳ)\s+[0-9]{4}\s*[-–]\s*[0-9]{4}", re.IGNORECASE)


def _blanked_spans(text: str, start: int, end: int) -> str:
    """Cover the periods of years between `start` and `end`."""
    for match in _PERIOD.finditer(text, start, end):
        text = _covered(text, *match.span())
    return text


def _covered(text: str, start: int, end: int) -> str:
    return text[:start] + "_" * (end - start) + text[end:]
