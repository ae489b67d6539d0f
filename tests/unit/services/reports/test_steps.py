"""A report is written step by step, and nothing that was taken is lost or taken twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from records.actor import NotAllowed, UnknownPerson
from records.dialog.values import Ask, Chose, Complaint, Move, Said, Summary
from records.forms.files import Forms
from records.ids import DraftId
from records.model import AuditEntry, Focus, Outcome, ReportState, TaskState
from services.reports.drafts import drop, leave, list_drafts, open_draft, place, resume
from services.reports.refusals import (
    AlreadyReported,
    NoSuchDraft,
    NotOfUnit,
    TaskClosed,
    TaskWithdrawn,
)
from services.reports.steps import take_step
from services.reports.values import About, Input
from storage.embedded.store import EmbeddedStore
from tests.unit.services.reports.town import (
    CHIEF,
    COMMUNE,
    FORMS,
    HUNG,
    LAN,
    LATER,
    MAI,
    NOW,
    ONCE,
    TASK,
    WARD,
    change_person,
    dialog,
    draft_of,
    found_town,
    give,
    give_all,
    owed,
    reports,
    sent,
    withdraw,
)

DONE = (Chose("done"), Said("Đã rà soát 12 tổ"), Move.SUMMARY)


async def test_a_dialog_becomes_a_report_and_the_supervisor_is_owed_a_message(
    town: EmbeddedStore,
) -> None:
    """Report, message and the end of the draft come together."""
    opened = await open_draft(town, FORMS, LAN, ONCE, NOW)
    ready = dialog(await give_all(town, opened, *DONE))
    assert isinstance(ready.prompt, Summary)
    report = sent(await give(town, ready, Move.CONFIRM, LATER)).report
    assert await reports(town) == [report]
    assert (report.author, report.unit, report.task) == (LAN, COMMUNE, TASK)
    assert (report.outcome, report.state) == (Outcome.DONE, ReportState.SUBMITTED)
    assert report.answers["result"] == "Đã rà soát 12 tổ"
    assert report.submitted == LATER
    assert await draft_of(town, ready.draft.id) is None
    [message] = await owed(town)
    assert (message.person, message.template) == (CHIEF, "report_received")
    assert message.facts["report"] == report.id


async def test_words_typed_after_a_report_was_sent_are_not_for_it(town: EmbeddedStore) -> None:
    """They are a question again, for whoever sends; a colleague's focus stays where it is."""
    ready = await give_all(town, await open_draft(town, FORMS, LAN, ONCE, NOW), *DONE)
    his = dialog(await open_draft(town, FORMS, MAI, About(form="tap_huan"), NOW))
    await give(town, ready, Move.CONFIRM)
    async with town.begin() as tx:
        assert await tx.get(Focus, LAN) is None
        kept = await tx.get(Focus, MAI)
    assert kept is not None
    assert kept.subject == his.draft.id


async def test_the_second_tap_on_send_shows_the_report_that_was_sent(town: EmbeddedStore) -> None:
    """However often an update comes, one draft is one report and one message."""
    ready = await give_all(town, await open_draft(town, FORMS, LAN, ONCE, NOW), *DONE)
    first = sent(await give(town, ready, Move.CONFIRM))
    second = sent(await give(town, ready, Move.CONFIRM, LATER))
    assert (first.again, second.again) == (False, True)
    assert second.report == first.report
    assert len(await reports(town)) == len(await owed(town)) == 1


async def test_an_old_button_changes_nothing_and_shows_the_draft_as_it_is(
    town: EmbeddedStore,
) -> None:
    """A button carries the revision it was drawn for."""
    opened = await open_draft(town, FORMS, LAN, ONCE, NOW)
    after = dialog(await give(town, opened, Chose("done")))
    stale = dialog(await give(town, opened, Chose("obstacle")))
    assert stale.stale
    assert stale.draft == after.draft
    assert isinstance(after.prompt, Ask)
    assert stale.prompt == replace(after.prompt, noted=None)


