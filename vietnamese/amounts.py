"""Numbers as they are typed in Vietnam: "1.250,5", "hai mươi mốt", "12 triệu", "20 người".

A point parts thousands, a comma parts decimals. Accents may be missing.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from vietnamese.number_words import Numeral, read_numeral
from vietnamese.text import fold, nfc

LONGEST: Final = 60
"""Characters; a longer answer is a sentence, not a number."""

UNIT_WORDS: Final = 3
"""Words of a trailing unit at most: "lượt hội viên"."""

_NOTHING: Final = frozenset(["khong co", "khong co ai", "khong ai", "khong phat sinh", "chua co"])
"""Other ways to say nought."""

_LEAD: Final = re.compile(r"(?:tong so|tong cong|tong|so luong|co|duoc|dat|la)\s+")
_ROUGHLY: Final = re.compile(r"(?:khoang|tam|gan|hon|tren|duoi|ngot|xap xi|~)\s*")
_MINUS: Final = re.compile(r"(?:[-\u2212]\s*|am\s+)")
_UNIT: Final = re.compile(r"%|(?:[^\W\d_]|(?<=m)[23²³])+(?:[ /](?:[^\W\d_]|(?<=m)[23²³])+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAmount:
    """A number that was read, with the unit typed behind it, as typed.

    `certain` is false where the words could mean another number as well, as "1,250" does, or only
    something near it, as "khoảng 20" does.
    """

    value: Decimal
    unit: str | None = None
    certain: bool = True


def read_amount(text: str) -> ReadAmount | None:
    """Read a text that is a number, with a unit at most; None where it is not."""
    typed = " ".join(nfc(text).lower().split()).rstrip(".,!?; ")
    if len(typed) > LONGEST:
        return None
    if fold(typed) in _NOTHING:
        return ReadAmount(value=Decimal(0))
    typed, _ = _without(_LEAD, typed)
    typed, roughly = _without(_ROUGHLY, typed)
    typed, negative = _without(_MINUS, typed)
    read = read_numeral(typed)
    if read is None:
        return None
    numeral, rest = read
    unit = _unit(rest.strip())
    if unit is None or (unit and not _takes_unit(numeral)):
        return None
    value = numeral.value.copy_negate() if negative and numeral.value else numeral.value
    certain = numeral.certain and not roughly and not (unit and numeral.one_word)
    return ReadAmount(value=value, unit=unit or None, certain=certain)


def say_amount(value: Decimal) -> str:
    """Write a finite number as it is written in Vietnam, with all its decimals: `1.250,5`."""
    whole, _, decimals = f"{value:f}".partition(".")
    grouped = f"{int(whole.lstrip('-')):,}".replace(",", ".")
    decimals = decimals.rstrip("0")
    sign = "-" if value < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def _without(lead: re.Pattern[str], typed: str) -> tuple[str, bool]:
    """Take away what `lead` matches at the beginning; tell whether there was any."""
    words = lead.match("".join(fold(letter)[:1] or " " for letter in typed))
    return (typed[words.end() :], True) if words is not None else (typed, False)


def _unit(rest: str) -> str | None:
    """Return the unit, empty if there is none; None where what is left is no unit."""
    if fold(rest) in ("phan tram", "%"):
        return "%"
    fits = not rest or (_UNIT.fullmatch(rest) and len(rest.split()) <= UNIT_WORDS)
    return rest if fits else None


def _takes_unit(numeral: Numeral) -> bool:
    """Tell whether a unit may follow: "không" before a word is "not" and no nought."""
    return not (numeral.one_word and numeral.value == 0)
