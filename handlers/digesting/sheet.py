"""The state of the units as a sheet: what was asked, reported, by whom, when, with what outcome."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from handlers.desk import Texts
from records.ids import PersonId
from scheduler.digest import Cell, Digest

COLUMNS: Final = ("unit", "task", "period", "due_day", "standing", "outcome", "author", "sent")
"""The columns, by the names of their labels."""

WIDTHS: Final = (28, 60, 16, 12, 18, 18, 24, 18)


def sheet(texts: Texts, state: Digest, names: Mapping[PersonId, str]) -> bytes:
    """Return an .xlsx; what people wrote stands in it as text, never as a formula."""
    book = Workbook()
    page = book.active
    if page is None:
        page = book.create_sheet()
    page.title = texts.label("sheet_title")
    page.append([texts.label(f"sheet_{name}") for name in COLUMNS])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for one in state.cells:
        page.append(list(_row(texts, state, one, lambda person: names.get(person, ""))))
    for row in page.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for index, width in enumerate(WIDTHS):
        page.column_dimensions["ABCDEFGH"[index]].width = width
    page.freeze_panes = "A2"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _row(
    texts: Texts, state: Digest, one: Cell, name: Callable[[PersonId], str]
) -> Iterator[object]:
    report, task = one.asked.report, one.asked.task
    yield state.tree.name(task.lead)
    yield task.title
    yield "" if one.asked.period.key is None else texts.label("sheet_at", key=one.asked.period.key)
    yield one.asked.due
    yield texts.label("sheet_unreached" if one.unreached else f"sheet_{one.standing}")
    yield "" if report is None else texts.label("sheet_came_to", outcome=report.outcome.value)
    yield "" if report is None else name(report.author)
    yield "" if report is None else texts.label("sheet_when", at=report.submitted)
