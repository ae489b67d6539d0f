"""A stranger asks, every admin hears of it, one decides."""

from datetime import timedelta

import pytest

from records.actor import NotAllowed
from records.ids import PersonId, UnitId
from records.model import AccessRequest, Role
from records.store import Store
from services.people.entry import enter
from services.people.members import Change, change
from services.people.refusals import (
    AlreadyInside,
    NameMissing,
    RequestDecided,
    RequestGone,
    RequestWaiting,
    TooManyRequests,
    UnitNotStanding,
)
from services.people.requests import (
    Place,
    approve,
    ask_access,
    may_ask,
    refuse,
    request_of,
    waiting,
)
from tests.unit.services.people.asking import kept, log, person, telegram, told
from tests.unit.services.tasks.office import ADMIN, AN_HOA, CHIEF, LAN, NOW

GUEST = telegram(77)
PLACE = Place(unit=AN_HOA, role=Role.OFFICER)


async def asked(store: Store) -> AccessRequest:
    """Let the stranger ask."""
    return (await ask_access(store, GUEST, "Lò Thị Mai", "UBND xã An Hòa", NOW)).request


async def test_every_admin_is_told_of_a_stranger(office: Store) -> None:
    """A second admin as well as the first."""
    await change(office, ADMIN, CHIEF, Change(role=Role.ADMIN), NOW)
    request = await asked(office)
    assert set(await told(office, "join_request")) == {ADMIN, CHIEF}
    assert await waiting(office, ADMIN, NOW) == [request]
    assert request.said == "UBND xã An Hòa"


async def test_who_is_let_in_is_told(office: Store) -> None:
    """He stands where the admin put him, not where he said."""
    came = await approve(office, ADMIN, (await asked(office)).id, PLACE, NOW)
    held = await person(office, came.id)
    assert (held.name, held.unit, held.role) == ("Lò Thị Mai", AN_HOA, Role.OFFICER)
    assert await told(office, "join_approved") == [came.id]
    assert (ADMIN, "access_grant", True) in await log(office)


async def test_a_request_is_decided_once(office: Store) -> None:
    """The second admin hears what the first decided."""
    first = await asked(office)
    await approve(office, ADMIN, first.id, PLACE, NOW)
    for decide in (
        approve(office, ADMIN, first.id, PLACE, NOW),
        refuse(office, ADMIN, first.id, NOW),
    ):
        with pytest.raises(RequestDecided) as refused:
            await decide
        assert refused.value.approved
    with pytest.raises(RequestGone):
        await refuse(office, ADMIN, "none", NOW)


async def test_who_was_refused_may_ask_again_but_not_for_ever(office: Store) -> None:
    """One request waits at a time, and three a day are enough."""
    for _ in range(3):
        request = await asked(office)
        with pytest.raises(RequestWaiting):
            await asked(office)
        assert (await refuse(office, ADMIN, request.id, NOW)).address == GUEST
    with pytest.raises(TooManyRequests):
        await asked(office)
    await ask_access(office, GUEST, "Mai", "xã", NOW + timedelta(days=1))
    assert len(await kept(office, AccessRequest)) == 4


async def test_who_is_in_does_not_ask(office: Store) -> None:
    """An invitation used while the request waited decides it too."""
    with pytest.raises(AlreadyInside):
        await ask_access(office, (await person(office, LAN)).addresses[0], "Lan", "xã", NOW)


async def test_who_would_be_refused_is_not_even_asked_for_his_name(office: Store) -> None:
    """Who is in, and who waits already, learns it before he types."""
    with pytest.raises(AlreadyInside):
        await may_ask(office, (await person(office, LAN)).addresses[0], NOW)
    await may_ask(office, GUEST, NOW)
    await asked(office)
    with pytest.raises(RequestWaiting):
        await may_ask(office, GUEST, NOW)


async def test_an_address_enters_once(office: Store) -> None:
    """Whichever way leads in, somebody who is in does not come in again as another."""
    inside = await person(office, LAN)
    async with office.begin() as tx:
        with pytest.raises(AlreadyInside):
            await enter(tx, inside.addresses[0], "Khác", (AN_HOA, Role.ADMIN, ""), NOW)
    assert await person(office, LAN) == inside


async def test_a_request_says_who_and_where(office: Store) -> None:
    """Blanks and endless words are refused, and nothing is kept."""
    for name, unit in (("", "xã"), ("Mai", " "), ("Mai", "x" * 121)):
        with pytest.raises(NameMissing):
            await ask_access(office, GUEST, name, unit, NOW)
    assert await kept(office, AccessRequest) == []


@pytest.mark.parametrize("actor", [CHIEF, LAN])
async def test_only_an_admin_decides(office: Store, actor: PersonId) -> None:
    """The request waits on, and that he tried is in the log, once a day."""
    request = await asked(office)
    for decide in (
        approve(office, actor, request.id, PLACE, NOW),
        refuse(office, actor, request.id, NOW),
        waiting(office, actor, NOW),
    ):
        with pytest.raises(NotAllowed):
            await decide
    assert (await log(office)).count((actor, "invite", False)) >= 1
    assert (await request_of(office, request.id)).decided is None


async def test_a_place_that_is_gone_decides_nothing(office: Store) -> None:
    """The request waits for a better one."""
    request = await asked(office)
    with pytest.raises(UnitNotStanding):
        await approve(office, ADMIN, request.id, Place(unit=UnitId("x"), role=Role.OFFICER), NOW)
    assert await waiting(office, ADMIN, NOW) == [request]
