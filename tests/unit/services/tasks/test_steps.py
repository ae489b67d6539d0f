"""Taps and words change a proposal step by step."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from records.ids import PersonId, UnitId
from records.model import Cadence, DueRule, SupportRule
from services.tasks import steps
from services.tasks.choices import TYPED, Part
from services.tasks.pending import Pending
from services.tasks.proposal import TITLE_LENGTH, Timing, as_task, fresh_proposal

A, B, C = UnitId("a"), UnitId("b"), UnitId("c")
FRESH = Pending(proposal=fresh_proposal("Việc", "tien_do"))


def test_a_level_is_taken_whole_and_left_whole() -> None:
    """With one of it chosen, the rest is added; with all chosen, all go."""
    some = steps.unit_toggled(Part.LEAD, B)(FRESH)
    whole = steps.unit_toggled(Part.LEAD, A, B, C)(some)
    assert whole.proposal.leads == (B, A, C)
    assert steps.unit_toggled(Part.LEAD, A, B, C)(whole).proposal.leads == ()


@given(st.lists(st.tuples(st.sampled_from([Part.LEAD, Part.SUPPORT]), st.sampled_from([A, B, C]))))
def test_no_unit_leads_and_supports_at_once(taps: list[tuple[Part, UnitId]]) -> None:
    """Whatever is tapped; and none stands twice."""
    held = FRESH
    for part, unit in taps:
        held = steps.unit_toggled(part, unit)(held)
        own = held.proposal
        assert not set(own.leads) & set(own.support)
        assert len({*own.leads}) == len(own.leads)
        assert len({*own.support}) == len(own.support)


def test_what_is_asked_of_supporting_units_turns_and_goes_into_the_task() -> None:
    """They are asked unless it is turned; turned twice it is as before."""
    assert FRESH.proposal.support_rule is SupportRule.ASKED
    told = steps.support_turned()(FRESH)
    task = as_task(
        told.proposal, lead=A, actor=PersonId("x"), now=datetime(2026, 11, 2, tzinfo=UTC)
    )
    assert task.support_rule is SupportRule.TOLD
    assert steps.support_turned()(told) == FRESH


def test_there_is_one_reviewer() -> None:
    """Another takes his place; the same again leaves it to the rule."""
    one, two = PersonId("one"), PersonId("two")
    held = steps.person_toggled(Part.REVIEWER, one)(FRESH)
    held = steps.person_toggled(Part.REVIEWER, two)(held)
    assert held.proposal.reviewer == two
    assert steps.person_toggled(Part.REVIEWER, two)(held).proposal.reviewer is None


def test_only_parts_that_take_words_listen() -> None:
    """A form is chosen by tapping; what was found for one part is not shown in another."""
    found = replace(FRESH, part=Part.LEAD.word, found=("a",))
    assert all(steps.opened(part, 0)(found).listens == (part in TYPED) for part in Part)
    assert steps.opened(Part.LEAD, 1)(found).found == ("a",)
    assert steps.opened(Part.SUPPORT, 0)(found).found == ()
    assert not steps.shown()(steps.opened(Part.TITLE, 0)(FRESH)).listens


def test_a_deadline_replaces_the_whole_of_the_last() -> None:
    """No rule of an earlier choice stays behind."""
    ruled = Timing(Cadence.YEARLY, DueRule(dates=((11, 4),)))
    held = steps.timed(ruled, "trước ngày 05/11")(FRESH)
    assert (held.proposal.cadence, held.proposal.due_text) == (Cadence.YEARLY, "trước ngày 05/11")
    never = steps.timed(Timing(Cadence.ONCE), None)(held).proposal
    assert (never.rule, never.due, never.due_text) == (None, None, None)


@given(st.text())
def test_a_title_keeps_its_length(words: str) -> None:
    """Blanks are one, and a novel is cut."""
    title = steps.titled(words)(FRESH).proposal.title
    assert len(title) <= TITLE_LENGTH
    assert title == " ".join(title.split()) or len(title) == TITLE_LENGTH


def test_a_part_is_emptied_alone() -> None:
    """What else was chosen stays."""
    held = steps.unit_toggled(Part.SUPPORT, B)(steps.unit_toggled(Part.LEAD, A)(FRESH))
    emptied = steps.cleared(Part.LEAD)(held).proposal
    assert (emptied.leads, emptied.support) == ((), (B,))
    assert steps.cleared(Part.FORM)(held) == held


def test_urgent_is_turned_on_and_off() -> None:
    """Twice is nothing."""
    held = steps.priority_turned()(FRESH)
    assert held.proposal.priority > 0
    assert steps.priority_turned()(held) == FRESH
