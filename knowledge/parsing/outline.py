"""The tree of units: which line opens one, what it holds, where it ends."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from knowledge.model import ClauseKind
from knowledge.parsing.layout import (
    Line,
    Setting,
    columns,
    ended,
    joined,
    refers,
    starts_small,
    stopped,
    unfinished,
)
from knowledge.parsing.marks import Level, Mark, follows, marks_of
from knowledge.parsing.tables import Grid

MOST_SKIPPED: Final = 2
"""Ordinals an office may leave out between two neighbours of one list."""

_TYPES: Final = (
    "chỉ thị|kế hoạch|công văn|nghị quyết|quyết định|hướng dẫn|kết luận|thông tri|quy định|"
    "quy chế|chương trình|đề án|văn bản|thông báo|nội dung trên"
)
_FAREWELL: Final = re.compile(
    rf"(?:Trên đây|Trong quá trình|Nhận được|(?:{_TYPES}) (?:này|được|có hiệu lực))\b",
    re.IGNORECASE,
)
"""How the paragraphs open that take leave of the reader after the last clause."""

_REQUEST: Final = re.compile(
    rf"(?:Yêu cầu|Đề nghị|Các|Căn cứ|.{{1,60}} (?:yêu cầu|đề nghị)).*(?:{_TYPES}) này|"
    r"(?:Yêu cầu|Đề nghị) (?:các|thủ trưởng|lãnh đạo|đồng chí|[A-ZĐ])|"
    r".{1,60} (?:yêu cầu|đề nghị) .*(?:triển khai|thực hiện)",
    re.IGNORECASE | re.DOTALL,
)
"""What the very last paragraph says when it is addressed to all."""


_LABELLED: Final = re.compile(r"[A-ZĐÀ-Ỹ][^:.;,]{4,40}:\s")
"""An item that opens with a label: "Cơ quan chủ trì: …" does not go on with a line above."""


@dataclass(slots=True)
class Unit:
    """A marked unit while it is being read. `start` and `end` number paragraphs."""

    mark: Mark
    path: str
    start: int
    end: int = -1
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def level(self) -> int:
        """The level of its mark."""
        return self.mark.level

    @property
    def ordered(self) -> bool:
        """Whether its list counts."""
        return self.mark.level < Level.DASH


@dataclass(slots=True)
class Outline:
    """Paragraphs and units of one body, built line by line; `prefix` is put before every path."""

    setting: Setting
    prefix: str = ""
    paragraphs: list[list[str]] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    grids: list[tuple[str, Grid]] = field(default_factory=list)
    """The tables, each with the path of the unit it stands in."""
    closing: int = -1
    """Number of the first paragraph after the last unit."""
    _stack: list[Unit] = field(default_factory=list)
    _latest: dict[int, int] = field(default_factory=dict)
    """The last ordinal of each level: some offices count on through all sections."""
    _last: Line | None = None
    _below_grid: int = 0
    """Number of the first paragraph below the last table."""
    _counts: Counter[str] = field(default_factory=Counter)
    _paths: Counter[str] = field(default_factory=Counter)

    def add(self, line: Line) -> None:
        """Take the next line: it opens a unit, goes on, or starts a paragraph without a mark."""
        mark = next((mark for mark in marks_of(line.text) if self._plausible(mark, line)), None)
        if mark:
            self._open(mark)
            self.paragraphs.append([line.text])
        elif self._last and self.setting.goes_on(self._last, line) and not _tabular(line):
            self.paragraphs[-1].append(line.text)
        else:
            self._leave_lists()
            self.paragraphs.append([line.text])
        self._last = line

    def add_grid(self, grid: Grid) -> None:
        """Take a table: each row is a unit of the one the table stands in, headings too."""
        self._leave_lists()
        self._pop_to(sum(unit.level != Level.ROW for unit in self._stack))
        above = self._stack[-1].path if self._stack else self.prefix
        self.grids.append((above or ClauseKind.PREAMBLE.value, grid))
        for at, row in enumerate(grid.rows, 1):
            self._pop_to(sum(unit.level != Level.ROW for unit in self._stack))
            label = row.label or f"dòng {at}"
            self._enter(Mark(Level.ROW, at, label, "", group=row.group))
            self.paragraphs += [[line] for line in grid.told(row).split("\n")]
        self._last = None
        self._below_grid = len(self.paragraphs)

    def finish(self) -> None:
        """Close what is open; part the preamble's lists and the closing from the units."""
        self._release_preamble()
        self._find_closing()
        for unit in self.units:
            unit.end = self.closing if unit.end < 0 else min(unit.end, self.closing)
        self._leave_no_gap()

    def text(self, start: int, end: int) -> str:
        """Return the paragraphs numbered from `start` to before `end`, parted by line feeds."""
        return "\n".join(joined(parts) for parts in self.paragraphs[start:end])

    # which line opens a unit

    def _plausible(self, mark: Mark, line: Line) -> bool:
        before = self._last
        if before is None:
            return True
        if mark.level >= Level.DASH:
            return self._plausible_item(mark, before, line)
        closes = ended(before.text)
        full = self.setting.full(before.text, line.text)
        if not closes and (refers(before.text) or (full and unfinished(before.text))):
            return False
        loose = closes or not full
        open_unit = self._open_at(mark.level)
        if self._in_order(mark, open_unit):
            return self._plausible_next(mark, open_unit, loose=loose, closes=closes)
        lettered = mark.level == Level.LETTER and mark.bracketed and loose
        return (closes or lettered) and self._plausible_alone(mark)

    def _plausible_alone(self, mark: Mark) -> bool:
        """Tell whether a mark out of order opens a unit below a closed sentence."""
        if mark.level in (Level.CAPITAL, Level.SMALL_ROMAN) or mark.label in ("C", "L"):
            return False
        return mark.bracketed if mark.level == Level.LETTER else not starts_small(mark.rest)

    def _plausible_item(self, mark: Mark, before: Line, line: Line) -> bool:
        if ended(before.text) or _LABELLED.match(mark.rest):
            return True
        small = starts_small(mark.rest)
        if before.text.endswith(","):
            return not small
        if mark.rest[:1].isdecimal() and before.text[-1:].isdecimal():
            return False
        if not self.setting.wrapped:
            return not small or self._open_at(mark.level) is not None
        return not small and not self.setting.full(before.text, line.text)

    def _plausible_next(
        self, mark: Mark, open_unit: Unit | None, *, loose: bool, closes: bool
    ) -> bool:
        small = starts_small(mark.rest)
        if mark.level == Level.SMALL_ROMAN:
            letter = self._open_at(Level.LETTER)
            if open_unit is None and letter and letter.mark.label == "h":
                return False
        if small:
            return closes and (mark.bracketed or mark.level in (Level.NUMBER, Level.LETTER))
        if open_unit is None:
            return loose or not self._stack
        return loose or follows(open_unit.mark, mark)

    def _in_order(self, mark: Mark, open_unit: Unit | None) -> bool:
        if mark.ordinal == 1:
            return True
        latest = open_unit.mark.ordinal if open_unit else self._latest.get(mark.level)
        if latest is None:
            return False
        step = mark.ordinal - latest
        strict = mark.level in (Level.CAPITAL, Level.SMALL_ROMAN)
        return 0 < step <= (1 if strict else 1 + MOST_SKIPPED)

    def _open_at(self, level: int) -> Unit | None:
        return next((unit for unit in reversed(self._stack) if unit.level == level), None)

    # where it belongs

    def _open(self, mark: Mark) -> None:
        self._pop_to(self._depth(mark))
        self._enter(mark)

    def _enter(self, mark: Mark) -> None:
        """Open a unit inside those that are open."""
        parent = self._stack[-1] if self._stack else None
        path = self._path(mark, parent)
        unit = Unit(mark, path, len(self.paragraphs))
        self._latest[mark.level] = mark.ordinal
        self.units.append(unit)
        self._stack.append(unit)

    def _path(self, mark: Mark, parent: Unit | None) -> str:
        label = mark.label
        if Level.DASH <= mark.level < Level.ROW:
            counts = parent.counts if parent else self._counts
            counts[label] += 1
            label = f"{label}{counts[label]}"
        elif parent and Level.NUMBER <= parent.level < mark.level < Level.LETTER:
            label = label.rsplit(".", 1)[-1]
        above = parent.path if parent else self.prefix
        path = f"{above}.{label}" if above else label
        self._paths[path] += 1
        return path if self._paths[path] == 1 else f"{path} ({self._paths[path]})"

    def _depth(self, mark: Mark) -> int:
        """Return how many open units stay open around a unit that `mark` opens."""
        depth = len(self._stack)
        same = [at for at, unit in enumerate(self._stack) if unit.level == mark.level]
        if same and mark.ordinal == 1 and same[-1] == depth - 1 and self._leads(self._stack[-1]):
            return depth
        following = [at for at in same if follows(self._stack[at].mark, mark)]
        if same:
            return following[-1] if following else same[-1]
        if mark.level <= Level.ARTICLE:
            top = self._stack[-1] if self._stack else None
            if top and mark.ordinal == 1 and top.level == Level.ARTICLE and self._leads(top):
                return depth  # "Điều 1. …, nhấn mạnh:" holds sections of its own
            return self._depth_of_section(mark)
        while depth and self._gives_way(self._stack[depth - 1], mark):
            depth -= 1
        return depth

    def _depth_of_section(self, mark: Mark) -> int:
        depth = len(self._stack)
        floor = Level.MUC if mark.level == Level.CAPITAL and mark.ordinal == 1 else mark.level
        while depth and self._stack[depth - 1].level >= floor:
            depth -= 1
        return depth

    def _gives_way(self, top: Unit, mark: Mark) -> bool:
        """Tell whether `top` ends where `mark` opens a list of its own."""
        if mark.level < Level.DASH:
            if mark.ordinal != 1:
                return top.level >= mark.level
            return not top.ordered and not self._leads(top)
        heads = self._leads(top) or not stopped(self.paragraphs[-1][-1])
        return not top.ordered and top.level > mark.level and not heads

    def _leads(self, unit: Unit) -> bool:
        """Tell whether what was read last of `unit` announces a list."""
        return unit is self._stack[-1] and self.paragraphs[-1][-1].endswith(":")

    def _leave_lists(self) -> None:
        """Close the dashes that a paragraph without a mark follows, not the clause around them."""
        depth = len(self._stack)
        if depth and self._leads(self._stack[-1]):
            return
        while depth and not self._stack[depth - 1].ordered:
            depth -= 1
        self._pop_to(depth)

    def _pop_to(self, depth: int) -> None:
        while len(self._stack) > depth:
            self._stack.pop().end = len(self.paragraphs)

    # what is no unit

    def _release_preamble(self) -> None:
        """Dashes above the first numbered unit are the preamble's own."""
        top = self.prefix.count(".") + 1 if self.prefix else 0
        for at, unit in enumerate(self.units):
            if unit.ordered and unit.path.count(".") <= top + unit.mark.label.count("."):
                self.units = self.units[at:] if self._only_dashes(at) else self.units
                return

    def _only_dashes(self, count: int) -> bool:
        return not any(unit.ordered for unit in self.units[:count])

    def _leave_no_gap(self) -> None:
        """Let each outermost unit last until the next or the closing: nothing stands alone."""
        outermost = self.units[:1]
        for unit in self.units[1:]:
            if not unit.path.startswith(outermost[-1].path + "."):
                outermost[-1].end = max(outermost[-1].end, unit.start)
                outermost.append(unit)
        if outermost:
            outermost[-1].end = self.closing

    def _find_closing(self) -> None:
        self.closing = total = len(self.paragraphs)
        if not self.units:
            return
        first = max(self.units[-1].start, self._below_grid - 1)
        self._part_farewell(first)
        total = len(self.paragraphs)
        self.closing = first + 1
        if not self._headed(self.units[-1]):
            return
        for at in range(first + 1, total):
            text = joined(self.paragraphs[at])
            if _FAREWELL.match(text) or (
                at > first + 1 and at == total - 1 and _REQUEST.match(text)
            ):
                self.closing = at
                return
        self.closing = total

    def _headed(self, unit: Unit) -> bool:
        text = joined(self.paragraphs[unit.start])
        return text.endswith(":") or (unit.ordered and not ended(text))

    def _part_farewell(self, first: int) -> None:
        """Part a farewell from the last unit where a full line hides the paragraph's end."""
        parts = self.paragraphs[-1]
        for at in range(1, len(parts)):
            opens = _FAREWELL.match(parts[at]) or _REQUEST.match(" ".join(parts[at:]))
            if stopped(parts[at - 1]) and opens and len(self.paragraphs) > first:
                self.paragraphs[-1:] = [parts[:at], parts[at:]]
                return


def _tabular(line: Line) -> bool:
    return ("\t" in line.raw or "   " in line.raw or "|" in line.raw) and len(columns(line)) > 2
