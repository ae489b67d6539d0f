"""Answers on work keep to the asker's rights; a figure says from how many reports of how many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from records.forms.files import read_forms, shipped_forms
from records.forms.model import FieldType
from records.ids import DraftId, PersonId, ReportId, TaskId, UnitId
from records.model import Cadence, Outcome, Person, Report, ReportState, Role, Task
from records.store import Store
from services.intents.values import Intent, Named
from services.own_work.desk import Answered, Asked, Notes, answered
from services.own_work.values import Figure, Hidden, OneUnit, Owing, Sent, Staff, Units, UnreadOnes
from tests.unit.services.tasks.office import (
    ADMIN,
    AN_HOA,
    BINH_AN,
    CHIEF,
    HUNG,
    INTERIOR,
    LAN,
    MAI,
    NOW,
    PROVINCE,
    found_office,
)

FORMS = read_forms((shipped_forms(),))
FORM = FORMS.get("doi_thoai")
HEAD = PersonId("head")
"""A supervisor of the whole province."""
NUMBER = next(field for field in FORM.fields if field.type is FieldType.NUMBER and field.additive)


def task(key: str, unit: UnitId, *, days: int, form: str = "doi_thoai") -> Task:
    """Return a task reported once, due so many days from now."""
    return Task(
        id=TaskId(key),
        title=f"Đối thoại {key}",
        lead=unit,
        form=form,
        cadence=Cadence.ONCE,
        created=NOW - timedelta(days=60),
        created_by=ADMIN,
        due=NOW.date() + timedelta(days=days),
    )


def sent(key: str, unit: UnitId, author: PersonId, **more: Any) -> Report:
    """Return a report on the task of the same key."""
    facts: dict[str, Any] = {"outcome": Outcome.DONE, "submitted": NOW - timedelta(days=1)}
    return Report(
        id=ReportId(f"r{key}"),
        series=ReportId(f"r{key}"),
        version=1,
        author=author,
        unit=unit,
        form="doi_thoai",
        form_version=FORM.version,
        draft=DraftId(f"d{key}"),
        task=TaskId(key),
        **(facts | more),
    )


TASKS = (
    task("h", AN_HOA, days=-3),
    task("m", BINH_AN, days=5),
    task("l", INTERIOR, days=-10),
)


async def given(store: Store, *reports: Report, tasks: Sequence[Task] = TASKS) -> None:
    """Enter the office with its tasks and reports."""
    await found_office(store)
    async with store.begin() as tx:
        await tx.add(Person(id=HEAD, name="Head", unit=PROVINCE, role=Role.SUPERVISOR))
        for one in tasks:
            await tx.add(one)
        for report in reports:
            await tx.add(report)


async def ask(
    store: Store, who: PersonId, intent: Intent, named: Named | None = None, now: datetime = NOW
) -> Answered:
    """Ask, and return the answer."""
    return await answered(store, FORMS, who, Asked(intent=intent, named=named or Named()), now)


async def test_an_officer_hears_of_his_own(store: Store) -> None:
    """What he owes, not what the next commune owes; what is late of it likewise."""
    await given(store)
    owed = await ask(store, HUNG, Intent.OWED)
    assert isinstance(owed, Owing)
    assert ([one.task.id for one in owed.items], owed.of_units) == (["h"], False)
    late = await ask(store, MAI, Intent.LATE)
    assert isinstance(late, Owing)
    assert late.items == ()


async def test_when_a_task_is_due_is_told_to_who_owes_it(store: Store) -> None:
    """With its day; of another commune's task he hears nothing."""
    await given(store)
    due = await ask(store, HUNG, Intent.DUE, Named(tasks=("h",)))
    assert isinstance(due, Owing)
    assert [one.due for one in due.items] == [date(2026, 10, 30)]
    other = await ask(store, HUNG, Intent.DUE, Named(tasks=("m",)))
    assert not isinstance(other, Owing) or all(one.unit == AN_HOA for one in other.items)


@pytest.mark.parametrize(
    ("intent", "state"),
    [
        (Intent.SENT, ReportState.SUBMITTED),
        (Intent.REVIEW, ReportState.SUBMITTED),
        (Intent.RETURNED, ReportState.RETURNED),
    ],
)
async def test_what_was_sent_is_told_to_its_unit_alone(
    store: Store, intent: Intent, state: ReportState
) -> None:
    """Its author finds it; the officer of another unit does not."""
    await given(store, sent("h", AN_HOA, HUNG, state=state, remark="Thiếu"))
    own, other = await ask(store, HUNG, intent), await ask(store, LAN, intent)
    assert isinstance(own, Sent)
    assert isinstance(other, Sent)
    assert ([one.report.id for one in own.items], other.items) == (["rh"], ())


