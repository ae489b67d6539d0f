"""What a parsed directive should be looked at for by a person before it is relied on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.model import Clause, ClauseKind, Directive
from knowledge.parsing.dates import FULL_DATE, read_date
from knowledge.parsing.own_text import parent_path
from knowledge.parsing.tables import ColumnRole, role_of_column
from knowledge.reading.spelling import is_syllable

SHORTEST_GLUED: Final = 6
"""Letters of two words that lost the blank between them; shorter ones may be a name."""

MOST_TOLD: Final = 10
"""Doubts of one kind that are told one by one."""

_LABEL: Final = re.compile(r"(?P<name>Điều |Chương |Mục |Phần )?(?P<number>\d{1,3})$")
_AGAIN: Final = re.compile(r" \(\d+\)$")
_WORD: Final = re.compile(r"[^\W\d_]+")
_COUNTED: Final = frozenset({ClauseKind.SECTION, ClauseKind.CLAUSE, ClauseKind.ROW})


class DoubtKind(StrEnum):
    """What may be wrong."""

    UNREAD = "unread"
    """A part of the file was not read."""
    RECOGNISED = "recognised"
    """Pages were read from pictures by a machine."""
    GAP = "gap"
    """A number is left out in a list."""
    REPEAT = "repeat"
    """Two units bear the same number."""
    GLUED = "glued"
    """Words without a blank between them."""
    NO_SUCH_DAY = "no such day"
    TABLE = "table"
    """A table whose columns charge units gave no duty."""
    LEFT_OUT = "left out"
    """A line was taken for a part of the page and not of the text."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: where, and the words in question."""

    kind: DoubtKind
    where: str
    words: str = ""


def doubts(directive: Directive) -> tuple[Doubt, ...]:
    """Return what should be looked at, by kind; of each kind the first few."""
    found: list[Doubt] = []
    for each in (_unread, _recognised, _numbering, _glued, _days, _tables, _left_out):
        kept: dict[DoubtKind, int] = {}
        for doubt in each(directive):
            kept[doubt.kind] = kept.get(doubt.kind, 0) + 1
            if kept[doubt.kind] <= MOST_TOLD:
                found.append(doubt)
    return tuple(found)


def _unread(directive: Directive) -> Iterator[Doubt]:
    for part in directive.unread:
        yield Doubt(DoubtKind.UNREAD, "", part)


def _recognised(directive: Directive) -> Iterator[Doubt]:
    if directive.recognised:
        yield Doubt(DoubtKind.RECOGNISED, "", ", ".join(map(str, directive.recognised)))


def _numbering(directive: Directive) -> Iterator[Doubt]:
    last: dict[tuple[str, str], int] = {}
    for clause in directive.clauses:
        if clause.kind not in _COUNTED:
            continue
        label = clause.path.rpartition(".")[2]
        if _AGAIN.search(label):
            yield Doubt(DoubtKind.REPEAT, _AGAIN.sub("", clause.path), _opening(clause))
            continue
        found = _LABEL.match(label)
        if not found:
            continue
        number = int(found["number"])
        series = (parent_path(clause.path) or "", found["name"] or clause.kind.value)
        if found["name"] == "Điều ":
            series = ("", "Điều ")  # articles count on through the chapters
        before = last.get(series, 0)
        if number > before + 1:
            missing = ", ".join(map(str, range(before + 1, min(number, before + 4))))
            yield Doubt(DoubtKind.GAP, clause.path, missing)
        last[series] = number


def _opening(clause: Clause) -> str:
    return " ".join(clause.text.split()[:10])


def _glued(directive: Directive) -> Iterator[Doubt]:
    outermost = [clause for clause in directive.clauses if parent_path(clause.path) is None]
    seen: set[str] = set()
    for clause in outermost:
        for word in _WORD.findall(clause.text):
            if len(word) < SHORTEST_GLUED or word.isascii() or word in seen:
                continue
            seen.add(word)
            if not is_syllable(word) and _is_two(word):
                yield Doubt(DoubtKind.GLUED, clause.path, word)


def _is_two(word: str) -> bool:
    cuts = range(2, len(word) - 1)
    return any(is_syllable(word[:cut]) and is_syllable(word[cut:]) for cut in cuts)


def _days(directive: Directive) -> Iterator[Doubt]:
    for duty in directive.duties:
        if duty.deadline and duty.deadline.impossible:
            yield Doubt(DoubtKind.NO_SUCH_DAY, duty.clause, duty.deadline.text)
    told = {duty.clause for duty in directive.duties if duty.deadline and duty.deadline.impossible}
    for clause in directive.clauses:
        if clause.path in told or clause.kind is ClauseKind.SECTION:
            continue
        for match in FULL_DATE.finditer(clause.text):
            if read_date(match) is None:
                yield Doubt(DoubtKind.NO_SUCH_DAY, clause.path, match.group())


def _tables(directive: Directive) -> Iterator[Doubt]:
    charged = [duty.clause for duty in directive.duties]
    for table in directive.tables:
        roles = {role_of_column(name) for name in table.columns}
        below = table.clause if table.clause in charged else f"{table.clause}."
        has = any(path == table.clause or path.startswith(below) for path in charged)
        if ColumnRole.LEAD in roles and not has:
            yield Doubt(DoubtKind.TABLE, table.clause, " | ".join(table.columns))


def _left_out(directive: Directive) -> Iterator[Doubt]:
    lines: Sequence[str] = directive.furniture
    for line in dict.fromkeys(lines):
        yield Doubt(DoubtKind.LEFT_OUT, "", line)
