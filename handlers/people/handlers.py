"""/nguoi: an admin finds people and changes their rights; /uyquyen: one names his own deputy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from telegram import CallbackQuery, Message

from handlers.access.buttons import role_at
from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, Purpose
from handlers.core.menus import Menus
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
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
from records.access import Action
from records.focus import kept, listen, stop, text_of
from records.ids import PersonId, UnitId
from records.model import Focus, StandIn
from services.people import members
from services.people.members import Change, Member
from services.people.refusals import StandInDays
from vietnamese.dates import Prefer, find_dates
from vietnamese.text import fold
from vietnamese.zone import day_of

SEARCH: Final = "join_people"
WORDS: Final = "join_person"
"""`Focus.topic` of words that search for people, and of words about one person."""

MOVE: Final = "p"
"""What a unit is chosen for."""

MOST_DEPUTIES: Final = 8
"""People offered where a typed name means several."""

_FILLERS: Final = frozenset({"tu", "ngay", "den", "het", "cho", "dong", "chi"})
"""Words around a name that are no part of it, folded: "cho đồng chí Lan từ ngày …"."""


class PersonWord(IntEnum):
    """What words about a person are; buttons name it by its number, so these numbers stay."""

    NAME = 0
    POSITION = 1
    DEPUTY = 2


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
            topics={SEARCH: self.on_search, WORDS: self.on_words},
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
            await reply(message, await self._deputy(context, me, said))
            return
        held = await self._member(context, me)
        await reply(message, screens.own_deputy(self.deps.texts, held))

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Take words about a person."""
        said, person = message.text or "", PersonId(focus.subject)
        match PersonWord[text_of(focus, "what")]:
            case PersonWord.DEPUTY:
                await reply(message, await self._deputy(context, person, said))
                return
            case PersonWord.NAME:
                changed = await self._change(context, person, Change(name=said))
            case PersonWord.POSITION:
                changed = await self._change(context, person, Change(position=said))
        await stop(self.deps.store, context.officer.id, WORDS)
        await reply(message, self._card(changed))

    async def on_take_deputy(
        self, query: CallbackQuery, pressed: TakeDeputy, context: Context
    ) -> None:
        """Take the deputy that was meant, for the days that were said."""
        focus = await kept(self.deps.store, context.officer.id, WORDS)
        if focus is None or focus.subject != pressed.person:
            raise StaleButton
        said = text_of(focus, "said")
        screen = await self._stand_in(context, PersonId(pressed.person), pressed.deputy, said)
        await query.answer()
        await show(query, screen)

    async def on_end_deputies(
        self, query: CallbackQuery, pressed: EndDeputies, context: Context
    ) -> None:
        """Let nobody stand in any more."""
        store, now, person = self.deps.store, self.deps.now(), PersonId(pressed.person)
        changed = await members.end_stand_ins(store, context.officer.id, person, now)
        await query.answer()
        await show(query, self._card(changed))

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

    async def _deputy(self, context: Context, person: PersonId, said: str) -> Screen:
        """Read "Nguyễn Văn A từ 5/12 đến 20/12", and name him or ask which one is meant."""
        today = day_of(self.deps.now())
        days_of(said, today)
        facts = {"what": PersonWord.DEPUTY.name, "said": said}
        await self._listen(context, WORDS, person, facts)
        found = await self._candidates(context, person, name_in(said, today))
        if len(found) == 1:
            return await self._stand_in(context, person, found[0].person.id, said)
        return screens.deputies(self.deps.texts, person, found[:MOST_DEPUTIES])

    async def _candidates(self, context: Context, person: PersonId, words: str) -> Sequence[Member]:
        store, now, me = self.deps.store, self.deps.now(), context.officer.id
        if not words:
            return ()
        find = members.colleagues if person == me else members.members
        found = await find(store, me, words, now)
        whole = [one for one in found if fold(one.person.name) == fold(words)]
        return [one for one in whole or found if one.person.active and one.person.id != person]

    async def _stand_in(self, context: Context, person: PersonId, deputy: str, said: str) -> Screen:
        store, now = self.deps.store, self.deps.now()
        since, until = days_of(said, day_of(now))
        chosen = StandIn(deputy=PersonId(deputy), since=since, until=until)
        held = await members.stand_in(store, context.officer.id, person, chosen, now)
        await stop(store, context.officer.id, WORDS)
        return self._card(held)

    async def _listen(
        self, context: Context, topic: str, subject: str, facts: dict[str, str]
    ) -> None:
        me, now = context.officer.id, self.deps.now()
        await listen(
            self.deps.store, Focus(id=me, topic=topic, subject=subject, since=now, facts=facts)
        )


def days_of(said: str, today: date) -> tuple[date, date]:
    """Return the first and the last day that words name; one day alone is the last, from today.

    Raises StandInDays where there is none.
    """
    days = [one.read.day for one in find_dates(said, today, Prefer.FUTURE)]
    if not days:
        raise StandInDays(limit=members.LONGEST_STAND_IN)
    return (days[0], days[1]) if len(days) > 1 else (today, days[0])


def name_in(said: str, today: date) -> str:
    """Return the name that stands before the first day, without the words around it."""
    first = next(find_dates(said, today, Prefer.FUTURE), None)
    words = (said if first is None else said[: first.start]).split()
    while words and fold(words[-1]).strip(".,;:") in _FILLERS:
        words.pop()
    while words and fold(words[0]) in _FILLERS:
        words.pop(0)
    return " ".join(words).strip(" .,;:")
