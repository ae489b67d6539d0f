"""Screens of what was sent: the list, and one report with what may still be done with it."""

from collections.abc import Sequence
from typing import Final

from handlers.core.callback_data import StaleButton
from handlers.core.dependencies import Texts
from handlers.core.form_answers import report_facts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.reports.buttons import OpenOwn, OpenSent, Revise, TakeBack
from records.ids import PersonId
from records.model import ReportState
from services.reports.sent import Listed
from services.reports.values import Sent

OPEN: Final = (ReportState.SUBMITTED, ReportState.RETURNED)
"""What may still be corrected."""


def listed(texts: Texts, found: Sequence[Listed], shown: OpenSent) -> Screen:
    """Show a page of what somebody has sent."""
    page, total = cut(found, shown.page), count(len(found))
    if shown.page and not page:
        raise StaleButton
    first = shown.page * LIST_PAGE
    html = texts.screen(
        "sent_list",
        reports=[_facts(one) for one in page],
        total=len(found),
        page=shown.page,
        pages=total,
        first=first,
        quarter=shown.quarter == 1,
    )
    rows: Rows = tuple(
        (Button(texts.label("sent_open", n=n, **_facts(one)), OpenOwn(one.report.id)),)
        for n, one in enumerate(page, first + 1)
    )
    rows += page_turns(texts, shown.page, total, lambda to: OpenSent(to, shown.quarter))
    other = Button(
        texts.label("sent_all" if shown.quarter else "sent_quarter"),
        OpenSent(0, 0 if shown.quarter else 1),
    )
    return Screen(html, (*rows, (other,)))


def own(texts: Texts, shown: Sent, reader: PersonId) -> Screen:
    """Show one report; its author may correct it while it is open."""
    held = shown.report
    html = texts.screen(
        "sent_report",
        title=shown.task.title if shown.task is not None else shown.form.title,
        unit=shown.unit,
        period=held.period,
        reviewers=shown.reviewers,
        **report_facts(texts, shown.form, held),
    )
    ways: tuple[Button, ...] = ()
    if held.author == reader and held.state in OPEN:
        ways += (Button(texts.label("report_revise"), Revise(held.id)),)
    if shown.open_until is not None:
        ways += (Button(texts.label("report_take_back"), TakeBack(held.id)),)
    back = (Button(texts.label("sent_back"), OpenSent(0, 0)),)
    return Screen(html, (ways, back) if ways else (back,))


def _facts(one: Listed) -> dict[str, object]:
    held = one.report
    return {
        "title": one.title,
        "period": held.period,
        "submitted": held.submitted,
        "state": held.state.value,
        "outcome": held.outcome.value,
    }
