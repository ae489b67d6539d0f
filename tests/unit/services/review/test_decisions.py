"""Review: accepted, returned, commented, by those who may, once, and told with it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from records.actor import NotAllowed
from records.forms.files import read_forms, shipped_forms
from records.ids import DraftId, PersonId, ReportId, TaskId, UnitId
from records.model import (
    AuditEntry,
    Cadence,
    Membership,
    OutboxMessage,
    Outcome,
    Person,
    Report,
    ReportState,
    Role,
    Task,
    TaskState,
    Unit,
    UnitName,
)
from services.review import decisions
from services.review.models import models
from services.review.refusals import AlreadyReviewed, OwnReport, ReasonMissing, UnknownReport
from storage.embedded.store import EmbeddedStore

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
FORMS = read_forms((shipped_forms(),))
REPORT = Report(
    id=ReportId("r"),
    series=ReportId("r"),
    version=1,
    author=PersonId("lan"),
    unit=UnitId("xa"),
    form="tien_do",
    form_version=1,
    outcome=Outcome.DONE,
    submitted=NOW - timedelta(hours=1),
    draft=DraftId("d"),
    task=TaskId("t"),
)
TASK = Task(
    id=TaskId("t"),
    title="Rà soát",
    lead=UnitId("xa"),
    form="tien_do",
    cadence=Cadence.ONCE,
    created=NOW,
    created_by=PersonId("admin"),
)
HEAD, CHIEF, BESIDE = PersonId("hung"), PersonId("minh"), PersonId("son")


def unit(key: str, parent: str | None = None) -> Unit:
    """Return a unit."""
    parents = () if parent is None else (Membership(parent=UnitId(parent)),)
    return Unit(id=UnitId(key), kind="xã", names=(UnitName(text=f"Xã {key}"),), parents=parents)


def person(key: PersonId, home: str, role: Role) -> Person:
    """Return somebody."""
    return Person(id=key, name=key.title(), unit=UnitId(home), role=role)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give a province with two communes, their people, and a report that waits."""
    held = await EmbeddedStore.open(tmp_path)
    people = (
        person(PersonId("lan"), "xa", Role.OFFICER),
        person(HEAD, "xa", Role.SUPERVISOR),
        person(CHIEF, "tinh", Role.SUPERVISOR),
        person(BESIDE, "khac", Role.SUPERVISOR),
    )
    async with held.begin() as tx:
        for record in (unit("tinh"), unit("xa", "tinh"), unit("khac", "tinh"), *people):
            await tx.add(record)
        await tx.add(TASK)
        await tx.add(REPORT)
    yield held
    await held.close()


async def kept(store: EmbeddedStore) -> tuple[Report, Task, list[OutboxMessage], list[AuditEntry]]:
    """Return the report, its task, what is owed and the audit log."""
    async with store.begin() as tx:
        report, task = await tx.get(Report, "r"), await tx.get(Task, "t")
        assert report is not None
        assert task is not None
        return report, task, await tx.find(OutboxMessage), await tx.find(AuditEntry)


@pytest.mark.parametrize("reviewer", [HEAD, CHIEF])
async def test_an_accepted_report_ends_its_task(store: EmbeddedStore, reviewer: PersonId) -> None:
    """By the unit's supervisor or one above; its author is told, the log knows."""
    await decisions.accept(store, reviewer, REPORT.id, NOW)
    report, task, owed, log = await kept(store)
    assert (report.state, report.reviewed_by) == (ReportState.ACCEPTED, reviewer)
    assert task.state is TaskState.DONE
    assert [(one.person, one.template) for one in owed] == [(REPORT.author, "report_accepted")]
    assert [(one.action, one.actor) for one in log] == [("accept", reviewer)]


@pytest.mark.parametrize(
    "change",
    [
        {"cadence": Cadence.YEARLY},
        {"lead": UnitId("khac")},
    ],
)
async def test_a_task_that_goes_on_stays_open(store: EmbeddedStore, change: dict[str, Any]) -> None:
    """A recurring one, and one that another unit leads."""
    async with store.begin() as tx:
        await tx.put(replace(TASK, **change))
    await decisions.accept(store, HEAD, REPORT.id, NOW)
    assert (await kept(store))[1].state is TaskState.OPEN


async def test_work_in_progress_leaves_the_task_open(store: EmbeddedStore) -> None:
    """Accepted is not finished."""
    async with store.begin() as tx:
        await tx.put(replace(REPORT, outcome=Outcome.IN_PROGRESS))
    await decisions.accept(store, HEAD, REPORT.id, NOW)
    assert (await kept(store))[1].state is TaskState.OPEN


async def test_a_report_is_returned_for_a_reason(store: EmbeddedStore) -> None:
    """The reason reaches its author, and stays with the report."""
    await decisions.give_back(store, HEAD, REPORT.id, "  Bổ sung\n số liệu ", NOW)
    report, task, (row,), _ = await kept(store)
    assert (report.state, report.remark) == (ReportState.RETURNED, "Bổ sung số liệu")
    assert (row.template, row.facts["remark"]) == ("report_returned", "Bổ sung số liệu")
    assert task.state is TaskState.OPEN


