"""Names of units in running text: where one starts, where it ends, which names form a list."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.document_kinds import document_kinds
from knowledge.parsing import lexicon
from vietnamese.text import comparable

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?|[0-9]+|[^\w\s]")
"""Letters and digits apart: a footnote mark may be glued to a word ("Tỉnh ủy2")."""
_DASHES: Final = frozenset("-–")
_DEPARTMENTS: Final = frozenset(
    ["sở", "bộ", "phòng", "ban", "vụ", "cục", "báo", "đài", "trung", "ủy", "hội", "chi"]
)
"""First syllables of bodies whose names may hold a comma: "Sở Văn hóa, Thể thao và Du lịch"."""

_ENDS: Final = frozenset(",.;:!?…()“”")
LONGEST_TASK: Final = 14
"""Words of the task in a body's name: "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở tỉnh"."""

_LISTING: Final = frozenset({",", ";", "và", "cùng"})
_ACRONYM: Final = re.compile(r"[A-ZĐ&]{2,}[0-9]*")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as the text words it, and where: `text[start:end]`."""

    name: str
    start: int
    end: int


class Words:
    """A text cut into words and signs, each with its comparable form and its place."""

    __slots__ = ("all_capitals", "forms", "places", "shown", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(_TOKEN.finditer(text))
        self.shown = [match.group() for match in found]
        self.forms = [comparable(word) for word in self.shown]
        self.places = [match.span() for match in found]
        self.all_capitals = len(found) > 1 and text.upper() == text
        """Set in capitals throughout, as a heading: there no word stands out as a short name."""

    def __len__(self) -> int:
        return len(self.forms)

    def at(self, offset: int) -> int:
        """Give the index of the first word at or after `offset`."""
        return next((i for i, (start, _) in enumerate(self.places) if start >= offset), len(self))

    def form(self, index: int) -> str:
        """Give the comparable form of a word; "" past the end."""
        return self.forms[index] if 0 <= index < len(self) else ""

    def is_capital(self, index: int) -> bool:
        """Tell whether a word opens with a capital."""
        return 0 <= index < len(self) and self.shown[index][:1].isupper()

    def is_act(self, index: int) -> bool:
        """Tell whether an act in small letters starts here: "chủ trì"."""
        return not self.is_capital(index) and lexicon.longest(lexicon.acts(), self.forms, index) > 0

    def is_function(self, index: int) -> bool:
        """Tell whether a word is one that never belongs to a name."""
        return self.form(index) in lexicon.function_words()

    def name(self, first: int, last: int) -> UnitName:
        """Cut out the words from `first` up to, without, `last`."""
        start, end = self.places[first][0], self.places[last - 1][1]
        return UnitName(self.text[start:end], start, end)


def units_at(words: Words, index: int) -> list[UnitName]:
    """Read the list of units that starts at word `index`; [] where none does."""
    return [words.name(first, last) for first, last in _unit_spans(words, index)]


def end_of_units(words: Words, index: int) -> int:
    """Give the index of the word after the list of units that starts at `index`."""
    spans = _unit_spans(words, index)
    return spans[-1][1] if spans else index


def one_unit_at(words: Words, index: int) -> UnitName | None:
    """Read the single unit that starts at word `index`."""
    spans = _unit_spans(words, index)
    return words.name(*spans[0]) if spans else None


def _unit_spans(words: Words, index: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = index
    while (end := _unit_end(words, at)) > at:
        spans.append((at, end))
        at = end
        while words.form(at) in _LISTING and at - end < 2:
            at += 1
        if at == end:
            break
    return spans


def _opener(words: Words, index: int) -> int:
    return lexicon.longest(lexicon.openers(), words.forms, index)


def _head(words: Words, index: int, *, after_opener: bool) -> int:
    """Count the words of the head at `index`; 0 where none stands."""
    if _is_no_head(words, index):
        return 0
    head = lexicon.longest(lexicon.heads(), words.forms, index)
    if words.is_capital(index) or after_opener:
        head = max(head, lexicon.longest(lexicon.proper_heads(), words.forms, index))
    if after_opener:
        head = max(head, lexicon.longest(lexicon.listed(), words.forms, index))
    if not head and _short_name(words, index):
        return 1
    return head


def _is_no_head(words: Words, index: int) -> bool:
    """Tell whether what looks like a head is another word, as "ban hành"."""
    other = lexicon.longest(lexicon.not_heads(), words.forms, index)
    return other > 0 and lexicon.longest(lexicon.heads(), words.forms, index) <= other


def _short_name(words: Words, index: int) -> bool:
    """Tell whether an unknown short name of capitals opens here: "BHXH tỉnh", "LĐLĐ"."""
    if words.all_capitals:
        return False
    if not 0 <= index < len(words) or not _ACRONYM.fullmatch(words.shown[index]):
        return False
    return len(words.shown[index]) > 2 and words.form(index + 1) != "/"


def _unit_end(words: Words, index: int) -> int:
    """Give the index after the name at `index`, or `index` where no name starts."""
    first = index + _opener(words, index)
    head = _head(words, first, after_opener=first > index) or _person(words, index, first)
    if not head:
        return index
    at = first + head
    people = lexicon.longest(lexicon.people(), words.forms, first) > 0
    listing = first > index or people or words.form(at - 1) == "các"
    while (step := _step(words, at, first, listing=listing)) > 0:
        listing = listing or "các" in words.forms[at : at + step]
        at += step
    return _after_task(words, first, at)


def _person(words: Words, index: int, first: int) -> int:
    """Count 1 where "đồng chí" stands before a person's own name."""
    return 1 if words.form(first - 1) == "chí" and first > index and words.is_capital(first) else 0


