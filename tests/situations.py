"""Random offices: unit trees, people coming and going, tasks of every cadence, and what came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final, TypeVar

from records.ids import DraftId, PersonId, ReportId, TaskId, UnitId
from records.kinds import Record
from records.model import (
    Address,
    Cadence,
    DueRule,
    Extension,
    ExtensionState,
    Membership,
    Outcome,
    Person,
    Report,
    ReportState,
    Role,
    Shift,
    StandIn,
    SupportRule,
    Task,
    TaskState,
    Unit,
    UnitName,
    Waiver,
)
from records.obligations.periods import Period, begun_periods
from records.obligations.working_days import Calendar
from vietnamese.zone import ZONE

T = TypeVar("T")

RULES: Final = (
    (Cadence.YEARLY, DueRule(dates=((11, 4),))),
    (Cadence.QUARTERLY, DueRule(day_of_month=15)),
    (Cadence.MONTHLY, DueRule(day_of_month=4, months_after=1, shift=Shift.AFTER)),
    (Cadence.MONTHLY, DueRule(day_of_month=20, shift=Shift.BEFORE)),
    (Cadence.WEEKLY, DueRule(weekday=5)),
    (Cadence.HALF_YEARLY, DueRule(day_of_month=20)),
    (Cadence.NINE_MONTHS, DueRule(working_days=5)),
    (Cadence.PERIODIC, DueRule(dates=((3, 31), (10, 10)))),
    (Cadence.PERIODIC, None),
    (Cadence.ONCE, None),
    (Cadence.ONCE, None),
    (Cadence.ON_EVENT, None),
)
CALENDAR: Final = Calendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """An office at one time."""

    now: datetime
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    tasks: tuple[Task, ...]
    reports: tuple[Report, ...]
    extensions: tuple[Extension, ...]
    waivers: tuple[Waiver, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """All of it, as a store takes it."""
        return (
            *self.units,
            *self.people,
            *self.tasks,
            *self.reports,
            *self.extensions,
            *self.waivers,
        )


def situation(dice: Random) -> Situation:
    """Throw an office; the same dice throw the same."""
    day = date(2026, 1, 1) + timedelta(days=dice.randrange(700))
    clock = dice.choice((time(0, 0), time(0, 5), time(7, 0), time(12, 30), time(23, 59)))
    now = datetime.combine(day, clock, ZONE)
    units = _units(dice)
    people = _people(dice, units, day)
    tasks = tuple(_task(dice, number, units, people, now) for number in range(dice.randint(1, 3)))
    places = [(task, unit, one) for task in tasks for unit, one in _places(dice, task, day)]
    return Situation(
        now=now,
        units=units,
        people=people,
        tasks=tasks,
        reports=tuple(
            report
            for task, unit, one in places
            if dice.random() < 0.6
            for report in _reports(dice, task, unit, one, people, now)
        ),
        extensions=tuple(
            _extension(dice, task, unit, one, people, now)
            for task, unit, one in places
            if one is not None and dice.random() < 0.2
        ),
        waivers=tuple(
            _waiver(task, unit, one, people, now)
            for task, unit, one in places
            if dice.random() < 0.1
        ),
    )


def _units(dice: Random) -> tuple[Unit, ...]:
    """Throw a tree of up to three levels; now and then a second tree beside it."""
    found = [_unit("u0", None)]
    for number in range(1, dice.randint(2, 5)):
        above = dice.choice(found).id if dice.random() < 0.9 else None
        found.append(_unit(f"u{number}", above))
    return tuple(found)


def _unit(key: str, above: UnitId | None) -> Unit:
    parents = () if above is None else (Membership(parent=above),)
    return Unit(id=UnitId(key), kind="xã", names=(UnitName(text=f"Xã {key}"),), parents=parents)


def _people(dice: Random, units: Sequence[Unit], day: date) -> tuple[Person, ...]:
    many = dice.randint(3, 8)
    keys = [PersonId(f"p{number}") for number in range(many)]
    found = [_person(dice, key, keys, units, day) for key in keys]
    admin = _person(dice, PersonId("admin"), (), units, day)
    return (*found, replace(admin, role=Role.ADMIN, active=True))


def _person(
    dice: Random, key: PersonId, keys: Sequence[PersonId], units: Sequence[Unit], day: date
) -> Person:
    away: tuple[StandIn, ...] = ()
    if keys and dice.random() < 0.3:
        since = day + timedelta(days=dice.choice((-5, -1, 0, 1)))
        deputy = dice.choice([one for one in keys if one != key])
        away = (StandIn(deputy=deputy, since=since, until=since + timedelta(days=3)),)
    return Person(
        id=key,
        name=key.upper(),
        unit=dice.choice(units).id,
        role=dice.choice((Role.OFFICER, Role.OFFICER, Role.OFFICER, Role.SUPERVISOR, Role.ADMIN)),
        addresses=(Address(channel="telegram", value=key),) if dice.random() < 0.8 else (),
        active=dice.random() < 0.8,
        unreachable=datetime.combine(day, time(0), ZONE) if dice.random() < 0.1 else None,
        stand_ins=away,
    )


def _task(
    dice: Random, number: int, units: Sequence[Unit], people: Sequence[Person], now: datetime
) -> Task:
    cadence, rule = dice.choice(RULES)
    made = now - timedelta(days=dice.choice((3, 40, 200, 500)))
    once = cadence is Cadence.ONCE and dice.random() < 0.8
    lead, *others = dice.sample([one.id for one in units], len(units))
    named = [one.id for one in dice.sample(people, min(len(people), 2))]
    return Task(
        id=TaskId(f"t{number}"),
        title=f"Việc {number}",
        lead=lead,
        form="tien_do",
        cadence=cadence,
        rule=rule,
        created=made,
        created_by=PersonId("admin"),
        support=tuple(others[: dice.choice((0, 0, 1, 2))]),
        support_rule=dice.choice(tuple(SupportRule)),
        assignees=tuple(named[: dice.choice((0, 0, 1, 2))]),
        reviewer=dice.choice((None, dice.choice(people).id)),
        due=made.date() + timedelta(days=dice.randint(0, 120)) if once else None,
        state=dice.choice((TaskState.OPEN,) * 8 + (TaskState.DONE, TaskState.WITHDRAWN)),
        priority=dice.choice((0, 0, 1)),
    )


def _places(dice: Random, task: Task, day: date) -> Iterator[tuple[UnitId, Period | None]]:
    """Yield the unit and period of some obligations: the latest ones, and a few of old."""
    begun: list[Period | None] = list(begun_periods(task, CALENDAR, day, date.min))
    chosen = [*begun[-3:], *dice.sample(begun[:-3], min(2, len(begun[:-3])))]
    if task.rule is None and task.due is None:
        chosen = [None]
    for unit in (task.lead, *task.support):
        yield from ((unit, one) for one in chosen)


def _reports(
    dice: Random,
    task: Task,
    unit: UnitId,
    period: Period | None,
    people: Sequence[Person],
    now: datetime,
) -> Iterator[Report]:
    """Yield the versions of a report: sent, returned, sent again, near the border of the day."""
    due = now.date() if period is None else period.due
    key = None if period is None else period.key
    at = datetime.combine(due, time(23, 59), ZONE) + timedelta(
        days=dice.choice((-20, -2, 0, 0, 5)), minutes=dice.choice((0, 1, 6))
    )
    versions = dice.randint(1, 3)
    name = f"r-{task.id}-{unit}-{key}"
    for number in range(1, versions + 1):
        at = min(at + timedelta(days=number - 1), now - timedelta(minutes=versions - number))
        last = number == versions
        reviewed = dice.random() < 0.5
        accepted = (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED)
        state = dice.choice(accepted) if last else ReportState.SUPERSEDED
        judged = state in accepted[1:] or (not last and reviewed)
        yield Report(
            id=ReportId(f"{name}-{number}"),
            series=ReportId(name),
            version=number,
            author=dice.choice(people).id,
            unit=unit,
            form=task.form,
            form_version=1,
            outcome=dice.choice(tuple(Outcome)),
            submitted=at,
            draft=DraftId(f"d-{name}-{number}"),
            task=task.id,
            period=key,
            state=state,
            reviewed_by=dice.choice(people).id if judged else None,
            reviewed=now if judged else None,
            remark="Bổ sung" if judged else None,
        )


def _extension(
    dice: Random,
    task: Task,
    unit: UnitId,
    period: Period,
    people: Sequence[Person],
    now: datetime,
) -> Extension:
    return Extension(
        id=f"e-{task.id}-{unit}-{period.key}",
        task=task.id,
        unit=unit,
        asked_by=people[0].id,
        asked=now,
        until=period.due + timedelta(days=dice.choice((1, 7, 30))),
        reason="Mưa lũ",
        period=period.key,
        state=dice.choice((ExtensionState.GRANTED, ExtensionState.GRANTED, ExtensionState.ASKED)),
    )


def _waiver(
    task: Task, unit: UnitId, period: Period | None, people: Sequence[Person], now: datetime
) -> Waiver:
    return Waiver(
        id=f"w-{task.id}-{unit}-{None if period is None else period.key}",
        task=task.id,
        unit=unit,
        by=people[0].id,
        at=now,
        reason="Đã gộp",
        period=None if period is None else period.key,
    )
