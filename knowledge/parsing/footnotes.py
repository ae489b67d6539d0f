"""Footnotes: taken out of the lines they interrupt, tied to the words that call them."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.parsing.layout import (
    FIRST_CALL,
    MOST_CALLS,
    Line,
    Setting,
    ended,
    joined,
    starts_small,
    stopped,
)
from knowledge.parsing.marks import marks_of
from knowledge.parsing.tail import opens_tail

MOST_NOTE_LINES: Final = 40
"""Lines of one note; what is longer was no note, or lost its end."""

PAGE_REACH: Final = 12
"""Lines from a note's start within which its page must end when nothing calls it."""

_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE: Final = re.compile(
    r"(?P<raised>[⁰¹²³⁴-⁹]{1,3}(?![⁰¹²³⁴-⁹]))\s*(?=\S)|\[(?P<square>\d{1,3})\]\s*(?=\S)|"
    r"\((?P<round>\d{1,2})\)\s+(?=[^\W\d_a-z])"
    r"|(?P<digits>\d{1,2})\s+(?=[“\"(]?[^\W\d_])|(?P<glued>\d{1,2})(?=[^\W\d_a-z][^\W\d_])"
    r"|(?P<lost>\ufffd)\s*(?=\S)"
)
_CALLED: Final = re.compile(
    r"(?<![⁰¹²³⁴-⁹])(?P<raised>[⁰¹²³⁴-⁹]{1,3})(?![⁰¹²³⁴-⁹])"
    r"|\[(?P<square>\d{1,3})\]"
    r"|(?<=\S)\s?\((?P<round>\d{1,2})\)"
    r"|(?<=[^\W\d_])(?P<word>\d{1,2})(?![\w/\-–])"
    r"|(?<![\w/.,])(?:19|20)\d\d(?P<year>\d{1,2})(?!\w)"
    r"|(?<=/(?:19|20)\d\d)(?P<date>\d{1,2})(?!\w)"
    r"|(?<=[”\"’'»)\],;])(?P<sign>\d{1,2})(?![\w%/.]\w|\w)"
    r"|(?<=[^\W\d_]\.)(?P<stop>\d{1,2})(?!\w)"
    r"|(?P<lost>\ufffd)"
)
_MEASURE: Final = re.compile(r"(?<!\w)(?:[kdcm]?m|ha|km|PM|CO|H|O)$")
_LOST_CALL: Final = re.compile(r"[,.;:](?!\.)\s")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as it stands at a page's end; `call` is the code point put where it is called."""

    mark: str | None
    text: str
    call: str


