"""The demo's tasks: duties of the shipped library and free ones, assigned as an admin does."""

import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.settings import SHIPPED
from bot.texts import Texts, demo_data
from knowledge.catalogue import facts_of
from knowledge.library.intake import take
from records.forms.files import Forms
from records.forms.model import Purpose
from records.ids import PersonId, UnitId
from records.model import Cadence, DueRule, Task
from records.store import Store
from scheduler.duties import origin_of, proposed
from scheduler.task_checks import check_task
from scheduler.typed_deadlines import read_timing
from services.tasks.assignment import assign
from services.tasks.changes import withdraw
from services.tasks.proposal import Proposal, Timing, fresh_proposal
from vietnamese.zone import day_of

ADMIN: Final = PersonId("demo-p03")
"""Who assigned the demo's tasks."""

WEEKLY: Final = Timing(Cadence.WEEKLY, DueRule(weekday=5))


async def demo_tasks(
    store: Store, forms: Forms, texts: Texts, now: datetime
) -> AsyncIterator[tuple[Task, int]]:
    """Assign the demo's tasks; yield each that stands, with a number to vary what becomes of it."""
    for number, told in enumerate(demo_data("tasks")):
        made = now - timedelta(days=told["days"])
        proposal = _proposal(told, forms, texts, now)
        for place, task in enumerate(await assign(store, ADMIN, proposal, made, check=check_task)):
            if told.get("withdrawn"):
                await withdraw(store, ADMIN, task.id, now)
            else:
                yield task, number + place


def _proposal(told: Mapping[str, Any], forms: Forms, texts: Texts, now: datetime) -> Proposal:
    free = "title" in told
    plain = forms.serving(Purpose.PROGRESS).id
    base = fresh_proposal(told["title"], plain) if free else _of_duty(told, forms, texts)
    timing = _timing(told, now) or Timing(base.cadence, base.rule, base.due)
    worded = told.get("deadline")
    return replace(
        base,
        leads=tuple(UnitId(unit) for unit in told["leads"]),
        support=tuple(UnitId(unit) for unit in told.get("support", ())),
        form=told.get("form", base.form),
        cadence=timing.cadence,
        rule=timing.rule,
        due=timing.due,
        due_text=base.due_text if worded is None or timing is WEEKLY else worded,
        priority=1 if told.get("urgent") else 0,
    )


def _of_duty(told: Mapping[str, Any], forms: Forms, texts: Texts) -> Proposal:
    """Return what the parser proposes for a duty of the shipped library."""
    path = SHIPPED / told["file"]
    directive = take(path)
    duty = next(
        one
        for one in directive.duties
        if one.clause == told["clause"] and one.what.startswith(told["begins"])
    )
    citation = texts.label("task_citation", held=facts_of(directive))
    version = hashlib.sha256(path.read_bytes()).hexdigest()
    origin = origin_of(directive, duty, citation, version)
    return proposed(directive, duty, origin, lambda _: (), forms).proposal


def _timing(told: Mapping[str, Any], now: datetime) -> Timing | None:
    """Return the deadline that the demo sets; None where the directive's own holds."""
    today = day_of(now)
    if "due_in" in told:
        return Timing(Cadence.ONCE, due=today + timedelta(days=told["due_in"]))
    if told.get("deadline") == "weekly":
        return WEEKLY
    return read_timing(told["deadline"], today) if "deadline" in told else None
