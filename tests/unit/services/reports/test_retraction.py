"""A report sent by one tap is taken back whole, for ten minutes, and nobody acts on it after."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from records.actor import NotAllowed
from records.dialog.values import Chose, Move, Said
from records.ids import DraftId, ReportId
from records.model import AuditEntry, Delivery, OutboxMessage, Outcome, Report, ReportState
from services.reports.drafts import open_draft
from services.reports.one_tap import AtOnce, report_at_once
from services.reports.refusals import NoSuchReport, NotTakenBack, TakenBackTooLate
from services.reports.retraction import TakenBack, is_taken_back, take_back, was_heard_of
from services.review import decisions
from services.review.refusals import AlreadyReviewed
from storage.embedded.store import EmbeddedStore
from tests.unit.services.reports.town import (
    CHIEF,
    FORMS,
    HUNG,
    LAN,
    LATER,
    MONTHLY,
    NOW,
    OCTOBER,
    ONCE,
    TASK,
    give_all,
    owed,
    reports,
    sent,
)

SOON = NOW + timedelta(minutes=10)
"""The last moment for taking back."""

GOING_ON = AtOnce(task=TASK, period=None, outcome=Outcome.IN_PROGRESS, draft=DraftId("button"))


async def said(town: EmbeddedStore, word: AtOnce = GOING_ON, now: datetime = NOW) -> Report:
    """Report one word as the officer."""
    return sent(await report_at_once(town, FORMS, LAN, word, now)).report


async def taken(town: EmbeddedStore, report: ReportId, now: datetime = SOON) -> TakenBack:
    """Take a report back as the officer."""
    return await take_back(town, FORMS, LAN, report, now)


async def audited(town: EmbeddedStore) -> list[str]:
    """Return what was written down, oldest first."""
    async with town.begin() as tx:
        return [one.action for one in await tx.find(AuditEntry)]


async def test_a_first_report_leaves_nothing_behind(town: EmbeddedStore) -> None:
    """The period stands as if nothing had been sent, and another report may be sent for it."""
    first = await said(town)
    back = await taken(town, first.id)
    assert (back.sent.report.state, back.before) == (ReportState.TAKEN_BACK, None)
    assert await audited(town) == ["submit", "take_back"]
    second = await said(town, replace(GOING_ON, draft=DraftId("another")), SOON)
    assert (second.version, second.state) == (1, ReportState.SUBMITTED)


async def test_the_version_before_stands_again_as_it_stood(town: EmbeddedStore) -> None:
    """One that waited waits again; one that was returned is returned, with its remark."""
    first = await said(town)
    second = await said(town, replace(GOING_ON, outcome=Outcome.DONE, draft=DraftId("b")), LATER)
    assert (await taken(town, second.id, LATER)).before == first
    returned = await decisions.give_back(town, CHIEF, first.id, "Bổ sung số liệu", LATER)
    third = await said(town, replace(GOING_ON, draft=DraftId("c")), LATER)
    assert (await taken(town, third.id, LATER)).before == returned.report
    standing = [one for one in await reports(town) if one.state.stands]
    assert standing == [returned.report]


async def test_a_second_tap_shows_that_it_is_taken_back(town: EmbeddedStore) -> None:
    """So do both of two at the same moment, and the button that sent it: nothing is sent anew."""
    first = await said(town)
    both = await asyncio.gather(taken(town, first.id), taken(town, first.id))
    assert both[0] == both[1] == await taken(town, first.id, LATER)
    assert (await audited(town)).count("take_back") == 1
    again = sent(await report_at_once(town, FORMS, LAN, GOING_ON, LATER))
    assert again.report.state is ReportState.TAKEN_BACK
    assert len(await reports(town)) == 1
    assert len(await owed(town)) == 2


async def test_after_ten_minutes_it_stays(town: EmbeddedStore) -> None:
    """A second later it is too late, and the confirmation does not offer it either."""
    first = await said(town)
    assert sent(await report_at_once(town, FORMS, LAN, GOING_ON, SOON)).open_until == SOON
    late = SOON + timedelta(seconds=1)
    assert sent(await report_at_once(town, FORMS, LAN, GOING_ON, late)).open_until is None
    with pytest.raises(TakenBackTooLate) as refused:
        await taken(town, first.id, late)
    assert refused.value.minutes == 10
    assert (await reports(town))[0].state is ReportState.SUBMITTED


async def test_what_was_reviewed_or_replaced_stays(town: EmbeddedStore) -> None:
    """Within the minutes too: somebody has gone on from it."""
    minutes = [NOW + timedelta(minutes=n) for n in range(4)]
    first = await said(town)
    await decisions.accept(town, CHIEF, first.id, NOW)
    done = replace(GOING_ON, outcome=Outcome.DONE)
    second = await said(town, replace(done, draft=DraftId("b")), minutes[1])
    await decisions.give_back(town, CHIEF, second.id, "Bổ sung", minutes[1])
    third = await said(town, replace(GOING_ON, draft=DraftId("c")), minutes[2])
    fourth = await said(town, replace(done, draft=DraftId("d")), minutes[3])
    for report, state in ((first, "accepted"), (second, "superseded"), (third, "superseded")):
        with pytest.raises(NotTakenBack) as refused:
            await taken(town, report.id)
        assert refused.value.state == state
    assert (await taken(town, fourth.id)).before == third


async def test_a_review_and_a_taking_back_at_once_have_one_outcome(town: EmbeddedStore) -> None:
    """Whoever is second is told; the report is either accepted or gone."""
    first = await said(town)
    both = await asyncio.gather(
        taken(town, first.id),
        decisions.accept(town, CHIEF, first.id, SOON),
        return_exceptions=True,
    )
    refused = [one for one in both if isinstance(one, NotTakenBack | AlreadyReviewed)]
    assert len(refused) == 1
    [held] = await reports(town)
    assert held.state in (ReportState.TAKEN_BACK, ReportState.ACCEPTED)


async def test_nobody_reviews_or_comments_what_was_taken_back(town: EmbeddedStore) -> None:
    """An old button of the reviewer says so; it waits in no list."""
    first = await said(town)
    await taken(town, first.id)
    assert await decisions.waiting(town, CHIEF, SOON) == []
    with pytest.raises(AlreadyReviewed):
        await decisions.accept(town, CHIEF, first.id, SOON)
    with pytest.raises(AlreadyReviewed):
        await decisions.comment(town, CHIEF, first.id, "Tốt", SOON)


async def test_only_its_author_takes_back_and_only_what_was_sent_at_once(
    town: EmbeddedStore,
) -> None:
    """A colleague's try and one at a report that was confirmed are denied and written down."""
    nothing = AtOnce(task=MONTHLY, period=OCTOBER, outcome=Outcome.NOTHING, draft=DraftId("n"))
    first = await said(town, nothing)
    with pytest.raises(NotAllowed):
        await take_back(town, FORMS, HUNG, first.id, NOW)
    confirmed = sent(
        await give_all(
            town,
            await open_draft(town, FORMS, LAN, ONCE, LATER),
            *(Chose("done"), Said("Đã xong"), Move.SUMMARY, Move.CONFIRM),
        )
    )
    assert confirmed.open_until is None
    with pytest.raises(NotAllowed):
        await taken(town, confirmed.report.id, LATER)
    with pytest.raises(NoSuchReport):
        await taken(town, ReportId("none"))


