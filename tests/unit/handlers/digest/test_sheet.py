"""The sheet of a digest: what was asked and answered, as text that no program carries out."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from bot.texts import Texts
from handlers.digest.sheet import COLUMNS, sheet
from records.forms.files import read_forms, shipped_forms
from records.ids import DraftId, PersonId, ReportId, TaskId, UnitId
from records.model import Cadence, Outcome, Report, Task
from scheduler.digest import Digest
from services.figures import FigureSum
from tests.unit.records.obligations.owing import owed
from vietnamese.zone import ZONE

FORMS = read_forms((shipped_forms(),))
DUE, DAY = date(2026, 11, 16), date(2026, 11, 19)
TASK = Task(
    id=TaskId("t"),
    title="Đối thoại với Nhân dân",
    lead=UnitId("u"),
    form="doi_thoai",
    cadence=Cadence.ONCE,
    created=datetime(2026, 1, 1, tzinfo=ZONE),
    created_by=PersonId("hung"),
    due=DUE,
)
REPORT = Report(
    id=ReportId("r"),
    series=ReportId("r"),
    version=1,
    author=PersonId("lan"),
    unit=UnitId("u"),
    form="doi_thoai",
    form_version=FORMS.get("doi_thoai").version,
    outcome=Outcome.DONE,
    submitted=datetime(2026, 11, 15, 9, 30, tzinfo=ZONE),
    draft=DraftId("d"),
    task=TASK.id,
    answers={"received": "1250"},
)


def book_of(task: Task = TASK, report: Report | None = REPORT, *sums: FigureSum) -> Workbook:
    """Return the sheet of one unit with one task, read back."""
    sent = () if report is None else (report,)
    (cell,) = owed(task, *sent, day=DAY, name="Xã An Hòa")
    whole = Digest(day=DAY, root="Tỉnh", cells=(cell,), tree=cell.office.tree, sums=sums)
    return load_workbook(BytesIO(sheet(Texts(), whole, FORMS, {PersonId("lan"): "Lan"})))


def row_of(book: Workbook) -> dict[str, object]:
    """Return the first row by the names of the columns."""
    return dict(zip(COLUMNS, list(book.worksheets[0].values)[1], strict=True))


def test_a_row_says_what_was_asked_and_answered() -> None:
    """By whom, when, with what outcome and which figures."""
    row = row_of(book_of())
    assert row["unit"] == "Xã An Hòa"
    assert row["task"] == "Đối thoại với Nhân dân"
    assert row["due_day"] == datetime(2026, 11, 16)  # noqa: DTZ001 - a sheet knows no zones
    assert (row["standing"], row["outcome"]) == ("chờ duyệt", "Hoàn thành")
    assert (row["author"], row["sent"]) == ("Lan", "09:30 ngày 15/11/2026")
    assert "1.250 đơn" in str(row["figures"])


def test_what_is_missing_is_blank() -> None:
    """Nobody reported: no outcome, no author. Being reachable is told beside how it stands."""
    row = row_of(book_of(report=None))
    assert (row["standing"], row["late"]) == ("quá hạn 3 ngày", 3)
    assert row["reach"] == "chưa liên lạc được"
    assert [row[name] for name in ("outcome", "author", "sent", "figures", "words")] == [None] * 5


@pytest.mark.parametrize("title", ['=HYPERLINK("http://x","Bấm")', "+1+1", "-2", "@SUM(A1)"])
def test_a_title_is_no_formula(title: str) -> None:
    """It is kept as text, and stays text when somebody edits the cell."""
    written = book_of(replace(TASK, title=title)).worksheets[0]["B2"]
    assert (written.data_type, written.value, written.quotePrefix) == ("s", title, True)


def test_what_a_sheet_refuses_is_left_out() -> None:
    """Control characters that somebody pasted into a title."""
    assert row_of(book_of(replace(TASK, title="Đối\x00 thoại\x0b")))["task"] == "Đối thoại"


def test_a_form_that_is_no_more_leaves_its_columns_blank() -> None:
    """The rest of the row stands."""
    for gone in (replace(REPORT, form="gone"), replace(REPORT, form_version=99)):
        row = row_of(book_of(report=gone))
        assert (row["figures"], row["words"]) == (None, None)
        assert row["outcome"] == "Hoàn thành"


def test_sums_stand_on_a_page_of_their_own() -> None:
    """As numbers, to be reckoned with."""
    figure = FigureSum(
        form="Đối thoại",
        field="received",
        label="Số đơn",
        unit="đơn",
        value=Decimal("1250.5"),
        units=12,
    )
    page = book_of(TASK, REPORT, figure).worksheets[1]
    assert list(page.values)[1] == ("Đối thoại", "Số đơn", 1250.5, "đơn", 12)
    assert len(book_of().worksheets) == 1
