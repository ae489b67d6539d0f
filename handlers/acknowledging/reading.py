"""Everybody whom a directive was sent to reads his part and says that he has understood it."""

from dataclasses import dataclass

from telegram import CallbackQuery

from handlers.acknowledging import reading_screens as screens
from handlers.acknowledging.presses import (
    Acknowledge,
    AcknowledgeListed,
    OpenOwn,
    OpenReceived,
    Say,
    stance_at,
)
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.press import StaleButton
from handlers.sending import show
from handlers.visit import Visit
from knowledge.model import Directive
from records.acknowledging import acknowledge as acknowledging
from records.acknowledging.refusals import NotThatUnitsClause
from records.acknowledging.sending_out import SENT_OUT, URGED, awaited
from records.ids import PersonId
from records.model import OutboxMessage, Person
from scheduler.acknowledgements import REMINDED


@dataclass(frozen=True, slots=True)
class Reading:
    """Shows people what was sent to them and takes what they say of it."""

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            presses={
                OpenReceived: self.on_open,
                Acknowledge: self.on_acknowledge,
                AcknowledgeListed: self.on_listed,
                OpenOwn: self.on_own,
                Say: self.on_say,
            },
            notices={SENT_OUT: self.notice, URGED: self.notice, REMINDED: self.reminder},
            asides=frozenset({Acknowledge, AcknowledgeListed}),
        )

    async def on_open(self, query: CallbackQuery, press: OpenReceived, visit: Visit) -> None:
        """Show a directive as one received it."""
        screen = await self._message(visit.officer.id, press.broadcast, press.page)
        await query.answer()
        await show(query, screen, anew=press.anew == 1)

    async def on_acknowledge(self, query: CallbackQuery, press: Acknowledge, visit: Visit) -> None:
        """Take "Đã quán triệt"; said again it changes nothing."""
        await self._acknowledge(query, visit, press.broadcast)
        await show(query, await self._message(visit.officer.id, press.broadcast, 0))

    async def on_listed(self, query: CallbackQuery, press: AcknowledgeListed, visit: Visit) -> None:
        """Take it from the list of what is left, and shorten the list."""
        await self._acknowledge(query, visit, press.broadcast)
        left = await awaited(self.desk.store, visit.officer)
        await show(query, screens.reminder(self.desk.texts, left))

    async def on_own(self, query: CallbackQuery, press: OpenOwn, visit: Visit) -> None:
        """Show a clause of the unit's, and ask whose it is."""
        given, directive = await self._own(visit, press.broadcast, press.number)
        await query.answer()
        await show(query, screens.own_clause(self.desk.texts, given, directive, press.number))

    async def on_say(self, query: CallbackQuery, press: Say, visit: Visit) -> None:
        """Take whose a clause is, and go on to the next of which nothing is said."""
        given, directive = await self._own(visit, press.broadcast, press.number)
        stance, me = stance_at(press.stance), visit.officer.id
        await acknowledging.take_stance(
            self.desk.store, me, press.broadcast, given.own[press.number], stance, self.desk.now()
        )
        await query.answer(self.desk.texts.label(f"stance_{stance}_notice"))
        given = await self._received(me, press.broadcast)
        left = screens.next_unsaid(given, directive, press.number)
        page = press.number // screens.CLAUSES_PAGE
        if left is None:
            await show(query, await self._message(me, press.broadcast, page))
        else:
            await show(query, screens.own_clause(self.desk.texts, given, directive, left))

    async def notice(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render a directive for a person; None if it is not for him any more, or acknowledged."""
        broadcast = str(row.facts["broadcast"])
        if not await awaited(self.desk.store, person, [broadcast]):
            return None
        return await self._message(person.id, broadcast, 0, urged=row.template == URGED)

    async def reminder(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render what a person has not acknowledged; None if that is nothing any more."""
        asked = row.facts["broadcasts"]
        named = asked if isinstance(asked, tuple) else ()
        left = await awaited(self.desk.store, person, named)
        return screens.reminder(self.desk.texts, left) if left else None

    async def _acknowledge(self, query: CallbackQuery, visit: Visit, broadcast: str) -> None:
        first = await acknowledging.acknowledge(
            self.desk.store, visit.officer.id, broadcast, self.desk.now()
        )
        label = "ack_done_notice" if first else "ack_again_notice"
        await query.answer(self.desk.texts.label(label))

    async def _received(self, person: PersonId, broadcast: str) -> acknowledging.Received:
        return await acknowledging.received(self.desk.store, person, broadcast, self.desk.now())

    async def _message(
        self, person: PersonId, broadcast: str, page: int, *, urged: bool = False
    ) -> Screen:
        given = await self._received(person, broadcast)
        directive = self._directive(given.broadcast.file)
        return screens.message(self.desk.texts, given, directive, page, urged=urged)

    async def _own(
        self, visit: Visit, broadcast: str, number: int
    ) -> tuple[acknowledging.Received, Directive]:
        """Return a directive of which the caller speaks for his unit.

        Raises StaleButton where the clause or the document is gone, NotThatUnitsClause to others.
        """
        given = await self._received(visit.officer.id, broadcast)
        directive = self._directive(given.broadcast.file)
        if number >= len(given.own) or directive is None:
            raise StaleButton
        if not given.leads:
            raise NotThatUnitsClause
        return given, directive

    def _directive(self, file: str) -> Directive | None:
        """Return a document of the library; None if it was removed."""
        return next((one for one in self.desk.catalogue().documents if one.file == file), None)