def _after_task(words: Words, first: int, at: int) -> int:
    """Go on over a body's task up to its level: "Ban Chỉ đạo thực hiện … tỉnh"."""
    if lexicon.longest(lexicon.task_bodies(), words.forms, first) != at - first:
        return at
    for index in range(at, min(at + LONGEST_TASK, len(words))):
        if words.form(index) in _ENDS:
            return at
        level = lexicon.longest(lexicon.levels(), words.forms, index)
        if level and words.form(index - 1) != "thuộc" and not words.is_capital(index):
            return index + level
    return at


def _step(words: Words, at: int, first: int, *, listing: bool) -> int:
    """Count the words by which the name that opened at `first` goes on at `at`."""
    if at >= len(words):
        return 0
    form = words.form(at)
    if form in _DASHES:
        return _after_dash(words, at)
    if form == ",":
        return _after_comma(words, at, first, listing=listing)
    if form == "và":
        return _after_and(words, at, listing=listing)
    if words.is_capital(at):
        return 0 if _opens_kind(words, at) else 1
    return _after_all(words, at) if form == "các" else _small(words, at)


def _after_all(words: Words, at: int) -> int:
    """Go on over "các" inside a name: "Ủy ban nhân dân các huyện", "chính quyền các cấp"."""
    known = lexicon.longest(lexicon.modifiers(), words.forms, at)
    noun = _listed(words, at + 1)
    return known or (1 + noun if noun else 0)


def _small(words: Words, at: int) -> int:
    """Go on with a small-letter word: a known modifier, or the second syllable of a name."""
    modifier = lexicon.longest(lexicon.modifiers(), words.forms, at)
    act = lexicon.longest(lexicon.acts(), words.forms, at)
    if modifier > act or (modifier and not _is_clause(words, at, act)):
        return modifier
    if words.form(at).isdigit():  # "Tổ Công tác 06"; a glued footnote mark has no blank before it
        apart = words.places[at][0] > words.places[at - 1][1]
        return 1 if apart and (words.is_capital(at - 1) or words.is_capital(at - 2)) else 0
    second = words.is_capital(at - 1) and not _ACRONYM.fullmatch(words.shown[at - 1])
    return (
        1 if second and not act and words.forms[at].isalpha() and not words.is_function(at) else 0
    )


def _is_clause(words: Words, at: int, act: int) -> bool:
    """Tell whether a word that is act and modifier ("kiểm tra") is the act here.

    After "cơ quan" or "ủy ban" it belongs to the name: "các cơ quan tham mưu, giúp việc".
    """
    before = {words.form(at - 1), f"{words.form(at - 2)} {words.form(at - 1)}"}
    named = before & {"cơ quan", "chuyên trách", "ủy ban", "ban", ","}
    return not named and act > 0


