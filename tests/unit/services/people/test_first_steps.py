"""An admin sees how far the office is set up."""

import pytest

from records.actor import NotAllowed
from records.store import Store
from services.people.first_admins import FirstNames, ensure_admins
from services.people.first_steps import FirstSteps, first_steps
from tests.unit.services.people.asking import telegram
from tests.unit.services.tasks.office import ADMIN, CHIEF, NOW

NAMES = FirstNames(person="Quản trị viên", unit="Đơn vị quản trị", kind="cơ quan")


async def test_nothing_is_done_when_the_first_admin_comes(store: Store) -> None:
    """Neither he himself nor the unit that was made for him counts."""
    (founder,) = await ensure_admins(store, [telegram(1)], NAMES, NOW)
    found = await first_steps(store, founder.id, 0, NOW)
    assert found == FirstSteps(units=0, people=0, documents=0, tasks=0)
    assert found.done == 0


async def test_what_is_there_counts(office: Store) -> None:
    """Units and people beside the first; documents as the library tells them."""
    found = await first_steps(office, ADMIN, 3, NOW)
    assert found == FirstSteps(units=4, people=5, documents=3, tasks=0)
    assert found.done == 3


async def test_only_an_admin_sees_it(office: Store) -> None:
    """A supervisor does not."""
    with pytest.raises(NotAllowed):
        await first_steps(office, CHIEF, 0, NOW)
