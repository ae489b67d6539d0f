"""Several reports at once: the sound ones accepted, the others left for a reader and named."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from records.ids import DraftId, PersonId, ReportId
from records.model import AuditEntry, OutboxMessage, Outcome, Report, ReportState, Role
from services.review import decisions
from services.review.batch import Apart, accept_several, apart
from storage.embedded.store import EmbeddedStore
from tests.unit.services.review.test_decisions import (
    BESIDE,
    FORMS,
    HEAD,
    NOW,
    REPORT,
    TASK,
    person,
    unit,
)


def told(key: str, **more: Any) -> Report:
    """Return a further report on the task."""
    draft = DraftId(f"draft of {key}")
    return replace(REPORT, id=ReportId(key), series=ReportId(key), draft=draft, **more)


OBSTACLE = told("x", outcome=Outcome.OBSTACLE)
DOUBTED = told("y", notes={"so_don": "Tăng do đợt kiểm tra"})
SOUND = told("z", outcome=Outcome.IN_PROGRESS)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give a commune with its supervisor, one beside, and four reports that wait."""
    held = await EmbeddedStore.open(tmp_path)
    people = (
        person(PersonId("lan"), "xa", Role.OFFICER),
        person(HEAD, "xa", Role.SUPERVISOR),
        person(BESIDE, "khac", Role.SUPERVISOR),
    )
    reports = (REPORT, OBSTACLE, DOUBTED, SOUND)
    async with held.begin() as tx:
        for one in (unit("tinh"), unit("xa", "tinh"), unit("khac", "tinh"), *people, TASK):
            await tx.add(one)
        for report in reports:
            await tx.add(report)
    yield held
    await held.close()


EVERY = (REPORT.id, OBSTACLE.id, DOUBTED.id, SOUND.id)


async def test_sound_reports_are_accepted_and_the_others_named(store: EmbeddedStore) -> None:
    """An obstacle and a figure with a reason wait on; each author is told of his own."""
    done = await accept_several(store, FORMS, HEAD, EVERY, NOW)
    assert [one.report.id for one in done.accepted] == [REPORT.id, SOUND.id]
    assert [(one.report, one.why) for one in done.left] == [
        (OBSTACLE.id, Apart.OBSTACLE),
        (DOUBTED.id, Apart.DOUBT),
    ]
    async with store.begin() as tx:
        states = {one.id: one.state for one in await tx.find(Report)}
        owed, log = await tx.find(OutboxMessage), await tx.find(AuditEntry)
    assert [states[key] for key in EVERY] == [
        ReportState.ACCEPTED,
        ReportState.SUBMITTED,
        ReportState.SUBMITTED,
        ReportState.ACCEPTED,
    ]
    assert sorted(str(one.facts["report"]) for one in owed) == ["r", "z"]
    assert sorted(one.subject for one in log) == ["r", "z"]


async def test_what_stops_one_stops_no_other(store: EmbeddedStore) -> None:
    """One was accepted by another meanwhile, one is not there: both are said to be gone."""
    await decisions.accept(store, HEAD, REPORT.id, NOW)
    done = await accept_several(store, FORMS, HEAD, (REPORT.id, ReportId("nothing"), SOUND.id), NOW)
    assert [one.report.id for one in done.accepted] == [SOUND.id]
    assert [one.why for one in done.left] == [Apart.GONE, Apart.GONE]


async def test_nothing_of_a_unit_beside_is_accepted(store: EmbeddedStore) -> None:
    """The one access check stands before each, and each try is on record."""
    done = await accept_several(store, FORMS, BESIDE, EVERY, NOW)
    assert (done.accepted, {one.why for one in done.left}) == ((), {Apart.GONE})
    async with store.begin() as tx:
        log = await tx.find(AuditEntry)
    assert {(one.allowed, one.actor) for one in log} == {(False, BESIDE)}


def test_a_form_of_obstacles_is_read_by_itself() -> None:
    """Whatever its outcome: a unit may be clearing the obstacle away."""
    assert apart(replace(SOUND, form="vuong_mac"), FORMS) is Apart.OBSTACLE
    assert apart(SOUND, FORMS) is None
