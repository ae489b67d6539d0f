"""Screens of /nhiemvu: the lists, one task, its end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from handlers.core.callback_data import NONE, CallbackData, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.obligation_facts import facts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.read_back import answers
from handlers.core.screen import Button, Rows, Screen
from handlers.library.buttons import OpenClause
from handlers.reports.buttons import OpenDue
from handlers.tasks.buttons import (
    AskWaiver,
    EditTask,
    EndTask,
    OpenTaskCard,
    OpenTasks,
    WantAgain,
)
from knowledge.catalogue import clause_id, document_id
from records.forms.files import Forms
from records.ids import PersonId
from records.model import Task, TaskState
from records.units import UnitTree
from scheduler.new_deadlines import NewDeadline
from services.tasks.lists import VIEWS, Card, Lists, Standing, View, seen
from services.tasks.own import Part
from services.tasks.waiver import is_waivable

EDITABLE: Final = ("title", "due")
"""Terms of a task that can be typed anew; buttons name one by its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a screen needs to know beside the tasks."""

    texts: Texts
    tree: UnitTree
    forms: Forms
    reader: PersonId


def lists(around: Around, every: Lists, pressed: OpenTasks) -> Screen:
    """Show a page of one list, with the others a tap away."""
    if pressed.view >= len(VIEWS):
        raise StaleButton
    view, own, units = VIEWS[pressed.view], every.own, every.units
    found = seen((units or ()) if view is View.UNITS else own, view)
    listed = cut(found, pressed.page)
    if pressed.page and not listed:
        raise StaleButton
    html = around.texts.screen(
        "task_list",
        view=view.value,
        items=[_line(around, one) for one in listed],
        total=len(found),
        page=pressed.page,
        pages=count(len(found)),
        first=pressed.page * LIST_PAGE,
    )
    rows = tuple(
        (_task_button(around.texts, n, one),)
        for n, one in enumerate(listed, pressed.page * LIST_PAGE + 1)
    )
    turns = page_turns(
        around.texts, pressed.page, count(len(found)), lambda page: OpenTasks(pressed.view, page)
    )
    return Screen(html, (*rows, *turns, *_views(around.texts, own, view, wide=units is not None)))


def card(around: Around, found: Card) -> Screen:
    """Show a task whole, with what can be done about it."""
    one, texts = found.standing, around.texts
    task = one.owed.task
    html = texts.screen("task_card", task=_whole(around, one, found.people))
    rows: list[tuple[Button, ...]] = []
    if one.owed.wanted and one.mine.part is not Part.SEEN:
        report = OpenDue(task.id, one.owed.key or NONE)
        rows.append((Button(texts.label("task_report"), report),))
    if task.origin is not None:
        rows.append((_clause_button(texts, task.origin.file, task.origin.clause),))
    if found.may_waive:
        rows += _waiving(texts, one)
    if found.may_assign and task.state is not TaskState.WITHDRAWN:
        rows += _managing(texts, task)
    rows.append((Button(texts.label("task_lists"), OpenTasks(0, 0)),))
    return Screen(html, tuple(rows))


def ending(texts: Texts, task: Task, how: int) -> Screen:
    """Ask whether a task is really to be withdrawn or closed."""
    html = texts.screen("task_ending", title=task.title, close=how == 1)
    yes = Button(texts.label("task_end_sure", close=how == 1), EndTask(task.id, how, 1))
    return Screen(html, ((yes,), (_back(texts, task),)))


def ended(texts: Texts, task: Task, how: int) -> Screen:
    """Say that a task is withdrawn or closed."""
    html = texts.screen("task_ended", title=task.title, close=how == 1)
    return Screen(html, ((Button(texts.label("task_lists"), OpenTasks(0, 0)),),))


def asking(texts: Texts, task: Task, term: str) -> Screen:
    """Ask for another title or due day."""
    html = texts.screen("task_edit", title=task.title, term=term)
    return Screen(html, ((_back(texts, task),),))


def deadline_read_back(texts: Texts, read: NewDeadline) -> Screen:
    """Say what was understood of a new deadline."""
    html = texts.screen(
        "deadline_read_back",
        title=read.task.title,
        wording=read.task.due_text,
        cadence=read.task.cadence.value,
        due=read.due,
    )
    return Screen(html, answers(texts, read.mark))


def notice(around: Around, name: str, found: Card) -> Screen:
    """Tell of a new, changed or withdrawn task, with the task as it is now."""
    rows = card(around, replace(found, may_assign=False, may_waive=False)).rows
    task = _whole(around, found.standing, found.people)
    return Screen(around.texts.screen(name, task=task), rows)


def _whole(around: Around, one: Standing, people: Sequence[str]) -> dict[str, object]:
    """Return all that a screen says of a task."""
    task, origin = one.owed.task, one.owed.task.origin
    return _line(around, one) | {
        "quote": None if origin is None else origin.quote,
        "citation": None if origin is None else origin.citation,
        "clause": None if origin is None else origin.clause,
        "lead": around.tree.name(task.lead),
        "support": [around.tree.name(unit) for unit in task.support],
        "support_rule": task.support_rule.value,
        "waiver": _waived(one),
        "people": list(people),
        "form": around.forms[task.form].title if task.form in around.forms else task.form,
        "cadence": task.cadence.value,
        "working": one.owed.working,
        "wording": task.due_text,
    }


def _waived(one: Standing) -> dict[str, object] | None:
    """Return who asks for the period no more, when and why; None while it is asked for."""
    waiver = one.owed.waiver
    if waiver is None:
        return None
    by = one.owed.office.people.get(waiver.by)
    name = waiver.by if by is None else by.name
    return {"by": name, "at": waiver.at, "reason": waiver.reason}


def _line(around: Around, one: Standing) -> dict[str, object]:
    """Return what a list says of a task."""
    return facts(one.owed, around.reader) | {
        "unit": around.tree.short(one.owed.unit),
        "part": one.mine.part.value,
        "urgent": one.owed.task.priority > 0,
    }


def _views(texts: Texts, own: Sequence[Standing], view: View, *, wide: bool) -> Rows:
    """Return the buttons of the other lists, with how many of one's own each holds."""
    others = [other for other in VIEWS if other is not view and (wide or other is not View.UNITS)]
    buttons = tuple(
        Button(
            texts.label(f"task_view_{other}", n=len(seen(own, other))),
            OpenTasks(VIEWS.index(other), 0),
        )
        for other in others
    )
    return (buttons[:2], buttons[2:]) if len(buttons) > 2 else (buttons,)