async def test_which_units_have_not_reported_is_within_ones_scope(store: Store) -> None:
    """The head sees three, of three asked; an officer no unit but his own."""
    await given(store)
    every = await ask(store, HEAD, Intent.UNREPORTED)
    own = await ask(store, HUNG, Intent.UNREPORTED)
    assert isinstance(every, Units)
    assert isinstance(own, Units)
    assert ({one.unit for one in every.counts}, every.asked) == ({AN_HOA, BINH_AN, INTERIOR}, 3)
    assert {one.unit for one in own.counts} <= {AN_HOA}


async def test_the_slowest_comes_first(store: Store) -> None:
    """By what is late, then by the days."""
    await given(store)
    found = await ask(store, HEAD, Intent.SLOWEST)
    assert isinstance(found, Units)
    assert [(one.unit, one.days) for one in found.counts][:2] == [(INTERIOR, 10), (AN_HOA, 3)]


@pytest.mark.parametrize("intent", [Intent.UNIT, Intent.MODELS])
async def test_a_unit_beside_is_hidden(store: Store, intent: Intent) -> None:
    """It is said to be so, by its name; the head sees it."""
    await given(store)
    named = Named(units=(str(BINH_AN),))
    beside = await ask(store, HUNG, intent, named)
    assert beside == Hidden(unit="Phường Bình An")
    assert isinstance(await ask(store, HEAD, intent, named), OneUnit | Notes)


async def test_a_figure_of_a_unit_beside_is_hidden(store: Store) -> None:
    """As any other fact of it."""
    await given(store)
    named = Named(units=(str(BINH_AN),), figures=(NUMBER.label,))
    assert await ask(store, HUNG, Intent.TOTAL, named) == Hidden(unit="Phường Bình An")


async def test_a_figure_says_from_how_many_of_how_many(store: Store) -> None:
    """Two of three reports came; what was returned counts in neither sum nor number."""
    told = {"answers": {NUMBER.key: "4"}}
    back = sent("l", INTERIOR, LAN, answers={NUMBER.key: "9"}, state=ReportState.RETURNED)
    await given(store, sent("h", AN_HOA, HUNG, **told), sent("m", BINH_AN, MAI, **told), back)
    found = await ask(store, HEAD, Intent.TOTAL, Named(figures=(NUMBER.label,)))
    assert isinstance(found, Figure)
    assert (found.total, found.told, found.asked) == (Decimal(8), 2, 3)
    own = await ask(store, HUNG, Intent.TOTAL, Named(figures=(NUMBER.label,)))
    assert isinstance(own, Figure)
    assert (own.total, own.told, own.asked) == (Decimal(4), 1, 1)


async def test_the_most_is_by_unit_the_most_first(store: Store) -> None:
    """Each unit's part stands by itself."""
    await given(
        store,
        sent("h", AN_HOA, HUNG, answers={NUMBER.key: "2"}),
        sent("m", BINH_AN, MAI, answers={NUMBER.key: "7"}),
    )
    found = await ask(store, HEAD, Intent.MOST, Named(figures=(NUMBER.label,)))
    assert isinstance(found, Figure)
    assert [(one.unit, one.value) for one in found.shares] == [
        (BINH_AN, Decimal(7)),
        (AN_HOA, Decimal(2)),
    ]


async def test_who_is_responsible_for_a_unit_is_told_by_name(store: Store) -> None:
    """Its officers and its heads."""
    await given(store)
    found = await ask(store, HEAD, Intent.PEOPLE, Named(units=(str(AN_HOA),)))
    assert isinstance(found, Staff)
    assert [one.id for one in found.officers] == [HUNG]
    assert found.heads == ()


async def test_only_an_admin_looks_into_what_was_sent_out(store: Store) -> None:
    """Others hear of it within what they see, without the way to remind."""
    await given(store)
    for who, manages in ((ADMIN, True), (CHIEF, False)):
        found = await ask(store, who, Intent.UNREAD)
        assert isinstance(found, UnreadOnes)
        assert found.manages is manages


async def test_a_report_that_was_taken_back_is_not_sent(store: Store) -> None:
    """Neither told nor counted."""
    gone = replace(sent("h", AN_HOA, HUNG), state=ReportState.TAKEN_BACK)
    await given(store, gone)
    found = await ask(store, HUNG, Intent.SENT)
    assert isinstance(found, Sent)
    assert found.items == ()
