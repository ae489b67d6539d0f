"""The one line by which a page names its document: "Công văn số …, ngày … của … về việc …"."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from knowledge.document_kinds import document_kinds
from knowledge.parsing.dates import FULL_DATE, read_date
from knowledge.parsing.heading import SURE, Piece, number_of, pieces_of
from knowledge.parsing.layout import Line

WITHIN: Final = 12
"""Lines from the top in which the caption stands."""

LONGEST: Final = 400

_REST: Final = (
    r"\s+(?:số:?\s*)?(?P<number>\d{1,6}[a-z]?(?:/\d{4})?\s?[-/]\s?[^\W\d_][\w&.]*(?:[-/][\w&.]+)*)"
    r"(?:,?\s+(?:ngày\s+)?(?P<date>\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}\s*(?:[/.-]|,?\s*năm)\s*\d{4}))?"
    r"(?:,?\s+của\s+(?P<issuer>[^,;:]+?))?"
    r",?\s+(?P<title>(?:về|v/v)\s+.+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What such a line says; `end` is the number of the line below it."""

    kind: str
    number: str | None
    date: datetime.date | None
    issuer: str | None
    title: str
    printed: str
    end: int


def caption_of(lines: Sequence[Line]) -> Caption | None:
    """Read the caption of a page that shows no letterhead; None where there is none."""
    for at, line in enumerate(lines[:WITHIN]):
        if _SURE.intersection(piece for piece, _ in pieces_of(line)):
            return None
        found = _pattern().fullmatch(line.text) if len(line.text) <= LONGEST else None
        if found and found["date"] and found["issuer"]:
            date = FULL_DATE.search(found["date"])
            return Caption(
                kind=found["kind"].lower(),
                number=number_of(found["number"]),
                date=read_date(date) if date else None,
                issuer=found["issuer"].strip(),
                title=found["title"].strip(),
                printed=line.text,
                end=at + 1,
            )
    return None


_SURE: Final = SURE - {Piece.DATE}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((kind.name for kind in document_kinds()), key=len, reverse=True)
    return re.compile(rf"(?P<kind>{'|'.join(map(re.escape, names))}){_REST}", re.IGNORECASE)
