"""One-tap results, new versions, and who reports for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.actor import NotAllowed
from records.dialog.values import Ask, Chose, JumpTo, Move, Said, Summary
from records.ids import DraftId
from records.model import (
    Outcome,
    Person,
    Report,
    ReportState,
    StandIn,
    Task,
)
from records.store import Store
from services.reports.drafts import edit, open_draft
from services.reports.one_tap import AtOnce, lacks_figures, report_at_once
from services.reports.refusals import ReportAccepted
from services.reports.values import About
from storage.embedded.store import EmbeddedStore
from tests.unit.services.reports.town import (
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
    first = sent(await report_at_once(town, FORMS, LAN, NOTHING, NOW)).report
    other = replace(NOTHING, draft=DraftId("button-xyz"))
    for person, said in ((LAN, NOTHING), (LAN, other), (HUNG, other)):
        again = sent(await report_at_once(town, FORMS, person, said, LATER))
        assert again.again
        assert again.report == first
    assert len(await reports(town)) == len(await owed(town)) == 1


async def test_work_that_went_on_is_told_as_a_new_version(town: EmbeddedStore) -> None:
    """First "Đang làm", later "Hoàn thành": the version before is kept beside it."""
    first = sent(await report_at_once(town, FORMS, LAN, GOING_ON, NOW)).report
    done = replace(GOING_ON, outcome=Outcome.DONE, draft=DraftId("button-done"))
    report = sent(await report_at_once(town, FORMS, LAN, done, LATER)).report
    assert (report.version, report.series) == (2, first.id)
    assert report.answers == {"outcome": "done"}
    assert [one.state for one in await reports(town)] == [
        ReportState.SUPERSEDED,
        ReportState.SUBMITTED,
    ]


async def test_one_tap_never_replaces_a_report_that_has_figures(town: EmbeddedStore) -> None:
    """The form opens with the outcome filled in and all that was told; it is sent from there."""
    told = await give_all(
        town,
        await open_draft(town, FORMS, LAN, ONCE, NOW),
        *(Chose("in_progress"), Said("40"), Said("Đã rà soát 5 tổ"), Move.SUMMARY, Move.CONFIRM),
    )
    done = replace(GOING_ON, outcome=Outcome.DONE)
    opened = dialog(await report_at_once(town, FORMS, LAN, done, LATER))
    assert isinstance(opened.prompt, Summary)
    assert opened.draft.answers["outcome"] == "done"
    assert opened.draft.replaces == sent(told).report.id
    assert await reports(town) == [sent(told).report]
    again = dialog(await report_at_once(town, FORMS, LAN, done, LATER))
    assert again.draft == opened.draft
    report = sent(await give_all(town, again, Move.CONFIRM)).report
    assert (report.version, report.answers["result"]) == (2, "Đã rà soát 5 tổ")


async def test_the_same_word_beside_figures_asks_for_new_ones(town: EmbeddedStore) -> None:
    """On another day, "Đang làm": the figures of before stand there to be changed or kept."""
    figures = (Chose("in_progress"), Said("40"), Said("Đã rà soát"), Move.SUMMARY, Move.CONFIRM)
    opened = await open_draft(town, FORMS, LAN, ONCE, NOW)
    await give_all(town, opened, *figures)
    shown = dialog(await report_at_once(town, FORMS, LAN, GOING_ON, LATER))
    assert shown.draft.answers["percent"] == "40"
    assert len(await reports(town)) == 1


async def test_a_returned_report_with_figures_is_mended_and_not_replaced(
    town: EmbeddedStore,
) -> None:
    """Nor does "Không phát sinh" wipe out what was counted."""
    zeros = (Said("3"), *(Move.SKIP,) * 4, Said("1"), Said("9"), Said("0"), Said("0"))
    asked = (*zeros, Chose("no"), Move.SUMMARY, Move.CONFIRM)
    told = sent(await give_all(town, await open_draft(town, FORMS, LAN, DUE, NOW), *asked)).report
    await judged(town, told, ReportState.RETURNED)
    shown = dialog(await report_at_once(town, FORMS, LAN, NOTHING, LATER))
    assert shown.draft.answers["citizens"] == "9"
    assert shown.draft.replaces == told.id


async def test_done_in_one_tap_is_no_report_where_figures_are_required(
    town: EmbeddedStore,
) -> None:
    """The form opens at its first question, however often it is tapped; "Đang làm" is sent."""
    done = AtOnce(task=MONTHLY, period=OCTOBER, outcome=Outcome.DONE, draft=DraftId("button-4"))
    opened = dialog(await report_at_once(town, FORMS, LAN, done, NOW))
    assert isinstance(opened.prompt, Ask)
    assert dialog(await report_at_once(town, FORMS, LAN, done, NOW)).draft == opened.draft
    assert await reports(town) == []
    going_on = replace(done, outcome=Outcome.IN_PROGRESS)
    assert sent(await report_at_once(town, FORMS, LAN, going_on, NOW)).report.at_once


async def test_one_tap_goes_on_with_the_draft_that_is_open(town: EmbeddedStore) -> None:
    """The outcome takes the place of another; what was typed before stays."""
    opened = await open_draft(town, FORMS, LAN, ONCE, NOW)
    ready = dialog(
        await give_all(town, opened, Chose("in_progress"), Said("40"), Said("Đã rà soát 5 tổ"))
    )
    other = await open_draft(town, FORMS, HUNG, ONCE, NOW)
    figures = (Chose("in_progress"), Said("10"), Said("Bắt đầu"), Move.SUMMARY, Move.CONFIRM)
    await give_all(town, other, *figures)
    done = replace(GOING_ON, outcome=Outcome.DONE)
    shown = dialog(await report_at_once(town, FORMS, LAN, done, LATER))
    assert shown.draft.id == ready.draft.id
    assert shown.draft.revision > ready.draft.revision
    assert shown.draft.answers["outcome"] == "done"
    assert shown.draft.answers["result"] == "Đã rà soát 5 tổ"


@pytest.mark.parametrize(
    ("form", "outcome", "lacks"),
    [
        ("tien_do", Outcome.DONE, False),
        ("tien_do", Outcome.IN_PROGRESS, False),
        ("doi_thoai", Outcome.DONE, True),
        ("doi_thoai", Outcome.IN_PROGRESS, False),
        ("doi_thoai", Outcome.NOTHING, False),
        ("so_ket", Outcome.DONE, True),
        ("cham_diem", Outcome.DONE, True),
        ("cham_diem", Outcome.NOTHING, True),
    ],
)
def test_a_word_is_complete_where_it_leaves_no_figure_out(
    form: str, outcome: Outcome, lacks: bool
) -> None:
    """Unfinished work is no complete report; "nothing" counts, and gives no points."""
    assert lacks_figures(FORMS.get(form), outcome) is lacks


async def test_the_same_word_is_news_on_another_day(town: EmbeddedStore) -> None:
    """On the same day it is a second tap."""
    await report_at_once(town, FORMS, LAN, GOING_ON, NOW)
    same_day = replace(GOING_ON, draft=DraftId("button-3"))
    assert sent(await report_at_once(town, FORMS, LAN, same_day, NOW + timedelta(hours=2))).again
    next_day = replace(GOING_ON, draft=DraftId("button-4"))
    assert not sent(await report_at_once(town, FORMS, LAN, next_day, LATER)).again


async def test_an_obstacle_to_a_task_takes_one_sentence(town: EmbeddedStore) -> None:
    """Its one question is answered, and it is sent: there is nothing to read over."""
    opened = await open_draft(town, FORMS, LAN, replace(ONCE, form="vuong_mac"), NOW)
    report = sent(await give_all(town, opened, Said("Chưa bố trí được kinh phí"))).report
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
    first = sent(await report_at_once(town, FORMS, LAN, GOING_ON, NOW)).report
    opened = await edit(town, FORMS, LAN, first.id, NOW)
    ready = await give_all(town, opened, Said("40"), Said("Đã làm"), Move.SUMMARY)
    await judged(town, first, ReportState.ACCEPTED)
    with pytest.raises(ReportAccepted):
        await give_all(town, ready, Move.CONFIRM)


async def test_a_report_belongs_to_the_unit_as_it_was(town: EmbeddedStore) -> None:
    """Who moves on leaves it where it was, and may not edit it from elsewhere."""
    first = sent(await report_at_once(town, FORMS, LAN, NOTHING, NOW)).report
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
    report = sent(await report_at_once(town, FORMS, HUNG, GOING_ON, NOW)).report
    assert (report.author, report.unit) == (HUNG, COMMUNE)


async def test_a_supporting_unit_reports_for_itself(town: EmbeddedStore) -> None:
    """Each unit has its own report on the task."""
    await change_task(town, replace(await task(town), support=(WARD,)))
    lead = sent(await report_at_once(town, FORMS, LAN, GOING_ON, NOW)).report
    own = replace(GOING_ON, draft=DraftId("button-5"))
    support = sent(await report_at_once(town, FORMS, MAI, own, NOW)).report
    assert (lead.unit, support.unit) == (COMMUNE, WARD)


async def test_a_deputy_reports_for_the_days_he_stands_in(town: EmbeddedStore) -> None:
    """For the unit of the one he stands in for, under his own name."""
    today = NOW.date()
    async with town.begin() as tx:
        held = await tx.get(Person, LAN)
        assert held is not None
        stand_in = StandIn(deputy=MAI, since=today, until=today)
        await tx.put(replace(held, stand_ins=(stand_in,)))
    report = sent(await report_at_once(town, FORMS, MAI, GOING_ON, NOW)).report
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
