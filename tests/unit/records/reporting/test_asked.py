"""What a person is asked to report on."""

from dataclasses import replace

import pytest

from records.acting import NotAllowed
from records.dialog.values import Chose
from records.embedded.store import EmbeddedStore
from records.ids import DraftId, TaskId
from records.model import Focus, Outcome
from records.reporting.asked import asked_of, asked_on
from records.reporting.at_once import AtOnce, report_at_once
from records.reporting.drafts import open_draft
from records.reporting.refusals import TaskWithdrawn
from records.reporting.values import Sent
from records.tasks.refusals import UnknownTask
from tests.unit.records.reporting.town import (
    COMMUNE,
    FORMS,
    LAN,
    LATER,
    MAI,
    MONTHLY,
    NOW,
    OCTOBER,
    ONCE,
    TASK,
    give,
    withdraw,
)


async def test_open_tasks_come_with_the_report_that_stands(town: EmbeddedStore) -> None:
    """Superseded versions do not stand, withdrawn tasks are not asked about."""
    first = AtOnce(task=TASK, period=None, outcome=Outcome.IN_PROGRESS, draft=DraftId("button-1"))
    await report_at_once(town, FORMS, LAN, first, NOW)
    second = replace(first, outcome=Outcome.DONE, draft=DraftId("button-2"))
    shown = await report_at_once(town, FORMS, LAN, second, LATER)
    assert isinstance(shown, Sent)
    once, monthly = await asked_of(town, LAN, LATER)
    assert (once.task.id, once.unit, once.unit_name) == (TASK, COMMUNE, "Xã An Hòa")
    assert once.standing == {None: shown.report}
    assert (monthly.task.id, monthly.standing) == (MONTHLY, {})
    await withdraw(town, TASK)
    assert [one.task.id for one in await asked_of(town, LAN, LATER)] == [MONTHLY]


async def test_one_task_is_opened_by_those_who_report_on_it(town: EmbeddedStore) -> None:
    """Another unit's is denied, an unknown one refused."""
    assert (await asked_on(town, LAN, MONTHLY, NOW)).standing.get(OCTOBER) is None
    assert await asked_of(town, MAI, NOW) == []
    with pytest.raises(NotAllowed):
        await asked_on(town, MAI, MONTHLY, NOW)
    with pytest.raises(UnknownTask):
        await asked_on(town, LAN, TaskId("gone"), NOW)


async def test_words_go_elsewhere_once_a_draft_can_take_none(town: EmbeddedStore) -> None:
    """Or every question typed later would be refused."""
    opened = await open_draft(town, FORMS, LAN, ONCE, NOW)
    await withdraw(town, TASK)
    with pytest.raises(TaskWithdrawn):
        await give(town, opened, Chose("done"))
    async with town.begin() as tx:
        assert await tx.get(Focus, LAN) is None
