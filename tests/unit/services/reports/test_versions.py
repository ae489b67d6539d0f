"""A report keeps the version of the form it was written in, whatever becomes of the form."""

from dataclasses import replace

import pytest

from records.dialog.values import Chose, Move, Said
from records.forms.files import Forms
from records.forms.model import Field
from records.ids import DraftId, PeriodKey
from records.model import Outcome, Report, ReportState
from services.reports.drafts import edit, open_draft
from services.reports.one_tap import AtOnce, report_at_once
from services.reports.values import About
from storage.embedded.store import EmbeddedStore
from tests.unit.services.reports.town import (
    FORMS,
    LAN,
    LATER,
    NOW,
    ONCE,
    TASK,
    dialog,
    give,
    give_all,
    sent,
)

OLD = FORMS["tien_do"]


def _renamed(field: Field) -> Field:
    return replace(field, key="done_so_far") if field.key == "result" else field


NEW = replace(OLD, version=2, title="Mẫu mới", fields=tuple(_renamed(one) for one in OLD.fields))
AFTER = Forms(
    versions=dict(FORMS.versions) | {OLD.id: {1: OLD, 2: NEW}},
    current=dict(FORMS.current) | {OLD.id: 2},
)


@pytest.fixture
async def report(town: EmbeddedStore) -> Report:
    """Give a report that was written in version 1."""
    opened = await open_draft(town, FORMS, LAN, ONCE, NOW)
    said = (Chose("done"), Said("Đã rà soát 12 tổ"), Move.SUMMARY, Move.CONFIRM)
    return sent(await give_all(town, opened, *said)).report


async def set_state(town: EmbeddedStore, report: Report, state: ReportState) -> None:
    """Let a report be reviewed."""
    async with town.begin() as tx:
        await tx.put(replace(report, state=state))


async def test_it_is_shown_by_its_own_version(town: EmbeddedStore, report: Report) -> None:
    """The answers stand under the questions that were asked."""
    shown = sent(await open_draft(town, AFTER, LAN, ONCE, LATER))
    assert (shown.form, shown.report) == (OLD, report)


async def test_it_is_corrected_by_its_own_version(town: EmbeddedStore, report: Report) -> None:
    """Nothing that was answered loses its question; the new version of the report has it too."""
    shown = await edit(town, AFTER, LAN, report.id, LATER)
    assert (shown.form, shown.draft.answers) == (OLD, report.answers)
    again = sent(await give(town, shown, Move.CONFIRM, LATER)).report
    assert (again.form_version, again.version, again.answers) == (1, 2, report.answers)


async def test_a_returned_one_is_taken_up_in_its_own_version(
    town: EmbeddedStore, report: Report
) -> None:
    """By the task's own button, and by one tap."""
    await set_state(town, report, ReportState.RETURNED)
    assert dialog(await open_draft(town, AFTER, LAN, ONCE, LATER)).form == OLD
    tapped = AtOnce(task=TASK, period=None, outcome=Outcome.IN_PROGRESS, draft=DraftId("tap"))
    told = sent(await report_at_once(town, AFTER, LAN, tapped, LATER))
    assert (told.report.form_version, told.form) == (1, OLD)


async def test_one_tap_over_figures_opens_their_own_version(
    town: EmbeddedStore, report: Report
) -> None:
    """The figures stand in the form that asked for them."""
    figures = {"outcome": "in_progress", "percent": "40", "result": "Đã rà soát 12 tổ"}
    unfinished = replace(report, outcome=Outcome.IN_PROGRESS, answers=figures)
    await set_state(town, unfinished, ReportState.SUBMITTED)
    tapped = AtOnce(task=TASK, period=None, outcome=Outcome.DONE, draft=DraftId("tap"))
    shown = dialog(await report_at_once(town, AFTER, LAN, tapped, LATER))
    assert (shown.form, shown.draft.answers["result"]) == (OLD, "Đã rà soát 12 tổ")


async def test_the_next_report_is_written_in_the_new_version(
    town: EmbeddedStore, report: Report
) -> None:
    """Of another period; or where the one before was accepted and the work goes on."""
    other = About(task=TASK, period=PeriodKey("2026-12"))
    assert dialog(await open_draft(town, AFTER, LAN, other, LATER)).form == NEW
    unfinished = replace(report, outcome=Outcome.IN_PROGRESS)
    await set_state(town, unfinished, ReportState.ACCEPTED)
    opened = dialog(await open_draft(town, AFTER, LAN, ONCE, LATER))
    assert (opened.form, opened.draft.answers) == (NEW, {})
