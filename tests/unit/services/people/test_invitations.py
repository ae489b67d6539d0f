"""A link lets in one person, into what it was made for, while it holds."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from records.actor import NotAllowed
from records.ids import PersonId, UnitId
from records.model import Invitation, Person, Role
from records.store import Store
from services.people.invitations import (
    Made,
    Wanted,
    accept,
    invite,
    look,
    open_invitations,
    take_back,
)
from services.people.members import Change, change
from services.people.refusals import (
    AlreadyInside,
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    NameMissing,
    UnitNotStanding,
)
from tests.unit.services.people.asking import kept, log, person, telegram, told
from tests.unit.services.tasks.office import ADMIN, AN_HOA, CHIEF, INTERIOR, LAN, NOW

GUEST, OTHER = telegram(77), telegram(78)


async def made(store: Store, role: Role = Role.OFFICER, days: int = 7) -> Made:
    """Return an invitation to the commune."""
    wanted = Wanted(unit=AN_HOA, role=role, days=days, position="Công chức")
    return await invite(store, ADMIN, wanted, NOW)


async def test_who_opens_a_link_comes_in_where_it_says(office: Store) -> None:
    """Unit, role and position are the invitation's, the name is the guest's; the inviter hears."""
    link = await made(office, Role.SUPERVISOR)
    offer = await look(office, link.code, GUEST, NOW)
    assert offer.unit == "Xã An Hòa"
    came = await accept(office, offer.invitation.digest, GUEST, "  Lò Thị  Mai ", NOW)
    assert await person(office, came.id) == Person(
        id=came.id,
        name="Lò Thị Mai",
        unit=AN_HOA,
        role=Role.SUPERVISOR,
        position="Công chức",
        addresses=(GUEST,),
    )
    assert await told(office, "join_came") == [ADMIN]
    entries = await log(office)
    assert {(ADMIN, "invite", True), (came.id, "join", True)} <= set(entries)


async def test_the_code_is_long_and_not_kept(office: Store) -> None:
    """128 bits; who reads the store cannot come in by what he finds."""
    link = await made(office)
    assert len(link.code) == 22
    (held,) = await kept(office, Invitation)
    assert link.code not in repr(held)
    assert (await made(office)).code != link.code


async def test_a_link_lets_in_one(office: Store) -> None:
    """Of two at once one comes in, and the other is told so."""
    digest = (await made(office)).invitation.digest
    tries = [accept(office, digest, guest, "Mai", NOW) for guest in (GUEST, OTHER)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["InvitationUsed", "Person"]
    assert sum(one.unit == AN_HOA for one in await kept(office, Person)) == 2


async def test_one_guest_with_two_links_is_one_person(office: Store) -> None:
    """Two invitations used at once by the same phone do not make two people."""
    digests = [(await made(office)).invitation.digest for _ in range(2)]
    tries = [accept(office, digest, GUEST, "Mai", NOW) for digest in digests]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyInside", "Person"]


async def test_a_link_that_does_not_hold_is_refused_and_noted(office: Store) -> None:
    """Unknown, used and expired are three sentences; the log has a day's tries."""
    link, digest = await made(office), (await made(office, days=1)).invitation.digest
    await accept(office, link.invitation.digest, GUEST, "Mai", NOW)
    with pytest.raises(InvitationUsed):
        await look(office, link.code, OTHER, NOW)
    with pytest.raises(InvitationUnknown):
        await look(office, "x" * 22, OTHER, NOW)
    with pytest.raises(InvitationExpired):
        await accept(office, digest, OTHER, "Hùng", NOW + timedelta(days=1))
    assert (await log(office)).count(("telegram:78", "join", False)) == 2


async def test_a_stranger_cannot_fill_the_log(office: Store) -> None:
    """25 denied tries of one address on a day are one entry."""
    for _ in range(25):
        with pytest.raises(InvitationUnknown):
            await look(office, "x" * 22, OTHER, NOW)
    assert (await log(office)).count(("telegram:78", "join", False)) == 1


async def test_who_is_in_needs_no_link(office: Store) -> None:
    """The invitation stays for somebody else."""
    link = await made(office)
    inside = (await person(office, LAN)).addresses[0]
    with pytest.raises(AlreadyInside):
        await look(office, link.code, inside, NOW)
    assert (await look(office, link.code, GUEST, NOW)).invitation == link.invitation


async def test_who_comes_back_is_the_same_person(office: Store) -> None:
    """His record goes on: what he wrote before is still his."""
    first, second = await made(office), await made(office, Role.SUPERVISOR)
    came = await accept(office, first.invitation.digest, GUEST, "Mai", NOW)
    await change(office, ADMIN, came.id, Change(active=False), NOW)
    again = await accept(office, second.invitation.digest, GUEST, "Mai", NOW)
    assert again == replace(came, role=Role.SUPERVISOR)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "123", "\u200b"])
async def test_a_name_is_needed(office: Store, name: str) -> None:
    """And the link holds on."""
    link = await made(office)
    with pytest.raises(NameMissing):
        await accept(office, link.invitation.digest, GUEST, name, NOW)
    assert (await look(office, link.code, GUEST, NOW)).invitation == link.invitation


@pytest.mark.parametrize("actor", [CHIEF, LAN])
async def test_only_an_admin_invites(office: Store, actor: PersonId) -> None:
    """Not even a supervisor into his own unit; the try is in the log."""
    with pytest.raises(NotAllowed):
        await invite(office, actor, Wanted(unit=INTERIOR, role=Role.OFFICER), NOW)
    with pytest.raises(NotAllowed):
        await open_invitations(office, actor, NOW)
    assert await log(office) == [(actor, "invite", False)] * 2


async def test_nobody_is_invited_to_where_nothing_stands(office: Store) -> None:
    """A forged unit is refused."""
    with pytest.raises(UnitNotStanding):
        await invite(office, ADMIN, Wanted(unit=UnitId("none"), role=Role.OFFICER), NOW)


async def test_an_invitation_can_be_taken_back(office: Store) -> None:
    """It is listed no more and lets in nobody; a used one cannot be taken back."""
    first, second = await made(office), await made(office)
    listed = await open_invitations(office, ADMIN, NOW)
    assert [one.invitation for one in listed] == [second.invitation, first.invitation]
    await take_back(office, ADMIN, first.invitation.id, NOW)
    with pytest.raises(InvitationExpired):
        await look(office, first.code, GUEST, NOW)
    await accept(office, second.invitation.digest, GUEST, "Mai", NOW)
    with pytest.raises(InvitationUsed):
        await take_back(office, ADMIN, second.invitation.id, NOW)
    assert await open_invitations(office, ADMIN, NOW) == []
