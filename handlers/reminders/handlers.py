"""Reminders: shown as they are true when sent; put off, answered with a wish for more time."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from telegram import CallbackQuery, Message

from handlers.core.callback_data import NONE, StaleButton, period_read
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.doubtful_words import always
from handlers.core.feature import Feature
from handlers.core.read_back import said_at
from handlers.core.reply import keyboard, reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from handlers.reminders import screens
from handlers.reminders.buttons import (
    AskTime,
    ChoosePutOff,
    DecideTime,
    ForgetReminder,
    NoTime,
    PutOff,
)
from records import focus, read_back
from records.ids import TaskId
from records.model import Focus, OutboxMessage, Person
from scheduler import extensions, personal_reminders
from scheduler.planner import ESCALATION, REMINDER
from scheduler.preview import preview_for
from scheduler.snoozes import Until, put_off
from scheduler.told import told
from scheduler.week_ahead import beside_reminder
from vietnamese.zone import day_of

PREVIEW_DAYS: Final = 7
"""Days that /xemtruoc looks ahead."""


def feature(deps: Dependencies) -> Feature:
    """Return where reminding listens."""
    own = Reminders(deps)
    return Feature(
        commands={"nhactoi": own.on_remind_me, "xemtruoc": own.on_preview},
        buttons={
            ChoosePutOff: own.on_choose,
            PutOff: own.on_put_off,
            AskTime: own.on_ask_time,
            NoTime: own.on_no_time,
            DecideTime: own.on_decide,
            ForgetReminder: own.on_forget,
        },
        topics={extensions.TOPIC: own.on_words, personal_reminders.TOPIC: own.on_wish_again},
        left={extensions.TOPIC: waiting},
        kept={extensions.TOPIC: always, personal_reminders.TOPIC: always},
        understood={extensions.TOPIC: own.on_wish, personal_reminders.TOPIC: own.on_reminder},
        notices={
            REMINDER: own.reminder,
            ESCALATION: own.escalation,
            "extension_asked": own.extension_asked,
        },
        asides=frozenset({ChoosePutOff, PutOff, ForgetReminder}),
    )


@dataclass(frozen=True, slots=True)
class Reminders:
    """Speaks of due days."""

    deps: Dependencies

    async def reminder(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render a morning message; None where all of it was reported meanwhile."""
        store, now = self.deps.store, self.deps.now()
        found = await told(store, row, now)
        if not found:
            return None
        ahead = await beside_reminder(store, row, person, found, now)
        return screens.reminder(self.deps.texts, row, found, ahead)

    async def escalation(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Render what is late; None where all of it was reported meanwhile."""
        found = await told(self.deps.store, row, self.deps.now(), above=True)
        return screens.escalation(self.deps.texts, found) if found else None

    async def extension_asked(self, row: OutboxMessage, _person: Person) -> Screen:
        """Render a wish for more time, with its two answers."""
        return screens.extension_asked(self.deps.texts, row)

    async def on_choose(
        self, query: CallbackQuery, pressed: ChoosePutOff, _context: Context
    ) -> None:
        """Offer times in place of the message's buttons."""
        await query.answer()
        rows = screens.times(self.deps.texts, pressed)
        await query.edit_message_reply_markup(keyboard(Screen("", rows)))

    async def on_put_off(self, query: CallbackQuery, pressed: PutOff, context: Context) -> None:
        """Put the message off and say until when."""
        person = context.officer.id
        if pressed.until not in set(Until):
            raise StaleButton
        key = f"{REMINDER}:{person}:{pressed.reminder}"
        at = await put_off(self.deps.store, person, key, Until(pressed.until), self.deps.now())
        await query.answer(self.deps.texts.label("put_off_notice", at=at), show_alert=True)
        await query.edit_message_reply_markup(None)

    async def on_ask_time(self, query: CallbackQuery, pressed: AskTime, context: Context) -> None:
        """Ask for the day and the reason."""
        person = context.officer.id
        task = await extensions.ask_words(
            self.deps.store,
            person,
            TaskId(pressed.task),
            period_read(pressed.period),
            self.deps.now(),
        )
        await query.answer()
        await show(query, screens.ask_time(self.deps.texts, pressed, task.title), anew=True)

    async def on_no_time(self, query: CallbackQuery, _pressed: NoTime, context: Context) -> None:
        """Wait for no day any more."""
        await focus.stop(self.deps.store, context.officer.id, extensions.TOPIC)
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("no_time")))

    async def on_words(self, message: Message, context: Context, asked: Focus) -> None:
        """Take a day and a reason: "15/11 vì mưa lũ"."""
        said, texts, now = message.text or "", self.deps.texts, self.deps.now()
        wish = await extensions.understood(self.deps.store, said, said_at(message, now))
        if wish.until is None:
            await reply(message, screens.no_day(texts, wish))
        elif wish.doubts:
            facts = {**asked.facts, "until": wish.until.isoformat(), "reason": wish.reason}
            mark = await read_back.offer(self.deps.store, replace(asked, facts=facts))
            await reply(message, screens.wish_read_back(texts, wish, mark))
        else:
            await reply(message, await self._ask(context, asked, wish.until, wish.reason))

    async def on_wish(self, context: Context, asked: Focus) -> Screen:
        """Ask for the time that was confirmed."""
        until = date.fromisoformat(focus.text_of(asked, "until"))
        return await self._ask(context, asked, until, focus.text_of(asked, "reason"))

    async def _ask(self, context: Context, asked: Focus, until: date, reason: str) -> Screen:
        task, period = TaskId(asked.subject), period_read(focus.text_of(asked, "period") or NONE)
        wish = extensions.Wish(task=task, period=period, until=until, reason=reason)
        wished = await extensions.ask(self.deps.store, context.officer.id, wish, self.deps.now())
        return Screen(self.deps.texts.screen("time_asked", until=wished.until, reason=reason))

    async def on_decide(self, query: CallbackQuery, pressed: DecideTime, context: Context) -> None:
        """Grant or refuse more time."""
        granted = pressed.granted == 1
        decided = await extensions.decide(
            self.deps.store, context.officer.id, pressed.extension, self.deps.now(), granted=granted
        )
        label = "time_granted_notice" if granted else "time_refused_notice"
        await query.answer(self.deps.texts.label(label))
        screen = Screen(
            self.deps.texts.screen("time_decided", granted=granted, until=decided.until)
        )
        await show(query, screen)

    async def on_remind_me(self, message: Message, context: Context) -> None:
        """`/nhactoi 15h mai họp giao ban`; alone: list what is to come."""
        said, now = " ".join(context.args or ()), self.deps.now()
        if said:
            await reply(message, await self._wished(message, context, said))
            return
        kept = await personal_reminders.coming(self.deps.store, context.officer.id, now)
        await reply(message, screens.own_reminders(self.deps.texts, kept))

    async def on_wish_again(self, message: Message, context: Context, _asked: Focus) -> None:
        """Read other words in the place of those that were not understood rightly."""
        await reply(message, await self._wished(message, context, message.text or ""))

    async def _wished(self, message: Message, context: Context, said: str) -> Screen:
        """Keep a reminder, or read back what could be meant otherwise."""
        store, texts, now, me = self.deps.store, self.deps.texts, self.deps.now(), context.officer
        read = await personal_reminders.understood(store, said, said_at(message, now), now)
        if read is None or not read.text:
            return Screen(texts.screen("remind_how"))
        if read.at is None or read.at <= now:
            return screens.no_moment(texts, read)
        if not read.doubts:
            return await self._set(context, read.text, read.at)
        facts = {"at": read.at.isoformat(), "text": read.text}
        wish = Focus(
            id=me.id, topic=personal_reminders.TOPIC, subject=me.id, since=now, facts=facts
        )
        return screens.reminder_read_back(texts, read, await read_back.offer(store, wish))

    async def on_reminder(self, context: Context, asked: Focus) -> Screen:
        """Keep the reminder that was confirmed; one whose time has passed meanwhile is not."""
        at, text = datetime.fromisoformat(focus.text_of(asked, "at")), focus.text_of(asked, "text")
        if at <= self.deps.now():
            raise StaleButton
        return await self._set(context, text, at)

    async def _set(self, context: Context, text: str, at: datetime) -> Screen:
        kept = await personal_reminders.remind(
            self.deps.store, context.officer.id, text, at, self.deps.now()
        )
        return screens.reminder_set(self.deps.texts, kept)

    async def on_preview(self, message: Message, context: Context) -> None:
        """`/xemtruoc`: show an admin what will be sent in the days to come."""
        store, now = self.deps.store, self.deps.now()
        first = day_of(now) + timedelta(days=1)
        last = first + timedelta(days=PREVIEW_DAYS - 1)
        rows = await preview_for(store, context.officer.id, first, last, now)
        await reply(message, screens.schedule(self.deps.texts, rows, first, last))

    async def on_forget(
        self, query: CallbackQuery, pressed: ForgetReminder, context: Context
    ) -> None:
        """Drop a reminder of one's own."""
        gone = await personal_reminders.forget(
            self.deps.store, context.officer.id, pressed.reminder, self.deps.now()
        )
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("reminder_dropped", text=gone.text)))
