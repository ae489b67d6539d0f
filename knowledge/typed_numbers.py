"""Numbers of documents as officers type them: "chi thi 33", "33 ct tu", "QĐ 124 của BBT"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from knowledge.document_kinds import (
    Series,
    counted_things,
    issuer_names,
    issuer_symbols,
    numbered_places,
    things_in_small_number,
)
from knowledge.kind_names import kind_before, kinds_of_symbol, short_forms, unlettered_symbols
from knowledge.printed_numbers import DocumentNumber, find_numbers
from vietnamese.text import fold, nfc

_YEARS: Final = range(1930, 2100)
"""A bare number in this range after a kind is a year: "kế hoạch 2024"."""

_DIGITS: Final = re.compile(
    r"(?<![0-9.,/])(?P<ordinal>[0-9]{1,5})(?P<letter>[a-z](?!\w))?"
    r"(?:\s*/\s*(?P<year>(?:19|20)[0-9][0-9])(?![0-9]))?(?![\w%]|[.,/-][0-9])"
)
_LEFT_FILL: Final = re.compile(r"(?P<so>\b(?:so hieu|so)\b)?[\s:.\-#]*$")
_ANY_PAPER: Final = re.compile(r"\b(?:van ban|vb)$")
_WORD: Final = re.compile(r"[^\W\d_]+")
_DATE_TAIL: Final = re.compile(
    r"\s*,?\s*(?:ngay\s+)?(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-]"
    r"(?P<year>(?:19|20)[0-9][0-9])\b"
)
_YEAR_TAIL: Final = re.compile(r"(?:\s*/\s*|\s*,?\s*\(?nam\s+)((?:19|20)[0-9][0-9])\b\)?")
_OF: Final = re.compile(r"\s*[,(]?\s*(?:cua|do|tu phia)?\s*")
_ISSUED: Final = re.compile(
    r"(?:\s+(?:da|vua|moi|co|ra|ban hanh|ky|dua|ra doi|nam [0-9]{4}))*\s*$"
)  # what may stand between a body and the number it gave: "BTVTU ra CT 08"
_NEXT: Final = re.compile(r"\s*(?:,|va|hay|hoac|voi|&)\s*([0-9]{2,5})(?![\w%]|[.,/-][0-9])")
_ASKING: Final = frozenset({"nao", "may", "bao", "gi"})
"""After these "ngày" asks for the document's date: "chỉ thị 33 ngày nào"."""

_BETWEEN: Final = re.compile(r"\s*(?:,|va|hay|hoac|voi|&)\s*")
_BARE: Final = re.compile(r"\W*(?:so\s+)?([0-9]{1,5})\W*")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedNumber:
    """What a question says of a number: None and () where it does not say.

    `kinds` and `issuers` are the symbols that fit ("QĐ" and "QĐi" for a typed "quy định");
    `series` is known where the separators were typed; `issued` is the date typed after the number.
    `raw` is the part of the question at `span`.
    """

    ordinal: int
    letter: str = ""
    year: int | None = None
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    drafter: str | None = None
    series: Series | None = None
    issued: date | None = None
    raw: str
    span: tuple[int, int]


def matches(typed: TypedNumber, number: DocumentNumber) -> bool:
    """Tell whether `number` can be what was typed; never by similarity.

    A year that was typed rules out only a number printed with another: Party numbers bear none.
    """
    return (
        (typed.ordinal, typed.letter) == (number.ordinal, number.letter)
        and (typed.series is None or typed.series is number.series)
        and (typed.year is None or number.year is None or typed.year == number.year)
        and _kind_fits(typed.kinds, number)
        and _issuer_fits(typed.issuers, number)
        and (typed.drafter is None or fold(typed.drafter) == fold(number.drafter or ""))
    )


def typed_numbers(question: str) -> list[TypedNumber]:
    """Find the document numbers that `question` names, in order, however they are typed.

    Only the kind's name may be misspelt; digits are read as they stand. Dates, years and counts
    ("ngày 05/11", "năm 2024", "6 tháng") are no numbers. A question that is nothing but a number
    is one.
    """
    shown = nfc(question)
    plain = fold(shown)
    if len(plain) != len(shown):
        shown = (
            plain  # a letter outside Vietnamese changed its length; spans follow the folded text
        )
    found: list[TypedNumber] = []
    for number in (*_full(shown, plain), *_number_first(shown, plain), *_kind_first(shown, plain)):
        if not any(_overlap(number.span, other.span) for other in found):
            found.append(number)
    found.sort(key=lambda number: number.span)
    if not found and (bare := _BARE.fullmatch(plain)) is not None:
        return [TypedNumber(ordinal=int(bare[1]), raw=bare[1], span=bare.span(1))]
    return _shared([_with_hints(number, found, plain) for number in found], plain)


