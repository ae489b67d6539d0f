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
from records.ids import PersonId, UnitId
from records.joining.people import names_of_all
from records.model import OutboxMessage, Person, Role
from records.preferences import HOURS, preference_of, take_daily, turn_hour
from scheduler.coming import Coming, as_ics
from scheduler.digest import Digest
from scheduler.digest_plan import AHEAD, DAILY, WEEKLY
from scheduler.overview import days_of, state_of, state_owed
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
        asides=frozenset({DrawChart, TakeFile, TakeCalendar}),
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
        names = await names_of_all(self.desk.store)
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
        if press.what >= len(HOURS):
            raise StaleButton
        step = 1 if press.up == 1 else -1
        await turn_hour(self.desk.store, visit.officer.id, HOURS[press.what], step)
        await query.answer()
        await show(query, await self._hours(visit))

    async def on_daily(self, query: CallbackQuery, press: TurnDaily, visit: Visit) -> None:
        """Take the daily digest, or do without it."""
        await take_daily(self.desk.store, visit.officer.id, taken=press.on == 1)
        await query.answer()
        await show(query, await self._hours(visit))

    async def daily(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Render the morning's digest; None where there is nothing to say, or it is another day."""
        state = await state_owed(self.desk.store, self.desk.forms, row, self.desk.now())
        return None if state is None or state.silent else screens.digest(self.desk.texts, state)

    async def weekly(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Render the week's digest with its chart; None where nothing was to be reported."""
        state = await state_owed(self.desk.store, self.desk.forms, row, self.desk.now())
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
        return await state_of(self.desk.store, self.desk.forms, person, root, self.desk.now())

    async def _coming(self, person: PersonId, days: int) -> list[Coming]:
        return await days_of(self.desk.store, person, days, self.desk.now())

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
        own = await preference_of(self.desk.store, person.id)
        return screens.hours(self.desk.texts, own, digests=person.role is not Role.OFFICER)
