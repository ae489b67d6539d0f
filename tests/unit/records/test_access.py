"""Who may do what where, as one table; every denied try is in the audit log."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import timedelta

import pytest

from records.access import Action
from records.actor import DENIED_A_DAY, NotAllowed, acting, note_denied
from records.ids import PersonId, UnitId
from records.model import AuditEntry, Membership, Person, Role, Unit, UnitName
from storage.embedded.store import EmbeddedStore
from tests.unit.services.tasks.office import NOW

PLACES: Mapping[str, UnitId] = {
    name: UnitId(name) for name in ("own", "below", "deep", "beside", "above")
}
"""Seen from a person in the unit `own`; `deep` is below `below`."""

PARENTS = {"own": "above", "below": "own", "deep": "below", "beside": "above", "above": None}

MATRIX: Mapping[Action, Mapping[Role, str]] = {
    # action: who may, and where; "*" is everywhere, "-" nowhere.
    Action.ASK: {
        Role.OFFICER: "own",
        Role.SUPERVISOR: "own below deep",
        Role.ADMIN: "*",
    },
    Action.REPORT: {Role.OFFICER: "own", Role.SUPERVISOR: "own", Role.ADMIN: "*"},
    Action.SEE: {Role.OFFICER: "own", Role.SUPERVISOR: "own below deep", Role.ADMIN: "*"},
    Action.REVIEW: {Role.OFFICER: "-", Role.SUPERVISOR: "own below deep", Role.ADMIN: "*"},
    Action.URGE: {Role.OFFICER: "-", Role.SUPERVISOR: "own below deep", Role.ADMIN: "*"},
    Action.ASSIGN: {Role.OFFICER: "-", Role.SUPERVISOR: "own below deep", Role.ADMIN: "*"},
    Action.BROADCAST: {Role.OFFICER: "-", Role.SUPERVISOR: "-", Role.ADMIN: "*"},
    Action.INVITE: {Role.OFFICER: "-", Role.SUPERVISOR: "-", Role.ADMIN: "*"},
    Action.MANAGE_PEOPLE: {Role.OFFICER: "-", Role.SUPERVISOR: "-", Role.ADMIN: "*"},
    Action.MANAGE_UNITS: {Role.OFFICER: "-", Role.SUPERVISOR: "-", Role.ADMIN: "*"},
    Action.MANAGE_LIBRARY: {Role.OFFICER: "-", Role.SUPERVISOR: "-", Role.ADMIN: "*"},
    Action.SEE_AUDIT: {Role.OFFICER: "-", Role.SUPERVISOR: "-", Role.ADMIN: "*"},
    Action.SEE_SCHEDULE: {Role.OFFICER: "-", Role.SUPERVISOR: "-", Role.ADMIN: "*"},
}

CASES = [
    (role, action, place, allowed == "*" or place in allowed.split())
    for action, by_role in MATRIX.items()
    for role, allowed in by_role.items()
    for place in PLACES
]


@pytest.fixture
async def town(store: EmbeddedStore) -> EmbeddedStore:
    """Return a store with five units, and one person of each role in `own`."""
    async with store.begin() as tx:
        for name, parent in PARENTS.items():
            above = (Membership(parent=UnitId(parent)),) if parent else ()
            names = (UnitName(text=name),)
            await tx.add(Unit(id=UnitId(name), kind="xã", names=names, parents=above))
        for role in Role:
            who = Person(id=PersonId(role.value), name="A", unit=PLACES["own"], role=role)
            await tx.add(who)
    return store


def test_the_table_is_whole() -> None:
    """Every action and every role stands in it."""
    assert set(MATRIX) == set(Action)
    assert all(set(by_role) == set(Role) for by_role in MATRIX.values())
    assert len(CASES) == len(Action) * len(Role) * len(PLACES)


@pytest.mark.parametrize("role", Role)
async def test_each_does_what_the_table_says_and_denials_are_logged(
    town: EmbeddedStore, role: Role
) -> None:
    """Own unit, below, further below, beside and above."""
    denied = []
    for case, action, place, allowed in CASES:
        if case is not role:
            continue
        with nullcontext() if allowed else pytest.raises(NotAllowed):
            async with acting(town, PersonId(role.value), NOW) as act:
                act.require(action, PLACES[place])
        denied += [] if allowed else [(role.value, action.value, place)]
    async with town.begin() as tx:
        entries = await tx.find(AuditEntry)
    assert [(one.actor, one.action, one.subject) for one in entries] == denied
    assert not any(one.allowed for one in entries)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
async def test_without_a_unit_the_right_itself_is_asked(
    town: EmbeddedStore, role: Role, action: Action
) -> None:
    """Somewhere in one's scope is enough."""
    async with acting(town, PersonId(role.value), NOW) as act:
        assert act.may(action, None) == (MATRIX[action][role] != "-")


async def test_denied_tries_do_not_grow_the_log_without_bound(store: EmbeddedStore) -> None:
    """The same try is one entry a day that counts; of very many others the last are one."""
    for _ in range(30):
        await note_denied(store, "an", "see", "t", NOW)
    for number in range(DENIED_A_DAY + 100):
        await note_denied(store, "an", "see", f"t{number}", NOW)
    await note_denied(store, "an", "see", "t", NOW + timedelta(days=1))
    await note_denied(store, "telegram:7", "see", "t", NOW)
    async with store.begin() as tx:
        entries = await tx.find(AuditEntry)
    assert len(entries) == DENIED_A_DAY + 3
    assert {(one.subject, one.detail) for one in entries if one.detail != "1"} == {
        ("t", "30"),
        ("", "101"),
    }
