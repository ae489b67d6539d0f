"""What a supervisor sees of his units: every line reachable, nothing too long, bars that fit."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from bot.texts import Texts
from handlers.core.callback_data import CallbackData, StaleButton
from handlers.core.screen import Screen
from handlers.digest import screens
from handlers.digest.buttons import (
    ALL,
    OpenDigest,
    OpenGroup,
    OpenUnits,
    OpenWork,
    TurnDaily,
    Urge,
)
from handlers.digest.pictures import MOST_BARS, Bar, bars, months
from records.ids import PersonId, ReportId, TaskId, UnitId
from records.model import Cadence, Preference, Task, Unit, UnitName
from records.obligations.obligation import Obligation
from records.units import UnitTree
from scheduler.digest import Digest, Month, Note, count
from scheduler.due_days import Coming
from services.figures import FigureSum
from tests.unit.records.obligations.owing import owed
from vietnamese.zone import ZONE

TEXTS = Texts()
TODAY = date(2026, 11, 20)
NAME = "Ủy ban nhân dân phường Nguyễn Thị Minh Khai"


def cell(number: int, *, days: int) -> Obligation:
    """Return what one unit owes on a task that many were given together, so many days ahead."""
    task = Task(
        id=TaskId(f"t{number}"),
        title="Báo cáo kết quả đối thoại",
        lead=UnitId(f"u{number}"),
        form="doi_thoai",
        cadence=Cadence.ONCE,
        created=datetime(2026, 1, 1, tzinfo=ZONE),
        created_by=PersonId("hung"),
        due=TODAY + timedelta(days=days),
        group="together",
    )
    (one,) = owed(task, day=TODAY, name=f"{NAME} {number}")
    return one


def state(units: int, late: int) -> Digest:
    """Return the digest of so many units with one task, the last ones late."""
    cells = tuple(cell(one, days=-1 if one >= units - late else 3) for one in range(units))
    names = [
        Unit(id=UnitId(f"u{one}"), kind="phường", names=(UnitName(text=f"{NAME} {one}"),))
        for one in range(units)
    ]
    tree = UnitTree.of(names, TODAY)
    return Digest(day=TODAY, root=NAME, cells=cells, tree=tree, total=count(cells))


def buttons(screen: Screen) -> list[CallbackData]:
    """Return what the buttons of a screen mean."""
    return [button.data for row in screen.rows for button in row]


class Shown(HTMLParser):
    """Collects what is seen of Telegram's HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        """Take the text between tags."""
        self.text += data


def test_every_unit_of_a_task_is_reached_by_leafing() -> None:
    """A province has 200 units; those that are late stand on the first page."""
    province = state(200, late=5)
    seen: list[str] = []
    page = 0
    while True:
        screen = screens.group(TEXTS, province, OpenGroup("together", page))
        seen += [line for line in screen.html.splitlines() if line.startswith("•")]
        if OpenGroup("together", page + 1) not in buttons(screen):
            break
        page += 1
    assert len(set(seen)) == 200
    assert all("quá hạn" in line for line in seen[:5])
    assert "quá hạn" not in seen[5]
    with pytest.raises(StaleButton):
        screens.group(TEXTS, province, OpenGroup("together", page + 1))


def test_a_task_is_one_line_for_all_its_units() -> None:
    """Twenty units, one line, one button."""
    screen = screens.tasks(TEXTS, state(20, late=1), 0)
    assert [one for one in buttons(screen) if isinstance(one, OpenGroup)] == [
        OpenGroup("together", 0)
    ]
    assert screen.html.count("•") == 1


def test_where_nothing_is_asked_there_is_nothing_to_open() -> None:
    """An obstacle alone has neither chart nor sheet, and nobody to be urged."""
    note = Note(report=ReportId("r"), unit=NAME, text="Đường sạt lở")
    screen = screens.digest(TEXTS, replace(state(0, late=0), obstacles=(note,)))
    assert buttons(screen) == []
    assert "Đường sạt lở" in screen.html


def test_a_units_own_screen_leads_back_and_urges_it_alone() -> None:
    """Not to the parts of the whole."""
    found = buttons(screens.unit_cells(TEXTS, state(1, late=1), "u0"))
    assert Urge("u0", 0) in found
    assert OpenDigest(ALL) in found
    assert not any(isinstance(one, OpenUnits | OpenWork) for one in found)


def test_the_week_fits_under_a_picture() -> None:
    """A caption has 1,024 characters, however long names and figures are."""
    figure = FigureSum(
        form="Đối thoại",
        field="received",
        label="Số đơn đã tiếp nhận trong kỳ báo cáo này và các kỳ trước đó cộng lại",
        unit="đơn thư các loại",
        value=Decimal("1234567890123456789.25"),
        units=200,
    )
    full = replace(
        state(200, late=150),
        root=NAME * 4,
        sums=(figure,) * 5,
        extensions=1000,
        waiting=1000,
    )
    shown = Shown()
    shown.feed(screens.week(TEXTS, full).html)
    assert len(shown.text) <= 1024
    assert "150 quá hạn" in shown.text


def test_bars_are_as_many_as_a_phone_shows() -> None:
    """Those with most that is late, and one for all others; long names are clipped."""
    drawn = bars(state(200, late=5), "các đơn vị khác")
    assert len(drawn) == MOST_BARS
    assert [one.late for one in drawn[:6]] == [1, 1, 1, 1, 1, 0]
    rest = 200 - MOST_BARS + 1
    assert drawn[-1] == Bar(name="các đơn vị khác", reported=0, due=rest, late=0)
    assert all(len(one.name) <= 26 for one in drawn)
    assert len(bars(state(MOST_BARS, late=0), "các đơn vị khác")) == MOST_BARS


def test_months_stand_in_their_order() -> None:
    """On time, late, missing: in the places of reported, due, late."""
    trend = (Month(first=date(2026, 10, 1), on_time=7, late=2, missing=1),)
    found = months(replace(state(1, late=0), trend=trend), lambda month: f"{month.first:%m}")
    assert found == (Bar(name="10", reported=7, due=2, late=1),)


def coming(days: int) -> Coming:
    """Return something due in so many days."""
    return Coming(owed=cell(0, days=days))


def test_the_week_ahead_tells_the_week_from_the_month() -> None:
    """What is due within a week with its working, what comes later in a line; the rest counted."""
    html = screens.ahead(TEXTS, [coming(days) for days in (-2, 7, 8, 9)], 7).html
    week, month = html.split("Còn trong tháng")
    assert (week.count("Hạn:"), month.count("•")) == (2, 2)
    later = screens.ahead(TEXTS, [coming(8)] * 9, 7).html
    assert "không có hạn báo cáo nào" in later
    assert "4 việc khác" in later


def test_the_daily_digest_is_taken_or_left() -> None:
    """One button turns it; officers have none."""
    own = Preference(id=PersonId("hung"))
    assert buttons(screens.hours(TEXTS, own, digests=True))[-1] == TurnDaily(0)
    without = screens.hours(TEXTS, replace(own, daily_digest=False), digests=True)
    assert buttons(without)[-1] == TurnDaily(1)
    assert "không nhận" in without.html
    officer = buttons(screens.hours(TEXTS, own, digests=False))
    assert not any(isinstance(one, TurnDaily) for one in officer)
