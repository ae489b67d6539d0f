"""`/tonghop`, `/lich`, `/caidat`: how units stand, what is to come, hours of one's own."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Final

from telegram import CallbackQuery, Message
from telegram.constants import ChatAction

from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.work_sign import at_work
from handlers.digest import screens
from handlers.digest.buttons import (
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
from handlers.digest.pictures import Draw, bars, months
from handlers.digest.sheet import sheet
from records.ids import PersonId, UnitId
from records.model import OutboxMessage, Person, Role
from scheduler.digest import Digest
from scheduler.digest_plan import AHEAD, DAILY, WEEKLY
from scheduler.due_days import Coming, as_ics
from scheduler.overview import days_of, state_of, state_owed
from scheduler.told import told
from scheduler.urges import URGED, urge_all
from scheduler.week_ahead import DAYS, is_told_by_reminder, week_of
from services.people.members import names_of_all
from services.preferences import HOURS, preference_of, take_daily, turn_hour

CHART_LABELS: Final = ("reported", "due", "late", "trend", "on_time", "came_late", "missing")
"""What a chart names, by the ends of the labels' names."""

CALENDAR_DAYS: Final = 60
"""Days that /lich looks at."""


def feature(deps: Dependencies, draw: Draw) -> Feature:
    """Return where digests listen."""
    own = Digests(deps, draw)
    return Feature(
        commands={"tonghop": own.on_digest, "lich": own.on_calendar, "caidat": own.on_hours},
        buttons={
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
class Digests:
    """Tells supervisors how their units stand, and everybody what is to come."""

    deps: Dependencies
    draw: Draw
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One picture at a time: many on a Monday morning would keep those waiting who ask."""

    async def on_digest(self, message: Message, context: Context) -> None:
        """`/tonghop`: show the state of one's scope."""
        state = await self._state(context.officer.id)
        await reply(message, screens.digest(self.deps.texts, state))

    async def on_open(self, query: CallbackQuery, pressed: OpenDigest, context: Context) -> None:
        """Show the scope again, or one unit of it."""
        state = await self._state(context.officer.id, pressed.unit)
        await query.answer()
        texts = self.deps.texts
        one_unit = pressed.unit != ALL
        screen = (
            screens.unit_cells(texts, state, pressed.unit)
            if one_unit
            else screens.digest(texts, state)
        )
        await show(query, screen, anew=pressed.anew == 1)

    async def on_units(self, query: CallbackQuery, pressed: OpenUnits, context: Context) -> None:
        """Show the units."""
        state = await self._state(context.officer.id)
        await query.answer()
        await show(query, screens.units(self.deps.texts, state, pressed.page))

    async def on_tasks(self, query: CallbackQuery, pressed: OpenWork, context: Context) -> None:
        """Show the tasks."""
        state = await self._state(context.officer.id)
        await query.answer()
        await show(query, screens.tasks(self.deps.texts, state, pressed.page))

    async def on_group(self, query: CallbackQuery, pressed: OpenGroup, context: Context) -> None:
        """Show how the units stand with a task."""
        state = await self._state(context.officer.id)
        await query.answer()
        await show(query, screens.group(self.deps.texts, state, pressed))

    async def on_urge(self, query: CallbackQuery, pressed: Urge, context: Context) -> None:
        """Remind all who have not reported, once it is sure."""
        actor, texts = context.officer.id, self.deps.texts
        if not pressed.sure:
            state = await self._state(actor, pressed.unit)
            await query.answer()
            await show(query, screens.urge_sure(texts, state, pressed.unit))
            return
        root = None if pressed.unit == ALL else UnitId(pressed.unit)
        done = await urge_all(self.deps.store, self.deps.forms, actor, self.deps.now(), root)
        await query.answer()
        await show(query, screens.urged(texts, done, pressed.unit))

    async def on_chart(self, query: CallbackQuery, pressed: DrawChart, context: Context) -> None:
        """Send the chart below the digest."""
        state = await self._state(context.officer.id, pressed.unit)
        await query.answer()
        if query.message is not None and state.cells:
            caption = self.deps.texts.label("chart_title", root=state.root, day=state.day)
            bot, chat = query.get_bot(), query.message.chat.id
            async with at_work(bot, chat, ChatAction.UPLOAD_PHOTO):
                picture = await self._picture(state)
            await bot.send_photo(chat, picture, caption=caption)

    async def on_file(self, query: CallbackQuery, pressed: TakeFile, context: Context) -> None:
        """Send the state as a sheet."""
        state = await self._state(context.officer.id, pressed.unit)
        names = await names_of_all(self.deps.store)
        await query.answer()
        if query.message is not None:
            bot, chat = query.get_bot(), query.message.chat.id
            async with at_work(bot, chat, ChatAction.UPLOAD_DOCUMENT):
                content = await self.deps.work(
                    lambda: sheet(self.deps.texts, state, self.deps.forms, names)
                )
            name = f"tong-hop-{state.day:%Y%m%d}.xlsx"
            await bot.send_document(chat, content, filename=name)

    async def on_calendar(self, message: Message, context: Context) -> None:
        """`/lich`: show the due days to come."""
        found = await self._coming(context.officer.id, CALENDAR_DAYS)
        await reply(message, screens.coming(self.deps.texts, found))

    async def on_take_calendar(
        self, query: CallbackQuery, _pressed: TakeCalendar, context: Context
    ) -> None:
        """Send the due days as a calendar file."""
        found, texts = await self._coming(context.officer.id, CALENDAR_DAYS), self.deps.texts
        await query.answer()
        if query.message is not None and found:
            summaries = [
                texts.label("event", title=one.task.title, period=one.period) for one in found
            ]
            content = as_ics(found, summaries, self.deps.now())
            chat = query.message.chat.id
            await query.get_bot().send_document(chat, content, filename="han-bao-cao.ics")

    async def on_hours(self, message: Message, context: Context) -> None:
        """`/caidat`: show the hours of one's own."""
        await reply(message, await self._hours(context))

    async def on_hour(self, query: CallbackQuery, pressed: SetHour, context: Context) -> None:
        """Change an hour by one."""
        if pressed.what >= len(HOURS):
            raise StaleButton
        step = 1 if pressed.up == 1 else -1
        await turn_hour(self.deps.store, context.officer.id, HOURS[pressed.what], step)
        await query.answer()
        await show(query, await self._hours(context))

    async def on_daily(self, query: CallbackQuery, pressed: TurnDaily, context: Context) -> None:
        """Take the daily digest, or do without it."""
        await take_daily(self.deps.store, context.officer.id, taken=pressed.on == 1)
        await query.answer()
        await show(query, await self._hours(context))

    async def daily(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Render the morning's digest; None where there is nothing to say, or it is another day."""
        state = await state_owed(self.deps.store, self.deps.forms, row, self.deps.now())
        return None if state is None or state.silent else screens.digest(self.deps.texts, state)

    async def weekly(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Render the week's digest with its chart; without anything to draw as the day's.

        None where there is nothing to say.
        """
        state = await state_owed(self.deps.store, self.deps.forms, row, self.deps.now())
        if state is None or state.silent:
            return None
        if not state.cells:
            return screens.digest(self.deps.texts, state)
        screen = screens.week(self.deps.texts, state)
        return replace(screen, picture=await self._picture(state))

    async def ahead(self, _row: OutboxMessage, person: Person) -> Screen | None:
        """Render an officer's week and the rest of his month.

        None where nothing is due, or his reminder of the day tells it.
        """
        store, now = self.deps.store, self.deps.now()
        if await is_told_by_reminder(store, person, now):
            return None
        found = await week_of(store, person, now)
        return screens.ahead(self.deps.texts, found, DAYS) if found else None

    async def urged(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Render an urge; None where all of it was reported meanwhile."""
        found = await told(self.deps.store, row, self.deps.now())
        by = str(row.facts["by"])
        return screens.urge(self.deps.texts, by, found) if found else None

    async def _state(self, person: PersonId, unit: str = ALL) -> Digest:
        root = None if unit == ALL else UnitId(unit)
        return await state_of(self.deps.store, self.deps.forms, person, root, self.deps.now())

    async def _coming(self, person: PersonId, days: int) -> list[Coming]:
        return await days_of(self.deps.store, person, days, self.deps.now())

    async def _picture(self, state: Digest) -> bytes:
        texts = self.deps.texts
        title = texts.label("chart_title", root=state.root, day=state.day)
        drawn = bars(state, texts.label("chart_others"))
        trend = months(state, lambda month: texts.label("chart_month", first=month.first))
        labels = {part: texts.label(f"chart_{part}") for part in CHART_LABELS}
        async with self.drawing:
            return await self.deps.work(lambda: self.draw(title, drawn, trend, labels))

    async def _hours(self, context: Context) -> Screen:
        person = context.officer
        own = await preference_of(self.deps.store, person.id)
        return screens.hours(self.deps.texts, own, digests=person.role is not Role.OFFICER)
