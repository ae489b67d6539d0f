"""The demo's reports: written, sent and reviewed by the use cases that officers' taps lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from typing import Any, Final

from bot.texts import demo_data
from records.dialog.values import Move
from records.forms.files import Forms
from records.forms.model import Form
from records.ids import PeriodKey, PersonId, UnitId
from records.model import Answer, Report, Task
from records.obligations.periods import begun_periods
from records.obligations.working_days import Calendar
from records.store import Store
from services.reports.drafts import leave, open_draft
from services.reports.steps import take_step
from services.reports.values import About, Dialog, Input, Sent
from services.review.decisions import accept, give_back
from vietnamese.zone import ZONE, day_of

REVIEWER: Final = PersonId("demo-p02")
"""Who reviews what no other supervisor does; his subtree is the whole province."""

LOOK_BACK: Final = timedelta(days=400)


class Fate(StrEnum):
    """What becomes of a report that a unit owes."""

    NOTHING = "nothing"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


PAST: Final = (
    Fate.ACCEPTED,
    Fate.ACCEPTED,
    Fate.NOTHING,
    Fate.RETURNED,
    Fate.SUBMITTED,
    Fate.ACCEPTED,
)
CURRENT: Final = (
    Fate.NOTHING,
    Fate.SUBMITTED,
    Fate.ACCEPTED,
    Fate.DRAFT,
    Fate.RETURNED,
    Fate.NOTHING,
)
"""What became of the reports of periods that are over, and of the one under way, in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes reports as the officers of the demo would have."""

    store: Store
    forms: Forms
    now: datetime
    random: Random

    async def report_on(self, task: Task, place: int) -> None:
        """Report on every period of a task that has begun, in one state or another."""
        today = day_of(self.now)
        begun = list(begun_periods(task, Calendar(), today, today - LOOK_BACK))
        for number, period in enumerate(begun):
            over = period.due < today
            fate = (PAST if over else CURRENT)[(place + number) % len(PAST)]
            await self._write(task, period.key, fate, self._sent_at(task, period.due))
        if not begun:
            await self._write(task, None, Fate.SUBMITTED, self._sent_at(task, today))

    async def _write(self, task: Task, period: PeriodKey | None, fate: Fate, at: datetime) -> None:
        if fate is Fate.NOTHING:
            return
        who = _officer(task.lead)
        about = About(task=task.id, period=period)
        opened = await open_draft(self.store, self.forms, who, about, at)
        if not isinstance(opened, Dialog):
            return
        if fate is Fate.DRAFT:
            await leave(self.store, who, opened.draft.id, at)
            return
        report = await self._send(who, opened, at)
        await self._review(task, report, fate, at)

    async def _send(self, who: PersonId, opened: Dialog, at: datetime) -> Report:
        """Answer every question at once, then confirm."""
        draft = replace(opened.draft, answers=self._answers(opened.form, at.date()), at=None)
        draft = replace(draft, visited=tuple(one.key for one in opened.form.fields))
        async with self.store.begin() as tx:
            await tx.put(draft)
        given = Input(draft=draft.id, given=Move.CONFIRM, revision=draft.revision)
        sent = await take_step(self.store, self.forms, who, given, at)
        if not isinstance(sent, Sent):
            raise TypeError(f"demo answers of {opened.form.id} do not pass: {sent.objection}")
        return sent.report

    async def _review(self, task: Task, report: Report, fate: Fate, at: datetime) -> None:
        reviewer = task.reviewer or REVIEWER
        later = min(at + timedelta(hours=6), self.now)
        if fate is Fate.ACCEPTED:
            await accept(self.store, reviewer, report.id, later)
        if fate is Fate.RETURNED:
            reason = self.random.choice(demo_data("answers")["remarks"])
            await give_back(self.store, reviewer, report.id, reason, later)

    def _answers(self, form: Form, day: date) -> dict[str, Answer]:
        told: Mapping[str, Any] = self.random.choice(demo_data("answers")[form.id])
        return {key: self._answer(value, day) for key, value in told.items()}

    def _answer(self, told: Any, day: date) -> Answer:
        """Return an answer as it is kept: numbers and days as text."""
        if isinstance(told, bool) or not isinstance(told, (int, list, dict)):
            return told if isinstance(told, bool) else str(told)
        if isinstance(told, dict):
            return (day - timedelta(days=told["days_ago"])).isoformat()
        if isinstance(told, list) and all(isinstance(one, int) for one in told):
            return str(self.random.randint(*told))
        return tuple(told) if isinstance(told, list) else str(told)

    def _sent_at(self, task: Task, due: date) -> datetime:
        """Return a morning before the due day, not before the task nor after now."""
        morning = datetime.combine(
            due - timedelta(days=self.random.randint(1, 5)), time(9, 30), ZONE
        )
        return max(task.created + timedelta(hours=1), min(morning, self.now - timedelta(hours=8)))


def _officer(unit: UnitId) -> PersonId:
    """Return who writes for a unit: its first officer."""
    ours = [one for one in demo_data("people") if one["unit"] == unit]
    first = next((one for one in ours if one["role"] == "officer"), ours[0])
    return PersonId(first["id"])
