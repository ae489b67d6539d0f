"""One-tap results, new versions, and who reports for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.acting import NotAllowed
from records.dialog.values import Ask, Chose, JumpTo, Move, Said, Summary
from records.embedded.store import EmbeddedStore
from records.ids import DraftId
from records.model import (
    Outcome,
    Person,
    Report,
    ReportState,
    StandIn,
    Task,
)
from records.reporting.at_once import AtOnce, report_at_once
from records.reporting.drafts import edit, open_draft
from records.reporting.refusals import ReportAccepted
from records.reporting.values import About
from records.store import Store
from tests.unit.records.reporting.town import (
    CHIEF,
    COMMUNE,
    DUE,
    FORMS,
    HUNG,
    LAN,
    LATER,
    MAI,
    MONTHLY,
    NOW,
    OCTOBER,
    OFFICE,
    ONCE,
    TASK,
    WARD,
    change_person,
    dialog,
    give_all,
    owed,
    reports,
    sent,
)

NOTHING = AtOnce(task=MONTHLY, period=OCTOBER, outcome=Outcome.NOTHING, draft=DraftId("button-one"))
GOING_ON = AtOnce(task=TASK, period=None, outcome=Outcome.IN_PROGRESS, draft=DraftId("button-two"))


async def judged(store: Store, report: Report, state: ReportState) -> None:
    """Let the supervisor decide."""
    async with store.begin() as tx:
        await tx.put(
            replace(report, state=state, reviewed_by=CHIEF, reviewed=NOW, remark="Bổ sung")
        )


async def change_task(store: Store, task: Task) -> None:
    """Put a task in the place of the one it was."""
    async with store.begin() as tx:
        await tx.put(task)


async def task(store: Store) -> Task:
    """Return the task reported once."""
    async with store.begin() as tx:
        held = await tx.get(Task, TASK)
    assert held is not None
    return held


async def test_nothing_to_report_is_a_full_report_in_one_tap(town: EmbeddedStore) -> None:
    """It stands for the unit and the period, and the supervisor is told."""
    report = sent(await report_at_once(town, FORMS, LAN, NOTHING, NOW)).report
    assert (report.outcome, report.unit, report.period) == (Outcome.NOTHING, COMMUNE, OCTOBER)
    assert [message.person for message in await owed(town)] == [CHIEF]


async def test_a_second_tap_and_another_button_of_the_day_send_nothing_more(
    town: EmbeddedStore,
) -> None:
    """Nor does a colleague's: the report that stands is shown."""
    first = await report_at_once(town, FORMS, LAN, NOTHING, NOW)
    other = replace(NOTHING, draft=DraftId("button-xyz"))
    for person, said in ((LAN, NOTHING), (LAN, other), (HUNG, other)):
        again = await report_at_once(town, FORMS, person, said, LATER)
        assert again.again
        assert again.report == first.report
    assert len(await reports(town)) == len(await owed(town)) == 1


async def test_work_that_went_on_is_told_as_a_new_version(town: EmbeddedStore) -> None:
    """First "Đang làm", later "Hoàn thành": what was told before is kept beside it."""
    told = await give_all(
        town,
        await open_draft(town, FORMS, LAN, ONCE, NOW),
        *(Chose("in_progress"), Said("40"), Said("Đã rà soát 5 tổ"), Move.SUMMARY, Move.CONFIRM),
    )
    done = replace(GOING_ON, outcome=Outcome.DONE)
    report = sent(await report_at_once(town, FORMS, LAN, done, LATER)).report
    assert (report.version, report.series) == (2, sent(told).report.id)
    told_still = {"result": "Đã rà soát 5 tổ", "proposals": None, "evidence": None}
    assert report.answers == {"outcome": "done", **told_still}
    assert [one.state for one in await reports(town)] == [
        ReportState.SUPERSEDED,
        ReportState.SUBMITTED,
    ]


async def test_the_same_word_is_news_on_another_day(town: EmbeddedStore) -> None:
    """On the same day it is a second tap."""
    await report_at_once(town, FORMS, LAN, GOING_ON, NOW)
    same_day = replace(GOING_ON, draft=DraftId("button-3"))
    assert (await report_at_once(town, FORMS, LAN, same_day, NOW + timedelta(hours=2))).again
    next_day = replace(GOING_ON, draft=DraftId("button-4"))
    assert not (await report_at_once(town, FORMS, LAN, next_day, LATER)).again


async def test_an_obstacle_to_a_task_takes_one_sentence(town: EmbeddedStore) -> None:
    """Its one question is answered, and it can be sent."""
    opened = await open_draft(town, FORMS, LAN, replace(ONCE, form="vuong_mac"), NOW)
    ready = await give_all(town, opened, Said("Chưa bố trí được kinh phí"))
    assert isinstance(dialog(ready).prompt, Summary)
    report = sent(await give_all(town, ready, Move.CONFIRM)).report
    assert report.outcome is Outcome.OBSTACLE
    assert report.answers == {"content": "Chưa bố trí được kinh phí"}


async def test_a_paper_ends_the_asking_with_its_number(town: EmbeddedStore) -> None:
    """The number is kept as it was written."""
    opened = await open_draft(town, FORMS, LAN, replace(DUE, form="van_ban"), NOW)
    ready = await give_all(town, opened, Said("125/BC-UBND"), Said("2/11/2026"))
    report = sent(await give_all(town, ready, Move.CONFIRM)).report
    assert (report.outcome, report.paper_number) == (Outcome.ON_PAPER, "125/BC-UBND")
    again = sent(await open_draft(town, FORMS, LAN, DUE, LATER))
    assert (again.again, again.report) == (True, report)


