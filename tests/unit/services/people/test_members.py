"""People's rights change by an admin alone, are told, and are written down."""

from datetime import date, timedelta

import pytest

from records.access import Action
from records.actor import NotAllowed, acting
from records.ids import DraftId, PersonId, UnitId
from records.model import Draft, Focus, Person, Role, StandIn, Unit
from records.store import Store
from services.people.first_admins import FirstNames, ensure_admins
from services.people.members import (
    Change,
    change,
    colleagues,
    end_stand_ins,
    member,
    members,
    stand_in,
)
from services.people.refusals import (
    DeputyUnfit,
    LastAdmin,
    MemberUnknown,
    NameMissing,
    StandInDays,
    UnitNotStanding,
)
from tests.unit.services.people.asking import kept, log, person, telegram, told
from tests.unit.services.tasks.office import (
    ADMIN,
    AN_HOA,
    CHIEF,
    DEPUTY,
    HUNG,
    INTERIOR,
    LAN,
    MAI,
    NOW,
    OFFICE,
    PROVINCE,
)

TODAY = NOW.date()
NAMES = FirstNames(person="Quản trị viên", unit="Đơn vị quản trị", kind="cơ quan")


async def test_the_first_admins_come_in_by_the_settings(store: Store) -> None:
    """With a unit to stand in, made once; a second start changes nothing."""
    first = await ensure_admins(store, [telegram(1), telegram(2)], NAMES, NOW)
    assert [one.role for one in first] == [Role.ADMIN] * 2
    (top,) = await kept(store, Unit)
    assert {one.unit for one in await kept(store, Person)} == {top.id}
    assert await ensure_admins(store, [telegram(1), telegram(2)], NAMES, NOW) == ()
    assert await kept(store, Unit) == [top]


async def test_first_admins_join_the_tree_that_stands(office: Store) -> None:
    """No unit is made beside the province."""
    (came,) = await ensure_admins(office, [telegram(1)], NAMES, NOW)
    assert came.unit == PROVINCE
    assert len(await kept(office, Unit)) == 5


async def test_settings_do_not_undo_what_admins_decided(office: Store) -> None:
    """Who was made an officer stays one, unless nobody is left to let people in."""
    address = (await person(office, ADMIN)).addresses[0]
    await change(office, ADMIN, CHIEF, Change(role=Role.ADMIN), NOW)
    await change(office, CHIEF, ADMIN, Change(role=Role.OFFICER), NOW)
    assert await ensure_admins(office, [address], NAMES, NOW) == ()
    async with office.begin() as tx:
        await tx.remove(Person, CHIEF)
    (again,) = await ensure_admins(office, [address], NAMES, NOW)
    assert (again.id, again.role) == (ADMIN, Role.ADMIN)


async def test_other_rights_are_told_and_logged(office: Store) -> None:
    """Role and unit at once; the person hears of it once."""
    changed = await change(office, ADMIN, LAN, Change(role=Role.SUPERVISOR, unit=AN_HOA), NOW)
    assert await person(office, LAN) == changed.person
    assert (changed.person.role, changed.unit) == (Role.SUPERVISOR, "Xã An Hòa")
    assert await told(office, "join_changed") == [LAN]
    assert await log(office) == [(ADMIN, "person_role", True), (ADMIN, "person_unit", True)]


async def test_a_change_to_the_same_is_none(office: Store) -> None:
    """Nobody is troubled, nothing is logged."""
    await change(office, ADMIN, LAN, Change(role=Role.OFFICER, unit=INTERIOR), NOW)
    assert await log(office) == []


async def test_who_leaves_loses_access_and_keeps_his_drafts(office: Store) -> None:
    """What he was typing waits no more; what he wrote is there if he comes back."""
    draft = Draft(
        id=DraftId("d"), person=LAN, form="tien_do", form_version=1, started=NOW, changed=NOW
    )
    async with office.begin() as tx:
        await tx.add(draft)
        await tx.add(Focus(id=LAN, topic="report", subject="d", since=NOW))
    await change(office, ADMIN, LAN, Change(active=False), NOW)
    assert not (await person(office, LAN)).active
    assert await kept(office, Focus) == []
    assert await kept(office, Draft) == [draft]
    await change(office, ADMIN, LAN, Change(active=True), NOW)
    assert [one[1] for one in await log(office)] == ["person_off", "person_on"]


@pytest.mark.parametrize("wanted", [Change(active=False), Change(role=Role.SUPERVISOR)])
async def test_the_last_admin_stays(office: Store, wanted: Change) -> None:
    """Somebody must be left who can let people in."""
    with pytest.raises(LastAdmin):
        await change(office, ADMIN, ADMIN, wanted, NOW)
    await change(office, ADMIN, CHIEF, Change(role=Role.ADMIN), NOW)
    await change(office, ADMIN, ADMIN, wanted, NOW)


