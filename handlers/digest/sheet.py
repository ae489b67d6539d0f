"""The state of the units as a sheet: what was asked, reported, by whom, when, with what outcome."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from handlers.core.dependencies import Texts
from handlers.core.form_answers import SaidLine, lines
from handlers.core.obligation_facts import facts
from records.forms.files import Forms
from records.forms.model import FieldType
from records.ids import PersonId
from records.model import Report
from records.obligations.obligation import Obligation
from scheduler.digest import Digest

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS: Final[Mapping[str, int]] = {
    "unit": 28,
    "task": 60,
    "period": 16,
    "due_day": 12,
    "standing": 26,
    "late": 10,
    "reach": 18,
    "outcome": 18,
    "author": 24,
    "sent": 18,
    "figures": 40,
    "words": 60,
}
"""The columns, by the names of their labels, and their widths in characters."""

SUMS: Final[Mapping[str, int]] = {"form": 40, "figure": 50, "value": 14, "counted": 14, "units": 12}
"""The same of the page of sums."""

FIGURES: Final = frozenset({FieldType.NUMBER, FieldType.PERCENT, FieldType.SCORE})
"""Fields that the column of figures holds; what else was answered stands beside it."""


def sheet(texts: Texts, state: Digest, forms: Forms, names: Mapping[PersonId, str]) -> bytes:
    """Return an .xlsx; what people wrote stands in it as text, never as a formula."""
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        page = book.create_sheet()
    _fill(texts, page, COLUMNS, (_row(texts, forms, one, names) for one in state.cells))
    page.title = texts.label("sheet_title")
    if state.sums:
        sums = ((one.form, one.label, one.value, one.unit or "", one.units) for one in state.sums)
        _fill(texts, book.create_sheet(texts.label("sheet_sums")), SUMS, sums)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(
    texts: Texts, page: "Worksheet", columns: Mapping[str, int], rows: Iterable[Iterable[object]]
) -> None:
    from openpyxl.styles import Alignment, Font

    page.append([texts.label(f"sheet_{name}") for name in columns])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for row in rows:
        page.append([_plain(value) for value in row])
    for written in page.iter_rows(min_row=2):
        for cell in written:
            if isinstance(cell.value, str):
                cell.data_type = "s"
                cell.quotePrefix = True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEFGHIJKL", columns.values(), strict=False):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"


def _plain(value: object) -> object:
    """Return a value without the control characters that a sheet refuses."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def _row(
    texts: Texts, forms: Forms, one: Obligation, names: Mapping[PersonId, str]
) -> Iterator[object]:
    report = one.report
    yield one.unit_name
    yield one.task.title
    yield "" if one.key is None else texts.label("sheet_at", key=one.key)
    yield one.due
    yield texts.label("sheet_state", owed=facts(one))
    yield one.days_late or ""
    yield texts.label("sheet_unreached") if one.unreached else ""
    if report is None:
        yield from [""] * 5
        return
    yield texts.label("sheet_came_to", outcome=report.outcome.value)
    yield names.get(report.author, "")
    yield texts.label("sheet_when", at=report.submitted)
    yield from _answers(texts, forms, report)


def _answers(texts: Texts, forms: Forms, report: Report) -> tuple[str, str]:
    """Return a report's figures, and what else was answered; a form that is no more names none."""
    form = forms.versions.get(report.form, {}).get(report.form_version)
    if form is None:
        return "", ""
    told = lines(texts, form, report.answers, report.notes)
    figures = {one.label for one in form.fields if one.type in FIGURES}
    return (
        _joined([one for one in told if one.label in figures]),
        _joined([one for one in told if one.label not in figures]),
    )


def _joined(told: Sequence[SaidLine]) -> str:
    return "\n".join(
        f"{one.label}: {one.said}" + (f" ({one.note})" if one.note else "") for one in told
    )