async def test_a_report_is_edited_into_a_new_version_until_it_is_accepted(
    town: EmbeddedStore,
) -> None:
    """The old version is kept and superseded; the draft begins with its answers."""
    first = sent(
        await give_all(
            town,
            await open_draft(town, FORMS, LAN, ONCE, NOW),
            *(Chose("done"), Said("Đã rà soát 12 tổ"), Move.SUMMARY, Move.CONFIRM),
        )
    ).report
    opened = await edit(town, FORMS, LAN, first.id, LATER)
    assert isinstance(opened.prompt, Summary)
    changed = await give_all(town, opened, JumpTo("result"), Said("Đã rà soát 13 tổ"), Move.CONFIRM)
    second = sent(changed).report
    assert (second.version, second.series) == (2, first.id)
    assert second.answers["result"] == "Đã rà soát 13 tổ"
    assert [one.state for one in await reports(town)] == [
        ReportState.SUPERSEDED,
        ReportState.SUBMITTED,
    ]
    await judged(town, second, ReportState.ACCEPTED)
    with pytest.raises(ReportAccepted):
        await edit(town, FORMS, LAN, first.id, LATER)


async def test_a_returned_report_is_opened_to_be_sent_again(town: EmbeddedStore) -> None:
    """Its answers are there; only what was asked for is changed."""
    first = sent(
        await give_all(
            town,
            await open_draft(town, FORMS, LAN, ONCE, NOW),
            *(Chose("done"), Said("Xong"), Move.SUMMARY, Move.CONFIRM),
        )
    ).report
    await judged(town, first, ReportState.RETURNED)
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, LATER))
    assert opened.draft.replaces == first.id
    assert (await edit(town, FORMS, LAN, first.id, LATER)).draft == opened.draft
    second = sent(await give_all(town, opened, Move.CONFIRM)).report
    assert second.version == 2


async def test_a_report_accepted_while_it_is_edited_is_not_changed(town: EmbeddedStore) -> None:
    """The editor is told, and what he wrote is kept."""
    first = (await report_at_once(town, FORMS, LAN, GOING_ON, NOW)).report
    opened = await edit(town, FORMS, LAN, first.id, NOW)
    ready = await give_all(town, opened, Said("40"), Said("Đã làm"), Move.SUMMARY)
    await judged(town, first, ReportState.ACCEPTED)
    with pytest.raises(ReportAccepted):
        await give_all(town, ready, Move.CONFIRM)


async def test_a_report_belongs_to_the_unit_as_it_was(town: EmbeddedStore) -> None:
    """Who moves on leaves it where it was, and may not edit it from elsewhere."""
    first = (await report_at_once(town, FORMS, LAN, NOTHING, NOW)).report
    await change_person(town, LAN, unit=WARD)
    assert (await reports(town))[0].unit == COMMUNE
    with pytest.raises(NotAllowed):
        await edit(town, FORMS, LAN, first.id, LATER)
    assert (await edit(town, FORMS, HUNG, first.id, LATER)).draft.replaces == first.id


async def test_where_people_are_assigned_they_alone_report(town: EmbeddedStore) -> None:
    """Somebody of an office below the unit reports for the unit."""
    held = await task(town)
    await change_task(town, replace(held, assignees=(HUNG,)))
    with pytest.raises(NotAllowed):
        await open_draft(town, FORMS, LAN, ONCE, NOW)
    await change_person(town, HUNG, unit=OFFICE)
    report = (await report_at_once(town, FORMS, HUNG, GOING_ON, NOW)).report
    assert (report.author, report.unit) == (HUNG, COMMUNE)


async def test_a_supporting_unit_reports_for_itself(town: EmbeddedStore) -> None:
    """Each unit has its own report on the task."""
    await change_task(town, replace(await task(town), support=(WARD,)))
    lead = (await report_at_once(town, FORMS, LAN, GOING_ON, NOW)).report
    own = replace(GOING_ON, draft=DraftId("button-5"))
    support = (await report_at_once(town, FORMS, MAI, own, NOW)).report
    assert (lead.unit, support.unit) == (COMMUNE, WARD)


async def test_a_deputy_reports_for_the_days_he_stands_in(town: EmbeddedStore) -> None:
    """For the unit of the one he stands in for, under his own name."""
    today = NOW.date()
    async with town.begin() as tx:
        held = await tx.get(Person, LAN)
        assert held is not None
        stand_in = StandIn(deputy=MAI, since=today, until=today)
        await tx.put(replace(held, stand_ins=(stand_in,)))
    report = (await report_at_once(town, FORMS, MAI, GOING_ON, NOW)).report
    assert (report.author, report.unit) == (MAI, COMMUNE)
    with pytest.raises(NotAllowed):
        await open_draft(town, FORMS, MAI, ONCE, LATER)


async def test_an_obstacle_without_a_task_is_reported_whole(town: EmbeddedStore) -> None:
    """Its unit is the reporter's own."""
    opened = await open_draft(town, FORMS, LAN, About(form="vuong_mac"), NOW)
    assert isinstance(dialog(opened).prompt, Ask)
    ready = await give_all(
        town,
        opened,
        *(Said("Đường vào thôn bị sạt lở"), Chose("obstacle"), Chose("land"), Chose("soon")),
        *(Move.SKIP, Move.SKIP, Move.SKIP, Said("Đề nghị tỉnh hỗ trợ"), Move.SUMMARY, Move.CONFIRM),
    )
    report = sent(ready).report
    assert (report.unit, report.task, report.outcome) == (COMMUNE, None, Outcome.OBSTACLE)