async def test_an_obstacle_of_one_sentence_can_be_taken_back(town: EmbeddedStore) -> None:
    """It was sent without being read over: its author may think again."""
    opened = await open_draft(town, FORMS, LAN, replace(ONCE, form="vuong_mac"), NOW)
    shown = sent(await give_all(town, opened, Said("Chưa bố trí được kinh phí")))
    assert shown.open_until == SOON
    await taken(town, shown.report.id)
    assert [one for one in await reports(town) if one.state.stands] == []


@pytest.mark.parametrize(
    ("state", "tries", "failed", "heard"),
    [
        (Delivery.OWED, 0, 0, False),
        (Delivery.OWED, 1, 1, False),
        (Delivery.OWED, 1, 0, True),
        (Delivery.SENT, 1, 0, True),
        (Delivery.UNKNOWN, 2, 0, True),
        (Delivery.DROPPED, 1, 0, False),
        (Delivery.UNREACHABLE, 1, 0, False),
    ],
)
async def test_who_heard_of_it_hears_that_it_was_taken_back(
    town: EmbeddedStore, state: Delivery, tries: int, failed: int, heard: bool
) -> None:
    """And nobody else: a notice that did not go out is dropped, since its report is gone."""
    first = await said(town)
    async with town.begin() as tx:
        [notice] = await tx.find(OutboxMessage)
        await tx.put(replace(notice, state=state, tries=tries, failed=failed))
    assert not await is_taken_back(town, first.id)
    await taken(town, first.id)
    _, line = await owed(town)
    assert (line.person, line.template) == (CHIEF, "report_taken_back")
    assert await is_taken_back(town, first.id)
    assert await was_heard_of(town, CHIEF, first.id) is heard
    assert not await was_heard_of(town, HUNG, first.id)
