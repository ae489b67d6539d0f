"""Steps of a proposal: each takes what is pending and gives what it becomes."""

from dataclasses import replace
from typing import Final

from records.ids import PersonId, UnitId
from records.model import SupportRule
from services.tasks.choices import TYPED, Part
from services.tasks.pending import Pending, Step
from services.tasks.proposal import TITLE_LENGTH, Proposal, Timing

URGENT: Final = 1
"""The priority of a task that comes before ordinary ones."""


def opened(part: Part, page: int) -> Step:
    """Look at a page of a part; typed words go into it where it takes any."""

    def step(held: Pending) -> Pending:
        found = held.found if held.part == part.word else ()
        return replace(held, part=part.word, listens=part in TYPED, page=page, found=found)

    return step


def shown() -> Step:
    """Go back to the whole proposal, where no words are waited for."""
    return lambda held: replace(held, part="", listens=False, page=0, found=(), at=None)


def entered(unit: UnitId) -> Step:
    """Look at the units below one."""
    return lambda held: replace(held, at=unit, found=(), page=0)


def searched(found: tuple[str, ...]) -> Step:
    """Show what typed words found."""
    return lambda held: replace(held, found=found, page=0)


def unit_toggled(part: Part, *units: UnitId) -> Step:
    """Take units in, or out where all of them are in; a unit that leads does not support."""

    def step(held: Pending) -> Pending:
        proposal = held.proposal
        before = proposal.leads if part is Part.LEAD else proposal.support
        out = all(unit in before for unit in units)
        after = tuple(
            unit for unit in dict.fromkeys((*before, *units)) if not (out and unit in units)
        )
        leads = after if part is Part.LEAD else proposal.leads
        support = proposal.support if part is Part.LEAD else after
        support = tuple(unit for unit in support if unit not in leads)
        return replace(held, proposal=replace(proposal, leads=leads, support=support))

    return step


def person_toggled(part: Part, person: PersonId) -> Step:
    """Take a person in or out; there is one reviewer."""

    def step(held: Pending) -> Pending:
        proposal = held.proposal
        if part is Part.REVIEWER:
            chosen = None if proposal.reviewer == person else person
            return replace(held, proposal=replace(proposal, reviewer=chosen))
        before = proposal.assignees
        after = tuple(one for one in before if one != person)
        after = after if person in before else (*before, person)
        return replace(held, proposal=replace(proposal, assignees=after))

    return step


def cleared(part: Part) -> Step:
    """Empty a part."""

    def step(held: Pending) -> Pending:
        proposal = held.proposal
        emptied: dict[Part, Proposal] = {
            Part.LEAD: replace(proposal, leads=()),
            Part.SUPPORT: replace(proposal, support=()),
            Part.PEOPLE: replace(proposal, assignees=()),
            Part.REVIEWER: replace(proposal, reviewer=None),
        }
        return replace(held, proposal=emptied.get(part, proposal))

    return step


def timed(timing: Timing, wording: str | None) -> Step:
    """Take a cadence and due day, with the words they were given by."""
    return lambda held: shown()(
        replace(
            held,
            proposal=replace(
                held.proposal,
                cadence=timing.cadence,
                rule=timing.rule,
                due=timing.due,
                due_text=wording,
            ),
        )
    )


def titled(words: str) -> Step:
    """Take a title, at most as long as one is."""
    title = " ".join(words.split())[:TITLE_LENGTH]
    return lambda held: shown()(replace(held, proposal=replace(held.proposal, title=title)))


def formed(form: str) -> Step:
    """Take a form."""
    return lambda held: shown()(replace(held, proposal=replace(held.proposal, form=form)))


def support_turned() -> Step:
    """Only tell the supporting units where they were asked to report, and back."""

    def step(held: Pending) -> Pending:
        asked = held.proposal.support_rule is SupportRule.ASKED
        rule = SupportRule.TOLD if asked else SupportRule.ASKED
        return replace(held, proposal=replace(held.proposal, support_rule=rule))

    return step


def priority_turned() -> Step:
    """Make urgent what is ordinary, and back."""
    return lambda held: replace(
        held, proposal=replace(held.proposal, priority=0 if held.proposal.priority else URGENT)
    )
