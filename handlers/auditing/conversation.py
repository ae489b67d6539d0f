"""/nhatky: the audit log, newest first, of all or of one person."""

from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message

from handlers.auditing.presses import EVERYBODY, OpenAudit
from handlers.conversation import Conversation
from handlers.desk import Desk
from handlers.pages import count, page_turns
from handlers.press import StaleButton
from handlers.screen import Button, Rows, Screen
from handlers.sending import reply, show
from handlers.visit import Visit
from records.ids import PersonId
from records.joining.audit import Line, audit_page
from records.joining.people import members

PAGE: Final = 15
"""Lines of the log in a message."""

MOST_NAMED: Final = 8
"""People offered where typed words mean several."""


def conversation(desk: Desk) -> Conversation:
    """Return where the log is read."""
    own = Auditing(desk)
    return Conversation(commands={"nhatky": own.on_command}, presses={OpenAudit: own.on_page})


@dataclass(frozen=True, slots=True)
class Auditing:
    """Shows the log."""

    desk: Desk

    async def on_command(self, message: Message, visit: Visit) -> None:
        """`/nhatky`, or `/nhatky name`: show the log, or ask whose."""
        words = " ".join(visit.args or ())
        if not words:
            await reply(message, await self._page(visit, OpenAudit(EVERYBODY, 0)))
            return
        found = await members(self.desk.store, visit.officer.id, words, self.desk.now())
        if len(found) == 1:
            await reply(message, await self._page(visit, OpenAudit(found[0].person.id, 0)))
            return
        texts = self.desk.texts
        rows: Rows = tuple(
            (Button(texts.label("audit_of", name=one.person.name), OpenAudit(one.person.id, 0)),)
            for one in found[:MOST_NAMED]
        )
        await reply(message, Screen(texts.screen("audit_whose", total=len(found)), rows))

    async def on_page(self, query: CallbackQuery, press: OpenAudit, visit: Visit) -> None:
        """Turn a page of the log."""
        screen = await self._page(visit, press)
        await query.answer()
        await show(query, screen)

    async def _page(self, visit: Visit, press: OpenAudit) -> Screen:
        whose = None if press.person == EVERYBODY else PersonId(press.person)
        store, now = self.desk.store, self.desk.now()
        found = await audit_page(store, visit.officer.id, now, press.page, PAGE, whose)
        if press.page and not found.lines:
            raise StaleButton
        texts, pages = self.desk.texts, count(found.total, PAGE)
        html = texts.screen(
            "audit",
            lines=[_facts(one) for one in found.lines],
            one=whose is not None,
            total=found.total,
            page=press.page,
            pages=pages,
        )
        turns = page_turns(texts, press.page, pages, lambda page: OpenAudit(press.person, page))
        back = (Button(texts.label("audit_all"), OpenAudit(EVERYBODY, 0)),)
        return Screen(html, turns if whose is None else (*turns, back))


def _facts(one: Line) -> dict[str, object]:
    return {
        "at": one.entry.at,
        "actor": one.actor,
        "action": one.entry.action,
        "subject": one.subject,
        "allowed": one.entry.allowed,
    }
