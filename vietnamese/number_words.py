"""Numerals at the beginning of a text, in digits, in words or in both: "1 nghìn 2", "1tr5"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from vietnamese.text import fold, nfc

MOST_DIGITS: Final = 15
"""Digits of a figure: beyond a million milliards nothing is counted, and arithmetic stays exact."""

THOUSAND: Final = 1000

_ONES: Final = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_AFTER_TENS: Final = {**_ONES, "tu": 4, "lam": 5, "nham": 5}
"""After "mươi" five is "lăm": "hai mươi năm" is twenty years."""
_AFTER_HUNDREDS: Final = {"tu": 40, "ruoi": 50}
"""What "trăm tư" and "trăm rưỡi" add; any other one, as in "trăm hai", is so many tens."""
_TEN: Final = "muoi"
_ODD: Final = ("linh", "le")
"""Before the ones where there are no tens: "một trăm linh năm"."""
_SCALES: Final = {
    "chuc": 10, "tram": 100, "k": 10**3, "nghin": 10**3, "ngan": 10**3, "tr": 10**6,
    "trieu": 10**6, "ty": 10**9, "ti": 10**9,
}  # fmt: skip
"""What a word multiplies the number before it by."""

_SPELT: Final = frozenset(
    nfc(
        "không một mốt bốn tư năm lăm nhăm sáu bảy tám chín mười mươi trăm chục nghìn ngàn triệu tỷ"
        " tỉ lẻ rưỡi phẩy"
    ).split()
)
"""The words of numerals with their accents; "ba", "hai" and "linh" have none."""

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<figure>[0-9]{1,3}(?:[ ][0-9]{3})+(?:,[0-9]+)?(?![0-9.,])|[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+))"
)
_WHOLE: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+")
_DECIMAL: Final = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+),(?P<part>[0-9]+)")
_POINTED: Final = re.compile(r"[0-9]+\.[0-9]+")
_FOREIGN: Final = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|[0-9]{1,3},[0-9]{3}\.[0-9]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number; `certain` is false where it could be meant otherwise.

    `one_word` says that it is one word of letters, which may be another word altogether.
    """

    value: Decimal
    certain: bool = True
    one_word: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A numeral below the next scale: how many tokens it took, how many digits it has if whole.

    `exact` says that the ones were named as such: "linh năm".
    """

    value: Decimal
    taken: int
    digits: int | None = None
    exact: bool = False
    certain: bool = True


def read_numeral(text: str) -> tuple[Numeral, str] | None:
    """Read the numeral at the beginning of `text` (NFC, lower case); return it and the rest."""
    tokens, ends = _tokens(text)
    total, taken, floor, certain = Decimal(0), 0, 0, True
    while (part := _part(tokens[taken:], inside=floor > 0)) is not None:
        scale, words = _scale(tokens[taken + part.taken :])
        if floor and scale >= floor:
            break
        if floor and 0 < scale < THOUSAND:
            part, scale = replace(part, value=part.value * scale, digits=None), 0
        added = part if scale or not floor else _tail(part, floor)
        total += added.value * (scale or 1)
        certain = certain and added.certain
        taken += part.taken + words
        floor = scale
        if not scale:
            break
    if not taken:
        return None
    if tokens[taken : taken + 1] == ["ruoi"]:
        total += Decimal(max(floor, 1)) / 2
        taken += 1
    if total >= 10**MOST_DIGITS:
        return None
    one_word = taken == 1 and tokens[0].isalpha()
    return Numeral(value=_bare(total), certain=certain, one_word=one_word), text[ends[taken - 1] :]


def _bare(value: Decimal) -> Decimal:
    """Take away decimals that are nought."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _tokens(text: str) -> tuple[list[str], list[int]]:
    """Split the beginning of a text into figures and folded words, each with its end."""
    tokens, ends, at = [], [], 0
    while match := _TOKEN.match(text, at):
        word = match["word"] or ""
        spelt = word == fold(word) or word in _SPELT
        tokens.append(match["figure"] or (fold(word) if spelt else "?"))
        ends.append(at := match.end())
    return tokens, ends


def _part(tokens: Sequence[str], *, inside: bool) -> _Part | None:
    """Read a figure, or words below a thousand; `inside` a number "linh" may come first."""
    if not tokens:
        return None
    if tokens[0][0].isdigit():
        return _figure(tokens[0])
    if inside and tokens[0] in _ODD and len(tokens) > 1 and tokens[1] in _AFTER_TENS:
        return _Part(value=Decimal(_AFTER_TENS[tokens[1]]), taken=2, exact=True)
    return _with_decimals(tokens, _words(tokens))


