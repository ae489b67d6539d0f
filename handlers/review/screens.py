"""Screens of reviewing: the reports that wait, one report, the models."""

from collections.abc import Sequence

from handlers.core.callback_data import NONE, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.form_answers import lines, report_facts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.review.buttons import (
    Accept,
    Comment,
    GiveBack,
    MarkWaiting,
    NoWords,
    OpenModel,
    OpenModels,
    OpenReport,
    OpenWaiting,
    ShowFiles,
)
from records.forms.model import FieldType, Form
from records.model import Report, ReportState
from services.review.decisions import Waiting
from services.review.models import Model


def waiting_list(texts: Texts, found: Sequence[Waiting], page: int) -> Screen:
    """Show a page of the reports that wait for somebody."""
    listed = cut(found, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "review_list",
        reports=[facts_of(one) for one in listed],
        total=len(found),
        page=page,
        pages=count(len(found)),
        first=page * LIST_PAGE,
    )
    rows = tuple(
        (Button(texts.label("review_open", n=n, **facts_of(one)), OpenReport(one.report.id)),)
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    turns = page_turns(texts, page, count(len(found)), OpenWaiting)
    several: Rows = ()
    if len(found) > 1:
        pressed = MarkWaiting(page, 0, NONE)
        several = ((Button(texts.label("review_several"), pressed),),)
    return Screen(html, rows + turns + several)


def report(texts: Texts, shown: Waiting, form: Form) -> Screen:
    """Show a report with what its reader may do with it."""
    held = shown.report
    html = texts.screen(
        "review_report",
        **facts_of(shown),
        form=form.title,
        **report_facts(texts, form, held),
    )
    rows: Rows = ()
    if files_of(form, held):
        rows += ((Button(texts.label("review_files"), ShowFiles(held.id)),),)
    if shown.reviewable and held.state is ReportState.SUBMITTED:
        rows += (
            (
                Button(texts.label("review_accept"), Accept(held.id)),
                Button(texts.label("review_return"), GiveBack(held.id)),
            ),
        )
    if shown.reviewable:
        rows += (
            (
                Button(texts.label("review_comment"), Comment(held.id)),
                Button(texts.label("review_back"), OpenWaiting(0)),
            ),
        )
    return Screen(html, rows)


def ask_words(texts: Texts, shown: Waiting, what: str) -> Screen:
    """Ask for the words that go with a return or a comment."""
    html = texts.screen(f"review_ask_{what}", **facts_of(shown))
    return Screen(html, ((Button(texts.label("review_no_words"), NoWords(shown.report.id)),),))


def done(texts: Texts, shown: Waiting, what: str) -> Screen:
    """Say what became of a report, and lead on to the next."""
    html = texts.screen(f"review_{what}", **facts_of(shown))
    return Screen(html, ((Button(texts.label("review_next"), OpenWaiting(0)),),))


def model_list(texts: Texts, found: Sequence[Model], page: int, words: str) -> Screen:
    """Show a page of the models."""
    listed = cut(found, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "models",
        models=[{"name": one.name, "unit": one.unit} for one in listed],
        total=len(found),
        page=page,
        pages=count(len(found)),
        first=page * LIST_PAGE,
        words=words,
    )
    rows = tuple(
        (Button(texts.label("model_open", n=n, name=one.name), OpenModel(one.report.id)),)
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    turns = () if words else page_turns(texts, page, count(len(found)), OpenModels)
    return Screen(html, rows + turns)


def model(texts: Texts, shown: Waiting, form: Form) -> Screen:
    """Show a model as its last report tells it."""
    held = shown.report
    html = texts.screen(
        "model",
        unit=shown.unit,
        submitted=held.submitted,
        state=held.state.value,
        lines=lines(texts, form, held.answers, held.notes),
    )
    files = ((Button(texts.label("review_files"), ShowFiles(held.id)),),)
    back = ((Button(texts.label("models_back"), OpenModels(0)),),)
    return Screen(html, (files if files_of(form, held) else ()) + back)


def files_of(form: Form, held: Report) -> tuple[str, ...]:
    """Return the ids of a report's attachments, in the form's order."""
    answers = [held.answers.get(one.key) for one in form.fields if one.type is FieldType.FILES]
    return tuple(key for answer in answers if isinstance(answer, tuple) for key in answer)


def facts_of(one: Waiting) -> dict[str, str | None]:
    """Return what is said of a report in a list."""
    return {
        "unit": one.unit,
        "author": one.author,
        "title": None if one.task is None else one.task.title,
        "period": one.report.period,
    }
