"""The marks that open the units of a directive: Phần, I., Điều 1., 1-, a), -, +, •."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """Order of the marks from the outermost in; a smaller one usually holds a larger one."""

    PART = 0
    CHAPTER = 1
    CAPITAL = 2
    ROMAN = 3
    MUC = 4
    """"Mục 1" of a law, between chapter and article."""
    ARTICLE = 5
    NUMBER = 6
    DECIMAL = 7
    """"1.1"; each further part adds one, up to "1.1.1.1"."""
    LETTER = 10
    BRACKETED = 11
    """"1)" or "(1)"."""
    SMALL_ROMAN = 12
    DASH = 13
    PLUS = 14
    BULLET = 15
    ROW = 16
    """A row of a table."""

    @property
    def ordered(self) -> bool:
        """Whether the marks of this level count."""
        return self < Level.DASH

    @property
    def section(self) -> bool:
        """Whether a unit of this level only holds others."""
        return self <= Level.MUC


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the start of a line. `rest` is what follows it; `label` is its part of a path."""

    level: int
    ordinal: int
    """1 for the first of its list; 0 where the list does not count."""
    label: str
    rest: str
    bracketed: bool = False
    """Whether it is closed by a bracket, which prose seldom does at the start of a line."""
    group: bool = False
    """Whether it heads rows of a table."""


LETTERS: Final = "abcdđefghijklmnopqrstuvwxyz"
"""The order of lettered points: the Vietnamese alphabet without ă, â, ê, ô, ơ, ư, and the letters
that only programs count with."""

_LEFT_OUT: Final = frozenset("đfjwz")
"""Letters that one of the two ways to count leaves out."""


def follows(mark: Mark, after: Mark) -> bool:
    """Tell whether `after` is the next of the list that `mark` belongs to."""
    if after.level != Level.LETTER or mark.level != Level.LETTER:
        return after.ordinal == mark.ordinal + 1
    between = LETTERS[mark.ordinal : max(mark.ordinal, after.ordinal - 1)]
    return after.ordinal > mark.ordinal and _LEFT_OUT.issuperset(between)


_CAPITALS: Final = "ABCDĐEGHIKLMNOPQRSTUVXYZ"

MOST_ORDINAL: Final = 300
"""A larger number at the start of a line is a quantity or a year."""

_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS: Final = {
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}

_DRESS: Final = r"(?:#{1,6}\s+)?[*_]{0,3}"
"""What Markdown may leave before a mark."""

_DIVISION: Final = re.compile(
    rf"{_DRESS}(?P<name>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+"
    r"(?P<which>(?:thứ|THỨ)\s+\w+|[IVXLC]+|\d{1,3}|[A-ZĐ])(?![\w/])\s*"
    r"(?P<stop>[.:*_\-–]*)\s*"
)
_ARTICLE: Final = re.compile(
    rf"{_DRESS}(?P<name>Điều|ĐIỀU)\s+(?P<which>\d{{1,3}})(?P<suffix>[a-zđ]?)(?![\w/])\s*"
    r"(?P<stop>[.:*_\-–)]*)\s*"
)
_ROMAN: Final = re.compile(rf"{_DRESS}(?P<which>[IVXLC]{{1,7}})\s*(?:[.)/:]|[-–](?!\w*[/\-]))\s*")
_CAPITAL: Final = re.compile(rf"{_DRESS}(?P<which>[A-ZĐ])\s*(?:[.)/]|[-–](?=\s))\s*")
_DECIMAL: Final = re.compile(
    rf"{_DRESS}(?P<which>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?!\w)[.):–-]?\s+"
)
_NUMBER: Final = re.compile(
    rf"{_DRESS}(?P<khoan>Khoản\s+)?(?P<open>\()?(?P<which>\d{{1,3}})"
    r"(?P<stop>\s?[.):]|\s?/(?!\S*[-/])|\s*[-–](?![\w]*/))[*_]{0,3}\s*(?P<next>\S?)"
)
_LETTER: Final = re.compile(
    rf"{_DRESS}(?P<diem>Điểm\s+)?(?P<open>\()?(?P<which>[a-zđ])\d?"
    r"(?P<stop>\s?[.)/]|[-–](?=\s))[*_]{0,3}\s*(?=\S)"
)
_SMALL_ROMAN: Final = re.compile(r"\(?(?P<which>i{1,3}|iv|vi{0,3}|ix|x)\)\s*(?=\S)")
_DASH: Final = re.compile(r"[-–—−‐‑]\s*(?=[^\s\-–—_*=])")
_PLUS: Final = re.compile(r"\+\s*(?=[^\s\d+])")
_BULLET: Final = re.compile(r"(?:[•●▪■◦○·§Øø→➢✓✔❖\uf0a7-\uf0fc]|\*(?=\s))\s*(?=[^\s*])")


