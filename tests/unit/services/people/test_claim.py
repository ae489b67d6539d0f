"""The first admin comes in by a claim: one link, half an hour, while nobody else is admin."""

from datetime import timedelta

import pytest

from records.ids import PersonId
from records.model import Invitation, Role
from records.store import Store
from services.people.first_admins import CLAIM_LIFETIME, FirstNames, claim, ensure_admins
from services.people.invitations import accept, look, open_invitations
from services.people.refusals import InvitationExpired, InvitationUsed
from services.people.requests import ask_access
from tests.unit.services.people.asking import kept, telegram, told
from tests.unit.services.tasks.office import ADMIN, NOW

NAMES = FirstNames(person="Quản trị viên", unit="Đơn vị quản trị", kind="cơ quan")
FOUNDER, LATER, GUEST = telegram(11), telegram(12), telegram(77)


async def claimed(store: Store) -> tuple[str, str]:
    """Make a claim; return its code and the digest by which it is accepted."""
    code = await claim(store, NAMES, NOW)
    assert code is not None
    return code, (await look(store, code, FOUNDER, NOW)).invitation.digest


async def test_who_opens_the_claim_is_the_admin(store: Store) -> None:
    """He stands in the first unit, and nobody is told who does not exist."""
    _, digest = await claimed(store)
    founder = await accept(store, digest, FOUNDER, "Lê Minh Thu", NOW)
    assert founder.role is Role.ADMIN
    assert await told(store, "join_came") == []


async def test_a_claim_keeps_no_code(store: Store) -> None:
    """The store holds the hash alone."""
    code, _ = await claimed(store)
    assert code not in repr(await kept(store, Invitation))


async def test_a_claim_ends_after_half_an_hour(store: Store) -> None:
    """From the very minute on."""
    _, digest = await claimed(store)
    with pytest.raises(InvitationExpired):
        await accept(store, digest, FOUNDER, "Lê Minh Thu", NOW + CLAIM_LIFETIME)
    assert timedelta(minutes=30) == CLAIM_LIFETIME


async def test_only_the_first_of_several_claims_counts(store: Store) -> None:
    """Each start without an admin prints one; none outlives the first admin."""
    _, first = await claimed(store)
    code, second = await claimed(store)
    founder = await accept(store, first, FOUNDER, "Lê Minh Thu", NOW)
    with pytest.raises(InvitationUsed):
        await look(store, code, LATER, NOW)
    with pytest.raises(InvitationUsed):
        await accept(store, second, LATER, "Kẻ Lạ", NOW)
    assert await open_invitations(store, founder.id, NOW) == []


async def test_there_is_no_claim_beside_an_admin(office: Store) -> None:
    """Who is admin invites."""
    assert await claim(office, NAMES, NOW) is None


async def test_the_first_admin_hears_who_asked_before_he_was_there(store: Store) -> None:
    """Whichever way he comes in: by a claim or by the settings."""
    _, digest = await claimed(store)
    asked = await ask_access(store, GUEST, "Lò Thị Mai", "UBND xã An Hòa", NOW)
    assert not asked.told
    founder = await accept(store, digest, FOUNDER, "Lê Minh Thu", NOW)
    assert await told(store, "join_request") == [founder.id]


async def test_an_admin_of_the_settings_hears_who_asked_before(store: Store) -> None:
    """The request waited for him."""
    await ask_access(store, GUEST, "Lò Thị Mai", "UBND xã An Hòa", NOW)
    (founder,) = await ensure_admins(store, [FOUNDER], NAMES, NOW)
    assert await told(store, "join_request") == [founder.id]


async def test_a_request_beside_an_admin_is_told(office: Store) -> None:
    """The asker reads that it was."""
    asked = await ask_access(office, GUEST, "Lò Thị Mai", "UBND xã An Hòa", NOW)
    assert asked.told
    assert await told(office, "join_request") == [PersonId(ADMIN)]
