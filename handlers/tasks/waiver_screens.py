"""Screens of waivers: what a unit could be freed from, the reason asked for, what came of it."""

from collections.abc import Sequence

from handlers.core.callback_data import StaleButton, period_written
from handlers.core.dependencies import Texts
from handlers.core.obligation_facts import facts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Screen
from handlers.tasks.buttons import AskWaiver, ListWaivable, NoWaiver, OpenTaskCard, WantAgain
from records.ids import UnitId
from records.obligations.obligation import Obligation
from services.tasks.waiver import Place, Release


def waivable(
    texts: Texts, unit: UnitId, name: str, owed: Sequence[Obligation], page: int
) -> Screen:
    """Show a page of what a unit owes, each with the way to end it."""
    listed = cut(owed, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "waiver_list",
        unit=name,
        owed=[facts(one) for one in listed],
        page=page,
        pages=count(len(owed)),
        first=page * LIST_PAGE,
    )
    rows = tuple(
        (
            Button(
                texts.label("waiver_open", n=n, title=one.task.title, period=one.key),
                AskWaiver(one.task.id, one.unit, period_written(one.key)),
            ),
        )
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    turns = page_turns(texts, page, count(len(owed)), lambda to: ListWaivable(unit, to))
    return Screen(html, rows + turns)


def ask(texts: Texts, one: Release) -> Screen:
    """Ask for the reason, and show whom a waiver frees."""
    html = texts.screen("waiver_ask", **_facts(one))
    period = period_written(one.place.period)
    return Screen(html, ((Button(texts.label("task_back"), NoWaiver(one.task.id, period)),),))


def done(texts: Texts, one: Release) -> Screen:
    """Say that a report is asked for no more; the way back stands below."""
    reason = "" if one.waiver is None else one.waiver.reason
    html = texts.screen("waiver_done", **_facts(one), reason=reason)
    place = one.place
    again = WantAgain(place.task, place.unit, period_written(place.period))
    rows = (
        (Button(texts.label("task_want_again"), again),),
        (_card(texts, place), Button(texts.label("waiver_list"), ListWaivable(place.unit, 0))),
    )
    return Screen(html, rows)


def undone(texts: Texts, one: Release) -> Screen:
    """Say that a report is asked for again."""
    return Screen(texts.screen("waiver_undone", **_facts(one)), ((_card(texts, one.place),),))


def kept(texts: Texts, pressed: NoWaiver) -> Screen:
    """Say that nothing has changed."""
    card = Button(texts.label("waiver_task"), OpenTaskCard(pressed.task, pressed.period))
    return Screen(texts.screen("waiver_kept"), ((card,),))


def _card(texts: Texts, place: Place) -> Button:
    pressed = OpenTaskCard(place.task, period_written(place.period))
    return Button(texts.label("waiver_task"), pressed)


def _facts(one: Release) -> dict[str, object]:
    return {
        "title": one.task.title,
        "unit": one.unit,
        "period": one.place.period,
        "due": one.due,
        "people": list(one.people),
    }