def _roman(digits: str) -> int:
    """Return the value of a Roman numeral, 0 where it is not written in the usual way."""
    total = 0
    for digit, after in zip(digits, [*digits[1:], ""], strict=True):
        value = _VALUES[digit]
        total += -value if after and _VALUES[after] > value else value
    return total if digits == _in_roman(total) else 0


def _in_roman(number: int) -> str:
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"))
    text = ""
    for value, digits in (*steps, (5, "V"), (4, "IV"), (1, "I")):
        text += digits * (number // value)
        number %= value
    return text


def _ordinal(which: str) -> int:
    """Return the value of "thứ nhất", "II", "3" or "B"; 0 where it has none."""
    if which.isdecimal():
        return int(which)
    word = which.rsplit(maxsplit=1)[-1].lower()
    if word in _WORDS:
        return _WORDS[word]
    if set(which) <= set(_VALUES):
        return _roman(which)
    return _CAPITALS.find(which) + 1


def _division(text: str) -> Iterator[Mark]:
    found = _DIVISION.match(text)
    if not found:
        return
    name = found["name"].capitalize()
    level = {"Phần": Level.PART, "Chương": Level.CHAPTER, "Mục": Level.MUC}[name]
    rest = text[found.end() :]
    if found["stop"] or not rest or rest[:1].isupper():
        which = found["which"].lower() if " " in found["which"] else found["which"]
        yield Mark(level, _ordinal(found["which"]), f"{name} {which}", rest)


def _article(text: str) -> Iterator[Mark]:
    found = _ARTICLE.match(text)
    if found and (found["stop"] or found.end() == len(text)):
        label = f"Điều {int(found['which'])}{found['suffix']}"
        yield Mark(Level.ARTICLE, int(found["which"]), label, text[found.end() :])


def _counted(text: str) -> Iterator[Mark]:
    decimal = _DECIMAL.match(text)
    if decimal:
        parts = decimal["which"].split(".")
        level = Level.DECIMAL + len(parts) - 2
        label = ".".join(str(int(part)) for part in parts)
        yield Mark(level, int(parts[-1]), label, text[decimal.end() :])
        return
    found = _NUMBER.match(text)
    if not found or not found["next"] or not 0 < int(found["which"]) <= MOST_ORDINAL:
        return
    rest = text[found.start("next") :]
    closes = found["stop"].strip()
    spaced = found.end("stop") < found.start("next")
    if rest[:1].isdecimal() and (closes != "." or not spaced):
        return
    if bool(found["open"]) and closes != ")":
        return
    level = Level.BRACKETED if closes == ")" else Level.NUMBER
    yield Mark(level, int(found["which"]), str(int(found["which"])), rest, closes == ")")


def _lettered(text: str) -> Iterator[Mark]:
    small = _SMALL_ROMAN.match(text)
    if small:
        which = small["which"]
        yield Mark(Level.SMALL_ROMAN, _roman(which.upper()), which, text[small.end() :], True)  # noqa: FBT003  # positional for speed
    found = _LETTER.match(text)
    if found and found["which"] in LETTERS and bool(found["open"]) <= (")" in found["stop"]):
        ordinal = LETTERS.index(found["which"]) + 1
        bracketed = ")" in found["stop"]
        yield Mark(Level.LETTER, ordinal, found["which"], text[found.end() :], bracketed)


def _headed(text: str) -> Iterator[Mark]:
    found = _ROMAN.match(text)
    if found and _roman(found["which"]) and found.end() < len(text):
        label = found["which"]
        yield Mark(Level.ROMAN, _roman(label), label, text[found.end() :])
    found = _CAPITAL.match(text)
    if found and found["which"] in _CAPITALS and found.end() < len(text):
        ordinal = _CAPITALS.index(found["which"]) + 1
        yield Mark(Level.CAPITAL, ordinal, found["which"], text[found.end() :])


def _listed(text: str) -> Iterator[Mark]:
    for pattern, level, label in (
        (_DASH, Level.DASH, "-"),
        (_PLUS, Level.PLUS, "+"),
        (_BULLET, Level.BULLET, "•"),
    ):
        found = pattern.match(text)
        if found:
            yield Mark(level, 0, label, text[found.end() :])
            return


def marks_of(text: str) -> list[Mark]:
    """Return every reading of the mark that `text` opens with, the likelier first."""
    head = text.lstrip("#*_ (")[:1]
    if head.isdecimal():
        return list(_counted(text))
    if text[:1] in "-–—−‐‑+•●▪■◦○·§Øø→➢✓✔❖" or "\uf0a7" <= text[:1] <= "\uf0fc" or text[:2] == "* ":
        return list(_listed(text))
    if head in "PCMĐK" and head:
        found = [*_division(text), *_article(text), *_counted(text), *_lettered(text)]
        return found or list(_headed(text))
    if head.isupper():
        return list(_headed(text))
    return list(_lettered(text)) if head in LETTERS and head else []
