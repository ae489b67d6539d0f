"""Who takes over from whom: units are merged or split, former bodies get their successors."""

from dataclasses import dataclass, replace
from typing import Final

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.joining import takeover_screens as screens
from handlers.joining.picking import TOPIC as PICKING
from handlers.joining.picking import Purpose
from handlers.joining.presses import (
    NONE,
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
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.visit import Visit
from records.access import Action
from records.focus import stop
from records.ids import UnitId
from records.model import Focus, Succession
from records.structure import successions, takeover
from records.structure.takeover import BASIS, NAMES, TOPIC, Takeover, confirm
from records.structure.tree import tree_for
from records.units import UnitTree
from vietnamese.dates import Prefer, find_dates
from vietnamese.zone import day_of

ASKED: Final = (NAMES, BASIS)
"""What words can be for; buttons name it by its place."""

ENDING: Final = "a"
HEIR: Final = "b"
"""What a unit is chosen for."""


@dataclass(frozen=True, slots=True)
class Takeovers:
    """Gathers a takeover step by step, and lets it be."""

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            presses={
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
        )

    @property
    def purposes(self) -> dict[str, Purpose]:
        """What it needs units for."""
        return {
            ENDING: Purpose(right=Action.MANAGE_UNITS, on=self.on_ending),
            HEIR: Purpose(right=Action.MANAGE_UNITS, on=self.on_heir),
        }

    async def on_begin(self, query: CallbackQuery, press: BeginTakeover, visit: Visit) -> None:
        """Begin with a unit that ends, or with names of bodies that have no record."""
        await self._tree(visit)
        units = () if press.unit == NONE else (UnitId(press.unit),)
        screen = await self._keep(visit, Takeover(units=units))
        await query.answer()
        await show(query, screen)

    async def on_show(self, query: CallbackQuery, _press: ShowTakeover, visit: Visit) -> None:
        """Show what was said so far."""
        screen = await self._keep(visit, await self._held(visit))
        await query.answer()
        await show(query, screen)

    async def on_ending(
        self, _query: CallbackQuery, visit: Visit, _ref: str, unit: UnitId
    ) -> Screen:
        """Take a unit that ends."""
        held = await self._held(visit)
        units = tuple(dict.fromkeys((*held.units, unit)))
        return await self._keep(visit, replace(held, units=units))

    async def on_heir(self, _query: CallbackQuery, visit: Visit, _ref: str, unit: UnitId) -> Screen:
        """Take a unit that takes over."""
        held = await self._held(visit)
        heirs = tuple(dict.fromkeys((*held.heirs, unit)))
        return await self._keep(visit, replace(held, heirs=heirs))

    async def on_ask(self, query: CallbackQuery, press: AskTakeover, visit: Visit) -> None:
        """Ask for former names, or for basis and day."""
        if not 0 <= press.what < len(ASKED):
            raise StaleButton
        await self._keep(visit, await self._held(visit), ASKED[press.what])
        await query.answer()
        await show(query, screens.ask(self.desk.texts, ASKED[press.what]))

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Take former names, or basis and day: "NQ 12/NQ-HĐND từ 01/7/2026"."""
        held, said = await self._held(visit), message.text or ""
        if focus.subject == NAMES:
            names = tuple(part.strip() for part in said.replace("\n", ";").split(";"))
            held = replace(held, names=tuple(filter(None, names)))
        elif focus.subject == BASIS:
            today = day_of(self.desk.now())
            days = [one.read.day for one in find_dates(said, today, Prefer.PAST)]
            held = replace(held, basis=" ".join(said.split()), since=days[-1] if days else None)
        await reply(message, await self._keep(visit, held))

    async def on_confirm(self, query: CallbackQuery, _press: ConfirmTakeover, visit: Visit) -> None:
        """Merge units, or state the successors of former bodies."""
        held, me, now = await self._held(visit), visit.officer.id, self.desk.now()
        kept = await confirm(self.desk.store, me, held, now)
        await stop(self.desk.store, me, *TOPICS)
        await query.answer()
        await show(query, screens.succession(self.desk.texts, await self._tree(visit), kept))

    async def on_leave(self, query: CallbackQuery, _press: LeaveTakeover, visit: Visit) -> None:
        """Forget it."""
        await stop(self.desk.store, visit.officer.id, *TOPICS)
        screen = await self._list(visit, 0)
        await query.answer()
        await show(query, screen)

    async def on_list(self, query: CallbackQuery, press: OpenSuccessions, visit: Visit) -> None:
        """Show who took over from whom."""
        screen = await self._list(visit, press.page)
        await query.answer()
        await show(query, screen)

    async def on_one(self, query: CallbackQuery, press: OpenSuccession, visit: Visit) -> None:
        """Show one succession."""
        every = await successions.successions(self.desk.store, visit.officer.id, self.desk.now())
        held = next((one for one in every if one.id == press.succession), None)
        if held is None:
            raise StaleButton
        await query.answer()
        await show(query, screens.succession(self.desk.texts, await self._tree(visit), held))

    async def on_confirm_one(
        self, query: CallbackQuery, press: ConfirmSuccession, visit: Visit
    ) -> None:
        """Confirm a succession: from now on it resolves."""
        store, now = self.desk.store, self.desk.now()
        held = await successions.confirm(store, visit.officer.id, press.succession, now)
        await query.answer()
        await show(query, screens.succession(self.desk.texts, await self._tree(visit), held))

    async def on_drop(self, query: CallbackQuery, press: DropSuccession, visit: Visit) -> None:
        """Take a succession back."""
        store, now = self.desk.store, self.desk.now()
        await successions.take_back(store, visit.officer.id, press.succession, now)
        screen = await self._list(visit, 0)
        await query.answer()
        await show(query, screen)

    async def _list(self, visit: Visit, page: int) -> Screen:
        store, now = self.desk.store, self.desk.now()
        held: list[Succession] = await successions.successions(store, visit.officer.id, now)
        return screens.listed(self.desk.texts, await self._tree(visit), held, page)

    async def _held(self, visit: Visit) -> Takeover:
        """Return what was said so far; raises StaleButton where nothing was."""
        held = await takeover.kept(self.desk.store, visit.officer.id, PICKING)
        if held is None:
            raise StaleButton
        return held

    async def _keep(self, visit: Visit, held: Takeover, asked: str = "") -> Screen:
        await takeover.keep(self.desk.store, visit.officer.id, held, self.desk.now(), asked)
        tree = await self._tree(visit)
        return screens.takeover(
            self.desk.texts,
            {
                "units": [tree.name(one) for one in held.units],
                "names": list(held.names),
                "heirs": [tree.name(one) for one in held.heirs],
                "basis": held.basis,
                "since": held.since,
            },
            whole=held.whole,
        )

    async def _tree(self, visit: Visit) -> UnitTree:
        me, now = visit.officer.id, self.desk.now()
        return await tree_for(self.desk.store, me, Action.MANAGE_UNITS, "successions", now)


TOPICS: Final = (TOPIC, PICKING)
"""While a unit is chosen the picker listens, and carries what was gathered."""