def _after_dash(words: Words, at: int) -> int:
    """Go on over a hyphen inside a name: "chính trị - xã hội", "Hành chính - Quản trị"."""
    modifier = lexicon.longest(lexicon.modifiers(), words.forms, at + 1)
    if modifier and not words.is_capital(at + 1):
        return 1 + modifier
    return 2 if words.is_capital(at + 1) else 0


def _after_comma(words: Words, at: int, first: int, *, listing: bool) -> int:
    """Go on over a comma: "các sở, ban, ngành", "Sở Văn hóa, Thể thao và Du lịch"."""
    if listing and (noun := _listed(words, at + 1)):
        return 1 + noun
    if words.form(at - 1) in {"xã", "huyện", "phường", "quận", "tỉnh"} and not words.is_capital(
        at + 1
    ):
        level = lexicon.longest(lexicon.levels(), words.forms, at + 1)
        return 1 + level if level else 0
    department = words.form(first) in _DEPARTMENTS and words.is_capital(first)
    if department and words.is_capital(at + 1) and not _starts_unit(words, at + 1):
        return 0 if _opens_kind(words, at + 1) else 2
    return 0


def _after_and(words: Words, at: int, *, listing: bool) -> int:
    """Go on over "và": "Tài nguyên và Môi trường", "các cơ quan, đơn vị và địa phương"."""
    if listing and (noun := _listed(words, at + 1)):
        return 1 + noun
    if _shared_office(words, at):
        return 2
    if words.is_capital(at + 1):
        people = words.forms[at + 1 : at + 3] == ["nhân", "dân"]
        stops = _starts_unit(words, at + 1) or _opens_kind(words, at + 1)
        return 0 if stops or people or listing else 2
    inner = lexicon.longest(lexicon.modifiers(), words.forms, at + 1)
    starts = _starts_unit(words, at + 1) or words.is_act(at + 1)
    return 1 + inner if inner and not starts else 0


_SHARED: Final = (
    *("hđnd", "hội đồng nhân dân", "đoàn đbqh", "đoàn đại biểu quốc hội", "đảng ủy"),
    *("ubnd", "ủy ban nhân dân", "đđbqh"),
)
"""Bodies whose office serves another body too: "Văn phòng HĐND và UBND xã" is one office."""


def _shared_office(words: Words, at: int) -> bool:
    """Tell whether the "và" at `at` stands in the name of an office of two bodies."""
    for size in (3, 4, 5, 6, 7):
        start = at - size
        if words.forms[max(0, start) : max(0, start) + 2] == ["văn", "phòng"] and start >= 0:
            first = " ".join(words.forms[start + 2 : at])
            rest = " ".join(words.forms[at + 1 : at + 5])
            return first in _SHARED and rest.startswith(_SHARED)
    return False


def _listed(words: Words, at: int) -> int:
    """Count the words of a noun that goes on with a list after "các"."""
    if _is_no_head(words, at):
        return 0
    nouns = lexicon.longest(lexicon.listed(), words.forms, at)
    if words.is_capital(at):
        after_level = words.form(at - 2) in {"thị", "huyện"} and words.form(at) in {"thành", "thị"}
        return nouns if after_level else 0
    common = lexicon.longest(lexicon.heads(), words.forms, at)
    modifier = lexicon.longest(lexicon.modifiers(), words.forms, at)
    act = lexicon.longest(lexicon.acts(), words.forms, at)
    if act and act >= max(nouns, common):
        modifier = modifier if words.form(at - 1) == "," and words.form(at - 2) == "mưu" else 0
        return max(nouns, common, modifier)
    return max(nouns, common, modifier)


def _starts_unit(words: Words, at: int) -> bool:
    opener = _opener(words, at)
    return _head(words, at + opener, after_opener=opener > 0) > 0


def _opens_kind(words: Words, at: int) -> bool:
    """Tell whether the name of a kind of document starts here: "và Quyết định số"."""
    text = " ".join(words.forms[at : at + 4])
    return any(text == kind.name or text.startswith(kind.name + " ") for kind in document_kinds())
