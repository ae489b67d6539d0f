"""An admin chooses a document and units, looks it over, sends it out, and sees who has read it."""

from dataclasses import dataclass, replace

from telegram import CallbackQuery, Message

from handlers.acknowledging import sending_screens as screens
from handlers.acknowledging.presses import (
    BeginSending,
    BrowseUnits,
    ChooseDocument,
    OpenBroadcast,
    OpenBroadcasts,
    OpenMissing,
    OpenObjections,
    Preview,
    SendOut,
    ShowScopes,
    TakeScope,
    ToggleUnit,
    UrgeReaders,
)
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.pages import LIST_PAGE
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.visit import Visit
from knowledge.catalogue import facts_of
from records.acknowledging import sending_out, standing
from records.acknowledging.choice import FOUND, TOP, TOPIC, Choice, addressable, keep, kept
from records.ids import UnitId, new_id
from records.model import Focus
from records.structure.resolving import Resolve
from records.tasks.choices import Reach
from records.units import UnitTree
from scheduler.addressees import charged, scopes


@dataclass(frozen=True, slots=True)
class Sending:
    """Sends directives out and shows how far they are."""

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            commands={"phobien": self.on_list},
            presses={
                OpenBroadcasts: self.on_page,
                ChooseDocument: self.on_documents,
                BeginSending: self.on_begin,
                ShowScopes: self.on_scopes,
                TakeScope: self.on_scope,
                BrowseUnits: self.on_browse,
                ToggleUnit: self.on_unit,
                Preview: self.on_preview,
                SendOut: self.on_send,
                OpenBroadcast: self.on_state,
                OpenMissing: self.on_missing,
                OpenObjections: self.on_objections,
                UrgeReaders: self.on_urge,
            },
            topics={TOPIC: self.on_words},
        )

    async def on_list(self, message: Message, visit: Visit) -> None:
        """`/phobien`: show what was sent out."""
        await reply(message, await self._list(visit, 0))

    async def on_page(self, query: CallbackQuery, press: OpenBroadcasts, visit: Visit) -> None:
        """Turn a page of what was sent out."""
        await _answer(query, await self._list(visit, press.page))

    # --- choosing ----------------------------------------------------------------------------

    async def on_documents(self, query: CallbackQuery, press: ChooseDocument, visit: Visit) -> None:
        """Show the documents that can be sent out."""
        await self._known(visit)
        await _answer(query, screens.documents(self.desk.texts, self.desk.catalogue(), press.page))

    async def on_begin(self, query: CallbackQuery, press: BeginSending, visit: Visit) -> None:
        """Begin to choose to whom a document goes."""
        await self._choose(query, visit, Choice(id=new_id(), document=press.document))

    async def on_scopes(self, query: CallbackQuery, press: ShowScopes, visit: Visit) -> None:
        """Show again to whom it can go."""
        await self._choose(query, visit, await self._kept(visit, press.sending))

    async def on_scope(self, query: CallbackQuery, press: TakeScope, visit: Visit) -> None:
        """Take a whole group of units, and show what would be sent."""
        choice = await self._kept(visit, press.sending)
        tree, resolve = await self._known(visit)
        offered = scopes(self.desk.catalogue().find(choice.document), tree, resolve)
        if press.scope >= len(offered) or not offered[press.scope].units:
            raise StaleButton
        choice = replace(choice, units=offered[press.scope].units)
        await self._keep(visit, choice)
        await _answer(query, await self._preview(visit, choice, 0))

    async def on_browse(self, query: CallbackQuery, press: BrowseUnits, visit: Visit) -> None:
        """Show the units below one, or those that words found."""
        choice = await self._kept(visit, press.sending)
        choice = replace(choice, at=press.unit, page=press.page)
        await self._keep(visit, choice)
        await _answer(query, await self._units(visit, choice))

    async def on_unit(self, query: CallbackQuery, press: ToggleUnit, visit: Visit) -> None:
        """Take a unit in, or out."""
        choice = await self._kept(visit, press.sending)
        tree, _ = await self._known(visit)
        if not tree.standing(UnitId(press.unit)):
            raise StaleButton
        choice = choice.toggled(UnitId(press.unit))
        await self._keep(visit, choice)
        await _answer(query, await self._units(visit, choice))

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Search for units by their names."""
        tree, _ = await self._known(visit)
        reach = Reach(tree=tree, units=frozenset(tree.units))
        words = (message.text or "").strip()
        found = reach.named(words) if words else ()
        choice = await self._kept(visit, focus.subject)
        choice = replace(choice, found=found, page=0, at=FOUND if found else TOP)
        await self._keep(visit, choice)
        screen = screens.units(self.desk.texts, tree, choice, misread=not found)
        await reply(message, screen)

    # --- sending -----------------------------------------------------------------------------

    async def on_preview(self, query: CallbackQuery, press: Preview, visit: Visit) -> None:
        """Show what would be sent to whom."""
        choice = await self._kept(visit, press.sending)
        await _answer(query, await self._preview(visit, choice, press.page))

    async def on_send(self, query: CallbackQuery, press: SendOut, visit: Visit) -> None:
        """Send it out as it was previewed; tapped twice it is one sending."""
        store, me, now = self.desk.store, visit.officer.id, self.desk.now()
        if not await sending_out.is_sent(store, press.sending):
            choice = await self._kept(visit, press.sending)
            announced = await self._announced(visit, choice)
            await query.answer()
            await sending_out.send_out(store, me, announced, now)
        await self._show_state(query, visit, press.sending)

    async def on_state(self, query: CallbackQuery, press: OpenBroadcast, visit: Visit) -> None:
        """Show how far a sending is."""
        found = await self._state(visit, press.broadcast)
        await _answer(query, screens.state(self.desk.texts, found, press.page))

    async def on_missing(self, query: CallbackQuery, press: OpenMissing, visit: Visit) -> None:
        """Show who of a unit has not acknowledged."""
        found = await self._state(visit, press.broadcast)
        await _answer(query, screens.missing(self.desk.texts, found, press.unit, press.page))

    async def on_objections(
        self, query: CallbackQuery, press: OpenObjections, visit: Visit
    ) -> None:
        """Show which clauses are said to be somebody else's, or asked about."""
        found = await self._state(visit, press.broadcast)
        await _answer(query, screens.objections(self.desk.texts, found, press.page))

    async def on_urge(self, query: CallbackQuery, press: UrgeReaders, visit: Visit) -> None:
        """Remind all who have not acknowledged."""
        count = await sending_out.urge(
            self.desk.store, visit.officer.id, press.broadcast, self.desk.now()
        )
        await query.answer(self.desk.texts.label("ack_urged_notice", n=count), show_alert=True)

    # --- what is known -----------------------------------------------------------------------

    async def _list(self, visit: Visit, page: int) -> Screen:
        part = slice(page * LIST_PAGE, (page + 1) * LIST_PAGE)
        listed, total = await standing.broadcasts(
            self.desk.store, visit.officer.id, self.desk.now(), part
        )
        return screens.broadcasts(self.desk.texts, listed, total, page)

    async def _known(self, visit: Visit) -> tuple[UnitTree, Resolve]:
        """Return the units of today and what names stand for; raises NotAllowed."""
        return await addressable(self.desk.store, visit.officer.id, self.desk.now())

    async def _choose(self, query: CallbackQuery, visit: Visit, choice: Choice) -> None:
        directive = self.desk.catalogue().find(choice.document)
        tree, resolve = await self._known(visit)
        await self._keep(visit, choice)
        offered = scopes(directive, tree, resolve)
        await _answer(query, screens.choose_scope(self.desk.texts, directive, choice, offered))

    async def _units(self, visit: Visit, choice: Choice) -> Screen:
        tree, _ = await self._known(visit)
        return screens.units(self.desk.texts, tree, choice)

    async def _preview(self, visit: Visit, choice: Choice, page: int) -> Screen:
        tree, resolve = await self._known(visit)
        directive = self.desk.catalogue().find(choice.document)
        people = await sending_out.count_people(self.desk.store, choice.units)
        plan = screens.Plan(
            directive=directive,
            choice=choice,
            charged=charged(directive, resolve),
            tree=tree,
            people=people,
        )
        return screens.preview(self.desk.texts, plan, page)

    async def _announced(self, visit: Visit, choice: Choice) -> sending_out.Announced:
        """Return what is sent out: the chosen units, each with its clauses."""
        _, resolve = await self._known(visit)
        directive = self.desk.catalogue().find(choice.document)
        clauses = charged(directive, resolve).clauses
        return sending_out.Announced(
            id=choice.id,
            file=directive.file,
            citation=self.desk.texts.label("ack_citation", held=facts_of(directive)),
            units=choice.units,
            clauses={str(unit): clauses[unit] for unit in choice.units if unit in clauses},
        )

    async def _state(self, visit: Visit, broadcast: str) -> standing.State:
        return await standing.state(self.desk.store, visit.officer.id, broadcast, self.desk.now())

    async def _show_state(self, query: CallbackQuery, visit: Visit, broadcast: str) -> None:
        found = await self._state(visit, broadcast)
        await _answer(query, screens.state(self.desk.texts, found, 0))

    async def _kept(self, visit: Visit, sending: str) -> Choice:
        """Return what was chosen so far; StaleButton if he is at something else by now."""
        choice = await kept(self.desk.store, visit.officer.id, sending)
        if choice is None:
            raise StaleButton
        return choice

    async def _keep(self, visit: Visit, choice: Choice) -> None:
        await keep(self.desk.store, visit.officer.id, choice, self.desk.now())


async def _answer(query: CallbackQuery, screen: Screen) -> None:
    await query.answer()
    await show(query, screen)