async def test_words_that_come_again_are_not_taken_for_the_next_answer(
    town: EmbeddedStore,
) -> None:
    """After a kill Telegram hands the last messages out again."""
    opened = dialog(await give(town, await open_draft(town, FORMS, LAN, ONCE, NOW), Chose("done")))
    words = Input(draft=opened.draft.id, given=Said("Đã rà soát"), order=17)
    first = dialog(await take_step(town, FORMS, LAN, words, NOW))
    again = dialog(await take_step(town, FORMS, LAN, words, NOW))
    assert first.draft.answers["result"] == "Đã rà soát"
    assert again.stale
    assert again.draft == first.draft


async def test_an_objection_leaves_the_draft_as_it_was(town: EmbeddedStore) -> None:
    """What does not count changes nothing but who is listened to."""
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, NOW))
    wrong = dialog(await give(town, opened, Said("xyz")))
    assert wrong.objection is not None
    assert wrong.objection.complaint is Complaint.NOT_A_CHOICE
    assert await draft_of(town, opened.draft.id) == opened.draft


async def test_a_draft_is_there_after_the_store_was_closed(tmp_path: Path) -> None:
    """A restart loses no answer."""
    store = await EmbeddedStore.open(tmp_path / "kept")
    await found_town(store)
    before = dialog(
        await give_all(store, await open_draft(store, FORMS, LAN, ONCE, NOW), *DONE[:2])
    )
    await store.close()
    store = await EmbeddedStore.open(tmp_path / "kept")
    [found] = await list_drafts(store, FORMS, LAN, NOW)
    assert found.draft == before.draft
    again = dialog(await open_draft(store, FORMS, LAN, ONCE, LATER))
    assert again.draft == before.draft
    await store.close()


async def test_several_drafts_stand_side_by_side(town: EmbeddedStore) -> None:
    """Each is found again, the last touched first, and each keeps its own answers."""
    one = await open_draft(town, FORMS, LAN, ONCE, NOW)
    other = await open_draft(town, FORMS, LAN, About(form="vuong_mac"), NOW)
    one = dialog(await give(town, one, Chose("done"), LATER))
    found = await list_drafts(town, FORMS, LAN, LATER)
    assert [held.draft.id for held in found] == [one.draft.id, dialog(other).draft.id]
    assert dialog(other).draft.answers == {}


async def test_a_form_without_a_task_is_begun_anew_beside_one_begun(town: EmbeddedStore) -> None:
    """An empty one is taken up again, so that two taps make one draft; a begun one is kept."""
    about = About(form="vuong_mac")
    first = dialog(await open_draft(town, FORMS, LAN, about, NOW))
    assert dialog(await open_draft(town, FORMS, LAN, about, NOW)).draft.id == first.draft.id
    await give(town, first, Said("Đường vào thôn bị sạt lở"))
    assert dialog(await open_draft(town, FORMS, LAN, about, NOW)).draft.id != first.draft.id


async def test_words_go_to_the_draft_last_touched_until_it_is_left(town: EmbeddedStore) -> None:
    """The focus follows the dialog, and ends with it."""
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, NOW))
    async with town.begin() as tx:
        held = await tx.get(Focus, LAN)
    assert held is not None
    assert (held.topic, held.subject) == ("report", opened.draft.id)
    await leave(town, LAN, opened.draft.id, NOW)
    async with town.begin() as tx:
        assert await tx.get(Focus, LAN) is None
    assert await draft_of(town, opened.draft.id) == opened.draft


async def test_a_cancelled_draft_is_gone(town: EmbeddedStore) -> None:
    """What is asked of it then is one clear refusal."""
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, NOW))
    await drop(town, LAN, opened.draft.id, NOW)
    with pytest.raises(NoSuchDraft):
        await give(town, opened, Chose("done"))


async def test_the_message_of_a_dialog_is_noted_and_the_one_before_given_back(
    town: EmbeddedStore,
) -> None:
    """So that the old one's buttons can be taken away."""
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, NOW))
    assert await place(town, LAN, opened.draft.id, "5:7", NOW) is None
    assert await place(town, LAN, opened.draft.id, "5:9", NOW) == "5:7"
    assert await place(town, LAN, DraftId("gone"), "5:9", NOW) is None


