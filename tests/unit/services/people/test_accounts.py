"""A person keeps all that is his when his account changes."""

from dataclasses import replace

import pytest

from records.actor import NotAllowed
from records.ids import DraftId
from records.model import Draft, Person
from records.store import Store
from services.people.accounts import change_account
from services.people.refusals import AccountTaken, AccountWrong
from tests.unit.services.people.asking import kept, log, person, telegram
from tests.unit.services.tasks.office import ADMIN, CHIEF, HUNG, LAN, NOW


async def test_the_account_changes_and_drafts_stay(office: Store) -> None:
    """The person is the same record, so all that names him still does; it is logged."""
    draft = Draft(
        id=DraftId("d"), person=HUNG, form="tien_do", form_version=1, started=NOW, changed=NOW
    )
    async with office.begin() as tx:
        await tx.add(draft)
    before = await person(office, HUNG)
    await change_account(office, ADMIN, HUNG, telegram(7012345678), NOW)
    after = await person(office, HUNG)
    assert after == replace(before, addresses=(telegram(7012345678),))
    assert [one.person for one in await kept(office, Draft)] == [HUNG]
    assert (ADMIN, "person_account", True) in await log(office)


@pytest.mark.parametrize("said", [900000001, 84900000001, 12])
async def test_a_phone_number_is_no_account(office: Store, said: int) -> None:
    """Whoever has that id would be in as somebody else."""
    with pytest.raises(AccountWrong):
        await change_account(office, ADMIN, HUNG, telegram(said), NOW)


async def test_an_account_in_use_is_not_taken_away(office: Store) -> None:
    """One that belongs to somebody who has left is free."""
    lan = await person(office, LAN)
    async with office.begin() as tx:
        await tx.put(replace(lan, addresses=(telegram(7000000001),)))
    with pytest.raises(AccountTaken) as refused:
        await change_account(office, ADMIN, HUNG, telegram(7000000001), NOW)
    assert refused.value.name == lan.name
    async with office.begin() as tx:
        await tx.put(replace(lan, addresses=(telegram(7000000001),), active=False))
    await change_account(office, ADMIN, HUNG, telegram(7000000001), NOW)
    holders = [
        one.id for one in await kept(office, Person) if telegram(7000000001) in one.addresses
    ]
    assert holders == [HUNG]


async def test_only_an_admin_changes_accounts(office: Store) -> None:
    """A supervisor does not."""
    with pytest.raises(NotAllowed):
        await change_account(office, CHIEF, HUNG, telegram(7012345678), NOW)
