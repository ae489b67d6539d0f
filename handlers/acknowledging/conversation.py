"""`/phobien`: a directive goes out to units; everybody acknowledges, leads say whose it is."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.acknowledging import screens
from handlers.acknowledging.addressing import Scope, clauses_by_unit, scopes
from handlers.acknowledging.presses import (
    Acknowledge,
    ChooseDocument,
    ChooseScope,
    OpenBroadcast,
    OpenBroadcasts,
    OpenOwn,
    Preview,
    Say,
    SendOut,
    UrgeReaders,
    stance_at,
)
from handlers.catalogue import held
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.press import StaleButton
from handlers.proposing import Resolve, by_name
from handlers.sending import reply, show
from handlers.visit import Visit
from knowledge.model import Directive
from records.access import Action
from records.acknowledging import acknowledge as acknowledging
from records.acknowledging import sending_out
from records.acting import acting
from records.model import Broadcast, OutboxMessage, Person, Succession
from records.units import UnitTree
from scheduler.acknowledgements import REMINDED


def conversation(desk: Desk) -> Conversation:
    """Return where acknowledging listens."""
    own = Acknowledging(desk)
    return Conversation(
        commands={"phobien": own.on_list},
        presses={
            OpenBroadcasts: own.on_page,
            ChooseDocument: own.on_documents,
            ChooseScope: own.on_scope,
            Preview: own.on_preview,
            SendOut: own.on_send,
            OpenBroadcast: own.on_state,
            UrgeReaders: own.on_urge,
            Acknowledge: own.on_acknowledge,
            OpenOwn: own.on_own,
            Say: own.on_say,
        },
        notices={
            sending_out.SENT_OUT: own.notice,
            sending_out.URGED: own.notice,
            REMINDED: own.reminder,
        },
    )


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """Sends directives out and takes what people say of them."""

    desk: Desk

    async def on_list(self, message: Message, visit: Visit) -> None:
        """`/phobien`: show what was sent out."""
        await reply(message, await self._list(visit, 0))

    async def on_page(self, query: CallbackQuery, press: OpenBroadcasts, visit: Visit) -> None:
        """Turn a page of what was sent out."""
        screen = await self._list(visit, press.page)
        await query.answer()
        await show(query, screen)

    async def on_documents(self, query: CallbackQuery, press: ChooseDocument, visit: Visit) -> None:
        """Show the documents that can be sent out."""
        await self._require(visit)
        await query.answer()
        await show(query, screens.documents(self.desk.texts, self.desk.catalogue(), press.page))

    async def on_scope(self, query: CallbackQuery, press: ChooseScope, visit: Visit) -> None:
        """Show to whom a document can be sent."""
        directive = self.desk.catalogue().find(press.document)
        found, _ = await self._scopes(visit, directive)
        await query.answer()
        await show(query, screens.choose_scope(self.desk.texts, directive, found))

    async def on_preview(self, query: CallbackQuery, press: Preview, visit: Visit) -> None:
        """Show what would be sent to whom."""
        directive = self.desk.catalogue().find(press.document)
        scope, resolve = await self._chosen(visit, directive, press.scope)
        concerned = clauses_by_unit(directive, resolve)
        async with self.desk.store.begin() as tx:
            people = [
                one
                for unit in scope.units
                for one in await tx.find(Person, {"unit": unit})
                if one.active
            ]
        facts = {"people": len(people), "concerned": sum(u in concerned for u in scope.units)}
        await query.answer()
        await show(query, screens.preview(self.desk.texts, directive, scope, press, facts))

    async def on_send(self, query: CallbackQuery, press: SendOut, visit: Visit) -> None:
        """Send a document out."""
        directive = self.desk.catalogue().find(press.document)
        scope, resolve = await self._chosen(visit, directive, press.scope)
        await query.answer()
        concerned = clauses_by_unit(directive, resolve)
        announced = sending_out.Announced(
            file=directive.file,
            citation=self.desk.texts.label("ack_citation", held=held(directive)),
            units=scope.units,
            clauses={str(unit): own for unit, own in concerned.items()},
        )
        now = self.desk.now()
        sent = await sending_out.send_out(self.desk.store, visit.officer.id, announced, now)
        state = await sending_out.state(self.desk.store, visit.officer.id, sent.id, now)
        await show(query, screens.state(self.desk.texts, state))

    async def on_state(self, query: CallbackQuery, press: OpenBroadcast, visit: Visit) -> None:
        """Show how far a sending is."""
        found = await sending_out.state(
            self.desk.store, visit.officer.id, press.broadcast, self.desk.now()
        )
        await query.answer()
        await show(query, screens.state(self.desk.texts, found))

    async def on_urge(self, query: CallbackQuery, press: UrgeReaders, visit: Visit) -> None:
        """Remind all who have not acknowledged."""
        count = await sending_out.urge(
            self.desk.store, visit.officer.id, press.broadcast, self.desk.now()
        )
        label = self.desk.texts.label("ack_urged_notice", n=count)
        await query.answer(label, show_alert=True)

    async def on_acknowledge(self, query: CallbackQuery, press: Acknowledge, visit: Visit) -> None:
        """Take "Đã quán triệt"; said again it changes nothing."""
        first = await acknowledging.acknowledge(
            self.desk.store, visit.officer.id, press.broadcast, self.desk.now()
        )
        label = "ack_done_notice" if first else "ack_again_notice"
        await query.answer(self.desk.texts.label(label))

    async def on_own(self, query: CallbackQuery, press: OpenOwn, visit: Visit) -> None:
        """Show a clause of the unit's, and ask whose it is."""
        broadcast, directive, path = await self._own(visit, press.broadcast, press.number)
        await query.answer()
        screen = screens.own_clause(self.desk.texts, broadcast, directive, path, press.number)
        await show(query, screen, anew=True)

    async def on_say(self, query: CallbackQuery, press: Say, visit: Visit) -> None:
        """Take whose a clause is."""
        _, _, path = await self._own(visit, press.broadcast, press.number)
        stance, now = stance_at(press.stance), self.desk.now()
        await acknowledging.take_stance(
            self.desk.store, visit.officer.id, press.broadcast, path, stance, now
        )
        await query.answer(self.desk.texts.label(f"stance_{stance}_notice"))

    async def notice(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render a directive for a person; None if he has acknowledged it meanwhile."""
        async with acting(self.desk.store, person.id, self.desk.now()) as act:
            held_one = await act.tx.get(Broadcast, str(row.facts["broadcast"]))
            if held_one is None or person.unit not in held_one.units:
                return None
            waiting = await sending_out.unacknowledged(act.tx, held_one)
            if person.id not in {one.id for one in waiting}:
                return None
            leads = await acknowledging.leads(act, person)
        own = held_one.clauses.get(person.unit, ())
        directive = self._directive(held_one.file)
        return screens.message(self.desk.texts, held_one, directive, own, leads=leads)

    async def reminder(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Render what a person has not acknowledged; None if that is nothing any more."""
        asked = row.facts["broadcasts"]
        async with self.desk.store.begin() as tx:
            left = []
            for key in asked if isinstance(asked, tuple) else ():
                one = await tx.get(Broadcast, key)
                waiting = [] if one is None else await sending_out.unacknowledged(tx, one)
                if one is not None and person.id in {each.id for each in waiting}:
                    left.append(one)
        return screens.reminder(self.desk.texts, left) if left else None

    async def _list(self, visit: Visit, page: int) -> Screen:
        found = await sending_out.broadcasts(self.desk.store, visit.officer.id, self.desk.now())
        return screens.broadcasts(self.desk.texts, found, page)

    async def _require(self, visit: Visit) -> tuple[UnitTree, Resolve]:
        async with acting(self.desk.store, visit.officer.id, self.desk.now()) as act:
            act.require(Action.BROADCAST, None)
            return act.tree, by_name(act.tree, await act.tx.find(Succession))

    async def _scopes(
        self, visit: Visit, directive: Directive
    ) -> tuple[tuple[Scope, ...], Resolve]:
        tree, resolve = await self._require(visit)
        return scopes(directive, tree, resolve), resolve

    async def _chosen(
        self, visit: Visit, directive: Directive, number: int
    ) -> tuple[Scope, Resolve]:
        found, resolve = await self._scopes(visit, directive)
        if number >= len(found):
            raise StaleButton
        return found[number], resolve

    async def _own(
        self, visit: Visit, broadcast: str, number: int
    ) -> tuple[Broadcast, Directive, str]:
        """Return a clause of the caller's unit; raises StaleButton where it is gone."""
        async with acting(self.desk.store, visit.officer.id, self.desk.now()) as act:
            held_one = await acknowledging.addressed(act, broadcast)
        own = held_one.clauses.get(visit.officer.unit, ())
        directive = self._directive(held_one.file)
        if number >= len(own) or directive is None:
            raise StaleButton
        return held_one, directive, own[number]

    def _directive(self, file: str) -> Directive | None:
        """Return a document of the library; None if it was removed."""
        return next((one for one in self.desk.catalogue().documents if one.file == file), None)
