"""A stranger comes in: by an invitation's link, or by asking for access in his own words."""

from dataclasses import dataclass, replace
from typing import Final

from telegram import CallbackQuery, Message
from telegram.constants import ChatType

from handlers.access.buttons import Join, LeaveAsking, UseName
from handlers.access.links import PREFIX
from handlers.core.address import address_of
from handlers.core.auth import stranger_of
from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.home import home
from handlers.core.menus import Menus
from handlers.core.reply import reply, show
from handlers.core.screen import Button, Screen
from records.focus import kept, listen, stop, text_of
from records.model import Focus, Person
from services.people import invitations, requests
from services.people.entry import NAME_LENGTH, clean_name
from services.units.tree import unit_name

NAMING: Final = "join_name"
"""`Focus.topic` of who opened an invitation and may type another name."""

ASKING_NAME: Final = "join_ask_name"
ASKING_UNIT: Final = "join_ask_unit"
"""`Focus.topic` of who asks for access: first his name, then his unit."""


@dataclass(frozen=True, slots=True)
class Strangers:
    """Speaks with strangers; all they can do is here."""

    deps: Dependencies
    menus: Menus

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"dangky": self.on_ask},
            buttons={Join: self.on_join, UseName: self.on_use_name, LeaveAsking: self.on_leave},
            topics={
                NAMING: self.on_name,
                ASKING_NAME: self.on_asker,
                ASKING_UNIT: self.on_unit,
            },
            names=frozenset({NAMING, ASKING_NAME}),
            links={PREFIX: self.on_link},
            for_strangers=frozenset({PREFIX, "dangky"}),
            stranger_buttons=frozenset({Join, UseName, LeaveAsking}),
        )

    async def on_link(self, message: Message, _context: Context, code: str) -> None:
        """Show what an invitation offers, under the name it was made for or Telegram shows.

        A link opened in a group is left alone: whoever reads there could use it.
        """
        if message.chat.type != ChatType.PRIVATE:
            return
        address = address_of(message.chat.id)
        offer = await invitations.look(self.deps.store, code, address, self.deps.now())
        held = offer.invitation
        name = held.name or _called(message)
        facts = {"name": name, "unit": offer.unit, "role": held.role.value}
        focus = await self._listen(message.chat.id, NAMING, held.digest, facts)
        await reply(message, self._offer(focus))

    async def on_name(self, message: Message, _context: Context, focus: Focus) -> None:
        """Take another name, and show the offer under it."""
        facts = {**focus.facts, "name": clean_name(message.text or "")}
        again = replace(focus, since=self.deps.now(), facts=facts)
        await reply(message, self._offer(await listen(self.deps.store, again)))

    async def on_join(self, query: CallbackQuery, _pressed: Join, _context: Context) -> None:
        """Come in."""
        chat, now = query.from_user.id, self.deps.now()
        focus = await kept(self.deps.store, stranger_of(chat), NAMING)
        if focus is None:
            raise StaleButton
        person = await invitations.accept(
            self.deps.store, focus.subject, address_of(chat), text_of(focus, "name"), now
        )
        await stop(self.deps.store, focus.id, NAMING)
        await query.answer()
        await self.menus.give_all(query.get_bot(), person)
        await show(query, await self._welcome(person))
        if isinstance(query.message, Message):
            await reply(query.message, await home(self.deps, person))

    async def on_ask(self, message: Message, _context: Context) -> None:
        """`/dangky`: ask who it is."""
        await requests.may_ask(self.deps.store, address_of(message.chat.id), self.deps.now())
        name = _called(message)
        await self._listen(message.chat.id, ASKING_NAME, "", {"name": name})
        texts = self.deps.texts
        rows = (
            (Button(texts.label("join_use_name", name=name), UseName()),),
            (Button(texts.label("join_leave"), LeaveAsking()),),
        )
        await reply(message, Screen(texts.screen("join_ask_name"), rows if name else rows[1:]))

    async def on_use_name(self, query: CallbackQuery, _pressed: UseName, _context: Context) -> None:
        """Take the name that Telegram shows."""
        focus = await kept(self.deps.store, stranger_of(query.from_user.id), ASKING_NAME)
        if focus is None:
            raise StaleButton
        screen = await self._ask_unit(query.from_user.id, text_of(focus, "name"))
        await query.answer()
        await show(query, screen)

    async def on_asker(self, message: Message, _context: Context, _focus: Focus) -> None:
        """Take the name that was typed."""
        name = clean_name(message.text or "")
        await reply(message, await self._ask_unit(message.chat.id, name))

    async def on_unit(self, message: Message, _context: Context, focus: Focus) -> None:
        """Take the unit in the stranger's own words, and send the request."""
        name, said = text_of(focus, "name"), message.text or ""
        address, now = address_of(message.chat.id), self.deps.now()
        asked = await requests.ask_access(self.deps.store, address, name, said, now)
        await stop(self.deps.store, focus.id, ASKING_UNIT)
        held = asked.request
        html = self.deps.texts.screen("join_asked", name=held.name, unit=held.said, told=asked.told)
        await reply(message, Screen(html))

    async def on_leave(
        self, query: CallbackQuery, _pressed: LeaveAsking, _context: Context
    ) -> None:
        """Ask for nothing."""
        holder = stranger_of(query.from_user.id)
        await stop(self.deps.store, holder, NAMING, ASKING_NAME, ASKING_UNIT)
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("stranger")))

    async def _ask_unit(self, chat: int, name: str) -> Screen:
        await self._listen(chat, ASKING_UNIT, "", {"name": name})
        texts = self.deps.texts
        html = texts.screen("join_ask_unit", name=name)
        return Screen(html, ((Button(texts.label("join_leave"), LeaveAsking()),),))

    async def _listen(self, chat: int, topic: str, subject: str, facts: dict[str, str]) -> Focus:
        focus = Focus(
            id=stranger_of(chat), topic=topic, subject=subject, since=self.deps.now(), facts=facts
        )
        return await listen(self.deps.store, focus)

    def _offer(self, focus: Focus) -> Screen:
        texts = self.deps.texts
        name = text_of(focus, "name")
        html = texts.screen(
            "join_offer",
            name=name,
            unit=text_of(focus, "unit"),
            role=text_of(focus, "role"),
        )
        join = ((Button(texts.label("join_now", name=name), Join()),),) if name else ()
        return Screen(html, join)

    async def _welcome(self, person: Person) -> Screen:
        unit = await unit_name(self.deps.store, person.unit, self.deps.now())
        html = self.deps.texts.screen(
            "join_done", name=person.name, unit=unit, role=person.role.value
        )
        return Screen(html)


def _called(message: Message) -> str:
    """Return the name that Telegram shows, as far as it is one."""
    shown = message.from_user.full_name if message.from_user is not None else ""
    name = " ".join(shown.split())[:NAME_LENGTH].strip()
    return name if any(letter.isalpha() for letter in name) else ""