async def test_what_cannot_be_is_refused(office: Store) -> None:
    """A unit that is not there, a name of blanks, a person who never was."""
    with pytest.raises(UnitNotStanding):
        await change(office, ADMIN, LAN, Change(unit=UnitId("none")), NOW)
    with pytest.raises(NameMissing):
        await change(office, ADMIN, LAN, Change(name=" "), NOW)
    with pytest.raises(MemberUnknown):
        await change(office, ADMIN, PersonId("none"), Change(), NOW)


async def test_people_are_found_without_accents(office: Store) -> None:
    """By name, by unit; those who left come last."""
    await change(
        office, ADMIN, LAN, Change(name="Nguyễn Thị Lan", position="Phó trưởng phòng"), NOW
    )
    found = await members(office, ADMIN, "so noi vu lan", NOW)
    assert [one.person.id for one in found] == [LAN]
    assert [one.person.id for one in await members(office, ADMIN, "truong phong", NOW)] == [LAN]
    await change(office, ADMIN, LAN, Change(active=False), NOW)
    assert (await members(office, ADMIN, "", NOW))[-1].person.id == LAN


async def test_a_supervisor_names_his_deputy_himself(office: Store) -> None:
    """From that day the deputy has his rights, is told, and loses them after the last day."""
    wanted = StandIn(deputy=DEPUTY, since=TODAY, until=TODAY + timedelta(days=3))
    named = await stand_in(office, CHIEF, CHIEF, wanted, NOW)
    assert named.deputies == (("Deputy", wanted),)
    assert await told(office, "join_stand_in") == [DEPUTY]
    async with acting(office, DEPUTY, NOW) as act:
        assert act.may(Action.REVIEW, INTERIOR)
    async with acting(office, DEPUTY, NOW + timedelta(days=4)) as act:
        assert not act.may(Action.REVIEW, INTERIOR)


async def test_an_admin_names_a_deputy_for_anybody_and_ends_it(office: Store) -> None:
    """A second term of the same deputy takes the place of the first."""
    for until in (TODAY, TODAY + timedelta(days=9)):
        await stand_in(office, ADMIN, MAI, StandIn(deputy=HUNG, since=TODAY, until=until), NOW)
    assert len((await person(office, MAI)).stand_ins) == 1
    assert (await end_stand_ins(office, ADMIN, MAI, NOW)).deputies == ()


@pytest.mark.parametrize(
    ("deputy", "since", "until", "why"),
    [
        (CHIEF, TODAY, TODAY, DeputyUnfit),
        (HUNG, TODAY, TODAY, DeputyUnfit),
        (PersonId("none"), TODAY, TODAY, DeputyUnfit),
        (LAN, TODAY, TODAY - timedelta(days=1), StandInDays),
        (LAN, date(2026, 1, 1), date(2026, 2, 1), StandInDays),
        (LAN, TODAY, TODAY + timedelta(days=366), StandInDays),
    ],
)
async def test_a_deputy_is_fit_for_days_that_are_to_come(
    office: Store, deputy: PersonId, since: date, until: date, why: type[Exception]
) -> None:
    """Not oneself, nobody from beyond one's scope, no days of the past, no year and more."""
    with pytest.raises(why):
        await stand_in(office, CHIEF, CHIEF, StandIn(deputy=deputy, since=since, until=until), NOW)


async def test_officers_manage_nobody(office: Store) -> None:
    """Neither others nor a deputy of their own; supervisors no others. Their tries are logged."""
    day = StandIn(deputy=DEPUTY, since=TODAY, until=TODAY)
    for attempt in (
        change(office, CHIEF, LAN, Change(role=Role.ADMIN), NOW),
        members(office, CHIEF, "", NOW),
        member(office, CHIEF, LAN, NOW),
        stand_in(office, CHIEF, MAI, day, NOW),
        stand_in(office, LAN, LAN, day, NOW),
        colleagues(office, LAN, "", NOW),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert {(actor, allowed) for actor, _, allowed in await log(office)} == {
        (CHIEF, False),
        (LAN, False),
    }


async def test_a_deputy_is_chosen_among_those_one_sees(office: Store) -> None:
    """A supervisor sees his subtree; nobody chooses himself."""
    assert {one.person.id for one in await colleagues(office, CHIEF, "", NOW)} == {LAN, DEPUTY}
    assert OFFICE in {one.person.unit for one in await colleagues(office, CHIEF, "", NOW)}
