"""Numbers that name one citizen: identity papers and mobile phones, within a text.

Căn cước: twelve digits that begin with the code of a province, then a century's and sex's digit and
a year (Nghị định 137/2015/NĐ-CP, Điều 13); a chứng minh of nine digits only beside its name. Mobile
numbers have ten digits, or eleven with 84. A landline is an office's.
"""

import re
from collections.abc import Iterator
from typing import Final

from vietnamese.text import fold, nfc

_GAP: Final = r"[ .\-]?"
_LAST_PROVINCE: Final = 96
"""Codes of provinces run from 001 (Hà Nội) to 096 (Cà Mau)."""

_IDENTITY: Final = re.compile(rf"(?<![0-9])0[0-9]{{2}}(?:{_GAP}[0-9]){{9}}(?![0-9])")
_NAMED: Final = re.compile(
    r"(?:cccd|cmnd|cmt|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|so dinh danh)"
    rf"[^0-9\n]{{0,20}}(?P<number>[0-9](?:{_GAP}[0-9]){{8,11}})(?![0-9])"
)
_PHONE: Final = re.compile(rf"(?<![0-9])(?:\+?84{_GAP}|0)[35789](?:{_GAP}[0-9]){{8}}(?![0-9])")


def personal_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of citizens' papers and phones in a text, as typed, each once."""
    return tuple(dict.fromkeys(_found(nfc(text))))


def _found(text: str) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        yield match.group()
    for match in _IDENTITY.finditer(text):
        if 1 <= int(match.group()[:3]) <= _LAST_PROVINCE:
            yield match.group()
    folded = fold(text)
    if len(folded) == len(text):
        for match in _NAMED.finditer(folded):
            yield text[slice(*match.span("number"))]
