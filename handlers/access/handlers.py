"""/moi: an admin makes invitations and takes them back; strangers who asked are let in or not."""

from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message
from telegram.error import TelegramError

from handlers.access import screens
from handlers.access.buttons import (
    ChooseLifetime,
    LetIn,
    MakeInvitation,
    OpenInvitations,
    ShowRequest,
    TakeBack,
    TurnDown,
    role_at,
)
from handlers.access.links import link_of
from handlers.core.address import chat_of
from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, Purpose
from handlers.core.menus import Menus
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.telegram_errors import Fault, classify
from records.access import Action
from records.ids import InvitationId, UnitId
from records.model import OutboxMessage, Person
from services.people import invitations, requests
from services.people.refusals import RequestGone
from services.people.requests import Place
from services.units.tree import unit_name

INVITE: Final = "i"
LET_IN: Final = "r"
"""What a unit is chosen for."""


@dataclass(frozen=True, slots=True)
class Invitations:
    """Lets people in, for an admin."""

    deps: Dependencies
    menus: Menus

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"moi": self.on_command},
            buttons={
                ChooseLifetime: self.on_role,
                MakeInvitation: self.on_make,
                OpenInvitations: self.on_invitations,
                TakeBack: self.on_take_back,
                ShowRequest: self.on_request,
                LetIn: self.on_let_in,
                TurnDown: self.on_turn_down,
            },
            notices={"join_request": self.request},
            purposes={
                INVITE: Purpose(right=Action.INVITE, on=self.on_unit),
                LET_IN: Purpose(right=Action.INVITE, on=self.on_unit_of_request),
            },
        )

    async def on_command(self, message: Message, context: Context) -> None:
        """`/moi`: offer to invite, and show who waits."""
        store, now = self.deps.store, self.deps.now()
        asked = await requests.waiting(store, context.officer.id, now)
        held = await invitations.open_invitations(store, context.officer.id, now)
        await reply(message, screens.start(self.deps.texts, asked, len(held)))

    async def on_unit(
        self, _query: CallbackQuery, _context: Context, _ref: str, unit: UnitId
    ) -> Screen:
        """Ask for the role of who is invited."""
        return screens.roles(
            self.deps.texts, await self._name(unit), lambda role: ChooseLifetime(unit, role)
        )

    async def on_unit_of_request(
        self, _query: CallbackQuery, _context: Context, request: str, unit: UnitId
    ) -> Screen:
        """Ask for the role of who asked."""
        return screens.roles(
            self.deps.texts, await self._name(unit), lambda role: LetIn(request, unit, role)
        )

    async def on_role(
        self, query: CallbackQuery, pressed: ChooseLifetime, context: Context
    ) -> None:
        """Ask how long the invitation shall hold."""
        unit, store, now = UnitId(pressed.unit), self.deps.store, self.deps.now()
        name = await invitations.invited_to(store, context.officer.id, unit, now)
        await query.answer()
        await show(query, screens.lifetimes(self.deps.texts, name, pressed))

    async def on_make(
        self, query: CallbackQuery, pressed: MakeInvitation, context: Context
    ) -> None:
        """Make the invitation and show its link, this once."""
        if pressed.days not in invitations.LIFETIMES:
            raise StaleButton
        wanted = invitations.Wanted(
            unit=UnitId(pressed.unit), role=role_at(pressed.role), days=pressed.days
        )
        store, now = self.deps.store, self.deps.now()
        made = await invitations.invite(store, context.officer.id, wanted, now)
        await query.answer()
        await show(query, screens.link(self.deps.texts, made, link_of(query.get_bot(), made.code)))

    async def on_invitations(
        self, query: CallbackQuery, pressed: OpenInvitations, context: Context
    ) -> None:
        """Show the invitations that hold."""
        screen = await self._invitations(context, pressed.page)
        await query.answer()
        await show(query, screen)

    async def on_take_back(self, query: CallbackQuery, pressed: TakeBack, context: Context) -> None:
        """Make an invitation void."""
        key, now = InvitationId(pressed.invitation), self.deps.now()
        await invitations.take_back(self.deps.store, context.officer.id, key, now)
        await query.answer(self.deps.texts.label("join_taken_back_notice"))
        await show(query, await self._invitations(context, 0))

    async def on_request(
        self, query: CallbackQuery, pressed: ShowRequest, context: Context
    ) -> None:
        """Show a request that waits."""
        asked = await requests.waiting(self.deps.store, context.officer.id, self.deps.now())
        held = next((one for one in asked if one.id == pressed.request), None)
        if held is None:
            raise StaleButton
        await query.answer()
        await show(query, screens.request(self.deps.texts, held))

    async def on_let_in(self, query: CallbackQuery, pressed: LetIn, context: Context) -> None:
        """Let a stranger in; he hears of it by the outbox."""
        place = Place(unit=UnitId(pressed.unit), role=role_at(pressed.role))
        store, now = self.deps.store, self.deps.now()
        person = await requests.approve(store, context.officer.id, pressed.request, place, now)
        await query.answer()
        await self.menus.give_all(query.get_bot(), person)
        html = self.deps.texts.screen(
            "join_let_in",
            name=person.name,
            unit=await self._name(person.unit),
            role=person.role.value,
        )
        await show(query, Screen(html))

    async def on_turn_down(self, query: CallbackQuery, pressed: TurnDown, context: Context) -> None:
        """Decline; the stranger, who is nobody here, is told at once or not at all."""
        store, now = self.deps.store, self.deps.now()
        held = await requests.refuse(store, context.officer.id, pressed.request, now)
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("join_turned_down", name=held.name)))
        chat = chat_of(held.address)
        if chat is None:
            return
        try:
            await query.get_bot().send_message(chat, self.deps.texts.screen("join_refused"))
        except TelegramError as error:
            if classify(error) is not Fault.GONE:
                raise

    async def request(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Tell an admin of a request; nothing once it is decided."""
        try:
            held = await requests.request_of(self.deps.store, str(row.facts["request"]))
        except RequestGone:
            return None
        return None if held.decided is not None else screens.request(self.deps.texts, held)

    async def _invitations(self, context: Context, page: int) -> Screen:
        store, now = self.deps.store, self.deps.now()
        held = await invitations.open_invitations(store, context.officer.id, now)
        return screens.invitations(self.deps.texts, held, page)

    async def _name(self, unit: UnitId) -> str:
        return await unit_name(self.deps.store, unit, self.deps.now())
