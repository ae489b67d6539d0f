"""A question asked again of another body, document or year: "còn Sở Y tế?", "thế năm 2019?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.intents.follow_ups import named_anew
from vietnamese.text import fold

_BODY: Final = re.compile(
    r"(?:so|ban|uy ban|ubnd|ubmttq|mttq|mat tran|cong an|hoi|doan|thanh tra|cuc|chi cuc|trung tam"
    r"|van phong|vp|phong|vien|toa an|dang uy|huyen uy|tinh uy|lien doan)\b"
)
_SAID_BODY: Final = re.compile(
    r"\b(?:[Ss]ở|[Bb]an|[Ủủ]y ban|[Mm]ặt trận|[Cc]ông an|[Hh]ội|[Tt]hanh tra|[Pp]hòng|[Vv]ăn phòng"
    r"|[Đđ]ảng ủy|[Tt]ỉnh đoàn)(?:\s+(?-i:[A-ZĐÀ-Ỹ])\w*(?:\s+và)?|\s+(?:nội vụ|dân vận|tư pháp))+"
    r"(?:\s+(?:vụ|giáo|pháp|vận|tế|sát|quốc))?"
)
_PAPER: Final = (
    r"(?:chi thi|cong van|ke hoach|nghi quyet|nghi dinh|quyet dinh|huong dan|ket luan|quy dinh"
    r"|thong bao|thong tu|van ban)"
)
_NUMBERED: Final = re.compile(rf"\b{_PAPER}\s+(?:so\s+)?\d[\w/-]*")
_YEAR: Final = re.compile(r"(?:nam )?((?:19|20)\d\d)")
_DUTIES: Final = "phải làm những gì?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """The question as it is asked now, and what it is asked of instead."""

    question: str
    body: str | None = None
    year: int | None = None
    apart: bool = False
    """It stands by itself: nothing is taken from before."""


def renewed(text: str, said: str, names: Sequence[str]) -> Renewed | None:
    """Return what a text asks anew of the question of before; None where it names nothing anew.

    `names` are the offices that the question of before names. A body for which the question has
    no place is asked about by its duties: two subjects in one question find a clause on neither.
    """
    another = named_anew(text)
    if another is None:
        return None
    folded = _aligned(another)
    numbered = _NUMBERED.search(folded)
    if numbered is not None:
        apart = numbered.end() < len(folded) or numbered.start() > 0
        kept = re.sub(r"\s+(?:thì|thi)\s+", " ", another)
        return Renewed(question=kept if apart else _of_paper(said, another), apart=apart)
    year = _YEAR.fullmatch(folded)
    if year is not None:
        old = _YEAR.search(_aligned(said))
        kept = said if old is None else f"{said[: old.start()]}{said[old.end() :]}"
        return Renewed(question=f"{kept.rstrip(' ?')} năm {year[1]}", year=int(year[1]))
    put = _in_place(said, names, another)
    if _BODY.match(folded):
        return Renewed(question=put or f"{another} {_DUTIES}", body=another, apart=put is None)
    return Renewed(question=put or f"{another}: {said}")


def _of_paper(said: str, another: str) -> str:
    old = _NUMBERED.search(_aligned(said))
    if old is None:
        return f"{said.rstrip(' ?')} {another}"
    return f"{said[: old.start()]}{another}{said[old.end() :]}"


def _in_place(said: str, names: Sequence[str], new: str) -> str | None:
    """Return the question with another name in the place of these; None where none stands."""
    folded = _aligned(said)
    for name in sorted(names, key=len, reverse=True):
        at = folded.find(fold(name))
        if at >= 0:
            return f"{said[:at]}{new}{said[at + len(name) :]}"
    old = _SAID_BODY.search(said)
    return None if old is None else f"{said[: old.start()]}{new}{said[old.end() :]}"


def _aligned(text: str) -> str:
    """Fold letter by letter, so that places stay."""
    return "".join(fold(letter)[:1] or letter for letter in text)