def _managing(texts: Texts, task: Task) -> list[tuple[Button, ...]]:
    edits = tuple(
        Button(texts.label(f"task_edit_{term}"), EditTask(task.id, place))
        for place, term in enumerate(EDITABLE)
    )
    ends = (
        Button(texts.label("task_close"), EndTask(task.id, 1, 0)),
        Button(texts.label("task_withdraw"), EndTask(task.id, 0, 0)),
    )
    return [edits, ends]


def _waiving(texts: Texts, one: Standing) -> Rows:
    """Return the way to ask for this period no more, or again."""
    place = (one.owed.task.id, one.owed.unit, one.owed.key or NONE)
    if one.owed.waiver is not None:
        return ((Button(texts.label("task_want_again"), WantAgain(*place)),),)
    if is_waivable(one.owed):
        return ((Button(texts.label("task_waive"), AskWaiver(*place)),),)
    return ()


def _task_button(texts: Texts, n: int, one: Standing) -> Button:
    label = texts.label("task_open", n=n, title=one.owed.task.title, period=one.owed.key)
    return Button(label, _card_press(one))


def _card_press(one: Standing) -> CallbackData:
    return OpenTaskCard(one.owed.task.id, one.owed.key or NONE)


def _clause_button(texts: Texts, file: str, clause: str) -> Button:
    pressed = OpenClause(document_id(file), clause_id(clause), 0, 1)
    return Button(texts.label("task_clause"), pressed)


def _back(texts: Texts, task: Task) -> Button:
    return Button(texts.label("task_back"), OpenTaskCard(task.id, NONE))
