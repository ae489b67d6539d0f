"""/moi: an admin makes invitations and takes them back; strangers who asked are let in or not."""

from dataclasses import dataclass
from typing import Final

from telegram import Bot, CallbackQuery, Message
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from handlers.address import chat_of
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.faults import Fault, classify
from handlers.joining import inviting_screens as screens
from handlers.joining.coming_in import PREFIX
from handlers.joining.menus import Menus
from handlers.joining.picking import Purpose
from handlers.joining.presses import (
    ChooseLifetime,
    LetIn,
    MakeInvitation,
    OpenInvitations,
    ShowRequest,
    TakeBack,
    TurnDown,
    role_at,
)
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.visit import Visit
from records.access import Action
from records.ids import InvitationId, UnitId
from records.joining import invitations, requests
from records.joining.refusals import RequestGone
from records.joining.requests import Place
from records.model import OutboxMessage, Person
from records.structure.tree import unit_name

INVITE: Final = "i"
LET_IN: Final = "r"
"""What a unit is chosen for."""


@dataclass(frozen=True, slots=True)
class Inviting:
    """Lets people in, for an admin."""

    desk: Desk
    menus: Menus

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            commands={"moi": self.on_command},
            presses={
                ChooseLifetime: self.on_role,
                MakeInvitation: self.on_make,
                OpenInvitations: self.on_invitations,
                TakeBack: self.on_take_back,
                ShowRequest: self.on_request,
                LetIn: self.on_let_in,
                TurnDown: self.on_turn_down,
            },
            notices={"join_request": self.request},
        )

    @property
    def purposes(self) -> dict[str, Purpose]:
        """What it needs units for."""
        return {
            INVITE: Purpose(right=Action.INVITE, on=self.on_unit),
            LET_IN: Purpose(right=Action.INVITE, on=self.on_unit_of_request),
        }

    async def on_command(self, message: Message, visit: Visit) -> None:
        """`/moi`: offer to invite, and show who waits."""
        store, now = self.desk.store, self.desk.now()
        asked = await requests.waiting(store, visit.officer.id, now)
        held = await invitations.open_invitations(store, visit.officer.id, now)
        await reply(message, screens.start(self.desk.texts, asked, len(held)))

    async def on_unit(
        self, _query: CallbackQuery, _visit: Visit, _ref: str, unit: UnitId
    ) -> Screen:
        """Ask for the role of who is invited."""
        return screens.roles(
            self.desk.texts, await self._name(unit), lambda role: ChooseLifetime(unit, role)
        )

    async def on_unit_of_request(
        self, _query: CallbackQuery, _visit: Visit, request: str, unit: UnitId
    ) -> Screen:
        """Ask for the role of who asked."""
        return screens.roles(
            self.desk.texts, await self._name(unit), lambda role: LetIn(request, unit, role)
        )

    async def on_role(self, query: CallbackQuery, press: ChooseLifetime, visit: Visit) -> None:
        """Ask how long the invitation shall hold."""
        unit, store, now = UnitId(press.unit), self.desk.store, self.desk.now()
        name = await invitations.invited_to(store, visit.officer.id, unit, now)
        await query.answer()
        await show(query, screens.lifetimes(self.desk.texts, name, press))

    async def on_make(self, query: CallbackQuery, press: MakeInvitation, visit: Visit) -> None:
        """Make the invitation and show its link, this once."""
        if press.days not in invitations.LIFETIMES:
            raise StaleButton
        wanted = invitations.Wanted(
            unit=UnitId(press.unit), role=role_at(press.role), days=press.days
        )
        store, now = self.desk.store, self.desk.now()
        made = await invitations.invite(store, visit.officer.id, wanted, now)
        await query.answer()
        await show(query, screens.link(self.desk.texts, made, link_of(query.get_bot(), made.code)))

    async def on_invitations(
        self, query: CallbackQuery, press: OpenInvitations, visit: Visit
    ) -> None:
        """Show the invitations that hold."""
        screen = await self._invitations(visit, press.page)
        await query.answer()
        await show(query, screen)

    async def on_take_back(self, query: CallbackQuery, press: TakeBack, visit: Visit) -> None:
        """Make an invitation void."""
        key, now = InvitationId(press.invitation), self.desk.now()
        await invitations.take_back(self.desk.store, visit.officer.id, key, now)
        await query.answer(self.desk.texts.label("join_taken_back_notice"))
        await show(query, await self._invitations(visit, 0))

    async def on_request(self, query: CallbackQuery, press: ShowRequest, visit: Visit) -> None:
        """Show a request that waits."""
        asked = await requests.waiting(self.desk.store, visit.officer.id, self.desk.now())
        held = next((one for one in asked if one.id == press.request), None)
        if held is None:
            raise StaleButton
        await query.answer()
        await show(query, screens.request(self.desk.texts, held))

    async def on_let_in(self, query: CallbackQuery, press: LetIn, visit: Visit) -> None:
        """Let a stranger in; he hears of it by the outbox."""
        place = Place(unit=UnitId(press.unit), role=role_at(press.role))
        store, now = self.desk.store, self.desk.now()
        person = await requests.approve(store, visit.officer.id, press.request, place, now)
        await query.answer()
        await self.menus.give_all(query.get_bot(), person)
        html = self.desk.texts.screen(
            "join_let_in",
            name=person.name,
            unit=await self._name(person.unit),
            role=person.role.value,
        )
        await show(query, Screen(html))

    async def on_turn_down(self, query: CallbackQuery, press: TurnDown, visit: Visit) -> None:
        """Decline; the stranger, who is nobody here, is told at once or not at all."""
        store, now = self.desk.store, self.desk.now()
        held = await requests.refuse(store, visit.officer.id, press.request, now)
        await query.answer()
        await show(query, Screen(self.desk.texts.screen("join_turned_down", name=held.name)))
        chat = chat_of(held.address)
        if chat is None:
            return
        try:
            await query.get_bot().send_message(chat, self.desk.texts.screen("join_refused"))
        except TelegramError as error:
            if classify(error) is not Fault.GONE:
                raise

    async def request(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """Tell an admin of a request; nothing once it is decided."""
        try:
            held = await requests.request_of(self.desk.store, str(row.facts["request"]))
        except RequestGone:
            return None
        return None if held.decided is not None else screens.request(self.desk.texts, held)

    async def _invitations(self, visit: Visit, page: int) -> Screen:
        store, now = self.desk.store, self.desk.now()
        held = await invitations.open_invitations(store, visit.officer.id, now)
        return screens.invitations(self.desk.texts, held, page)

    async def _name(self, unit: UnitId) -> str:
        return await unit_name(self.desk.store, unit, self.desk.now())


def link_of(bot: Bot, code: str) -> str:
    """Return the deep link of an invitation's code."""
    return create_deep_linked_url(bot.username, f"{PREFIX}{code}")