def _scale(tokens: Sequence[str]) -> tuple[int, int]:
    """Return the product of the scales that stand first ("nghìn tỷ"), 0 if none, and how many."""
    scale, words = 0, 0
    for token in tokens:
        if token not in _SCALES:
            break
        scale = (scale or 1) * _SCALES[token]
        words += 1
    return scale, words


def _tail(part: _Part, floor: int) -> _Part:
    """Read what stands behind the last scale: "1 triệu 2" is 1.2 million, "1 nghìn 250" is 1250.

    "Một triệu hai trăm" is mostly meant as 1.2 million too, but not surely.
    """
    if part.exact:
        return part
    if part.digits is not None:
        value = part.value * floor / 10**part.digits
        return replace(part, value=value, certain=part.certain and part.digits in (1, 3))
    if part.value < 10:
        return replace(part, value=part.value * floor / 10)
    if part.value >= 100 and floor >= THOUSAND:
        return replace(part, value=part.value * floor / THOUSAND, certain=floor == THOUSAND)
    return replace(part, certain=False)


# --- figures ---------------------------------------------------------------------------------


def _figure(typed: str) -> _Part | None:
    """Read digits with points and commas; None where they make no number."""
    if sum(letter.isdigit() for letter in typed) > MOST_DIGITS:
        return None
    bare = re.sub(r"[. ]", "", typed)
    led_by_nought = re.match(r"0[.,]", typed) is not None
    if _WHOLE.fullmatch(typed) and not led_by_nought:
        return _Part(value=Decimal(bare), taken=1, digits=len(bare))
    decimal = _DECIMAL.fullmatch(typed)
    if decimal is not None:
        foreign = len(decimal["part"]) == 3 and re.fullmatch(r"[1-9][0-9]{0,2}", decimal["whole"])
        return _Part(value=Decimal(bare.replace(",", ".")), taken=1, certain=not foreign)
    if _FOREIGN.fullmatch(typed):
        return _Part(value=Decimal(typed.replace(",", "")), taken=1, certain=False)
    if _POINTED.fullmatch(typed):
        return _Part(value=Decimal(typed), taken=1, certain=len(typed.split(".")[1]) < 3)
    return None


# --- words -----------------------------------------------------------------------------------


def _words(tokens: Sequence[str]) -> _Part | None:
    """Read words below a thousand: "một trăm linh năm", "trăm hai" is a hundred and twenty."""
    if tokens[0] not in _ONES or tokens[1:2] != ["tram"]:
        return _below_hundred(tokens)
    hundreds, rest = 100 * _ONES[tokens[0]], [*tokens[2:], "", ""]
    if rest[0] in _ODD and rest[1] in _AFTER_TENS:
        below = _Part(value=Decimal(_AFTER_TENS[rest[1]]), taken=2, exact=True)
    elif rest[0] in _AFTER_HUNDREDS:
        below = _Part(value=Decimal(_AFTER_HUNDREDS[rest[0]]), taken=1, exact=True)
    else:
        below = _below_hundred(rest) or _Part(value=Decimal(0), taken=0)
    value = below.value * 10 if below.value < 10 and not below.exact else below.value
    return _Part(value=hundreds + value, taken=2 + below.taken, exact=hundreds == 0)


def _below_hundred(tokens: Sequence[str]) -> _Part | None:
    """Read "năm", "mười lăm", "hai mươi mốt"."""
    if tokens[0] == _TEN:
        tens, taken = 10, 1
    elif tokens[0] not in _ONES:
        return None
    elif tokens[1:2] != [_TEN]:
        return _Part(value=Decimal(_ONES[tokens[0]]), taken=1)
    else:
        tens, taken = 10 * _ONES[tokens[0]], 2
    ones = tokens[taken] if len(tokens) > taken else ""
    if ones == "nam" or ones not in _AFTER_TENS:
        return _Part(value=Decimal(tens), taken=taken)
    return _Part(value=Decimal(tens + _AFTER_TENS[ones]), taken=taken + 1)


def _with_decimals(tokens: Sequence[str], part: _Part | None) -> _Part | None:
    """Add the digits after "phẩy": "ba phẩy năm" is 3.5."""
    if part is None or tokens[part.taken : part.taken + 1] != ["phay"]:
        return part
    digits = ""
    for token in tokens[part.taken + 1 :]:
        if token not in _ONES or len(digits) == MOST_DIGITS:
            break
        digits += str(_ONES[token])
    if not digits:
        return part
    value = part.value + Decimal(int(digits)).scaleb(-len(digits))
    return _Part(value=value, taken=part.taken + 1 + len(digits))
