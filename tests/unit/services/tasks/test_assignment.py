"""Duties become tasks: to whom, by whom, and what those concerned are owed."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from records.actor import NotAllowed, tree_of
from records.ids import PersonId, UnitId
from records.model import AuditEntry, Cadence, DueRule, Origin, Person, Task, Unit
from records.obligations.refusals import RuleMissing, RuleUnclear
from records.store import Store
from scheduler.task_checks import check_task
from services.tasks import assignment
from services.tasks.changes import close, withdraw
from services.tasks.proposal import Proposal, fresh_proposal, level, levels
from services.tasks.refusals import (
    AlreadyAssigned,
    AssigneeElsewhere,
    DueInThePast,
    NobodyAddressed,
    NoReviewer,
    NoTitle,
    UnitGone,
)
from tests.unit.services.tasks.office import (
    ADMIN,
    AN_HOA,
    BINH_AN,
    CHIEF,
    DEPUTY,
    HUNG,
    INTERIOR,
    LAN,
    MAI,
    NOW,
    OFFICE,
    PROVINCE,
    owed,
)

assign = partial(assignment.assign, check=check_task)

ORIGIN = Origin(
    file="chi-thi.md", clause="II.3", quote="Tổ chức đối thoại", citation="Chỉ thị", version="ab"
)


def duty(*leads: UnitId, title: str = "Tổ chức đối thoại", **terms: object) -> Proposal:
    """Return a proposal for these units."""
    proposal = replace(fresh_proposal(title, "tien_do"), leads=leads)
    return replace(proposal, **terms)  # type: ignore[arg-type] # the terms are a proposal's fields


async def test_each_lead_unit_gets_its_own_task(office: Store) -> None:
    """Two units charged are two tasks of one group, each with the directive's wording."""
    proposal = duty(INTERIOR, AN_HOA, origin=ORIGIN, due=date(2026, 11, 30))
    tasks = await assign(office, ADMIN, proposal, NOW)
    assert [task.lead for task in tasks] == [INTERIOR, AN_HOA]
    assert {task.group for task in tasks} == {proposal.id}
    assert {task.origin for task in tasks} == {ORIGIN}
    async with office.begin() as tx:
        assert tuple(await tx.find(Task)) == tasks


async def test_a_whole_level_is_charged_at_once(office: Store) -> None:
    """All communes and wards of the province, and no department."""
    async with office.begin() as tx:
        tree = await tree_of(tx, NOW)
    units = level(tree, ("xã", "phường"), PROVINCE)
    assert units == (AN_HOA, BINH_AN)
    assert level(tree, ("xã",), INTERIOR) == ()
    assert levels(tree, PROVINCE) == (("xã", "phường"),)
    assert levels(tree, INTERIOR) == ()
    tasks = await assign(office, ADMIN, duty(*units), NOW)
    assert len(tasks) == 2


async def test_those_concerned_are_owed_a_message_each(office: Store) -> None:
    """Everybody of the lead and the supporting units hears of it once; the actor knows."""
    (task,) = await assign(office, ADMIN, duty(INTERIOR, support=(AN_HOA, INTERIOR)), NOW)
    assert task.support == (AN_HOA,)
    assert await owed(office, "task_assigned") == dict.fromkeys((CHIEF, LAN, HUNG), task.id)


async def test_only_the_assignees_of_a_unit_are_told(office: Store) -> None:
    """Named people report; the others of the unit are left in peace."""
    (task,) = await assign(office, ADMIN, duty(assignees=(LAN,)), NOW)
    assert (task.lead, task.assignees) == (INTERIOR, (LAN,))
    assert await owed(office, "task_assigned") == {LAN: task.id}


async def test_an_assignee_below_the_lead_unit_reports_for_it(office: Store) -> None:
    """An officer of an office under the department may be named for the department."""
    (task,) = await assign(office, ADMIN, duty(INTERIOR, assignees=(DEPUTY,)), NOW)
    assert task.assignees == (DEPUTY,)
    with pytest.raises(AssigneeElsewhere):
        await assign(office, ADMIN, duty(INTERIOR, assignees=(HUNG,), title="Khác"), NOW)


@pytest.mark.parametrize(
    ("lead", "assignees", "reviewer"),
    [
        (INTERIOR, (), CHIEF),
        (OFFICE, (), CHIEF),
        (INTERIOR, (CHIEF,), None),
        (AN_HOA, (), None),
        (BINH_AN, (), MAI),
    ],
)
async def test_the_nearest_supervisor_reviews(
    office: Store, lead: UnitId, assignees: tuple[PersonId, ...], reviewer: PersonId | None
) -> None:
    """Of the unit, else of the nearest above; who reports does not review himself."""
    (task,) = await assign(office, ADMIN, duty(lead, assignees=assignees), NOW)
    assert task.reviewer == reviewer


async def test_a_chosen_reviewer_must_have_the_right(office: Store) -> None:
    """The supervisor of another unit cannot review this one."""
    with pytest.raises(NoReviewer):
        await assign(office, ADMIN, duty(AN_HOA, reviewer=CHIEF), NOW)
    (task,) = await assign(office, ADMIN, duty(AN_HOA, reviewer=ADMIN), NOW)
    assert task.reviewer == ADMIN


