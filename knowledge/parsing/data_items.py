"""A clause's data given under labels: "Đơn vị chủ trì: …", "Thời gian thực hiện: Hằng năm"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.deadline import Deadline, DeadlineKind, FullDate
from knowledge.parsing import lexicon
from knowledge.parsing.deadlines import deadlines
from knowledge.parsing.tables import ColumnRole, role_of_column
from knowledge.parsing.units import Words, end_of_units, units_at
from vietnamese.text import comparable

LONGEST_LABEL: Final = 60
"""Characters; "Cơ quan chủ trì tham mưu, tổ chức thực hiện" has 44."""

_LABELLED: Final = re.compile(
    rf"^\s*(?:[-–+•*]|[a-zđ]\)|\()?\s*(?P<label>[^:\n]{{2,{LONGEST_LABEL}}}?)\s*:\s*(?P<value>.+?)\s*$"
)
_INLINE: Final = re.compile(r"\((?P<inside>[^()]*:[^()]*)\)\s*\.?\s*$")
_IN_BRACKETS: Final = re.compile(
    r"\((?P<inside>[^():]*(?<!\w)(?:chủ trì|phối hợp)(?!\w)[^():]*)\)\s*\.?\s*$"
)
_ROLE_LAST: Final = re.compile(
    r"(?P<units>.+?)\s+(?P<role>chủ trì|thực hiện|phối hợp)(?:\s+thực hiện)?", re.IGNORECASE
)
_ASKED: Final = re.compile(r"(?<!\w)(?:gửi|nộp|báo cáo về)(?!\w)", re.IGNORECASE)
_SPLIT: Final = re.compile(r"\s*;\s*|\n")
_YEARS: Final = re.compile(r"((?:19|20)[0-9]{2})\s*[-–]\s*((?:19|20)[0-9]{2})")
_YEAR: Final = re.compile(r"(?:trong\s+)?năm\s+(20[0-9]{2})\.?", re.IGNORECASE)
_ALWAYS: Final = re.compile(r"thường xuyên|liên tục|theo định kỳ|định kỳ", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseData:
    """What labels say of a clause's duty; () and None where they say nothing."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None

    def __bool__(self) -> bool:
        """Tell whether any label said anything of the duty."""
        return bool(self.lead or self.support or self.deadline)


def role_of(line: str) -> tuple[str, str] | None:
    """Read a labelled line: what it gives (lead, support, time, other) and its value."""
    match = _LABELLED.match(line)
    if match is None:
        return None
    label = " ".join(comparable(match["label"]).replace(",", " ").replace("/", " ").split())
    role = lexicon.labels().get(label.replace("(", "").replace(")", ""))
    if role == "time" and _ASKED.search(match["value"]):
        return None  # "Thời gian: Báo cáo gửi về …" asks for something itself
    return (role, match["value"]) if role else None


def data_of(lines: Iterable[str]) -> ClauseData:
    """Gather the data of one clause from its labelled lines."""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None
    for line in lines:
        for role, value in _pairs(line):
            if role == "lead":
                lead += units_in(value)
            elif role == "support":
                support += units_in(value)
            elif role == "time":
                deadline = deadline or stated_time(value)
    return ClauseData(lead=lead, support=support, deadline=deadline)


def row_data(lines: Iterable[str]) -> ClauseData:
    """Gather the data of a table's row from its cells, each after the name of its column."""
    given: dict[ColumnRole, str] = {}
    for line in lines:
        name, colon, value = line.partition(": ")
        role = role_of_column(name) if colon else None
        if role is not None:
            given.setdefault(role, value)
    return ClauseData(
        lead=units_in(given.get(ColumnRole.LEAD, "")),
        support=units_in(given.get(ColumnRole.SUPPORT, "")),
        deadline=stated_time(given[ColumnRole.TIME]) if ColumnRole.TIME in given else None,
    )


def inline_data(text: str) -> tuple[str, ClauseData]:
    """Cut data in brackets off the end: "… (Chủ trì: Sở Nội vụ; thời gian: hằng năm)"."""
    match = _INLINE.search(text)
    if match is None:
        return _unlabelled(text)
    found = data_of([match["inside"]])
    return (text[: match.start()].rstrip(), found) if found else (text, found)


def _unlabelled(text: str) -> tuple[str, ClauseData]:
    """Cut off "(Phòng Kinh tế chủ trì; xong trước ngày 15/6/2026)", where the role stands last."""
    match = _IN_BRACKETS.search(text)
    if match is None:
        return text, ClauseData()
    given: dict[str, tuple[str, ...]] = {}
    for piece in re.split(r"[;,]\s*(?=[A-ZÀ-ỸĐ]|xong|hoàn thành|trước|trong)", match["inside"]):
        role = _ROLE_LAST.fullmatch(piece.strip())
        if role:
            support = role["role"].lower() == "phối hợp"
            given["support" if support else "lead"] = units_in(role["units"])
    found = ClauseData(
        lead=given.get("lead", ()),
        support=given.get("support", ()),
        deadline=next(iter(deadlines(match["inside"])), None),
    )
    return (text[: match.start()].rstrip(), found) if found.lead else (text, ClauseData())


def _pairs(line: str) -> Sequence[tuple[str, str]]:
    whole = role_of(line)
    if whole is None:
        return []
    pieces = _SPLIT.split(line)
    roles = [role_of(piece) for piece in pieces]
    if len(pieces) > 1 and all(role is not None for role in roles):
        return [role for role in roles if role is not None]
    if sum(role is not None for role in roles) > 1:
        return _grouped(pieces)
    return [whole]


def _grouped(pieces: Sequence[str]) -> list[tuple[str, str]]:
    """Join pieces without a label to the labelled one before them."""
    grouped: list[tuple[str, str]] = []
    for piece in pieces:
        role = role_of(piece)
        if role is not None:
            grouped.append(role)
        elif grouped:
            grouped[-1] = grouped[-1][0], f"{grouped[-1][1]}; {piece}"
    return grouped


def units_in(value: str) -> tuple[str, ...]:
    """Read a value as units; where the lexicon fails, each part between semicolons is one."""
    bare = value.strip().rstrip(".;").strip()
    words = Words(bare)
    names = units_at(words, 0)
    if names and end_of_units(words, 0) == len(words):
        return tuple(name.name for name in names)
    return tuple(part.strip() for part in re.split(r";|,(?=\s+[A-ZÀ-ỸĐ])", bare) if part.strip())


def stated_time(value: str) -> Deadline | None:
    """Read the value of a time label; a bare month, quarter or year ends with its last day."""
    bare = value.strip().rstrip(".;").strip()
    if found := deadlines(bare):
        return found[0]
    if found := deadlines(f"trong {bare[:1].lower()}{bare[1:]}"):
        return replace(found[0], text=bare)
    if (years := _YEARS.search(bare)) is not None:
        return Deadline(kind=DeadlineKind.SPAN, text=bare, starts=years[1], ends=years[2])
    if (year := _YEAR.fullmatch(bare)) is not None:
        return Deadline(kind=DeadlineKind.DATED, text=bare, by=FullDate(int(year[1]), 12, 31))
    if _ALWAYS.search(bare):
        return Deadline(kind=DeadlineKind.PERIODIC, text=bare)
    return None
