"""An admin chooses a document and units, looks it over, sends it out, and sees who has read it."""

from dataclasses import dataclass, replace

from telegram import CallbackQuery, Message

from handlers.broadcasts import screens
from handlers.broadcasts.buttons import (
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
from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.pagination import LIST_PAGE
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from knowledge.catalogue import facts_of
from records.ids import UnitId, new_id
from records.model import Focus
from records.units import UnitTree
from scheduler.addressees import charged, scopes
from services.broadcasts import dispatch, progress
from services.broadcasts.choice import FOUND, TOP, TOPIC, Choice, addressable, keep, kept
from services.tasks.choices import Reach
from services.units.resolution import Resolve


@dataclass(frozen=True, slots=True)
class Broadcasts:
    """Sends directives out and shows how far they are."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"phobien": self.on_list},
            buttons={
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
            left={TOPIC: waiting},
        )

    async def on_list(self, message: Message, context: Context) -> None:
        """`/phobien`: show what was sent out."""
        await reply(message, await self._list(context, 0))

    async def on_page(
        self, query: CallbackQuery, pressed: OpenBroadcasts, context: Context
    ) -> None:
        """Turn a page of what was sent out."""
        await _answer(query, await self._list(context, pressed.page))

    # --- choosing ----------------------------------------------------------------------------

    async def on_documents(
        self, query: CallbackQuery, pressed: ChooseDocument, context: Context
    ) -> None:
        """Show the documents that can be sent out."""
        await self._known(context)
        await _answer(
            query, screens.documents(self.deps.texts, self.deps.catalogue(), pressed.page)
        )

    async def on_begin(self, query: CallbackQuery, pressed: BeginSending, context: Context) -> None:
        """Begin to choose to whom a document goes."""
        await self._choose(query, context, Choice(id=new_id(), document=pressed.document))

    async def on_scopes(self, query: CallbackQuery, pressed: ShowScopes, context: Context) -> None:
        """Show again to whom it can go."""
        await self._choose(query, context, await self._kept(context, pressed.sending))

    async def on_scope(self, query: CallbackQuery, pressed: TakeScope, context: Context) -> None:
        """Take a whole group of units, and show what would be sent."""
        choice = await self._kept(context, pressed.sending)
        tree, resolve = await self._known(context)
        offered = scopes(self.deps.catalogue().find(choice.document), tree, resolve)
        if pressed.scope >= len(offered) or not offered[pressed.scope].units:
            raise StaleButton
        choice = replace(choice, units=offered[pressed.scope].units)
        await self._keep(context, choice)
        await _answer(query, await self._preview(context, choice, 0))

    async def on_browse(self, query: CallbackQuery, pressed: BrowseUnits, context: Context) -> None:
        """Show the units below one, or those that words found."""
        choice = await self._kept(context, pressed.sending)
        choice = replace(choice, at=pressed.unit, page=pressed.page)
        await self._keep(context, choice)
        await _answer(query, await self._units(context, choice))

    async def on_unit(self, query: CallbackQuery, pressed: ToggleUnit, context: Context) -> None:
        """Take a unit in, or out."""
        choice = await self._kept(context, pressed.sending)
        tree, _ = await self._known(context)
        if not tree.standing(UnitId(pressed.unit)):
            raise StaleButton
        choice = choice.toggled(UnitId(pressed.unit))
        await self._keep(context, choice)
        await _answer(query, await self._units(context, choice))

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Search for units by their names."""
        tree, _ = await self._known(context)
        reach = Reach(tree=tree, units=frozenset(tree.units))
        words = (message.text or "").strip()
        found = reach.named(words) if words else ()
        choice = await self._kept(context, focus.subject)
        choice = replace(choice, found=found, page=0, at=FOUND if found else TOP)
        await self._keep(context, choice)
        screen = screens.units(self.deps.texts, tree, choice, misread=not found)
        await reply(message, screen)

    # --- sending -----------------------------------------------------------------------------

    async def on_preview(self, query: CallbackQuery, pressed: Preview, context: Context) -> None:
        """Show what would be sent to whom."""
        choice = await self._kept(context, pressed.sending)
        await _answer(query, await self._preview(context, choice, pressed.page))

    async def on_send(self, query: CallbackQuery, pressed: SendOut, context: Context) -> None:
        """Send it out as it was previewed; tapped twice it is one sending."""
        store, me, now = self.deps.store, context.officer.id, self.deps.now()
        if not await dispatch.is_sent(store, pressed.sending):
            choice = await self._kept(context, pressed.sending)
            announced = await self._announced(context, choice)
            await query.answer()
            await dispatch.send_out(store, me, announced, now)
        await self._show_state(query, context, pressed.sending)

    async def on_state(
        self, query: CallbackQuery, pressed: OpenBroadcast, context: Context
    ) -> None:
        """Show how far a sending is."""
        found = await self._state(context, pressed.broadcast)
        await _answer(query, screens.state(self.deps.texts, found, pressed.page))

    async def on_missing(
        self, query: CallbackQuery, pressed: OpenMissing, context: Context
    ) -> None:
        """Show who of a unit has not acknowledged."""
        found = await self._state(context, pressed.broadcast)
        await _answer(query, screens.missing(self.deps.texts, found, pressed.unit, pressed.page))

    async def on_objections(
        self, query: CallbackQuery, pressed: OpenObjections, context: Context
    ) -> None:
        """Show which clauses are said to be somebody else's, or asked about."""
        found = await self._state(context, pressed.broadcast)
        await _answer(query, screens.objections(self.deps.texts, found, pressed.page))

    async def on_urge(self, query: CallbackQuery, pressed: UrgeReaders, context: Context) -> None:
        """Remind all who have not acknowledged."""
        count = await dispatch.urge(
            self.deps.store, context.officer.id, pressed.broadcast, self.deps.now()
        )
        await query.answer(self.deps.texts.label("ack_urged_notice", n=count), show_alert=True)

    # --- what is known -----------------------------------------------------------------------

    async def _list(self, context: Context, page: int) -> Screen:
        part = slice(page * LIST_PAGE, (page + 1) * LIST_PAGE)
        listed, total = await progress.broadcasts(
            self.deps.store, context.officer.id, self.deps.now(), part
        )
        return screens.broadcasts(self.deps.texts, listed, total, page)

    async def _known(self, context: Context) -> tuple[UnitTree, Resolve]:
        """Return the units of today and what names stand for; raises NotAllowed."""
        return await addressable(self.deps.store, context.officer.id, self.deps.now())

    async def _choose(self, query: CallbackQuery, context: Context, choice: Choice) -> None:
        directive = self.deps.catalogue().find(choice.document)
        tree, resolve = await self._known(context)
        await self._keep(context, choice)
        offered = scopes(directive, tree, resolve)
        await _answer(query, screens.choose_scope(self.deps.texts, directive, choice, offered))

    async def _units(self, context: Context, choice: Choice) -> Screen:
        tree, _ = await self._known(context)
        return screens.units(self.deps.texts, tree, choice)

    async def _preview(self, context: Context, choice: Choice, page: int) -> Screen:
        tree, resolve = await self._known(context)
        directive = self.deps.catalogue().find(choice.document)
        people = await dispatch.count_people(self.deps.store, choice.units)
        plan = screens.Plan(
            directive=directive,
            choice=choice,
            charged=charged(directive, resolve),
            tree=tree,
            people=people,
        )
        return screens.preview(self.deps.texts, plan, page)

    async def _announced(self, context: Context, choice: Choice) -> dispatch.Announced:
        """Return what is sent out: the chosen units, each with its clauses."""
        _, resolve = await self._known(context)
        directive = self.deps.catalogue().find(choice.document)
        clauses = charged(directive, resolve).clauses
        return dispatch.Announced(
            id=choice.id,
            file=directive.file,
            citation=self.deps.texts.label("ack_citation", held=facts_of(directive)),
            units=choice.units,
            clauses={str(unit): clauses[unit] for unit in choice.units if unit in clauses},
        )

    async def _state(self, context: Context, broadcast: str) -> progress.State:
        return await progress.state(self.deps.store, context.officer.id, broadcast, self.deps.now())

    async def _show_state(self, query: CallbackQuery, context: Context, broadcast: str) -> None:
        found = await self._state(context, broadcast)
        await _answer(query, screens.state(self.deps.texts, found, 0))

    async def _kept(self, context: Context, sending: str) -> Choice:
        """Return what was chosen so far; StaleButton if he is at something else by now."""
        choice = await kept(self.deps.store, context.officer.id, sending)
        if choice is None:
            raise StaleButton
        return choice

    async def _keep(self, context: Context, choice: Choice) -> None:
        await keep(self.deps.store, context.officer.id, choice, self.deps.now())


async def _answer(query: CallbackQuery, screen: Screen) -> None:
    await query.answer()
    await show(query, screen)
