"""Screens of reminding: the morning message, what is late, more time, reminders of one's own."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from handlers.core.callback_data import NONE
from handlers.core.dependencies import Texts
from handlers.core.read_back import answers, doubt_facts
from handlers.core.screen import Button, Screen
from handlers.reminders.buttons import (
    AskTime,
    ChoosePutOff,
    DecideTime,
    ForgetReminder,
    NoTime,
    PutOff,
)
from handlers.reports.buttons import OpenDue, OpenReporting
from records.model import OutboxMessage, PersonalReminder
from scheduler.due_days import Coming
from scheduler.extensions import ReadWish
from scheduler.preview import PreviewRow
from scheduler.snoozes import Until
from scheduler.told import ToldEntry
from vietnamese.clock_times import ReadReminder

MOST_AHEAD: Final = 5
"""Due days to come that a reminder names at the beginning of a week."""

MOST_ENTRIES: Final = 8
"""Lines of a message; the rest is counted, and stands under /nhiemvu."""

MOST_ROWS: Final = 15
"""Lines of /xemtruoc; the command line shows them all."""

MOST_BUTTONS: Final = 5
"""Tasks with a button of their own under a message."""

UNTIL_LABELS: Final = {
    Until.AFTERNOON: "until_afternoon",
    Until.TOMORROW: "until_tomorrow",
    Until.MONDAY: "until_monday",
}


def reminder(
    texts: Texts, row: OutboxMessage, told: Sequence[ToldEntry], ahead: Sequence[Coming] = ()
) -> Screen:
    """Show what somebody is to report on; at the beginning of a week also what comes after it."""
    html = texts.screen(
        "reminder",
        entries=told[:MOST_ENTRIES],
        more=max(0, len(told) - MOST_ENTRIES),
        ahead=ahead[:MOST_AHEAD],
        later=max(0, len(ahead) - MOST_AHEAD),
    )
    reports = tuple(
        (
            Button(
                texts.label(
                    "reminder_report",
                    title=one.task.title,
                    period=one.period,
                    single=len(told) == 1,
                ),
                OpenDue(one.task.id, one.period or NONE, 1),
            ),
        )
        for one in told[:MOST_BUTTONS]
    )
    rest = ((Button(texts.label("reminder_all"), OpenReporting(0, 1)),),)
    put_off = Button(texts.label("reminder_put_off"), ChoosePutOff(row.key.rpartition(":")[2]))
    last: tuple[Button, ...] = (put_off,)
    if len(told) == 1:
        ask = AskTime(told[0].task.id, told[0].period or NONE)
        last += (Button(texts.label("reminder_ask_time"), ask),)
    return Screen(html, reports + (rest if len(told) > MOST_BUTTONS else ()) + (last,))


def escalation(texts: Texts, told: Sequence[ToldEntry]) -> Screen:
    """Show a supervisor what is late."""
    more = max(0, len(told) - MOST_ENTRIES)
    return Screen(texts.screen("escalation", entries=told[:MOST_ENTRIES], more=more))


def times(texts: Texts, pressed: ChoosePutOff) -> tuple[tuple[Button, ...], ...]:
    """Return the times to be reminded again."""
    return tuple(
        (Button(texts.label(label), PutOff(pressed.reminder, until)),)
        for until, label in UNTIL_LABELS.items()
    )


def ask_time(texts: Texts, pressed: AskTime, title: str) -> Screen:
    """Ask for a day and a reason."""
    html = texts.screen("ask_time", title=title)
    return Screen(html, ((Button(texts.label("no_time"), NoTime(pressed.task)),),))


def extension_asked(texts: Texts, row: OutboxMessage) -> Screen:
    """Show a supervisor a wish for more time."""
    extension = str(row.facts["extension"])
    return Screen(
        texts.screen("extension_asked", **row.facts),
        (
            (
                Button(texts.label("time_grant"), DecideTime(extension, 1)),
                Button(texts.label("time_refuse"), DecideTime(extension, 0)),
            ),
        ),
    )


def schedule(texts: Texts, rows: Sequence[PreviewRow], first: date, last: date) -> Screen:
    """Show what will be sent in the days to come."""
    html = texts.screen(
        "schedule",
        rows=rows[:MOST_ROWS],
        more=max(0, len(rows) - MOST_ROWS),
        total=len(rows),
        first=first,
        last=last,
    )
    return Screen(html)


def own_reminders(texts: Texts, kept: Sequence[PersonalReminder]) -> Screen:
    """Show the reminders somebody set for himself."""
    listed = kept[:MOST_ENTRIES]
    return Screen(
        texts.screen("own_reminders", reminders=listed),
        tuple(
            (Button(texts.label("forget_reminder", n=n, text=one.text), ForgetReminder(one.id)),)
            for n, one in enumerate(listed, 1)
        ),
    )


def reminder_set(texts: Texts, kept: PersonalReminder) -> Screen:
    """Say what was set, with a way to drop it."""
    forget = Button(texts.label("forget_this"), ForgetReminder(kept.id))
    return Screen(texts.screen("reminder_set", at=kept.at, text=kept.text), ((forget,),))


def reminder_read_back(texts: Texts, read: ReadReminder, mark: str) -> Screen:
    """Say what was understood of a wish to be reminded."""
    html = texts.screen(
        "reminder_read_back", at=read.at, text=read.text, doubts=doubt_facts(read.doubts)
    )
    return Screen(html, answers(texts, mark))


def no_moment(texts: Texts, read: ReadReminder) -> Screen:
    """Say why no reminder can be set."""
    return Screen(texts.screen("not_understood", doubts=doubt_facts(read.doubts)))


def wish_read_back(texts: Texts, wish: ReadWish, mark: str) -> Screen:
    """Say what was understood of a wish for more time."""
    html = texts.screen(
        "wish_read_back", until=wish.until, reason=wish.reason, doubts=doubt_facts(wish.doubts)
    )
    return Screen(html, answers(texts, mark))


def no_day(texts: Texts, wish: ReadWish) -> Screen:
    """Say that no day was found, or why the one that was told cannot be meant."""
    if not wish.doubts:
        return Screen(texts.screen("ask_time_again"))
    return Screen(texts.screen("not_understood", doubts=doubt_facts(wish.doubts)))
