"""`/tonghop`, `/lich`, `/caidat`: how units stand, what is to come, hours of one's own."""

import asyncio
from calendar import monthrange
from dataclasses import dataclass, field, replace
from typing import Final

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.digesting import screens
from handlers.digesting.pictures import Draw, bars, months
from handlers.digesting.presses import (
    ALL,
    DrawChart,
    OpenDigest,
    OpenGroup,
    OpenUnits,
    OpenWork,
    SetHour,
    TakeCalendar,
    TakeFile,
    TurnDaily,
    Urge,
)
from handlers.digesting.sheet import sheet
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.visit import Visit
from records.access import Action
from records.acting import acting
from records.ids import PersonId, UnitId
from records.model import OutboxMessage, Person, Preference, Role
from scheduler.coming import Coming, as_ics, coming
from scheduler.digest import Digest, digest
from scheduler.digest_plan import AHEAD, DAILY, WEEKLY
from scheduler.told import told
from scheduler.urging import URGED, urge_all
from vietnamese.zone import day_of

CHART_LABELS: Final = ("reported", "due", "late", "trend", "on_time", "came_late", "missing")
"""What a chart names, by the ends of the labels' names."""

AHEAD_DAYS: Final = 7
"""Days of the week ahead, which names what is due later in the month too."""

CALENDAR_DAYS: Final = 60
"""Days that /lich looks at."""


def conversation(desk: Desk, draw: Draw) -> Conversation:
    """Return where digests listen."""
    own = Digesting(desk, draw)
    return Conversation(
        commands={"tonghop": own.on_digest, "lich": own.on_calendar, "caidat": own.on_hours},
        presses={
            OpenDigest: own.on_open,
            OpenUnits: own.on_units,
            OpenWork: own.on_tasks,
            OpenGroup: own.on_group,
            Urge: own.on_urge,
            DrawChart: own.on_chart,
            TakeFile: own.on_file,
            TakeCalendar: own.on_take_calendar,
            SetHour: own.on_hour,
            TurnDaily: own.on_daily,
        },
        notices={
            DAILY: own.daily,
            WEEKLY: own.weekly,
            AHEAD: own.ahead,
            URGED: own.urged,
        },
    )


