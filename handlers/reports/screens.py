"""Screens around the dialog: what is due, one task, a report sent, a draft left or cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.core.callback_data import NONE, StaleButton, period_written
from handlers.core.dependencies import Texts
from handlers.core.form_answers import report_facts
from handlers.core.obligation_facts import facts
from handlers.core.pagination import LIST_PAGE, count, cut
from handlers.core.screen import Button, Screen
from handlers.reports.buttons import (
    Begin,
    BeginFree,
    Cancel,
    OpenDue,
    OpenReporting,
    Resume,
    Revise,
    SayAtOnce,
    TakeBack,
    outcome_number,
)
from records.forms.files import Forms
from records.forms.model import Form, Purpose
from records.ids import PersonId, new_id
from records.model import Draft, Outcome, Report, ReportState
from records.obligations.obligation import Obligation
from services.reports.one_tap import lacks_figures
from services.reports.values import Dialog, Sent

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desktop:
    """What somebody can go on with: drafts, reports that are due, forms without a task."""

    drafts: Sequence[Dialog]
    due: Sequence[Obligation]
    free: Sequence[Form]


def reporting(texts: Texts, shown: Desktop, page: int) -> Screen:
    """Show the drafts and a page of what is due."""
    listed = cut(shown.due, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "report_list",
        due=[facts(one) for one in listed],
        total=len(shown.due),
        late=sum(one.overdue for one in shown.due),
        page=page,
        pages=count(len(shown.due)),
        first=page * LIST_PAGE,
        drafts=len(shown.drafts),
    )
    rows: Rows = tuple(_drafts(texts, shown)) if page == 0 else ()
    rows += tuple(
        (
            Button(
                texts.label("report_open", n=n, **facts(one)),
                OpenDue(one.task.id, period_written(one.key)),
            ),
        )
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    rows += _turns(texts, page, len(shown.due))
    if page == 0:
        rows += tuple(
            (Button(texts.label("report_free", title=form.title), BeginFree(form.id)),)
            for form in shown.free
        )
    return Screen(html, rows)


def _drafts(texts: Texts, shown: Desktop) -> Rows:
    return tuple(
        (Button(texts.label("report_resume", **draft_facts(one)), Resume(one.draft.id)),)
        for one in shown.drafts[:LIST_PAGE]
    )


def draft_facts(shown: Dialog) -> dict[str, Any]:
    """Return what tells one draft from another."""
    return {
        "title": shown.task.title if shown.task is not None else shown.form.title,
        "period": shown.draft.period,
    }


def _turns(texts: Texts, page: int, total: int) -> Rows:
    turns = (
        (page > 0, "previous", page - 1),
        (page + 1 < count(total), "next", page + 1),
    )
    row = tuple(Button(texts.label(name), OpenReporting(to)) for may, name, to in turns if may)
    return (row,) if row else ()


# --- one task --------------------------------------------------------------------------------


def due_card(texts: Texts, one: Obligation, forms: Forms, reader: PersonId) -> Screen:
    """Show a report that is due, with every way to give it."""
    sent, form = one.report, forms.get(one.task.form)
    html = texts.screen(
        "report_task",
        **facts(one, reader),
        due_text=one.task.due_text,
        form=form.title,
        figures=lacks_figures(form, Outcome.DONE),
        quote=one.task.origin.citation if one.task.origin is not None else None,
        outcome=None if sent is None else sent.outcome.value,
        submitted=None if sent is None else sent.submitted,
        remark=None if sent is None else sent.remark,
    )
    back: Rows = ((Button(texts.label("report_list"), OpenReporting(0)),),)
    if not one.wanted:
        return Screen(html, _revise(texts, sent) + back)
    ways = _ways(texts, one, forms)
    return Screen(html, (ways[2:] if one.early else ways) + _revise(texts, sent) + back)


def _ways(texts: Texts, one: Obligation, forms: Forms) -> Rows:
    task, period = one.task.id, period_written(one.key)
    draft = new_id()

    def at_once(outcome: Outcome) -> Button:
        pressed = SayAtOnce(task, period, outcome_number(outcome), draft)
        return Button(texts.label(f"report_say_{outcome}"), pressed)

    def begin(label: str, form: str) -> Button:
        return Button(texts.label(label), Begin(task, period, form))

    return (
        (at_once(Outcome.DONE), at_once(Outcome.IN_PROGRESS)),
        (
            begin("report_say_obstacle", forms.serving(Purpose.OBSTACLE).id),
            at_once(Outcome.NOTHING),
        ),
        (begin("report_say_on_paper", forms.serving(Purpose.PAPER).id),),
        (begin("report_detailed", NONE),),
    )


def _revise(texts: Texts, sent: Report | None) -> Rows:
    """Return the way to change a report that is not accepted yet."""
    if sent is None or sent.state not in (ReportState.SUBMITTED, ReportState.RETURNED):
        return ()
    return ((Button(texts.label("report_revise"), Revise(sent.id)),),)


# --- the end of a dialog ---------------------------------------------------------------------


def sent_report(texts: Texts, shown: Sent) -> Screen:
    """Show that a report stands, or stood already; one that was taken back does not."""
    report = shown.report
    if report.state is ReportState.TAKEN_BACK:
        return taken_back(texts, shown, None)
    html = texts.screen(
        "report_sent",
        again=shown.again,
        title=shown.task.title if shown.task is not None else shown.form.title,
        unit=shown.unit,
        period=report.period,
        **report_facts(texts, shown.form, report),
        reviewers=shown.reviewers,
        open_until=shown.open_until,
        passed_over=shown.passed_over,
    )
    ways = _revise(texts, report)
    if shown.open_until is not None:
        back = Button(texts.label("report_take_back"), TakeBack(report.id))
        ways = ((back, *ways[0]),) if ways else ((back,),)
    return Screen(html, (*ways, _others(texts)))


def taken_back(texts: Texts, shown: Sent, before: Report | None) -> Screen:
    """Say that a report is withdrawn, and that the version `before` stands again."""
    report, task = shown.report, shown.task
    html = texts.screen(
        "taken_back",
        outcome=report.outcome.value,
        title=shown.form.title if task is None else task.title,
        period=report.period,
        before=None if before is None else before.submitted,
        before_state=None if before is None else before.state.value,
    )
    if task is None:
        return Screen(html, (_others(texts),))
    anew = Button(texts.label("report_anew"), OpenDue(task.id, period_written(report.period), 1))
    return Screen(html, ((anew,), _others(texts)))


def _others(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.label("report_others"), OpenReporting(0, 1)),)


def left(texts: Texts, draft: Draft, title: str) -> Screen:
    """Say that a draft is kept."""
    html = texts.screen("report_left", title=title)
    row = (
        Button(texts.label("report_go_on"), Resume(draft.id)),
        Button(texts.label("report_others"), OpenReporting(0)),
    )
    return Screen(html, (row,))


def ask_cancel(texts: Texts, shown: Dialog) -> Screen:
    """Ask whether a draft is really to be thrown away."""
    html = texts.screen("report_cancel", **draft_facts(shown), answers=_answered(shown.draft))
    row = (
        Button(texts.label("report_cancel_sure"), Cancel(shown.draft.id, 1)),
        Button(texts.label("report_go_on"), Resume(shown.draft.id)),
    )
    return Screen(html, (row,))


def dropped(texts: Texts) -> Screen:
    """Say that a draft is gone."""
    html = texts.screen("report_dropped")
    return Screen(html, ((Button(texts.label("report_others"), OpenReporting(0)),),))


def _answered(draft: Draft) -> int:
    answers: Mapping[str, Any] = draft.answers
    return sum(answer not in (None, ()) for answer in answers.values())
