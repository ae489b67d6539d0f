"""Everybody whom a directive was sent to reads his part and says that he has understood it."""

from dataclasses import dataclass

from telegram import CallbackQuery

from handlers.broadcasts import receipt_screens as screens
from handlers.broadcasts.buttons import (
    Acknowledge,
    AcknowledgeListed,
    OpenOwn,
    OpenReceived,
    Say,
    stance_at,
)
from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import show
from handlers.core.screen import Screen
from knowledge.model import Directive
from records.ids import PersonId
from records.model import OutboxMessage, Person
from scheduler.acknowledgements import REMINDED
from services.broadcasts import acknowledgement as acknowledging
from services.broadcasts.dispatch import SENT_OUT, URGED, awaited
from services.broadcasts.refusals import NotThatUnitsClause


@dataclass(frozen=True, slots=True)
class Receipts:
    """Shows people what was sent to them and takes what they say of it."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            buttons={
                OpenReceived: self.on_open,
                Acknowledge: self.on_acknowledge,
                AcknowledgeListed: self.on_listed,
                OpenOwn: self.on_own,
                Say: self.on_say,
            },
            notices={SENT_OUT: self.notice, URGED: self.notice, REMINDED: self.reminder},
            asides=frozenset({Acknowledge, AcknowledgeListed}),
        )

    async def on_open(self, query: CallbackQuery, pressed: OpenReceived, context: Context) -> None:
        """Show a directive as one received it."""
        screen = await self._message(context.officer.id, pressed.broadcast, pressed.page)
        await query.answer()
        await show(query, screen, anew=pressed.anew == 1)

    async def on_acknowledge(
        self, query: CallbackQuery, pressed: Acknowledge, context: Context
    ) -> None:
        """Take "Đã quán triệt"; said again it changes nothing."""
        await self._acknowledge(query, context, pressed.broadcast)
        await show(query, await self._message(context.officer.id, pressed.broadcast, 0))

    async def on_listed(
        self, query: CallbackQuery, pressed: AcknowledgeListed, context: Context
    ) -> None:
        """Take it from the list of what is left, and shorten the list."""
        await self._acknowledge(query, context, pressed.broadcast)
        left = await awaited(self.deps.store, context.officer)
        await show(query, screens.reminder(self.deps.texts, left))

    async def on_own(self, query: CallbackQuery, pressed: OpenOwn, context: Context) -> None:
        """Show a clause of the unit's, and ask whose it is."""
        given, directive = await self._own(context, pressed.broadcast, pressed.number)
        await query.answer()
        await show(query, screens.own_clause(self.deps.texts, given, directive, pressed.number))

    async def on_say(self, query: CallbackQuery, pressed: Say, context: Context) -> None:
        """Take whose a clause is, and go on to the next of which nothing is said."""
        given, directive = await self._own(context, pressed.broadcast, pressed.number)
        stance, me = stance_at(pressed.stance), context.officer.id
        await acknowledging.take_stance(
            self.deps.store,
            me,
            pressed.broadcast,
            given.own[pressed.number],
            stance,
            self.deps.now(),
        )
        await query.answer(self.deps.texts.label(f"stance_{stance}_notice"))
        given = await self._received(me, pressed.broadcast)
        left = screens.next_unsaid(given, directive, pressed.number)
        page = pressed.number // screens.CLAUSES_PAGE
        if left is None:
            await show(query, await self._message(me, pressed.broadcast, page))
        else:
            await show(query, screens.own_clause(self.deps.texts, given, directive, left))

    async def notice(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render a directive for a person; None if it is not for him any more, or acknowledged."""
        broadcast = str(row.facts["broadcast"])
        if not await awaited(self.deps.store, person, [broadcast]):
            return None
        return await self._message(person.id, broadcast, 0, urged=row.template == URGED)

    async def reminder(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render what a person has not acknowledged; None if that is nothing any more."""
        asked = row.facts["broadcasts"]
        named = asked if isinstance(asked, tuple) else ()
        left = await awaited(self.deps.store, person, named)
        return screens.reminder(self.deps.texts, left) if left else None

    async def _acknowledge(self, query: CallbackQuery, context: Context, broadcast: str) -> None:
        first = await acknowledging.acknowledge(
            self.deps.store, context.officer.id, broadcast, self.deps.now()
        )
        label = "ack_done_notice" if first else "ack_again_notice"
        await query.answer(self.deps.texts.label(label))

    async def _received(self, person: PersonId, broadcast: str) -> acknowledging.Received:
        return await acknowledging.received(self.deps.store, person, broadcast, self.deps.now())

    async def _message(
        self, person: PersonId, broadcast: str, page: int, *, urged: bool = False
    ) -> Screen:
        given = await self._received(person, broadcast)
        directive = self._directive(given.broadcast.file)
        return screens.message(self.deps.texts, given, directive, page, urged=urged)

    async def _own(
        self, context: Context, broadcast: str, number: int
    ) -> tuple[acknowledging.Received, Directive]:
        """Return a directive of which the caller speaks for his unit.

        Raises StaleButton where the clause or the document is gone, NotThatUnitsClause to others.
        """
        given = await self._received(context.officer.id, broadcast)
        directive = self._directive(given.broadcast.file)
        if number >= len(given.own) or directive is None:
            raise StaleButton
        if not given.leads:
            raise NotThatUnitsClause
        return given, directive

    def _directive(self, file: str) -> Directive | None:
        """Return a document of the library; None if it was removed."""
        return next((one for one in self.deps.catalogue().documents if one.file == file), None)