# Which printed numbers fit


def _kind_fits(kinds: tuple[str, ...], number: DocumentNumber) -> bool:
    if not kinds or number.kind in kinds:
        return True
    if number.kind is not None:
        return False
    if number.issuer is not None and number.issuer.startswith(("QH", "UBTVQH")):
        return any(kind in unlettered_symbols() for kind in kinds)
    return "CV" in kinds  # an official letter of the State bears no kind


def _issuer_fits(issuers: tuple[str, ...], number: DocumentNumber) -> bool:
    if not issuers:
        return True
    if number.issuer is None:
        return False
    whole = fold(number.issuer)
    parts = {whole, whole.rstrip("0123456789"), *whole.split("-")}
    return any(fold(issuer) in parts for issuer in issuers)


# The three ways of typing


def _full(shown: str, plain: str) -> Iterator[TypedNumber]:
    """Read numbers typed with their separators in whatever case: `33-ct/tu`, `59/2023/nđ-cp`."""
    capitals = shown.upper() if len(shown.upper()) == len(shown) else plain.upper()
    for span, number in find_numbers(capitals):
        if number.kind is None and number.drafter is None and number.year is None:
            continue  # "CT 05/TU": the kind stands before the number
        yield TypedNumber(
            ordinal=number.ordinal,
            letter=number.letter,
            year=number.year,
            kinds=kinds_of_symbol(number.kind) if number.kind else (),
            issuers=(number.issuer,) if number.issuer else (),
            drafter=number.drafter,
            series=number.series,
            raw=shown[slice(*span)],
            span=span,
        )


@cache
def _number_first_pattern() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, short_forms()), key=len, reverse=True))
    bodies = "|".join(sorted(map(re.escape, issuer_symbols()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w/.,-])(?P<ordinal>[0-9]{{1,5}})(?P<gap>\s*[-/.]?\s*)(?P<kind>{kinds})"
        rf"(?:(?P<mark>\s*[-/ ]\s*)(?P<issuer>{bodies}))?(?!\w)"
    )


def _number_first(shown: str, plain: str) -> Iterator[TypedNumber]:
    """Read `33 ct tu`, `33ct/tu`, `33-CT`: without a body, joined or in capitals only."""
    for match in _number_first_pattern().finditer(plain):
        kind = shown[match.start("kind") : match.end("kind")]
        spaced = match["gap"].isspace()
        if match["issuer"] is None and spaced and not kind.isupper():
            continue
        separators = (match["gap"].strip(), (match["mark"] or "").strip())
        series = {("-", "/"): Series.PARTY, ("/", "-"): Series.STATE}.get(separators)
        yield TypedNumber(
            ordinal=int(match["ordinal"]),
            kinds=tuple(sorted(short_forms().get(kind.lower(), short_forms()[match["kind"]]))),
            issuers=(issuer_symbols()[match["issuer"]],) if match["issuer"] else (),
            series=series,
            raw=shown[match.start() : match.end()],
            span=match.span(),
        )


def _kind_first(shown: str, plain: str) -> Iterator[TypedNumber]:
    """Read `chi thi 33`, `CT33`, `QĐ số 124`, `văn bản số 1161`, and `217, 218` after one kind."""
    for match in _DIGITS.finditer(plain):
        number = _read_kind_first(shown, plain, match)
        if number is None:
            continue
        yield number
        end = number.span[1]
        while (following := _NEXT.match(plain, end)) and not _counts(plain, following.end()):
            end = following.end()
            span = following.span(1)
            yield replace(number, ordinal=int(following[1]), letter="", raw=following[1], span=span)


def _read_kind_first(shown: str, plain: str, digits: re.Match[str]) -> TypedNumber | None:
    """Read what stands before `digits`; None when they number no document."""
    left = _LEFT_FILL.search(plain, 0, digits.start())
    end = left.start() if left else digits.start()
    said_number = left is not None and left["so"] is not None
    small = digits["ordinal"].lstrip("0") == digits["ordinal"] and len(digits["ordinal"]) == 1
    if not said_number and (_counts(plain, digits.end(), small=small) or _is_year(digits)):
        return None
    body = _body_before(plain, end)
    kind = kind_before(shown, plain, body[0] if body else end)
    if kind is None and not _names_any_paper(plain, end, said_number=said_number):
        return None
    start, symbols = kind or (digits.start(), frozenset[str]())
    return TypedNumber(
        ordinal=int(digits["ordinal"]),
        letter=digits["letter"] or "",
        year=int(digits["year"]) if digits["year"] else None,
        kinds=tuple(sorted(symbols)),
        issuers=body[1] if body and kind else (),
        raw=shown[start : digits.end()],
        span=(start, digits.end()),
    )


