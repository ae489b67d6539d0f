"""Screens of people: the list, one person and what may be changed of him."""

from collections.abc import Sequence

from handlers.access.buttons import ROLES
from handlers.audit.buttons import OpenAudit
from handlers.core.callback_data import NONE, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.read_back import answers, doubt_facts
from handlers.core.screen import Button, Rows, Screen
from handlers.people.buttons import (
    AskPerson,
    EndDeputies,
    GiveRole,
    OpenPeople,
    OpenPerson,
    SetActive,
    TakeDeputy,
)
from handlers.units.buttons import BrowseUnits
from records.ids import PersonId
from records.model import Person
from services.people.deputy_words import ReadDeputy
from services.people.members import Member


def listed(texts: Texts, found: Sequence[Member], page: int, words: str) -> Screen:
    """Show a page of the people found."""
    shown = cut(found, page)
    if page and not shown:
        raise StaleButton
    html = texts.screen(
        "join_people",
        people=[_facts(one) for one in shown],
        words=words,
        total=len(found),
        page=page,
        pages=count(len(found)),
        first=page * LIST_PAGE,
    )
    rows: Rows = tuple(
        (Button(texts.label("join_person_open", n=n, name=one.person.name), _open(one.person)),)
        for n, one in enumerate(shown, page * LIST_PAGE + 1)
    )
    return Screen(html, rows + page_turns(texts, page, count(len(found)), OpenPeople))


def card(texts: Texts, held: Member) -> Screen:
    """Show a person, with what may be changed."""
    one = held.person
    html = texts.screen(
        "join_person", **_facts(held), unreachable=one.unreachable, deputies=_deputies(held)
    )
    end = (Button(texts.label("join_deputies_end"), EndDeputies(one.id)),)
    if not held.managed:
        return Screen(html, (end,) if held.deputies else ())
    if not one.active:
        back = Button(texts.label("join_person_on"), SetActive(one.id, 1, 0))
        return Screen(html, ((back,), _last(texts, one)))
    roles = tuple(
        Button(texts.label(f"make_{role.value}"), GiveRole(one.id, place, 0))
        for place, role in enumerate(ROLES)
        if role is not one.role
    )
    rows: Rows = (
        roles,
        (
            Button(texts.label("join_person_move"), BrowseUnits("p", one.id, NONE, 0)),
            Button(texts.label("join_person_name"), AskPerson(one.id, 0)),
        ),
        (
            Button(texts.label("join_person_position"), AskPerson(one.id, 1)),
            Button(texts.label("join_person_deputy"), AskPerson(one.id, 2)),
        ),
    )
    rows += ((Button(texts.label("join_person_account"), AskPerson(one.id, 3)),),)
    rows += (end,) if held.deputies else ()
    off = (Button(texts.label("join_person_off"), SetActive(one.id, 0, 0)),)
    return Screen(html, (*rows, off, _last(texts, one)))


def sure_role(texts: Texts, held: Member, pressed: GiveRole) -> Screen:
    """Ask whether a role is meant."""
    html = texts.screen("join_sure_role", **_facts(held), wanted=ROLES[pressed.role].value)
    return _sure(texts, html, GiveRole(pressed.person, pressed.role, 1), held.person)


def sure_active(texts: Texts, held: Member, pressed: SetActive) -> Screen:
    """Ask whether somebody's access is to end, or to begin again."""
    html = texts.screen("join_sure_active", **_facts(held), back=pressed.active == 1)
    return _sure(texts, html, SetActive(pressed.person, pressed.active, 1), held.person)


def ask(texts: Texts, held: Member, what: str) -> Screen:
    """Ask for words about a person."""
    html = texts.screen("join_ask_person", what=what, **_facts(held))
    return Screen(html, ((Button(texts.label("join_back"), _open(held.person)),),))


def own_deputy(texts: Texts, held: Member) -> Screen:
    """Ask who shall stand in for oneself."""
    html = texts.screen("join_own_deputy", deputies=_deputies(held))
    end = (Button(texts.label("join_deputies_end"), EndDeputies(held.person.id)),)
    return Screen(html, (end,) if held.deputies else ())


def deputies(texts: Texts, person: PersonId, found: Sequence[Member]) -> Screen:
    """Ask which of several people is meant, or for another name."""
    html = texts.screen("join_deputies", total=len(found))
    rows = tuple(
        (
            Button(
                texts.label("join_deputy", name=one.person.name, unit=one.unit),
                TakeDeputy(person, one.person.id),
            ),
        )
        for one in found
    )
    return Screen(html, rows)


def deputy_read_back(texts: Texts, read: ReadDeputy, principal: str | None, mark: str) -> Screen:
    """Say who would stand in and when; `principal` is None for oneself."""
    deputy = read.people[0]
    html = texts.screen(
        "deputy_read_back",
        name=deputy.person.name,
        unit=deputy.unit,
        principal=principal,
        since=read.since,
        until=read.until,
        doubts=doubt_facts(read.doubts),
    )
    return Screen(html, answers(texts, mark))


def account_read_back(texts: Texts, name: str, account: str, mark: str) -> Screen:
    """Say who would have which account."""
    html = texts.screen("account_read_back", name=name, account=account)
    return Screen(html, answers(texts, mark))


def _sure(texts: Texts, html: str, yes: GiveRole | SetActive, person: Person) -> Screen:
    row = (Button(texts.label("join_sure"), yes), Button(texts.label("join_back"), _open(person)))
    return Screen(html, (row,))


def _last(texts: Texts, one: Person) -> tuple[Button, ...]:
    return (
        Button(texts.label("join_person_log"), OpenAudit(one.id, 0)),
        Button(texts.label("join_people_back"), OpenPeople(0)),
    )


def _open(person: Person) -> OpenPerson:
    return OpenPerson(person.id)


def _facts(one: Member) -> dict[str, str | bool]:
    return {
        "name": one.person.name,
        "position": one.person.position,
        "unit": one.unit,
        "role": one.person.role.value,
        "active": one.person.active,
    }


def _deputies(held: Member) -> list[dict[str, object]]:
    return [
        {"name": name, "since": days.since, "until": days.until} for name, days in held.deputies
    ]