async def test_a_supervisor_assigns_in_his_subtree_only(office: Store) -> None:
    """His own unit and those below; a try beyond is refused whole and written down."""
    assert await assign(office, CHIEF, duty(INTERIOR, OFFICE), NOW)
    with pytest.raises(NotAllowed):
        await assign(office, CHIEF, duty(OFFICE, AN_HOA, title="Khác"), NOW)
    with pytest.raises(NotAllowed):
        await assign(office, CHIEF, duty(OFFICE, support=(AN_HOA,), title="Khác"), NOW)
    with pytest.raises(NotAllowed):
        await assign(office, LAN, duty(INTERIOR, title="Khác"), NOW)
    async with office.begin() as tx:
        assert await tx.count(Task) == 2
        denied = [one for one in await tx.find(AuditEntry) if not one.allowed]
    assert [(one.actor, one.detail) for one in denied] == [(CHIEF, "2"), (LAN, "1")]


async def test_a_proposal_confirmed_twice_is_assigned_once(office: Store) -> None:
    """A double tap, or a repeated update, gives the same tasks and tells nobody again."""
    proposal = duty(INTERIOR)
    first = await assign(office, ADMIN, proposal, NOW)
    assert await assign(office, ADMIN, proposal, NOW) == first
    assert len(await owed(office, "task_assigned")) == 2


async def test_the_same_duty_is_not_given_twice_unasked(office: Store) -> None:
    """One unit that has it is enough to ask; on purpose it can be given again."""
    await assign(office, ADMIN, duty(INTERIOR, origin=ORIGIN), NOW)
    renamed = duty(AN_HOA, INTERIOR, origin=ORIGIN, title="Tên khác")
    with pytest.raises(AlreadyAssigned) as refused:
        await assign(office, ADMIN, renamed, NOW)
    assert refused.value.units == ("Sở Nội vụ",)
    assert len(await assign(office, ADMIN, renamed, NOW, again=True)) == 2


@pytest.mark.parametrize("end", [withdraw, close])
async def test_a_duty_that_is_over_can_be_given_anew(office: Store, end: object) -> None:
    """Neither a withdrawn nor a finished task stands in the way."""
    (task,) = await assign(office, ADMIN, duty(INTERIOR), NOW)
    await (withdraw if end is withdraw else close)(office, ADMIN, task.id, NOW)
    assert await assign(office, ADMIN, duty(INTERIOR, title="tổ chức ĐỐI THOẠI"), NOW)


YEARLY = DueRule(dates=((11, 4),))


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"title": " "}, NoTitle),
        ({"cadence": Cadence.QUARTERLY}, RuleMissing),
        ({"cadence": Cadence.YEARLY, "rule": replace(YEARLY, weekday=5)}, RuleUnclear),
        ({"due": date(2026, 11, 1)}, DueInThePast),
        ({"leads": ()}, NobodyAddressed),
    ],
)
async def test_what_cannot_be_followed_is_not_assigned(
    office: Store, terms: dict[str, object], refusal: type[Exception]
) -> None:
    """Each mistake has its own refusal, and nothing is written."""
    with pytest.raises(refusal):
        await assign(office, ADMIN, duty(**({"leads": (INTERIOR,)} | terms)), NOW)  # type: ignore[arg-type] # a proposal's fields
    async with office.begin() as tx:
        assert await tx.count(Task) == 0
    assert not await owed(office, "task_assigned")


async def test_a_rule_as_directives_word_it_is_kept(office: Store) -> None:
    """The day of each year, worded as in the text; a day given once may be today."""
    proposal = duty(INTERIOR, cadence=Cadence.YEARLY, rule=YEARLY, due_text="trước ngày 05/11")
    (task,) = await assign(office, ADMIN, proposal, NOW)
    assert (task.rule, task.due_text) == (YEARLY, "trước ngày 05/11")
    assert await assign(office, ADMIN, duty(INTERIOR, due=NOW.date(), title="Khác"), NOW)


async def test_a_unit_that_ended_is_not_charged(office: Store) -> None:
    """Its successor is to be chosen; the refusal names the unit."""
    async with office.begin() as tx:
        unit = await tx.get(Unit, AN_HOA)
        assert unit is not None
        await tx.put(replace(unit, ended=date(2026, 10, 31)))
    with pytest.raises(UnitGone) as refused:
        await assign(office, ADMIN, duty(AN_HOA), NOW)
    assert refused.value.unit == "Xã An Hòa"


async def test_somebody_whose_access_ended_is_neither_told_nor_charged(office: Store) -> None:
    """A person who left gets nothing more."""
    async with office.begin() as tx:
        lan = await tx.get(Person, LAN)
        assert lan is not None
        await tx.put(replace(lan, active=False))
    await assign(office, ADMIN, duty(INTERIOR), NOW)
    assert set(await owed(office, "task_assigned")) == {CHIEF}
    with pytest.raises(NobodyAddressed):
        await assign(office, ADMIN, duty(assignees=(LAN,), title="Khác"), NOW)