@dataclass(frozen=True, slots=True)
class Digesting:
    """Tells supervisors how their units stand, and everybody what is to come."""

    desk: Desk
    draw: Draw
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One picture at a time: many on a Monday morning would keep those waiting who ask."""

    async def on_digest(self, message: Message, visit: Visit) -> None:
        """`/tonghop`: show the state of one's scope."""
        state = await self._state(visit.officer.id)
        await reply(message, screens.digest(self.desk.texts, state))

    async def on_open(self, query: CallbackQuery, press: OpenDigest, visit: Visit) -> None:
        """Show the scope again, or one unit of it."""
        state = await self._state(visit.officer.id, press.unit)
        await query.answer()
        texts = self.desk.texts
        one_unit = press.unit != ALL
        screen = (
            screens.unit_cells(texts, state, press.unit)
            if one_unit
            else screens.digest(texts, state)
        )
        await show(query, screen, anew=press.anew == 1)

    async def on_units(self, query: CallbackQuery, press: OpenUnits, visit: Visit) -> None:
        """Show the units."""
        state = await self._state(visit.officer.id)
        await query.answer()
        await show(query, screens.units(self.desk.texts, state, press.page))

    async def on_tasks(self, query: CallbackQuery, press: OpenWork, visit: Visit) -> None:
        """Show the tasks."""
        state = await self._state(visit.officer.id)
        await query.answer()
        await show(query, screens.tasks(self.desk.texts, state, press.page))

    async def on_group(self, query: CallbackQuery, press: OpenGroup, visit: Visit) -> None:
        """Show how the units stand with a task."""
        state = await self._state(visit.officer.id)
        await query.answer()
        await show(query, screens.group(self.desk.texts, state, press))

    async def on_urge(self, query: CallbackQuery, press: Urge, visit: Visit) -> None:
        """Remind all who have not reported, once it is sure."""
        actor, texts = visit.officer.id, self.desk.texts
        if not press.sure:
            state = await self._state(actor, press.unit)
            await query.answer()
            await show(query, screens.urge_sure(texts, state, press.unit))
            return
        root = None if press.unit == ALL else UnitId(press.unit)
        done = await urge_all(self.desk.store, self.desk.forms, actor, self.desk.now(), root)
        await query.answer()
        await show(query, screens.urged(texts, done, press.unit))

    async def on_chart(self, query: CallbackQuery, press: DrawChart, visit: Visit) -> None:
        """Send the chart below the digest."""
        state = await self._state(visit.officer.id, press.unit)
        await query.answer()
        if query.message is not None and state.cells:
            caption = self.desk.texts.label("chart_title", root=state.root, day=state.day)
            picture = await self._picture(state)
            await query.get_bot().send_photo(query.message.chat.id, picture, caption=caption)

    async def on_file(self, query: CallbackQuery, press: TakeFile, visit: Visit) -> None:
        """Send the state as a sheet."""
        state = await self._state(visit.officer.id, press.unit)
        async with self.desk.store.begin() as tx:
            names = {one.id: one.name for one in await tx.find(Person)}
        await query.answer()
        if query.message is not None:
            content = await self.desk.work(
                lambda: sheet(self.desk.texts, state, self.desk.forms, names)
            )
            name = f"tong-hop-{state.day:%Y%m%d}.xlsx"
            chat = query.message.chat.id
            await query.get_bot().send_document(chat, content, filename=name)

    async def on_calendar(self, message: Message, visit: Visit) -> None:
        """`/lich`: show the due days to come."""
        found = await self._coming(visit.officer.id, CALENDAR_DAYS)
        await reply(message, screens.coming(self.desk.texts, found))

    async def on_take_calendar(
        self, query: CallbackQuery, _press: TakeCalendar, visit: Visit
    ) -> None:
        """Send the due days as a calendar file."""
        found, texts = await self._coming(visit.officer.id, CALENDAR_DAYS), self.desk.texts
        await query.answer()
        if query.message is not None and found:
            summaries = [texts.label("event", title=one.task.title) for one in found]
            content = as_ics(found, summaries, self.desk.now())
            chat = query.message.chat.id
            await query.get_bot().send_document(chat, content, filename="han-bao-cao.ics")

    async def on_hours(self, message: Message, visit: Visit) -> None:
        """`/caidat`: show the hours of one's own."""
        await reply(message, await self._hours(visit))

    async def on_hour(self, query: CallbackQuery, press: SetHour, visit: Visit) -> None:
        """Change an hour by one."""
        if press.what >= len(screens.HOURS):
            raise StaleButton
        person, name = visit.officer.id, screens.HOURS[press.what]
        first, many = (1, 7) if name == "weekly_digest_day" else (0, 24)
        async with self.desk.store.begin(f"person:{person}") as tx:
            own = await tx.get(Preference, person) or Preference(id=person)
            step = 1 if press.up == 1 else -1
            value = (getattr(own, name) - first + step) % many + first
            await tx.put(replace(own, **{name: value}))
        await query.answer()
        await show(query, await self._hours(visit))

    async def on_daily(self, query: CallbackQuery, press: TurnDaily, visit: Visit) -> None:
        """Take the daily digest, or do without it."""
        person = visit.officer.id
        async with self.desk.store.begin(f"person:{person}") as tx:
            own = await tx.get(Preference, person) or Preference(id=person)
            await tx.put(replace(own, daily_digest=press.on == 1))
        await query.answer()
        await show(query, await self._hours(visit))

    async def daily(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render the morning's digest; None where there is nothing to say, or it is another day."""
        state = await self._owed(row, person)
        return None if state is None or state.silent else screens.digest(self.desk.texts, state)

    async def weekly(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render the week's digest with its chart; None where nothing was to be reported."""
        state = await self._owed(row, person)
        if state is None or not state.cells:
            return None
        screen = screens.week(self.desk.texts, state)
        return replace(screen, picture=await self._picture(state))

    async def ahead(self, _row: OutboxMessage, person: Person) -> Screen | None:
        """Render an officer's week and the rest of his month; None where nothing is due."""
        today = day_of(self.desk.now())
        month_left = monthrange(today.year, today.month)[1] - today.day
        found = await self._coming(person.id, max(AHEAD_DAYS, month_left))
        return screens.ahead(self.desk.texts, found, AHEAD_DAYS) if found else None

    async def urged(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Render an urge; None where all of it was reported meanwhile."""
        found = await told(self.desk.store, row, self.desk.now())
        by = str(row.facts["by"])
        return screens.urge(self.desk.texts, by, found) if found else None

    async def _state(self, person: PersonId, unit: str = ALL) -> Digest:
        root = None if unit == ALL else UnitId(unit)
        async with acting(self.desk.store, person, self.desk.now()) as act:
            act.require(Action.URGE, root)
            return await digest(act, self.desk.forms, root)

    async def _owed(self, row: OutboxMessage, person: Person) -> Digest | None:
        """Return the state that a digest of today tells; None if its reason has gone.

        It has for who lost the right to it since it was planned, and on any later day, which has
        a digest of its own.
        """
        now = self.desk.now()
        if day_of(row.created) != day_of(now):
            return None
        async with acting(self.desk.store, person.id, now) as act:
            return await digest(act, self.desk.forms) if act.may(Action.URGE, None) else None

    async def _coming(self, person: PersonId, days: int) -> list[Coming]:
        async with acting(self.desk.store, person, self.desk.now()) as act:
            return await coming(act, days)

    async def _picture(self, state: Digest) -> bytes:
        texts = self.desk.texts
        title = texts.label("chart_title", root=state.root, day=state.day)
        drawn = bars(state, texts.label("chart_others"))
        trend = months(state, lambda month: texts.label("chart_month", first=month.first))
        labels = {part: texts.label(f"chart_{part}") for part in CHART_LABELS}
        async with self.drawing:
            return await self.desk.work(lambda: self.draw(title, drawn, trend, labels))

    async def _hours(self, visit: Visit) -> Screen:
        person = visit.officer
        async with self.desk.store.begin() as tx:
            own = await tx.get(Preference, person.id) or Preference(id=person.id)
        return screens.hours(self.desk.texts, own, digests=person.role is not Role.OFFICER)
