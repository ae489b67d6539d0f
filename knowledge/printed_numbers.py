"""Numbers of documents as they are printed: found in a text, read, compared.

The two ways to number are different documents: `33-CT/TU` of the Party and `33/CT-TTg` of the
State agree in everything but form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from knowledge.document_kinds import Series, issuer_symbols, kind_symbols
from vietnamese.text import fold

_CAPITAL: Final = "A-ZĐÐƯÔÂÊĂƠ"
_GROUP: Final = rf"[{_CAPITAL}][{_CAPITAL}0-9&]*(?:[a-zđ]{{1,2}}[{_CAPITAL}0-9&]*)?(?![^\W\d_])"
"""One group of a symbol: capitals, with at most two small letters inside: CTr, QĐi, TTg, QH15."""

_BREAK: Final = r"(?:[ \t]*\n\s*)?"
"""A line may end after a hyphen or a slash."""

_DASH: Final = "[-–‐‑]"
_ORDINAL: Final = r"(?<![\w/,.])(?P<ordinal>[0-9]{1,5})(?P<letter>[a-zA-Z])?"
_PARTY: Final = (
    rf"{_ORDINAL} ?{_DASH} ?{_BREAK}(?P<kind>{_GROUP}) ?/ ?{_BREAK}"
    rf"(?P<issuer>{_GROUP}(?:{_DASH}{_BREAK}{_GROUP})*)"
)
_STATE: Final = (
    rf"{_ORDINAL} ?/ ?{_BREAK}(?:(?P<year>(?:19|20)[0-9][0-9]) ?/ ?{_BREAK})?"
    rf"(?P<symbol>{_GROUP}(?:(?: ?{_DASH}(?: (?={_GROUP}))?|/){_BREAK}{_GROUP})*)"
)
_LOST_DASH: Final = (
    rf"(?<=[sS]ố )(?P<ordinal>[0-9]{{1,5}})(?P<letter>[a-zA-Z])? +(?P<kind>{_GROUP}) ?/ ?"
    rf"(?P<issuer>{_GROUP}(?:{_DASH}{_GROUP})*)"
)
"""A Party number typed without its dash: "số 298 KH/TWĐTN"."""

_PRINTED: Final = (re.compile(_PARTY), re.compile(_STATE), re.compile(_LOST_DASH))
_SPACE: Final = re.compile(r"\s+")
_GLUED_MARK: Final = re.compile(r"[0-9]{1,2}$")
"""A footnote mark glued to the number: "32/2021/QĐ-UBND3"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """A printed number, taken apart; two are equal when they number the same document series.

    `kind` and `issuer` are symbols ("CT", "TTg"); a joint paper's issuer is "BDVTU-BCSĐUBND". An
    official letter of the State bears no kind: `1161/SNV-XDCQ&TCBM` has issuer "SNV" and `drafter`
    "XDCQ&TCBM". `letter` is the "a" of `12a-CT/TU`. `raw` is as printed, broken lines joined.
    Issuer and year make a State number unique, issuer and congress term a Party number.
    """

    ordinal: int
    letter: str = ""
    year: int | None = None
    kind: str | None = None
    issuer: str | None = None
    drafter: str | None = None
    series: Series
    raw: str = field(compare=False, default="")

    def __str__(self) -> str:
        """Print the number by the rule of its series; an ordinal under 10 gets a zero."""
        ordinal = f"{self.ordinal:02d}{self.letter}"
        if self.series is Series.PARTY:
            return f"{ordinal}-{self.kind}/{self.issuer}"
        groups = [self.kind, self.issuer, self.drafter]
        symbol = "-".join(group for group in groups if group)
        return f"{ordinal}/{self.year}/{symbol}" if self.year else f"{ordinal}/{symbol}"


def find_numbers(text: str) -> list[tuple[tuple[int, int], DocumentNumber]]:
    """Find the printed numbers of `text` (NFC) in reading order, each with its span.

    A number broken across lines after a hyphen or slash is one number; dates, years, ranges and
    quantities are none.
    """
    found = {span: number for pattern in _PRINTED for span, number in _read_all(pattern, text)}
    return sorted(found.items(), key=lambda pair: pair[0])


def parse_number(text: str) -> DocumentNumber | None:
    """Read `text` as one printed number and nothing else; None when it is not one."""
    for (start, end), number in find_numbers(text):
        if not text[:start].strip() and not text[end:].strip():
            return number
    return None


def _read_all(
    pattern: re.Pattern[str], text: str
) -> Iterator[tuple[tuple[int, int], DocumentNumber]]:
    for match in pattern.finditer(text):
        raw = _without_mark(_SPACE.sub("", match.group()))
        number = _from_parts(match, raw)
        if number is not None:
            # What follows a footnote mark cut off the end is not part of the number either.
            cut = len(_SPACE.sub("", match.group())) - len(raw)
            yield (match.start(), match.end() - cut), number


def _without_mark(raw: str) -> str:
    """Cut digits glued to a known issuer's symbol: no body but the National Assembly has any."""
    bare = _GLUED_MARK.sub("", raw)
    last = re.split(rf"/|{_DASH}", bare)[-1]
    known = fold(last) in issuer_symbols() and not last.endswith("QH")
    return bare if known else raw


def _from_parts(match: re.Match[str], raw: str) -> DocumentNumber | None:
    """Read the groups of a match; None when the letters name neither a kind nor a body."""
    ordinal, letter = int(match["ordinal"]), (match["letter"] or "").lower()
    if match.re is _PRINTED[2]:
        kind = match["kind"].upper()
        if kind not in kind_symbols():
            return None
        head = len(f"{match['ordinal']}{match['letter'] or ''}")
        raw = f"{raw[:head]}-{raw[head:]}"
    symbol = re.sub(_DASH, "-", raw.replace("Ð", "Đ"))
    if match.re is not _PRINTED[1]:
        _, _, rest = symbol.partition("-")
        kind, _, issuer = rest.partition("/")
        return DocumentNumber(
            ordinal=ordinal,
            letter=letter,
            kind=_settled_kind(kind),
            issuer=_settled_issuer(issuer),
            series=Series.PARTY,
            raw=raw,
        )
    year = int(match["year"]) if match["year"] else None
    groups = re.split(r"[-/]", symbol)[2 if match["year"] else 1 :]
    first, rest = groups[0], "-".join(groups[1:])
    is_kind = fold(first) in {fold(symbol) for symbol in kind_symbols()}
    if not _plausible(first, rest, year, is_kind=is_kind):
        return None
    return DocumentNumber(
        ordinal=ordinal,
        letter=letter,
        year=year,
        kind=_settled_kind(first) if is_kind else None,
        issuer=_settled_issuer(rest if is_kind else first),
        drafter=None if is_kind or not rest else rest,
        series=Series.STATE,
        raw=raw,
    )


def _plausible(first: str, rest: str, year: int | None, *, is_kind: bool) -> bool:
    """One group alone numbers a document only after a year or when it names a kind or a body."""
    return bool(rest) or year is not None or is_kind or fold(first) in issuer_symbols()


def _settled_kind(symbol: str) -> str:
    return kind_symbols().get(symbol.upper(), symbol)


def _settled_issuer(symbol: str) -> str | None:
    """Give the printed form of a body's symbol, whatever its case: "TTG" is "TTg"."""
    if not symbol:
        return None
    known = issuer_symbols().get(fold(symbol))
    return known if known is not None and known.upper() == symbol.upper() else symbol
