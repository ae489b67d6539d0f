"""How dates, periods, amounts, places in a directive and kinds of document are put into words."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from records.period_keys import PeriodKind, parse_period
from vietnamese.amounts import say_amount
from vietnamese.zone import ZONE

_WEEKDAYS: Final = (
    "thứ Hai",
    "thứ Ba",
    "thứ Tư",
    "thứ Năm",
    "thứ Sáu",
    "thứ Bảy",
    "Chủ nhật",
)

_PARTS: Final = {
    "header": "phần đầu văn bản",
    "addressed_to": "phần Kính gửi",
    "recipients": "phần Nơi nhận",
    "signature": "phần ký",
    "footnote": "chú thích",
    "preamble": "phần mở đầu",
    "closing": "phần cuối",
}

_ROMAN: Final = re.compile(r"[IVXLC]+")
_OPENING: Final = re.compile(r"(?P<word>Phần|Chương|Mục|Điều)\s+(?P<mark>\w+)", re.IGNORECASE)


def day(given: date) -> str:
    """Write a date as NĐ 30/2020/NĐ-CP has it: 0 before days under 10 and before months 1 and 2."""
    month = f"{given.month:02d}" if given.month < 3 else str(given.month)
    return f"{given.day:02d}/{month}/{given.year}"


def weekday(given: date) -> str:
    """Name the day of the week."""
    return _WEEKDAYS[given.weekday()]


def place(path: str, text: str = "") -> str:
    """Name a clause from inside out: `II.2.a` is "điểm a, khoản 2, mục II".

    `text` is the clause's own; where it opens with "Điều 5", "Chương II" …, that word is used.
    """
    marks = path.split(".")
    if marks[0] in _PARTS:
        return _PARTS[marks[0]]
    names = [_mark(mark) for mark in marks]
    opening = _OPENING.match(text.lstrip())
    if opening and opening["mark"].lower() == marks[-1].lower():
        names[-1] = f"{opening['word'].capitalize()} {opening['mark']}"
    return ", ".join(reversed(names))


def _mark(mark: str) -> str:
    if " " in mark:
        return mark
    if mark.startswith("-"):
        return f"gạch đầu dòng thứ {mark[1:]}"
    if _ROMAN.fullmatch(mark):
        return f"mục {mark}"
    if mark[:1].isdigit():
        return f"khoản {mark}"
    return f"điểm {mark}"


def sentence(words: str) -> str:
    """Begin with a capital letter and leave the rest."""
    return words[:1].upper() + words[1:]


def document(of: Mapping[str, Any] | object) -> str:
    """Name a document as a citation does: kind, number, date, issuer, each if it is known."""
    kind, number, dated, issuer = (
        _fact(of, name) for name in ("type", "number", "issued", "issuer")
    )
    named = sentence(kind or "văn bản") + (f" số {number}" if number else "")
    when = f", ngày {day(dated)}" if dated else ""
    return named + when + (f" của {issuer}" if issuer else "")


def entry(part: Mapping[str, Any] | object) -> str:
    """Name a part of a document in a list: by its first words, by its place where they do not."""
    path, text, heading = (_fact(part, name) for name in ("clause", "text", "heading"))
    named = sentence(place(path, text))
    if _opens(text, path) or text.startswith(named):
        return str(text)
    return f"{named}: {heading or text}"


def _opens(text: str, path: str) -> bool:
    """Tell whether a clause prints its own mark first: "1.", "a)", "-"."""
    mark = path.rpartition(".")[2]
    return text.lstrip().startswith(mark[:1] if mark.startswith("-") else mark)


def _fact(of: Mapping[str, Any] | object, name: str) -> Any:
    """Return a fact of a value or, in a sample, of a mapping; a missing one is an error."""
    return of[name] if isinstance(of, Mapping) else getattr(of, name)


_ROMANS: Final = ("I", "II", "III", "IV")


def period(key: str) -> str:
    """Name a reporting period as offices do: "quý IV/2026", "6 tháng đầu năm 2026"."""
    name = parse_period(key)
    year, part = name.year, name.ordinal
    return {
        PeriodKind.YEAR: f"năm {year}",
        PeriodKind.HALF: f"6 tháng {'đầu' if part == 1 else 'cuối'} năm {year}",
        PeriodKind.NINE_MONTHS: f"9 tháng năm {year}",
        PeriodKind.QUARTER: f"quý {_ROMANS[(part - 1) % 4]}/{year}",
        PeriodKind.MONTH: f"tháng {part}/{year}",
        PeriodKind.WEEK: f"tuần {part}/{year}",
        PeriodKind.DAY: f"đợt {key[8:10]}/{key[5:7]}/{year}",
    }[name.kind]


def iso_day(written: str) -> str:
    """Write a kept date (2026-11-05) as offices do."""
    return day(date.fromisoformat(written))


def moment(at: datetime) -> str:
    """Write a time of day as offices do: "09:30 ngày 20/11/2026"; a naive one is of Vietnam."""
    local = at if at.tzinfo is None else at.astimezone(ZONE)
    return f"{local:%H:%M} ngày {day(local.date())}"


def iso_moment(written: str) -> str:
    """Write a kept moment as offices do."""
    return moment(datetime.fromisoformat(written))


def clock(at: datetime) -> str:
    """Write the time of a day: "09:30"; a naive one is of Vietnam."""
    return f"{at if at.tzinfo is None else at.astimezone(ZONE):%H:%M}"


def due_words(entry: Mapping[str, Any] | object) -> str:
    """Show how a due day comes about and what is left: the directive's words, the day, the rest."""
    working, left = _fact(entry, "working"), _fact(entry, "days_left")
    wording, last, moved = (_fact(working, key) for key in ("wording", "last_day", "moved_from"))
    days = _fact(working, "working_days_left")
    words = f"Hạn: {clip(wording, 50)} → " if wording else "Hạn: "
    words += f"hết {day(last)}, {weekday(last)}"
    if moved:
        words += f" (chuyển từ ngày nghỉ {day(moved)})"
    if left < 0:
        return f"{words}; đã quá hạn {-left} ngày"
    return f"{words}; hôm nay là ngày cuối" if left == 0 else f"{words}; còn {days} ngày làm việc"


