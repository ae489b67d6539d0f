"""Other documents that a directive names: by number, or as a law or programme by name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from knowledge.document_kinds import document_kinds
from knowledge.model import Citation, Clause, Footnote, NamedCitation
from knowledge.numbers import DocumentNumber, find_numbers
from knowledge.parsing.dates import FULL_DATE, read_date
from knowledge.parsing.names import named_documents
from knowledge.parsing.own_text import own_texts
from knowledge.parsing.units import Words, end_of_units, units_at
from vietnamese.text import comparable

FOOTNOTE: Final = "footnote"
"""The clause of a citation that stands in a footnote."""

_BEFORE_DATE: Final = re.compile(
    r"[\s,(*¹²³⁴-⁹]*(?:(?:được\s+)?(?:ban hành|ký)\s+)?(?:ngày\s+)?(?=[0-9]{1,2}[\s/.-])",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"[\s,(*¹²³⁴-⁹0-9]{0,4}(?<![^\W_])(?:của|do|giữa)\s+", re.IGNORECASE)
_TERM: Final = re.compile(
    r"\s*(?:\(\s*kh(?:óa|oá)\s+[IVXLC]+\s*\)|kh(?:óa|oá)\s+[IVXLC]+\b)", re.IGNORECASE
)
_NUMBER_WORD: Final = re.compile(r"\s*(?:số(?:\s+hiệu)?)?\s*:?\s*$", re.IGNORECASE)
_LISTED: Final = re.compile(r"[\s,]*(?:và|cùng|hoặc)?\s*(?:các\s+)?", re.IGNORECASE)
_GAVE: Final = re.compile(r"\s*(?:đã\s+|vừa\s+)*(?:ký\s+)?(?:ban hành|ký|có|ra)\s*$", re.IGNORECASE)
_IN_PAPER: Final = re.compile(r"\s+tại\s*$", re.IGNORECASE)
_ON_DAY: Final = re.compile(r"ngày\s+$", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[;\n]|\.\s")

LOOK_BACK: Final = 160
"""Characters before a number in which its issuer or date may stand as subject of the sentence."""

LOOK_AHEAD: Final = 250
"""Characters behind "của" in which the issuer's name ends; two joint bodies have about 150."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    number: DocumentNumber
    start: int
    end: int
    """Where its date and issuer end."""
    issued: date | None = None
    issuer: str | None = None


def citations(
    clauses: Sequence[Clause], footnotes: Sequence[Footnote]
) -> tuple[tuple[Citation, ...], tuple[NamedCitation, ...]]:
    """Read which documents each unit cites: by number, and by name alone.

    A document counts once for each innermost unit that names it, with the date and the issuer that
    some mention in that unit states; footnotes together are one unit.
    """
    places = [(clause.path, text) for clause, text in own_texts(clauses)]
    notes = "\n".join(note.text for note in footnotes)
    places += [(FOOTNOTE, notes)] if notes else []
    numbered = tuple(citation for place, text in places for citation in _cited(place, text))
    named = tuple(
        NamedCitation(name=name, clause=place)
        for place, text in places
        for name in dict.fromkeys(named_documents(text, [end for _, end in _number_spans(text)]))
    )
    return numbered, named


def _number_spans(text: str) -> list[tuple[int, int]]:
    return [span for span, _ in find_numbers(text)]


def _cited(place: str, text: str) -> Iterator[Citation]:
    merged: dict[str, Citation] = {}
    for mention in _mentions(text):
        raw = mention.number.raw
        known = merged.get(raw)
        if known is None:
            merged[raw] = Citation(
                number=raw, clause=place, date=mention.issued, issuer=mention.issuer
            )
        else:
            merged[raw] = replace(
                known, date=known.date or mention.issued, issuer=known.issuer or mention.issuer
            )
    yield from merged.values()


def _mentions(text: str) -> list[_Mention]:
    """Read each number with what the words around it say of it; lists share date and issuer."""
    found = [_read_around(text, span, number) for span, number in find_numbers(text)]
    for index in range(len(found) - 2, -1, -1):
        this, after = found[index], found[index + 1]
        if this.issuer is None and _one_list(text, this, after):
            found[index] = replace(this, issued=this.issued or after.issued, issuer=after.issuer)
    return found


