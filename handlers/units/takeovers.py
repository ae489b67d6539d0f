"""Who takes over from whom: units are merged or split, former bodies get their successors."""

from dataclasses import dataclass, replace
from typing import Final

from telegram import CallbackQuery, Message

from handlers.core.callback_data import NONE, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, Purpose
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from handlers.units import takeover_screens as screens
from handlers.units.buttons import (
    AskTakeover,
    BeginTakeover,
    ConfirmSuccession,
    ConfirmTakeover,
    DropSuccession,
    LeaveTakeover,
    OpenSuccession,
    OpenSuccessions,
    ShowTakeover,
)
from handlers.units.picker import TOPIC as PICKING
from records.access import Action
from records.focus import stop
from records.ids import UnitId
from records.model import Focus, Succession
from records.units import UnitTree
from services.units import successions, takeover
from services.units.takeover import BASIS, NAMES, TOPIC, Takeover, confirm, since_in
from services.units.tree import tree_for
from vietnamese.zone import day_of

ASKED: Final = (NAMES, BASIS)
"""What words can be for; buttons name it by its place."""

ENDING: Final = "a"
HEIR: Final = "b"
"""What a unit is chosen for."""


@dataclass(frozen=True, slots=True)
class Takeovers:
    """Gathers a takeover step by step, and lets it be."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            buttons={
                BeginTakeover: self.on_begin,
                ShowTakeover: self.on_show,
                AskTakeover: self.on_ask,
                ConfirmTakeover: self.on_confirm,
                LeaveTakeover: self.on_leave,
                OpenSuccessions: self.on_list,
                OpenSuccession: self.on_one,
                ConfirmSuccession: self.on_confirm_one,
                DropSuccession: self.on_drop,
            },
            topics={TOPIC: self.on_words},
            left={TOPIC: waiting},
            purposes={
                ENDING: Purpose(right=Action.MANAGE_UNITS, on=self.on_ending),
                HEIR: Purpose(right=Action.MANAGE_UNITS, on=self.on_heir),
            },
        )

    async def on_begin(
        self, query: CallbackQuery, pressed: BeginTakeover, context: Context
    ) -> None:
        """Begin with a unit that ends, or with names of bodies that have no record."""
        await self._tree(context)
        units = () if pressed.unit == NONE else (UnitId(pressed.unit),)
        screen = await self._keep(context, Takeover(units=units))
        await query.answer()
        await show(query, screen)

    async def on_show(self, query: CallbackQuery, _pressed: ShowTakeover, context: Context) -> None:
        """Show what was said so far."""
        screen = await self._keep(context, await self._held(context))
        await query.answer()
        await show(query, screen)

    async def on_ending(
        self, _query: CallbackQuery, context: Context, _ref: str, unit: UnitId
    ) -> Screen:
        """Take a unit that ends."""
        held = await self._held(context)
        units = tuple(dict.fromkeys((*held.units, unit)))
        return await self._keep(context, replace(held, units=units))

    async def on_heir(
        self, _query: CallbackQuery, context: Context, _ref: str, unit: UnitId
    ) -> Screen:
        """Take a unit that takes over."""
        held = await self._held(context)
        heirs = tuple(dict.fromkeys((*held.heirs, unit)))
        return await self._keep(context, replace(held, heirs=heirs))

    async def on_ask(self, query: CallbackQuery, pressed: AskTakeover, context: Context) -> None:
        """Ask for former names, or for basis and day."""
        if not 0 <= pressed.what < len(ASKED):
            raise StaleButton
        await self._keep(context, await self._held(context), ASKED[pressed.what])
        await query.answer()
        await show(query, screens.ask(self.deps.texts, ASKED[pressed.what]))

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Take former names, or basis and day: "NQ 12/NQ-HĐND từ 01/7/2026"."""
        held, said = await self._held(context), message.text or ""
        if focus.subject == NAMES:
            names = tuple(part.strip() for part in said.replace("\n", ";").split(";"))
            held = replace(held, names=tuple(filter(None, names)))
        elif focus.subject == BASIS:
            since = since_in(said, day_of(self.deps.now()))
            held = replace(held, basis=" ".join(said.split()), since=since)
        await reply(message, await self._keep(context, held))

    async def on_confirm(
        self, query: CallbackQuery, _pressed: ConfirmTakeover, context: Context
    ) -> None:
        """Merge units, or state the successors of former bodies."""
        held, me, now = await self._held(context), context.officer.id, self.deps.now()
        kept = await confirm(self.deps.store, me, held, now)
        await stop(self.deps.store, me, *TOPICS)
        await query.answer()
        await show(query, screens.succession(self.deps.texts, await self._tree(context), kept))

    async def on_leave(
        self, query: CallbackQuery, _pressed: LeaveTakeover, context: Context
    ) -> None:
        """Forget it."""
        await stop(self.deps.store, context.officer.id, *TOPICS)
        screen = await self._list(context, 0)
        await query.answer()
        await show(query, screen)

    async def on_list(
        self, query: CallbackQuery, pressed: OpenSuccessions, context: Context
    ) -> None:
        """Show who took over from whom."""
        screen = await self._list(context, pressed.page)
        await query.answer()
        await show(query, screen)

    async def on_one(self, query: CallbackQuery, pressed: OpenSuccession, context: Context) -> None:
        """Show one succession."""
        every = await successions.successions(self.deps.store, context.officer.id, self.deps.now())
        held = next((one for one in every if one.id == pressed.succession), None)
        if held is None:
            raise StaleButton
        await query.answer()
        await show(query, screens.succession(self.deps.texts, await self._tree(context), held))

    async def on_confirm_one(
        self, query: CallbackQuery, pressed: ConfirmSuccession, context: Context
    ) -> None:
        """Confirm a succession: from now on it resolves."""
        store, now = self.deps.store, self.deps.now()
        held = await successions.confirm(store, context.officer.id, pressed.succession, now)
        await query.answer()
        await show(query, screens.succession(self.deps.texts, await self._tree(context), held))

    async def on_drop(
        self, query: CallbackQuery, pressed: DropSuccession, context: Context
    ) -> None:
        """Take a succession back."""
        store, now = self.deps.store, self.deps.now()
        await successions.take_back(store, context.officer.id, pressed.succession, now)
        screen = await self._list(context, 0)
        await query.answer()
        await show(query, screen)

    async def _list(self, context: Context, page: int) -> Screen:
        store, now = self.deps.store, self.deps.now()
        held: list[Succession] = await successions.successions(store, context.officer.id, now)
        return screens.listed(self.deps.texts, await self._tree(context), held, page)

    async def _held(self, context: Context) -> Takeover:
        """Return what was said so far; raises StaleButton where nothing was."""
        held = await takeover.kept(self.deps.store, context.officer.id, PICKING)
        if held is None:
            raise StaleButton
        return held

    async def _keep(self, context: Context, held: Takeover, asked: str = "") -> Screen:
        await takeover.keep(self.deps.store, context.officer.id, held, self.deps.now(), asked)
        tree = await self._tree(context)
        return screens.takeover(
            self.deps.texts,
            {
                "units": [tree.name(one) for one in held.units],
                "names": list(held.names),
                "heirs": [tree.name(one) for one in held.heirs],
                "basis": held.basis,
                "since": held.since,
            },
            whole=held.whole,
        )

    async def _tree(self, context: Context) -> UnitTree:
        me, now = context.officer.id, self.deps.now()
        return await tree_for(self.deps.store, me, Action.MANAGE_UNITS, "successions", now)


TOPICS: Final = (TOPIC, PICKING)
"""While a unit is chosen the picker listens, and carries what was gathered."""
