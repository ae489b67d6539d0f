"""What a person is asked to report on."""

from dataclasses import replace

import pytest

from records.actor import NotAllowed
from records.dialog.values import Chose
from records.ids import DraftId, TaskId
from records.model import Focus, Outcome
from records.obligations.refusals import NotOfTask
from records.obligations.states import State
from services.reports.asked import asked_of, asked_on
from services.reports.drafts import open_draft
from services.reports.one_tap import AtOnce, report_at_once
from services.reports.refusals import TaskWithdrawn
from services.tasks.refusals import UnknownTask
from storage.embedded.store import EmbeddedStore
from tests.unit.services.reports.town import (
    COMMUNE,
    FORMS,
    LAN,
    LATER,
    MAI,
    NOW,
    OCTOBER,
    ONCE,
    TASK,
    give,
    sent,
    withdraw,
)


async def test_open_tasks_come_with_the_report_that_stands(town: EmbeddedStore) -> None:
    """Superseded versions do not stand; what is told, or withdrawn, is not asked about."""
    first = AtOnce(task=TASK, period=None, outcome=Outcome.IN_PROGRESS, draft=DraftId("button-1"))
    await report_at_once(town, FORMS, LAN, first, NOW)
    (asked,) = await asked_of(town, LAN, LATER)
    assert (asked.task.id, asked.unit, asked.state) == (TASK, COMMUNE, State.UNDERWAY)
    second = replace(first, outcome=Outcome.DONE, draft=DraftId("button-2"))
    shown = sent(await report_at_once(town, FORMS, LAN, second, LATER))
    held = await asked_on(town, LAN, TASK, None, LATER)
    assert (held.report, held.state) == (shown.report, State.WAITING)
    assert await asked_of(town, LAN, LATER) == []
    await withdraw(town, TASK)
    assert (await asked_on(town, LAN, TASK, None, LATER)).state is State.WITHDRAWN


async def test_one_task_is_opened_by_those_who_report_on_it(town: EmbeddedStore) -> None:
    """Another unit's is denied, an unknown one refused."""
    assert (await asked_on(town, LAN, TASK, None, NOW)).report is None
    assert await asked_of(town, MAI, NOW) == []
    with pytest.raises(NotAllowed):
        await asked_on(town, MAI, TASK, None, NOW)
    with pytest.raises(UnknownTask):
        await asked_on(town, LAN, TaskId("gone"), None, NOW)
    with pytest.raises(NotOfTask):
        await asked_on(town, LAN, TASK, OCTOBER, NOW)


async def test_words_go_elsewhere_once_a_draft_can_take_none(town: EmbeddedStore) -> None:
    """Or every question typed later would be refused."""
    opened = await open_draft(town, FORMS, LAN, ONCE, NOW)
    await withdraw(town, TASK)
    with pytest.raises(TaskWithdrawn):
        await give(town, opened, Chose("done"))
    async with town.begin() as tx:
        assert await tx.get(Focus, LAN) is None