def _one_list(text: str, this: _Mention, after: _Mention) -> bool:
    """Tell whether only a comma or "và" and a kind's name part two numbers of one body's series."""
    if this.number.issuer != after.number.issuer:
        return False
    between = _before_kind(text[this.end : after.start])
    return between is not None and _LISTED.fullmatch(between) is not None


def _read_around(text: str, span: tuple[int, int], number: DocumentNumber) -> _Mention:
    start, end = span
    issued, issuer = None, None
    for _ in range(2):  # date and issuer stand in either order
        if issued is None and (dated := _date_at(text, end)) is not None:
            issued, end = dated
        if issuer is None and (named := _issuer_at(text, end)) is not None:
            issuer, end = named
    if issued is None or issuer is None:
        told = _told_before(text, start)
        issued, issuer = issued or told[0], issuer or told[1]
    return _Mention(number=number, start=start, end=end, issued=issued, issuer=issuer)


def _date_at(text: str, at: int) -> tuple[date, int] | None:
    gap = _BEFORE_DATE.match(text, at)
    match = FULL_DATE.match(text, gap.end()) if gap else None
    issued = read_date(match) if match else None
    return (issued, match.end()) if match and issued else None


def _issuer_at(text: str, at: int) -> tuple[str, int] | None:
    """Read "của Ban Bí thư (khóa XI)": the body, as printed, with the congress term."""
    of = _OF.match(text, at)
    if of is None:
        return None
    end = _end_of_body(text, of.end())
    if end is None:
        return None
    term = _TERM.match(text, end)
    end = term.end() if term else end
    return text[of.end() : end], end


def _end_of_body(text: str, at: int) -> int | None:
    """Find where the body that starts at `at` ends; several joined by "và" are one issuer."""
    ahead = text[at : at + LOOK_AHEAD]
    stop = _SENTENCE.search(ahead)
    words = Words(ahead[: stop.start()] if stop else ahead)
    names = units_at(words, 0)
    if not names or names[0].start != 0:
        return None
    end = names[0].end
    for name in names[1:]:
        if words.text[end : name.start].strip() != "và":
            break
        end = name.end
    return at + end


def _before_kind(text: str) -> str | None:
    """Cut "Quyết định số" off the end of `text`; None where no kind of document stands there."""
    bare = _NUMBER_WORD.sub("", text)
    lowered = comparable(bare)
    names = [kind.name for kind in document_kinds()] + ["văn bản"]
    for name in sorted(names, key=len, reverse=True):
        if re.search(rf"(?<!\w){re.escape(name)}$", lowered):
            return bare[: len(bare) - len(name)]
    return bare if bare != text else None


def _told_before(text: str, start: int) -> tuple[date | None, str | None]:
    """Read "Ngày 26/11/2021, Thủ tướng ban hành Chỉ thị số", "của Sở Nội vụ tại Văn bản số"."""
    low = max(0, start - LOOK_BACK)
    window = text[low:start]
    stops = [match.end() for match in _SENTENCE.finditer(window)]
    before = _before_kind(window[stops[-1] :] if stops else window)
    if before is None:
        return None, None
    if (gave := _IN_PAPER.search(before)) is not None:
        return None, _body_ending(before[: gave.start()])
    if (gave := _GAVE.search(before)) is None:
        return None, None
    issuer = _body_ending(before[: gave.start()])
    if issuer is None:
        return None, None
    ahead = before[: before.rindex(issuer)].rstrip(" ,")
    return _date_ending(ahead), issuer


def _body_ending(text: str) -> str | None:
    """Read the body whose name ends `text`."""
    words = Words(text)
    for index in range(len(words)):
        if (index == 0 or words.is_capital(index)) and end_of_units(words, index) == len(words):
            return text[words.places[index][0] :].strip()
    return None


def _date_ending(text: str) -> date | None:
    """Read the full date that ends `text`."""
    last: Iterable[re.Match[str]] = (m for m in FULL_DATE.finditer(text) if m.end() == len(text))
    return next((read_date(match) for match in last if _ON_DAY.search(text[: match.start()])), None)
