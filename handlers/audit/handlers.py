"""/nhatky: the audit log, newest first, of all or of one person."""

from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message

from handlers.audit.buttons import EVERYBODY, OpenAudit
from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.pagination import count, page_turns
from handlers.core.reply import reply, show
from handlers.core.screen import Button, Rows, Screen
from records.ids import PersonId
from records.model import AuditEntry
from services.people.audit import Line, audit_page
from services.people.members import members
from services.tasks.waiver import noted_reason

PAGE: Final = 15
"""Lines of the log in a message."""

MOST_NAMED: Final = 8
"""People offered where typed words mean several."""


def feature(deps: Dependencies) -> Feature:
    """Return where the log is read."""
    own = Audit(deps)
    return Feature(commands={"nhatky": own.on_command}, buttons={OpenAudit: own.on_page})


@dataclass(frozen=True, slots=True)
class Audit:
    """Shows the log."""

    deps: Dependencies

    async def on_command(self, message: Message, context: Context) -> None:
        """`/nhatky`, or `/nhatky name`: show the log, or ask whose."""
        words = " ".join(context.args or ())
        if not words:
            await reply(message, await self._page(context, OpenAudit(EVERYBODY, 0)))
            return
        found = await members(self.deps.store, context.officer.id, words, self.deps.now())
        if len(found) == 1:
            await reply(message, await self._page(context, OpenAudit(found[0].person.id, 0)))
            return
        texts = self.deps.texts
        rows: Rows = tuple(
            (Button(texts.label("audit_of", name=one.person.name), OpenAudit(one.person.id, 0)),)
            for one in found[:MOST_NAMED]
        )
        await reply(message, Screen(texts.screen("audit_whose", total=len(found)), rows))

    async def on_page(self, query: CallbackQuery, pressed: OpenAudit, context: Context) -> None:
        """Turn a page of the log."""
        screen = await self._page(context, pressed)
        await query.answer()
        await show(query, screen)

    async def _page(self, context: Context, pressed: OpenAudit) -> Screen:
        whose = None if pressed.person == EVERYBODY else PersonId(pressed.person)
        store, now = self.deps.store, self.deps.now()
        found = await audit_page(store, context.officer.id, now, pressed.page, PAGE, whose)
        if pressed.page and not found.lines:
            raise StaleButton
        texts, pages = self.deps.texts, count(found.total, PAGE)
        html = texts.screen(
            "audit",
            lines=[_facts(one) for one in found.lines],
            one=whose is not None,
            total=found.total,
            page=pressed.page,
            pages=pages,
        )
        turns = page_turns(texts, pressed.page, pages, lambda page: OpenAudit(pressed.person, page))
        back = (Button(texts.label("audit_all"), OpenAudit(EVERYBODY, 0)),)
        return Screen(html, turns if whose is None else (*turns, back))


def _facts(one: Line) -> dict[str, object]:
    return {
        "at": one.entry.at,
        "actor": one.actor,
        "action": one.entry.action,
        "subject": one.subject,
        "allowed": one.entry.allowed,
        "reason": noted_reason(one.entry),
        "times": int(one.entry.detail) if _counts(one.entry) else 1,
    }


def _counts(entry: AuditEntry) -> bool:
    """Tell a denied try that was made again: its detail is how often."""
    return not entry.allowed and entry.detail.isdecimal()