def weekday_name(number: int) -> str:
    """Name a day of the week by its number, 1 (Monday) to 7."""
    return _WEEKDAYS[number - 1]


def stage(name: str) -> str:
    """Name a step of the ladder: "trước hạn 7 ngày"."""
    kind, _, days = name.partition("_")
    return {
        "due": "ngày đến hạn",
        "before": f"trước hạn {days} ngày",
        "late": f"quá hạn {days} ngày",
        "returned": f"sau khi trả lại {days} ngày",
    }[kind]


_OUTCOMES: Final = {
    "done": "Hoàn thành",
    "in_progress": "Đang thực hiện",
    "obstacle": "Vướng mắc",
    "nothing": "Không phát sinh",
    "on_paper": "Đã gửi bằng văn bản",
}

_REPORT_STATES: Final = {
    "submitted": "chờ duyệt",
    "returned": "đã trả lại để bổ sung",
    "accepted": "đã chấp nhận",
    "superseded": "đã có bản mới",
    "taken_back": "đã được lấy lại",
}


def outcome(kept: str) -> str:
    """Name what a report comes to."""
    return _OUTCOMES[kept]


def report_state(kept: str) -> str:
    """Name where a report stands."""
    return _REPORT_STATES[kept]


_STATES: Final = {
    "not_yet": ("⚪", "chưa đến kỳ"),
    "unreported": ("⚪", "chưa báo cáo"),
    "due_soon": ("🟡", "sắp đến hạn"),
    "overdue": ("🔴", "quá hạn"),
    "underway": ("🔵", "đang thực hiện"),
    "hindered": ("🟠", "có vướng mắc"),
    "returned": ("↩️", "bị trả lại"),
    "waiting": ("🟢", "chờ duyệt"),
    "done_in_time": ("✅", "xong đúng hạn"),
    "done_late": ("✅", "xong chậm"),
    "withdrawn": ("⚫", "đã rút"),
}


def state(owed: Mapping[str, Any] | object) -> str:
    """Say how an obligation stands, who has it, and by how many days it is late."""
    kept, late, reviewer = (_fact(owed, name) for name in ("state", "late", "reviewer"))
    words = _STATES[kept][1]
    if kept == "waiting" and reviewer:
        words = f"chờ đồng chí {clip(reviewer, 40)} duyệt"
    if kept == "done_in_time" and _fact(owed, "due") is None:
        return "đã xong"
    if not late:
        return words
    return (
        f"{words} {late} ngày" if kept in ("overdue", "done_late") else f"{words}, chậm {late} ngày"
    )


def state_mark(kept: str) -> str:
    """Return the mark that stands before a state."""
    return _STATES[kept][0]


def amount(kept: str) -> str:
    """Write a kept number (1250.5) as Vietnamese has it: 1.250,5."""
    return say_amount(Decimal(kept))


def clip(words: str, most: int) -> str:
    """Shorten to at most `most` characters at a word's end, with an ellipsis."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    head, space, _ = kept.rpartition(" ")
    return f"{(head if space else kept).rstrip(' ,;:.-–')}…"


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "day": day,
    "iso_day": iso_day,
    "iso_moment": iso_moment,
    "period": period,
    "amount": amount,
    "due_words": due_words,
    "stage": stage,
    "weekday_name": weekday_name,
    "moment": moment,
    "clock": clock,
    "outcome": outcome,
    "report_state": report_state,
    "state": state,
    "state_mark": state_mark,
    "weekday": weekday,
    "document": document,
    "entry": entry,
    "place": place,
    "sentence": sentence,
    "clip": clip,
}