@dataclass(slots=True)
class _Calls:
    """Where the text may call notes: by number, in order, as (line, start, end)."""

    found: defaultdict[str, list[tuple[int, int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def between(
        self, number: str, first: tuple[int, int], limit: int
    ) -> tuple[int, int, int] | None:
        """Return the first call of `number` after `first` and above line `limit`."""
        places = self.found.get(number, [])
        at = bisect_left(places, (*first, 0))
        return places[at] if at < len(places) and places[at][0] < limit else None


def _calls(lines: Sequence[Line]) -> _Calls:
    calls = _Calls()
    for number, line in enumerate(lines):
        text = line.text
        opening = _NOTE.match(text)
        for match in _CALLED.finditer(text, opening.end() if opening else 0):
            kind = match.lastgroup or ""
            start, end = match.span(kind)
            if kind in ("raised", "word") and _MEASURE.search(text[max(0, start - 4) : start]):
                continue
            if kind in ("square", "round"):
                start, end = match.span()
            calls.found[_number(match[kind])].append((number, start, end))
        if _LOST_CALL.match(text):
            calls.found[_number("\ufffd")].append((number, 0, 0))
    for places in calls.found.values():
        places.sort()
    return calls


def _number(mark: str) -> str:
    return mark.translate(_RAISED).lstrip("0") or "0"


@dataclass(slots=True)
class _Search:
    """What has been found so far while the lines are read from the top."""

    lines: Sequence[Line]
    setting: Setting
    calls: _Calls
    notes: list[Note] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    edits: list[tuple[int, int, int, str]] = field(default_factory=list)
    last_call: tuple[int, int] = (0, 0)
    last_number: int = 0

    def read(self) -> None:
        """Find every note, from the top."""
        at = 0
        while at < len(self.lines) and len(self.notes) < MOST_CALLS:
            found = None if self.lines[at].tabular else _NOTE.match(self.lines[at].text)
            at = self._take(at, found) if found and found.lastgroup else at + 1

    def _take(self, at: int, found: re.Match[str]) -> int:
        kind = found.lastgroup or ""
        number = _number(found[kind])
        place = self.calls.between(number, self.last_call, at)
        if place is None and not self._stands_alone(at, kind, number):
            return at + 1
        end = self._end(at)
        parts = [line.text for line in self.lines[at:end]]
        if kind == "lost":
            parts[0] = parts[0][found.end() :]
        call = chr(FIRST_CALL + len(self.notes))
        mark = None if kind == "lost" else found[kind]
        self.notes.append(Note(mark, joined(parts), call))
        self.taken.update(range(at, end))
        self._call(place, at, call)
        self.last_number = int(number) if number.isdecimal() else self.last_number
        return end

    def _call(self, place: tuple[int, int, int] | None, at: int, call: str) -> None:
        """Put `call` where the note is called, or else at the end of the line above it."""
        if place:
            line, start, end = place
            self.last_call = (line, end)
        else:
            above = (number for number in range(at - 1, -1, -1) if number not in self.taken)
            line = next(above, -1)
            if line < 0:
                return
            start = end = len(self.lines[line].text)
        self.edits.append((line, start, end, call))

    def _stands_alone(self, at: int, kind: str, number: str) -> bool:
        """Tell whether a note is one though nothing calls it: by its mark, or by its page."""
        if at == 0:
            return False
        if kind in ("lost", "raised", "square"):
            return not starts_small(self.lines[at].text)
        if kind not in ("digits", "glued") or int(number) != self.last_number + 1:
            return False
        following = self.lines[at + 1 : at + PAGE_REACH]
        above = self.lines[at - 1]
        return (
            self.lines[at].gap > 0
            and not ended(above.text)
            and any(line.page for line in following)
        )

    def _end(self, at: int) -> int:
        """Return the number of the line after the note that opens at line `at`."""
        end = at + 1
        limit = min(len(self.lines), at + MOST_NOTE_LINES)
        while end < limit and not self._stops(at, end):
            end += 1
        return end

    def _stops(self, at: int, end: int) -> bool:
        before, line = self.lines[end - 1], self.lines[end]
        if line.page or opens_tail(line.text) or _NOTE.match(line.text):
            return True
        if not self.setting.wrapped:
            return ended(before.text) or not starts_small(line.text)
        if not stopped(before.text):
            return bool(marks_of(line.text)) and ended(before.text)
        longest = max(len(part.text) for part in self.lines[at:end])
        room = len(before.text) + 1 + len(line.text.split(" ", 1)[0]) < longest
        return starts_small(line.text) or room or bool(marks_of(line.text)) or line.gap > 1


def without_notes(lines: Sequence[Line], setting: Setting) -> tuple[list[Line], list[Note]]:
    """Return the lines that hold no note, each call replaced by its note's code point."""
    if not any(_NOTE.match(line.text) for line in lines):
        return list(lines), []
    search = _Search(lines, setting, _calls(lines))
    search.read()
    texts = _edited(lines, search.edits)
    kept = [
        line.with_text(texts[number]) if number in texts else line
        for number, line in enumerate(lines)
        if number not in search.taken
    ]
    return kept, search.notes


def _edited(lines: Sequence[Line], edits: Iterable[tuple[int, int, int, str]]) -> dict[int, str]:
    """Apply the edits, the last of a line first, so that the earlier ones keep their places."""
    texts: dict[int, str] = {}
    for line, start, end, call in sorted(edits, reverse=True):
        text = texts.get(line, lines[line].text)
        texts[line] = text[:start] + call + text[end:]
    return texts