async def test_another_persons_draft_is_denied_and_written_down(town: EmbeddedStore) -> None:
    """A forged button reaches nothing."""
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, NOW))
    forged = Input(draft=opened.draft.id, given=Chose("done"), revision=opened.draft.revision)
    with pytest.raises(NotAllowed):
        await take_step(town, FORMS, MAI, forged, NOW)
    with pytest.raises(NotAllowed):
        await resume(town, FORMS, MAI, opened.draft.id, NOW)
    async with town.begin() as tx:
        denied = await tx.find(AuditEntry, {"actor": MAI})
    assert [(one.subject, one.allowed) for one in denied] == [(opened.draft.id, False)]
    assert [one.detail for one in denied] == ["2"]
    assert await draft_of(town, opened.draft.id) == opened.draft


async def test_who_is_not_asked_cannot_open_a_report(town: EmbeddedStore) -> None:
    """The task of another unit is denied."""
    with pytest.raises(NotAllowed):
        await open_draft(town, FORMS, MAI, ONCE, NOW)


async def test_somebody_moved_in_the_middle_keeps_his_draft(town: EmbeddedStore) -> None:
    """He may read it; he reports for the unit no longer."""
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, NOW))
    await change_person(town, LAN, unit=WARD)
    with pytest.raises(NotOfUnit) as refused:
        await give(town, opened, Chose("done"))
    assert refused.value.unit == "Xã An Hòa"
    shown = await resume(town, FORMS, LAN, opened.draft.id, NOW)
    assert isinstance(shown.prompt, Ask)
    assert await draft_of(town, opened.draft.id) == opened.draft


async def test_somebody_deactivated_in_the_middle_leaves_his_draft(town: EmbeddedStore) -> None:
    """He may do nothing; what he wrote is kept."""
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, NOW))
    await change_person(town, LAN, active=False)
    with pytest.raises(UnknownPerson):
        await give(town, opened, Chose("done"))
    assert await draft_of(town, opened.draft.id) == opened.draft


@pytest.mark.parametrize(
    ("state", "refusal"),
    [(TaskState.WITHDRAWN, TaskWithdrawn), (TaskState.DONE, TaskClosed)],
)
async def test_a_task_that_ends_while_reported_keeps_the_draft(
    town: EmbeddedStore, state: TaskState, refusal: type[Exception]
) -> None:
    """Nothing is sent, and what was written can be read."""
    ready = dialog(await give_all(town, await open_draft(town, FORMS, LAN, ONCE, NOW), *DONE))
    await withdraw(town, TASK, state)
    with pytest.raises(refusal):
        await give(town, ready, Move.CONFIRM)
    assert await reports(town) == []
    again = await resume(town, FORMS, LAN, ready.draft.id, NOW)
    assert again.prompt == ready.prompt


async def test_two_colleagues_send_one_report_for_the_period(town: EmbeddedStore) -> None:
    """The second one is told by whom, and keeps the draft."""
    mine = await give_all(town, await open_draft(town, FORMS, LAN, ONCE, NOW), *DONE)
    his = await give_all(town, await open_draft(town, FORMS, HUNG, ONCE, NOW), *DONE)
    await give(town, mine, Move.CONFIRM)
    with pytest.raises(AlreadyReported) as refused:
        await give(town, his, Move.CONFIRM)
    assert refused.value.author == "Lan"
    assert await draft_of(town, dialog(his).draft.id) is not None
    assert len(await reports(town)) == 1


async def test_a_draft_goes_on_with_a_form_that_was_changed_meanwhile(town: EmbeddedStore) -> None:
    """By its new version where the old one is gone; a form that is gone hides its drafts."""
    opened = dialog(await open_draft(town, FORMS, LAN, ONCE, NOW))
    form = FORMS.get("tien_do")
    raised = replace(form, version=form.version + 1)
    newer = Forms(versions={"tien_do": {raised.version: raised}}, current={"tien_do": 2})
    [found] = await list_drafts(town, newer, LAN, NOW)
    assert found.draft.id == opened.draft.id
    step = Input(draft=opened.draft.id, given=Chose("done"), revision=opened.draft.revision)
    taken = dialog(await take_step(town, newer, LAN, step, NOW))
    assert taken.draft.form_version == form.version + 1
    assert await list_drafts(town, Forms(), LAN, NOW) == []
