"""Up to which day everything is planned, and what is done when the clock was ahead of that.

A clock that ran ahead leaves marks in the future; put right, it would find every day planned
already, and nobody would be reminded until then. So a mark after today is taken back to the last
day that was planned before the clock leapt. What was planned for the days to come is planned anew
on them; keys of person and day keep what was sent from being sent again.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

import structlog

from records.model import Answer, Delivery, Mark, OutboxMessage, Person, Role
from records.store import Store, Transaction
from vietnamese.zone import day_of

REMINDERS: Final = "planned"
REMINDERS_DUE: Final = "planned-due"
"""Marks: up to which day all reminders were planned, and what is due on days off."""

DIGESTS: Final = "planned-digests"
ACKNOWLEDGEMENTS: Final = "planned-acknowledgements"

MARKS: Final = (REMINDERS, REMINDERS_DUE, DIGESTS, ACKNOWLEDGEMENTS)

PUT_BACK: Final = "clock_put_back"
"""The message to the admins."""

LEAP: Final = timedelta(days=3)
"""A longer way from one planned day to the next is noted: the clock may have leapt. From Friday to
Monday it is three days."""

HELD_AT_MOST: Final = timedelta(days=1)
"""No row that was taken up once waits longer for its next try, a night's rest included."""

_DAYS_ROW: Final = re.compile(
    r"(?:reminder|escalation|digest_day|digest_week|week_ahead|ack_remind):.+:"
    r"(?:[0-9]{8}|[0-9]{4}-W[0-9]{2})"
)
"""Keys of what is planned for a day or a week; what somebody put off himself is none of them."""

_LOCK: Final = "plan"


async def planned_up_to(tx: Transaction, mark: str) -> date | None:
    """Return the last day that is planned; None where none is."""
    held = await tx.get(Mark, mark)
    return None if held is None else held.day


async def note_planned(tx: Transaction, mark: str, day: date) -> None:
    """Note that everything up to `day` is planned, and a leap of the clock if that is one."""
    before = await planned_up_to(tx, mark)
    if before is not None and day - before > LEAP:
        await tx.put(Mark(id=f"{_leaps(mark)}{day:%Y%m%d}", day=before))
    await tx.put(Mark(id=mark, day=day))


async def put_right(store: Store, now: datetime) -> bool:
    """Take back marks that lie after today; tell the log and the admins, once. Tell whether any."""
    today = day_of(now)
    async with store.begin(_LOCK) as tx:
        held = [await tx.get(Mark, one) for one in MARKS]
        ahead = [one for one in held if one is not None and one.day > today]
        if not ahead:
            return False
        leaps = await tx.find(Mark)
        for one in ahead:
            await _take_back(tx, one, leaps, today)
        await _plan_anew(tx, now)
        last = max(one.day for one in ahead)
        await _tell(tx, PUT_BACK, {"planned": str(last), "today": str(today)}, now)
    structlog.get_logger("scheduler.planned_days").warning(
        "the clock was put back: planning again", planned=str(last), today=str(today)
    )
    return True


async def _take_back(tx: Transaction, mark: Mark, every: Iterable[Mark], today: date) -> None:
    """Put a mark on the last day that was planned before the clock leapt; else on yesterday."""
    begin = _leaps(mark.id)
    leaps = [one for one in every if one.id.startswith(begin) and one.id > f"{begin}{today:%Y%m%d}"]
    for one in leaps:
        await tx.remove(Mark, one.id)
    days = [one.day for one in leaps if one.day <= today]
    await tx.put(replace(mark, day=max(days, default=today - timedelta(days=1))))


async def _plan_anew(tx: Transaction, now: datetime) -> None:
    """Remove what is owed for days to come, and free what a clock ahead has put off."""
    today = day_of(now)
    for row in await tx.find(OutboxMessage, {"state": Delivery.OWED}):
        at, lease = row.not_before or now, row.lease or now
        if _DAYS_ROW.fullmatch(row.key) and day_of(at) > today:
            await tx.remove(OutboxMessage, row.key)
        elif row.tries and max(at, lease) > now + HELD_AT_MOST:
            await tx.put(replace(row, not_before=None, lease=None))


async def tell_admins(
    store: Store, template: str, facts: Mapping[str, Answer], now: datetime
) -> None:
    """Owe every admin one message about the clock, once a day at most."""
    async with store.begin(_LOCK) as tx:
        await _tell(tx, template, facts, now)


async def _tell(tx: Transaction, template: str, facts: Mapping[str, Answer], now: datetime) -> None:
    for admin in await tx.find(Person, {"role": Role.ADMIN}):
        key = f"{template}:{admin.id}:{day_of(now):%Y%m%d}"
        if admin.active and await tx.get(OutboxMessage, key) is None:
            row = OutboxMessage(
                key=key, person=admin.id, template=template, facts=facts, created=now
            )
            await tx.add(row)


def _leaps(mark: str) -> str:
    return f"{mark}-leapt:"