def _is_year(digits: re.Match[str]) -> bool:
    return not digits["year"] and not digits["letter"] and int(digits["ordinal"]) in _YEARS


def _counts(plain: str, end: int, *, small: bool = False) -> bool:
    """Tell whether a thing that is counted follows the number; `small`: it is 1 to 9."""
    if _YEAR_TAIL.match(plain, end) or _DATE_TAIL.match(plain, end):
        return False
    words = [match.group() for match in _WORD.finditer(plain, end, end + 30)][:2]
    if len(words) == 2 and words[1] in _ASKING:
        return False
    things = counted_things() | (things_in_small_number() if small else frozenset())
    return bool({*words[:1], " ".join(words)} & things)


def _names_any_paper(plain: str, end: int, *, said_number: bool) -> bool:
    """Tell whether the words before a number speak of a document of no stated kind."""
    before = plain[:end].rstrip()
    if _ANY_PAPER.search(before):
        return True
    words = _WORD.findall(before)[-2:]
    in_text = {words[-1] if words else "", " ".join(words)} & numbered_places()
    return said_number and not in_text


# Who issued it, and when


def _with_hints(number: TypedNumber, found: list[TypedNumber], plain: str) -> TypedNumber:
    """Add the body and the year that the words beside the number give."""
    end = number.span[1]
    year, issuers, issued = number.year, number.issuers, number.issued
    for _ in range(2):  # the year may stand before the body or after it
        if (day := _DATE_TAIL.match(plain, end)) is not None:
            year, end, issued = year or int(day["year"]), day.end(), _date(day)
        elif (tail := _YEAR_TAIL.match(plain, end)) is not None:
            year, end = year or int(tail[1]), tail.end()
        if not issuers and (body := _body_after(plain, end)) is not None:
            end, issuers = body
    if not issuers:
        issuers = _issuer_told_before(number, found, plain)
    return replace(number, year=year, issuers=issuers, issued=issued)


def _date(found: re.Match[str]) -> date | None:
    """Return the date that was typed; None for a day that no calendar has."""
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


@cache
def _body_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, issuer_names()), key=len, reverse=True))
    return re.compile(rf"(?:{names})(?!\w)")


def _body_after(plain: str, end: int) -> tuple[int, tuple[str, ...]] | None:
    """Read the body's name right after a number: "QĐ 124 của BBT", "ct 33 tw"."""
    joined = re.compile(r"[-/]").match(plain, end)
    of = joined or _OF.match(plain, end)
    at = of.end() if of else end
    match = _body_pattern().match(plain, at) if at > end else None
    if match is None or re.compile(r"\s+(?:nam|ngay|thang|khi|dau)\b").match(plain, match.end()):
        # "33 từ năm 2021" without diacritics reads as "33 TU năm 2021".
        return None if match is None or match.group() == "tu" else (match.end(), _symbols(match))
    return match.end(), _symbols(match)


def _symbols(match: re.Match[str]) -> tuple[str, ...]:
    return issuer_names()[match.group()]


def _body_before(plain: str, end: int) -> tuple[int, tuple[str, ...]] | None:
    """Read a body's name that stands between kind and number: "chỉ thị của Thủ tướng số 33"."""
    words = list(_WORD.finditer(plain, max(0, end - 60), end))
    for count in range(min(7, len(words)), 0, -1):
        start = words[-count].start()
        name = plain[start:end].strip()
        if name in issuer_names():
            of = re.search(r"(?:\bcua\s+)$", plain[:start])
            return (of.start() if of else start), issuer_names()[name]
    return None


def _issuer_told_before(
    number: TypedNumber, found: list[TypedNumber], plain: str
) -> tuple[str, ...]:
    """Read the body as the subject before the number: "Bộ Chính trị ban hành Kết luận 01"."""
    floor = max((other.span[1] for other in found if other.span[1] <= number.span[0]), default=0)
    issued = _ISSUED.search(plain, floor, number.span[0])
    body = _body_before(plain, issued.start()) if issued and issued.start() > floor else None
    return body[1] if body and body[0] >= floor else ()


def _shared(numbers: list[TypedNumber], plain: str) -> list[TypedNumber]:
    """Let numbers of one list share the body named after the last: "QĐ 217 và 218 của BCT"."""
    shared: list[TypedNumber] = []
    for number in reversed(numbers):
        follower = shared[-1] if shared else None
        if (
            follower is not None
            and not number.issuers
            and _BETWEEN.fullmatch(plain, number.span[1], follower.span[0])
        ):
            shared.append(replace(number, issuers=follower.issuers))
        else:
            shared.append(number)
    return shared[::-1]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
