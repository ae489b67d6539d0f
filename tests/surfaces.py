"""What every surface names in a situation, against the decisions written down a second time."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.texts.filters import state
from handlers.core.obligation_facts import facts
from handlers.digest.pictures import bars
from records.actor import acting
from records.forms.files import read_forms, shipped_forms
from records.ids import PeriodKey, PersonId, TaskId, UnitId
from records.model import (
    Cadence,
    ExtensionState,
    OutboxMessage,
    Outcome,
    Person,
    Report,
    ReportState,
    Role,
    SupportRule,
    Task,
    TaskState,
)
from records.obligations.obligation import Obligation
from records.obligations.periods import Period
from records.obligations.states import State
from records.store import Store
from scheduler.digest import Digest, digest
from scheduler.due_days import coming
from scheduler.planner import Planned, load, messages, row
from scheduler.preview import preview
from scheduler.reminders import Window
from scheduler.told import told
from scheduler.urges import urge_all
from services.reports.asked import asked_of, asked_on
from services.reports.reviewers import reviewers_of
from services.reports.rights import unit_for
from services.review.decisions import waiting
from services.tasks.lists import View, seen, standings
from services.tasks.own import tasks_of, tasks_under
from tests.situations import CALENDAR, Situation
from vietnamese.zone import day_of

FORMS = read_forms((shipped_forms(),))

Named = tuple[TaskId, UnitId, PeriodKey | None, date | None, str, int]
"""An obligation as a surface names it: task, unit, period, due day, state, days late."""

DAYS = 60


def named(one: Obligation) -> Named:
    """Return what a surface says of an obligation."""
    return one.task.id, one.unit, one.key, one.due, one.state.value, one.days_late


@dataclass(frozen=True, slots=True)
class Judge:
    """The table of decisions, told plainly and slowly, from the records alone."""

    own: Situation

    def asked(self, task: Task) -> tuple[UnitId, ...]:
        """Return the units that report."""
        told = task.support_rule is SupportRule.TOLD
        return (task.lead,) if told else (task.lead, *task.support)

    def above(self, unit: UnitId) -> Iterator[UnitId]:
        """Yield a unit and those above it."""
        at: UnitId | None = unit
        while at is not None:
            yield at
            (held,) = (one for one in self.own.units if one.id == at)
            at = held.parents[0].parent if held.parents else None

    def people(self, unit: UnitId, *roles: Role) -> list[Person]:
        """Return the active people of a unit in these roles."""
        return [
            one for one in self.own.people if one.active and one.unit == unit and one.role in roles
        ]

    def principals(self, task: Task, unit: UnitId) -> list[Person]:
        """Return who reports by himself."""
        named = [
            one
            for one in self.own.people
            if one.active
            and one.id in task.assignees
            and next((at for at in self.above(one.unit) if at in self.asked(task)), None) == unit
        ]
        steps = [named, self.people(unit, Role.OFFICER)]
        steps += [self.people(unit, Role.SUPERVISOR), self.people(unit, Role.ADMIN)]
        steps += [self.people(at, Role.SUPERVISOR) for at in self.above(unit)]
        steps += [[one for one in self.own.people if one.active and one.role is Role.ADMIN]]
        return next(step for step in steps if step)

    def deputy(self, person: Person) -> Person | None:
        """Return who stands in for somebody today."""
        day = day_of(self.own.now)
        for one in person.stand_ins:
            (held,) = (each for each in self.own.people if each.id == one.deputy)
            if held.active and one.since <= day <= one.until:
                return held
        return None

    def may_report(self, task: Task, unit: UnitId) -> set[PersonId]:
        """Return who reports, deputies beside whom they stand in for."""
        own = self.principals(task, unit)
        deputies = [one for one in map(self.deputy, own) if one is not None]
        return {one.id for one in (*own, *deputies)}

    def reminded(self, task: Task, unit: UnitId) -> set[PersonId]:
        """Return who is reminded: in the place of whoever is away, his deputy."""
        return {(self.deputy(one) or one).id for one in self.principals(task, unit)}

    def judged(self, one: Obligation) -> Named:
        """Return how an obligation should be named."""
        period, day = one.period, day_of(self.own.now)
        place = (one.task.id, one.unit, one.key)
        due = None if period is None else period.due
        for wish in self.own.extensions:
            granted = wish.state is ExtensionState.GRANTED
            if due is not None and granted and (wish.task, wish.unit, wish.period) == place:
                due = max(due, wish.until)
        told = [each for each in self.own.reports if (each.task, each.unit, each.period) == place]
        told.sort(key=lambda each: (each.submitted, each.version))
        state = self.state(one, told, due, day)
        late = 0 if due is None or state is State.WITHDRAWN else self.late(told, due, day)
        if state is State.DONE_IN_TIME and late:
            state = State.DONE_LATE
        return *place, due, state.value, late

    def late(self, told: list[Report], due: date, day: date) -> int:
        """Count the days to the first version of the results with which the reports end."""
        results: list[Report] = []
        for one in reversed(told):
            if one.outcome in (Outcome.IN_PROGRESS, Outcome.OBSTACLE):
                break
            results.append(one)
        if not results and told and told[-1].state is ReportState.ACCEPTED:
            results.append(told[-1])
        until = day_of(results[-1].submitted) if results else day
        return max(0, (until - due).days)

    def state(self, one: Obligation, told: list[Report], due: date | None, day: date) -> State:
        """Go down the table of states."""
        task, place = one.task, (one.task.id, one.unit, one.key)
        waived = any((each.task, each.unit, each.period) == place for each in self.own.waivers)
        last = told[-1] if told else None
        if task.cadence is Cadence.ON_EVENT:
            back = [each for each in told if each.state is ReportState.RETURNED]
            last = back[-1] if back else None
        progress = last is not None and last.outcome in (Outcome.IN_PROGRESS, Outcome.OBSTACLE)
        lasts = task.cadence in (Cadence.ONCE, Cadence.PERIODIC)
        if task.state is not TaskState.OPEN:
            lasts, progress = False, False
        if last is not None and last.state is ReportState.ACCEPTED and not lasts:
            progress = False
        returned = last is not None and last.state is ReportState.RETURNED
        if task.state is TaskState.WITHDRAWN or (waived and (last is None or returned or progress)):
            return State.WITHDRAWN
        if task.state is TaskState.DONE and (last is None or returned):
            return State.WITHDRAWN
        if last is None:
            return self.unsent(one, due, day)
        if returned:
            return State.RETURNED
        if progress:
            return State.HINDERED if last.outcome is Outcome.OBSTACLE else State.UNDERWAY
        return State.WAITING if last.state is ReportState.SUBMITTED else State.DONE_IN_TIME

    def unsent(self, one: Obligation, due: date | None, day: date) -> State:
        """Go down the rest of it, where nothing was sent."""
        if one.task.cadence is Cadence.ON_EVENT:
            return State.NOT_YET
        if due is None or one.period is None:
            return State.UNREPORTED
        if self.opens(one.task, one.period) > day:
            return State.NOT_YET
        if due < day:
            return State.OVERDUE
        return State.DUE_SOON if due <= day + timedelta(days=7) else State.UNREPORTED

    def opens(self, task: Task, period: Period) -> date:
        """Return from when a report is asked for: the ladder's first step, or its figures' end."""
        if task.cadence is Cadence.ONCE:
            return period.figures_from
        if task.cadence is Cadence.WEEKLY:
            days = (period.figures_to - timedelta(days=n) for n in range(7))
            monday = next(one for one in days if one.isoweekday() == 1)
            return max(monday, period.due - timedelta(days=6))
        first = period.due - timedelta(days=7 if task.cadence is Cadence.MONTHLY else 14)
        while not CALENDAR.is_working(first):
            first -= timedelta(days=1)
        closed = period.figures_to + timedelta(days=1)
        return max(period.figures_from, min(first, closed))


async def disagreements(store: Store, own: Situation) -> list[str]:
    """Return each way in which two surfaces disagree; the store holds the situation."""
    judge = Judge(own)
    found: list[str] = []
    lists: dict[PersonId, set[Named]] = {}
    for person in own.people:
        if person.active:
            lists[person.id] = set()
            found += [one async for one in _of_person(store, judge, person, lists[person.id])]
    every, whole = await _all(store, own)
    for one in every:
        found += [] if named(one) == judge.judged(one) else [f"judge: {one}"]
        reporting = judge.may_report(one.task, one.unit)
        listed = {person for person, names in lists.items() if named(one) in names}
        if one.wanted and not one.early and listed != reporting:
            found.append(f"lists: {named(one)} by {listed}, not {reporting}")
    found += [one async for one in _digests(store, judge, every, whole)]
    found += [one async for one in _plan(store, judge, lists, every)]
    found += [one async for one in _review(store, own, every)]
    return found


async def _all(store: Store, own: Situation) -> tuple[list[Obligation], Digest]:
    """Return all obligations as the admin sees them, and his digest."""
    async with store.begin() as tx:
        admin = await tx.get(Person, PersonId("admin"))
        assert admin is not None
        mine = await tasks_under(tx, admin, own.now)
    async with acting(store, PersonId("admin"), own.now) as act:
        whole = await digest(act, FORMS)
    return [one for each in mine for one in each.owed], whole


async def _of_person(
    store: Store, judge: Judge, person: Person, names: set[Named]
) -> AsyncIterator[str]:
    """Compare /baocao, /nhiemvu, /lich, the card and the right to report of one person."""
    now = judge.own.now
    asked = await asked_of(store, person.id, now)
    names |= {named(one) for one in asked}
    async with store.begin() as tx:
        stands = standings(await tasks_of(tx, person.id, now))
    both = [one.owed for view in (View.DUE, View.OVERDUE) for one in seen(stands, view)]
    tasks = [one for one in both if not one.early]
    if {named(one) for one in tasks} != names or len(tasks) != len(asked):
        yield f"/nhiemvu and /baocao of {person.id}"
    last = day_of(now) + timedelta(days=DAYS)
    async with acting(store, person.id, now) as act:
        days = {named(one.owed) for one in await coming(act, DAYS) if not one.units}
        rights = {task.id: await unit_for(act, task) for task in judge.own.tasks}
    begun = {one for one in names if one[3] is not None and one[3] <= last}
    if not begun <= days or any(one[4] != State.NOT_YET for one in days - begun):
        yield f"/lich and /baocao of {person.id}"
    for task in judge.own.tasks:
        may = any(person.id in judge.may_report(task, unit) for unit in judge.asked(task))
        if may != (rights[task.id] is not None):
            yield f"right of {person.id} on {task.id}"
    for one in asked:
        card = await asked_on(store, person.id, one.task.id, one.key, now)
        if named(card) not in names:
            yield f"card of {named(one)}"


async def _digests(
    store: Store, judge: Judge, every: Sequence[Obligation], whole: Digest
) -> AsyncIterator[str]:
    """Compare digest, chart, sheet, calendar and urge of those who supervise."""
    shown = {named(one) for one in every if one.owed and one.task.state is TaskState.OPEN}
    if {named(one) for one in whole.cells if one.owed} != shown:
        yield "digest of the admin"
    for person in judge.own.people:
        if person.active and person.role is not Role.OFFICER:
            async for one in _digest(store, judge, person, every):
                yield one
    async for one in _urge(store, judge, every):
        yield one


async def _digest(
    store: Store, judge: Judge, person: Person, every: Sequence[Obligation]
) -> AsyncIterator[str]:
    last = day_of(judge.own.now) + timedelta(days=DAYS)
    async with acting(store, person.id, judge.own.now) as act:
        held = await digest(act, FORMS)
        days = [one for one in await coming(act, DAYS) if one.owed.owed]
        scope = act.scope
    within = [one for one in every if one.unit in scope]
    owed = {named(one) for one in within if one.owed and one.task.state is TaskState.OPEN}
    if {named(one) for one in held.cells if one.owed} != owed:
        yield f"digest of {person.id}"
    drawn = bars(held, "khác")
    told = (sum(one.reported for one in drawn), sum(one.due + one.late for one in drawn))
    if told != (held.total.reported, len(owed)):
        yield f"chart of {person.id}"
    if held.total.late != sum(one.overdue for one in within if one.owed):
        yield f"count of {person.id}"
    words = {state(facts(one)) for one in held.cells}
    shown = {named(one) for one in held.cells}
    if words != {state(facts(one)) for one in within if named(one) in shown}:
        yield f"sheet of {person.id}"
    soon = {named(one) for one in within if one.owed and one.due is not None and one.due <= last}
    elsewhere = [one for one in days if one.owed.unit not in scope]
    if sum(one.units or 1 for one in days) - len(elsewhere) != len(soon):
        yield f"/lich of {person.id}: his units"


async def _urge(store: Store, judge: Judge, every: Sequence[Obligation]) -> AsyncIterator[str]:
    """Compare whom an urge reaches with whom the table has reminded."""
    now, admin = judge.own.now, PersonId("admin")
    await urge_all(store, FORMS, admin, now)
    wanted = {
        (person, named(one))
        for one in every
        if one.owed and one.days_left is not None and one.days_left <= 7
        for person in judge.reminded(one.task, one.unit)
    }
    async with store.begin() as tx:
        rows = await tx.find(OutboxMessage)
        people = {one.id: one for one in await tx.find(Person)}
    reached = {
        (person, name)
        for person, name in wanted
        if person != admin and people[person].addresses and people[person].unreachable is None
    }
    told_of = [(row, await told(store, row, now)) for row in rows]
    lines = sum(len(entries) for _, entries in told_of)
    if {row.person for row in rows} != {person for person, _ in reached} or lines != len(reached):
        yield "urge"


async def _plan(
    store: Store, judge: Judge, lists: Mapping[PersonId, set[Named]], every: Sequence[Obligation]
) -> AsyncIterator[str]:
    """Compare what is planned, and what is said when it is sent, with what is asked for."""
    now = judge.own.now
    day = day_of(now)
    for back in (1, 7):
        window = Window(since=day - timedelta(days=back), day=day)
        async with store.begin() as tx:
            planned = list(messages(await load(tx, now, window), window, {}))
        for message in planned:
            async for one in _message(store, judge, lists, message):
                yield one
        reminded = {
            (entry.person, named(entry.owed))
            for message in planned
            if message.template == "reminder"
            for entry in message.entries
        }
        for owed in every:
            made = day_of(owed.task.created)
            if owed.wanted and owed.state is not State.RETURNED and owed.due == day > made:
                for person in judge.reminded(owed.task, owed.unit):
                    if (person, named(owed)) not in reminded:
                        yield f"nobody tells {person} of {named(owed)}"
        if back == 1:
            rows = await preview(store, day, day, now)
            if len(rows) != sum(len(message.entries) for message in planned):
                yield "preview"


async def _message(
    store: Store, judge: Judge, lists: Mapping[PersonId, set[Named]], message: Planned
) -> AsyncIterator[str]:
    above = message.template != "reminder"
    now = judge.own.now
    said = await told(store, row(message, now), now, above=above)
    if len(said) != len(message.entries):
        yield f"what is sent to {message.person}"
    for entry in message.entries:
        owed = entry.owed
        if above and (entry.person in judge.reminded(owed.task, owed.unit) or not owed.overdue):
            yield f"escalation to {entry.person}"
        if not above and entry.person not in judge.reminded(owed.task, owed.unit):
            yield f"reminder to {entry.person}"
        if not above and named(owed) not in lists[entry.person]:
            yield f"{entry.person} is reminded of what he may not report"


async def _review(store: Store, own: Situation, every: Sequence[Obligation]) -> AsyncIterator[str]:
    """Compare who is told of a report with who is said to have it, and with who may review it."""
    for one in every:
        if one.state is not State.WAITING or one.report is None:
            continue
        async with acting(store, PersonId("admin"), own.now) as act:
            having = (await reviewers_of(act, one.report, one.task)).people
        if having != one.reviewers.people:
            yield f"reviewers of {named(one)}"
        for person in having:
            lying = [each.report.id for each in await waiting(store, person.id, own.now)]
            if one.report.id not in lying:
                yield f"{person.id} cannot review {named(one)}"
