"""/nguoi: an admin finds people and changes their rights; /uyquyen: one names his own deputy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Final

from telegram import CallbackQuery, Message

from handlers.access.buttons import role_at
from handlers.core.address import CHANNEL
from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, Purpose
from handlers.core.menus import Menus
from handlers.core.read_back import doubt_facts, said_at
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from handlers.people import screens
from handlers.people.buttons import (
    AskPerson,
    EndDeputies,
    GiveRole,
    OpenPeople,
    OpenPerson,
    SetActive,
    TakeDeputy,
)
from records import read_back
from records.access import Action
from records.focus import kept, listen, stop, text_of
from records.ids import PersonId, UnitId
from records.model import Address, Focus, StandIn
from services.people import members
from services.people.accounts import change_account, check_account
from services.people.deputy_words import ReadDeputy, read_deputy
from services.people.members import Change, Member
from services.people.refusals import StandInDays
from vietnamese.running_days import DoubtKind
from vietnamese.zone import day_of

SEARCH: Final = "join_people"
WORDS: Final = "join_person"
"""`Focus.topic` of words that search for people, and of words about one person."""

MOVE: Final = "p"
"""What a unit is chosen for."""

MOST_DEPUTIES: Final = 8
"""People offered where a typed name means several."""


class PersonWord(IntEnum):
    """What words about a person are; buttons name it by its number, so these numbers stay."""

    NAME = 0
    POSITION = 1
    DEPUTY = 2
    ACCOUNT = 3


@dataclass(frozen=True, slots=True)
class People:
    """Shows and changes who is who."""

    deps: Dependencies
    menus: Menus

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"nguoi": self.on_command, "uyquyen": self.on_own_deputy},
            buttons={
                OpenPeople: self.on_page,
                OpenPerson: self.on_person,
                GiveRole: self.on_role,
                SetActive: self.on_active,
                AskPerson: self.on_ask,
                TakeDeputy: self.on_take_deputy,
                EndDeputies: self.on_end_deputies,
            },
            understood={WORDS: self.on_understood},
            topics={SEARCH: self.on_search, WORDS: self.on_words},
            left={WORDS: waiting},
            prose={WORDS: self.takes_prose},
            kept={WORDS: self.takes_prose},
            purposes={MOVE: Purpose(right=Action.MANAGE_PEOPLE, on=self.on_unit)},
        )

    async def on_command(self, message: Message, context: Context) -> None:
        """`/nguoi`, or `/nguoi words`: list people."""
        await reply(message, await self._list(context, " ".join(context.args or ()), 0))

    async def on_search(self, message: Message, context: Context, _focus: Focus) -> None:
        """Search for other people."""
        await reply(message, await self._list(context, message.text or "", 0))

    async def on_page(self, query: CallbackQuery, pressed: OpenPeople, context: Context) -> None:
        """Turn a page of the people found."""
        focus = await kept(self.deps.store, context.officer.id, SEARCH)
        words = "" if focus is None else focus.subject
        screen = await self._list(context, words, pressed.page)
        await query.answer()
        await show(query, screen)

    async def on_person(self, query: CallbackQuery, pressed: OpenPerson, context: Context) -> None:
        """Show a person."""
        screen = self._card(await self._member(context, pressed.person))
        await query.answer()
        await show(query, screen)

    async def on_role(self, query: CallbackQuery, pressed: GiveRole, context: Context) -> None:
        """Give a role, once it is sure."""
        role = role_at(pressed.role)
        if pressed.sure:
            changed = await self._change(context, pressed.person, Change(role=role))
            screen = self._card(changed)
            await self.menus.give_all(query.get_bot(), changed.person)
        else:
            held = await self._member(context, pressed.person)
            screen = screens.sure_role(self.deps.texts, held, pressed)
        await query.answer()
        await show(query, screen)

    async def on_active(self, query: CallbackQuery, pressed: SetActive, context: Context) -> None:
        """End somebody's access or give it back, once it is sure."""
        if pressed.sure:
            wanted = Change(active=pressed.active == 1)
            screen = self._card(await self._change(context, pressed.person, wanted))
        else:
            held = await self._member(context, pressed.person)
            screen = screens.sure_active(self.deps.texts, held, pressed)
        await query.answer()
        await show(query, screen)

    async def on_unit(
        self, _query: CallbackQuery, context: Context, person: str, unit: UnitId
    ) -> Screen:
        """Move a person to another unit."""
        return self._card(await self._change(context, person, Change(unit=unit)))

    async def on_ask(self, query: CallbackQuery, pressed: AskPerson, context: Context) -> None:
        """Ask for words about a person."""
        if pressed.what not in set(PersonWord):
            raise StaleButton
        held = await self._member(context, pressed.person)
        await self._listen(context, WORDS, pressed.person, {"what": PersonWord(pressed.what).name})
        await query.answer()
        await show(query, screens.ask(self.deps.texts, held, PersonWord(pressed.what).name.lower()))

    async def on_own_deputy(self, message: Message, context: Context) -> None:
        """`/uyquyen`, or `/uyquyen name days`: name who stands in for oneself."""
        me, said = context.officer.id, " ".join(context.args or ())
        await members.colleagues(self.deps.store, me, "", self.deps.now())
        await self._listen(context, WORDS, me, {"what": PersonWord.DEPUTY.name})
        if said:
            await reply(message, await self._deputy(context, me, said, self._said_at(message)))
            return
        held = await self._member(context, me)
        await reply(message, screens.own_deputy(self.deps.texts, held))

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Take words about a person."""
        said, person = message.text or "", PersonId(focus.subject)
        match PersonWord[text_of(focus, "what")]:
            case PersonWord.DEPUTY:
                await reply(
                    message, await self._deputy(context, person, said, self._said_at(message))
                )
                return
            case PersonWord.ACCOUNT:
                await reply(message, await self._account(context, person, said))
                return
            case PersonWord.NAME:
                changed = await self._change(context, person, Change(name=said))
            case PersonWord.POSITION:
                changed = await self._change(context, person, Change(position=said))
        await stop(self.deps.store, context.officer.id, WORDS)
        await reply(message, self._card(changed))

    async def takes_prose(self, _context: Context, held: Focus) -> bool:
        """Tell whether a name or a post is typed, which may be any words."""
        return text_of(held, "what") in (PersonWord.NAME.name, PersonWord.POSITION.name)

    async def on_take_deputy(
        self, query: CallbackQuery, pressed: TakeDeputy, context: Context
    ) -> None:
        """Read back the deputy that was meant, with the days that were said."""
        focus = await kept(self.deps.store, context.officer.id, WORDS)
        if focus is None or focus.subject != pressed.person:
            raise StaleButton
        person = PersonId(pressed.person)
        around = await self._around(context, person)
        read = read_deputy(text_of(focus, "said"), around, day_of(focus.since))
        chosen = [one for one in around if one.person.id == pressed.deputy]
        if not chosen:
            raise StaleButton
        read = replace(read, people=tuple(chosen))
        screen = await self._read_back(context, person, text_of(focus, "said"), read)
        await query.answer()
        await show(query, screen)

    async def on_understood(self, context: Context, focus: Focus) -> Screen:
        """Do what was confirmed: let somebody stand in, or change an account."""
        if text_of(focus, "what") == PersonWord.ACCOUNT.name:
            return await self._change_account(context, focus)
        return await self._stand_in(context, focus)

    async def _account(self, context: Context, person: PersonId, said: str) -> Screen:
        """Read a new account back; raises AccountWrong, AccountTaken."""
        await self._member(context, person)
        address = Address(channel=CHANNEL, value="".join(said.split()))
        held = await check_account(self.deps.store, person, address)
        facts = {"what": PersonWord.ACCOUNT.name, "account": address.value}
        me, now = context.officer.id, self.deps.now()
        focus = Focus(id=me, topic=WORDS, subject=person, since=now, facts=facts)
        mark = await read_back.offer(self.deps.store, focus)
        return screens.account_read_back(self.deps.texts, held.name, address.value, mark)

    async def _change_account(self, context: Context, focus: Focus) -> Screen:
        """Give the person the account that was confirmed."""
        store, now, person = self.deps.store, self.deps.now(), PersonId(focus.subject)
        address = Address(channel=CHANNEL, value=text_of(focus, "account"))
        await change_account(store, context.officer.id, person, address, now)
        await stop(store, context.officer.id, WORDS)
        return self._card(await self._member(context, person))

    async def _stand_in(self, context: Context, focus: Focus) -> Screen:
        """Let him stand in who was confirmed, for the days that were confirmed."""
        store, now, person = self.deps.store, self.deps.now(), PersonId(focus.subject)
        chosen = StandIn(
            deputy=PersonId(text_of(focus, "deputy")),
            since=date.fromisoformat(text_of(focus, "since")),
            until=date.fromisoformat(text_of(focus, "until")),
        )
        held = await members.stand_in(store, context.officer.id, person, chosen, now)
        await stop(store, context.officer.id, WORDS)
        return self._card(held)

    async def on_end_deputies(
        self, query: CallbackQuery, pressed: EndDeputies, context: Context
    ) -> None:
        """Let nobody stand in any more."""
        store, now, person = self.deps.store, self.deps.now(), PersonId(pressed.person)
        changed = await members.end_stand_ins(store, context.officer.id, person, now)
        await query.answer()
        await show(query, self._card(changed))

    def _said_at(self, message: Message) -> datetime:
        return said_at(message, self.deps.now())

    async def _list(self, context: Context, words: str, page: int) -> Screen:
        found = await members.members(self.deps.store, context.officer.id, words, self.deps.now())
        await self._listen(context, SEARCH, words, {})
        return screens.listed(self.deps.texts, found, page, words)

    async def _member(self, context: Context, person: str) -> Member:
        store, now = self.deps.store, self.deps.now()
        return await members.member(store, context.officer.id, PersonId(person), now)

    async def _change(self, context: Context, person: str, wanted: Change) -> Member:
        store, now = self.deps.store, self.deps.now()
        return await members.change(store, context.officer.id, PersonId(person), wanted, now)

    def _card(self, held: Member) -> Screen:
        return screens.card(self.deps.texts, held)

    async def _deputy(
        self, context: Context, person: PersonId, said: str, said_at: datetime
    ) -> Screen:
        """Read "Nguyễn Văn A từ 5/12 đến 20/12" back, or ask who or what is meant."""
        around = await self._around(context, person)
        read = read_deputy(said, around, day_of(said_at))
        if any(one.kind is DoubtKind.NO_SUCH_DAY for one in read.doubts):
            return Screen(self.deps.texts.screen("not_understood", doubts=doubt_facts(read.doubts)))
        if read.until is None:
            raise StandInDays(limit=members.LONGEST_STAND_IN)
        if len(read.people) == 1:
            return await self._read_back(context, person, said, read)
        facts = {"what": PersonWord.DEPUTY.name, "said": said}
        await self._listen(context, WORDS, person, facts)
        return screens.deputies(self.deps.texts, person, read.people[:MOST_DEPUTIES])

    async def _read_back(
        self, context: Context, person: PersonId, said: str, read: ReadDeputy
    ) -> Screen:
        """Say who would stand in and when; a right is never handed over unconfirmed."""
        deputy, since, until = read.people[0], read.since, read.until
        if since is None or until is None:
            raise StandInDays(limit=members.LONGEST_STAND_IN)
        facts = {
            "what": PersonWord.DEPUTY.name,
            "said": said,
            "deputy": deputy.person.id,
            "since": since.isoformat(),
            "until": until.isoformat(),
        }
        me, now = context.officer.id, self.deps.now()
        focus = Focus(id=me, topic=WORDS, subject=person, since=now, facts=facts)
        mark = await read_back.offer(self.deps.store, focus)
        principal = None if person == me else (await self._member(context, person)).person.name
        return screens.deputy_read_back(self.deps.texts, read, principal, mark)

    async def _around(self, context: Context, person: PersonId) -> Sequence[Member]:
        """Return who may be named as a person's deputy."""
        store, now, me = self.deps.store, self.deps.now(), context.officer.id
        find = members.colleagues if person == me else members.members
        found = await find(store, me, "", now)
        return [one for one in found if one.person.active and one.person.id != person]

    async def _listen(
        self, context: Context, topic: str, subject: str, facts: dict[str, str]
    ) -> None:
        me, now = context.officer.id, self.deps.now()
        await listen(
            self.deps.store, Focus(id=me, topic=topic, subject=subject, since=now, facts=facts)
        )
