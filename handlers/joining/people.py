"""/nguoi: an admin finds people and changes their rights; /uyquyen: one names his own deputy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.joining import people_screens as screens
from handlers.joining.menus import Menus
from handlers.joining.picking import Purpose
from handlers.joining.presses import (
    AskPerson,
    EndDeputies,
    GiveRole,
    OpenPeople,
    OpenPerson,
    SetActive,
    TakeDeputy,
    role_at,
)
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.visit import Visit
from records.access import Action
from records.focus import kept, listen, stop, text_of
from records.ids import PersonId, UnitId
from records.joining import people
from records.joining.people import Change, Member
from records.joining.refusals import StandInDays
from records.model import Focus, StandIn
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

    desk: Desk
    menus: Menus

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            commands={"nguoi": self.on_command, "uyquyen": self.on_own_deputy},
            presses={
                OpenPeople: self.on_page,
                OpenPerson: self.on_person,
                GiveRole: self.on_role,
                SetActive: self.on_active,
                AskPerson: self.on_ask,
                TakeDeputy: self.on_take_deputy,
                EndDeputies: self.on_end_deputies,
            },
            topics={SEARCH: self.on_search, WORDS: self.on_words},
        )

    @property
    def purposes(self) -> dict[str, Purpose]:
        """What it needs units for."""
        return {MOVE: Purpose(right=Action.MANAGE_PEOPLE, on=self.on_unit)}

    async def on_command(self, message: Message, visit: Visit) -> None:
        """`/nguoi`, or `/nguoi words`: list people."""
        await reply(message, await self._list(visit, " ".join(visit.args or ()), 0))

    async def on_search(self, message: Message, visit: Visit, _focus: Focus) -> None:
        """Search for other people."""
        await reply(message, await self._list(visit, message.text or "", 0))

    async def on_page(self, query: CallbackQuery, press: OpenPeople, visit: Visit) -> None:
        """Turn a page of the people found."""
        focus = await kept(self.desk.store, visit.officer.id, SEARCH)
        words = "" if focus is None else focus.subject
        screen = await self._list(visit, words, press.page)
        await query.answer()
        await show(query, screen)

    async def on_person(self, query: CallbackQuery, press: OpenPerson, visit: Visit) -> None:
        """Show a person."""
        screen = self._card(await self._member(visit, press.person))
        await query.answer()
        await show(query, screen)

    async def on_role(self, query: CallbackQuery, press: GiveRole, visit: Visit) -> None:
        """Give a role, once it is sure."""
        role = role_at(press.role)
        if press.sure:
            changed = await self._change(visit, press.person, Change(role=role))
            screen = self._card(changed)
            await self.menus.give_all(query.get_bot(), changed.person)
        else:
            held = await self._member(visit, press.person)
            screen = screens.sure_role(self.desk.texts, held, press)
        await query.answer()
        await show(query, screen)

    async def on_active(self, query: CallbackQuery, press: SetActive, visit: Visit) -> None:
        """End somebody's access or give it back, once it is sure."""
        if press.sure:
            wanted = Change(active=press.active == 1)
            screen = self._card(await self._change(visit, press.person, wanted))
        else:
            held = await self._member(visit, press.person)
            screen = screens.sure_active(self.desk.texts, held, press)
        await query.answer()
        await show(query, screen)

    async def on_unit(
        self, _query: CallbackQuery, visit: Visit, person: str, unit: UnitId
    ) -> Screen:
        """Move a person to another unit."""
        return self._card(await self._change(visit, person, Change(unit=unit)))

    async def on_ask(self, query: CallbackQuery, press: AskPerson, visit: Visit) -> None:
        """Ask for words about a person."""
        if press.what not in set(PersonWord):
            raise StaleButton
        held = await self._member(visit, press.person)
        await self._listen(visit, WORDS, press.person, {"what": PersonWord(press.what).name})
        await query.answer()
        await show(query, screens.ask(self.desk.texts, held, PersonWord(press.what).name.lower()))

    async def on_own_deputy(self, message: Message, visit: Visit) -> None:
        """`/uyquyen`, or `/uyquyen name days`: name who stands in for oneself."""
        me, said = visit.officer.id, " ".join(visit.args or ())
        await people.colleagues(self.desk.store, me, "", self.desk.now())
        await self._listen(visit, WORDS, me, {"what": PersonWord.DEPUTY.name})
        if said:
            await reply(message, await self._deputy(visit, me, said))
            return
        held = await self._member(visit, me)
        await reply(message, screens.own_deputy(self.desk.texts, held))

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Take words about a person."""
        said, person = message.text or "", PersonId(focus.subject)
        match PersonWord[text_of(focus, "what")]:
            case PersonWord.DEPUTY:
                await reply(message, await self._deputy(visit, person, said))
                return
            case PersonWord.NAME:
                changed = await self._change(visit, person, Change(name=said))
            case PersonWord.POSITION:
                changed = await self._change(visit, person, Change(position=said))
        await stop(self.desk.store, visit.officer.id, WORDS)
        await reply(message, self._card(changed))

    async def on_take_deputy(self, query: CallbackQuery, press: TakeDeputy, visit: Visit) -> None:
        """Take the deputy that was meant, for the days that were said."""
        focus = await kept(self.desk.store, visit.officer.id, WORDS)
        if focus is None or focus.subject != press.person:
            raise StaleButton
        said = text_of(focus, "said")
        screen = await self._stand_in(visit, PersonId(press.person), press.deputy, said)
        await query.answer()
        await show(query, screen)

    async def on_end_deputies(self, query: CallbackQuery, press: EndDeputies, visit: Visit) -> None:
        """Let nobody stand in any more."""
        store, now, person = self.desk.store, self.desk.now(), PersonId(press.person)
        changed = await people.end_stand_ins(store, visit.officer.id, person, now)
        await query.answer()
        await show(query, self._card(changed))

    async def _list(self, visit: Visit, words: str, page: int) -> Screen:
        found = await people.members(self.desk.store, visit.officer.id, words, self.desk.now())
        await self._listen(visit, SEARCH, words, {})
        return screens.listed(self.desk.texts, found, page, words)

    async def _member(self, visit: Visit, person: str) -> Member:
        store, now = self.desk.store, self.desk.now()
        return await people.member(store, visit.officer.id, PersonId(person), now)

    async def _change(self, visit: Visit, person: str, wanted: Change) -> Member:
        store, now = self.desk.store, self.desk.now()
        return await people.change(store, visit.officer.id, PersonId(person), wanted, now)

    def _card(self, held: Member) -> Screen:
        return screens.card(self.desk.texts, held)

    async def _deputy(self, visit: Visit, person: PersonId, said: str) -> Screen:
        """Read "Nguyễn Văn A từ 5/12 đến 20/12", and name him or ask which one is meant."""
        today = day_of(self.desk.now())
        days_of(said, today)
        facts = {"what": PersonWord.DEPUTY.name, "said": said}
        await self._listen(visit, WORDS, person, facts)
        found = await self._candidates(visit, person, name_in(said, today))
        if len(found) == 1:
            return await self._stand_in(visit, person, found[0].person.id, said)
        return screens.deputies(self.desk.texts, person, found[:MOST_DEPUTIES])

    async def _candidates(self, visit: Visit, person: PersonId, words: str) -> Sequence[Member]:
        store, now, me = self.desk.store, self.desk.now(), visit.officer.id
        if not words:
            return ()
        find = people.colleagues if person == me else people.members
        found = await find(store, me, words, now)
        whole = [one for one in found if fold(one.person.name) == fold(words)]
        return [one for one in whole or found if one.person.active and one.person.id != person]

    async def _stand_in(self, visit: Visit, person: PersonId, deputy: str, said: str) -> Screen:
        store, now = self.desk.store, self.desk.now()
        since, until = days_of(said, day_of(now))
        chosen = StandIn(deputy=PersonId(deputy), since=since, until=until)
        held = await people.stand_in(store, visit.officer.id, person, chosen, now)
        await stop(store, visit.officer.id, WORDS)
        return self._card(held)

    async def _listen(self, visit: Visit, topic: str, subject: str, facts: dict[str, str]) -> None:
        me, now = visit.officer.id, self.desk.now()
        await listen(
            self.desk.store, Focus(id=me, topic=topic, subject=subject, since=now, facts=facts)
        )


def days_of(said: str, today: date) -> tuple[date, date]:
    """Return the first and the last day that words name; one day alone is the last, from today.

    Raises StandInDays where there is none.
    """
    days = [one.read.day for one in find_dates(said, today, Prefer.FUTURE)]
    if not days:
        raise StandInDays(limit=people.LONGEST_STAND_IN)
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