@pytest.mark.parametrize("words", ["", " \n ", "a" * (decisions.LONGEST_REMARK + 1)])
async def test_without_a_reason_nothing_happens(store: EmbeddedStore, words: str) -> None:
    """Neither returned nor commented."""
    for act in (decisions.give_back, decisions.comment):
        with pytest.raises(ReasonMissing):
            await act(store, HEAD, REPORT.id, words, NOW)
    report, _, owed, log = await kept(store)
    assert (report, owed, log) == (REPORT, [], [])


async def test_a_comment_changes_no_state(store: EmbeddedStore) -> None:
    """It may be given after the review too, and again."""
    await decisions.accept(store, HEAD, REPORT.id, NOW)
    for minute, words in enumerate(("Tốt", "Nêu thêm cách làm")):
        later = NOW + timedelta(minutes=minute)
        await decisions.comment(store, HEAD, REPORT.id, words, later)
    report, _, owed, _ = await kept(store)
    assert (report.state, report.remark) == (ReportState.ACCEPTED, "Nêu thêm cách làm")
    assert [one.template for one in owed].count("report_commented") == 2


async def test_of_two_reviewers_one_decides(store: EmbeddedStore) -> None:
    """The other learns that it is done; its author is told once."""
    both = await asyncio.gather(
        decisions.accept(store, HEAD, REPORT.id, NOW),
        decisions.give_back(store, CHIEF, REPORT.id, "Thiếu", NOW),
        return_exceptions=True,
    )
    assert [type(one) for one in both].count(AlreadyReviewed) == 1
    assert len((await kept(store))[2]) == 1


async def test_nobody_reviews_his_own(store: EmbeddedStore) -> None:
    """A supervisor's report is for somebody above him."""
    async with store.begin() as tx:
        await tx.put(replace(REPORT, author=HEAD))
    assert await decisions.waiting(store, HEAD, NOW) == []
    for act in (decisions.give_back, decisions.comment):
        with pytest.raises(OwnReport):
            await act(store, HEAD, REPORT.id, "Tốt", NOW)
    with pytest.raises(OwnReport):
        await decisions.accept(store, HEAD, REPORT.id, NOW)
    assert [one.report.id for one in await decisions.waiting(store, CHIEF, NOW)] == [REPORT.id]


@pytest.mark.parametrize("who", [BESIDE, REPORT.author])
async def test_others_are_denied_and_it_is_on_record(store: EmbeddedStore, who: PersonId) -> None:
    """A supervisor beside, and the officer himself."""
    with pytest.raises(NotAllowed):
        await decisions.accept(store, who, REPORT.id, NOW)
    report, _, owed, (entry,) = await kept(store)
    assert (report, owed) == (REPORT, [])
    assert (entry.actor, entry.action, entry.subject, entry.allowed) == (who, "review", "r", False)
    assert await decisions.waiting(store, who, NOW) == []


async def test_what_is_not_there_is_said_so(store: EmbeddedStore) -> None:
    """An old button is no fault."""
    with pytest.raises(UnknownReport):
        await decisions.accept(store, HEAD, ReportId("nothing"), NOW)
    with pytest.raises(UnknownReport):
        await decisions.look(store, HEAD, ReportId("nothing"), NOW)


async def test_who_may_see_the_unit_may_read_its_reports(store: EmbeddedStore) -> None:
    """The author may; a unit beside may not."""
    assert (await decisions.look(store, REPORT.author, REPORT.id, NOW)).unit == "Xã xa"
    with pytest.raises(NotAllowed):
        await decisions.look(store, BESIDE, REPORT.id, NOW)


async def test_models_are_found_in_ones_own_scope(store: EmbeddedStore) -> None:
    """By words without accents, each once as last told; returned ones not."""

    def told(key: str, home: str, name: str, hours: int, **more: Any) -> Report:
        return replace(
            REPORT,
            id=ReportId(key),
            series=ReportId(key),
            draft=DraftId(f"draft of {key}"),
            task=None,
            form="dan_van_kheo",
            unit=UnitId(home),
            submitted=NOW + timedelta(hours=hours),
            answers={"name": name, "address": "Thôn Đông"},
            **more,
        )

    async with store.begin() as tx:
        for one in (
            told("a", "xa", "Chính quyền thân thiện", 0),
            told("b", "xa", "Chính quyền thân thiện", 5),
            told("c", "khac", "Đường hoa nông thôn", 2),
            told("d", "xa", "Bị trả lại", 3, state=ReportState.RETURNED),
        ):
            await tx.add(one)
    assert [one.report.id for one in await models(store, FORMS, CHIEF, NOW)] == ["b", "c"]
    assert [one.report.id for one in await models(store, FORMS, HEAD, NOW)] == ["b"]
    assert [one.name for one in await models(store, FORMS, CHIEF, NOW, "duong hoa")] == [
        "Đường hoa nông thôn"
    ]
    assert await models(store, FORMS, CHIEF, NOW, "khong co") == []
