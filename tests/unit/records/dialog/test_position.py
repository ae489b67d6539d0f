"""Next, back, jump and summary follow the fields that apply."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from records.dialog.engine import begin, prompt, step
from records.dialog.position import final_answers, final_notes
from records.dialog.values import Ask, Chose, Complaint, JumpTo, Move, Summary
from records.forms.model import Condition, Direction, FieldType
from records.model import Answer
from tests.unit.records.dialog.talking import FRESH, KNOWN, Talk, ask, choices, form

HELD = ask("held", FieldType.YES_NO)
GUESTS = replace(
    ask("guests", FieldType.NUMBER), condition=Condition(field="held", values=("yes",))
)
WHY = replace(ask("why"), condition=Condition(field="held", values=("no",)))
REMARK = replace(ask("remark"), required=False)
MEETING = form(HELD, GUESTS, WHY, REMARK)


def test_a_condition_decides_what_is_asked_and_counted() -> None:
    """A field whose condition is not met is neither asked nor counted nor summed up."""
    talk = Talk(MEETING)
    assert (talk.at, talk.shown.position, talk.shown.count) == ("held", 1, 2)
    talk.gives(Chose("no"))
    assert (talk.at, talk.shown.position, talk.shown.count) == ("why", 2, 3)
    talk.gives("mưa bão", Move.SKIP)
    assert [line.field.key for line in talk.summary.lines] == ["held", "why", "remark"]


def test_an_edit_asks_what_newly_applies_and_leaves_out_what_does_not() -> None:
    """The answer that ceased to apply stays in the draft, and out of the report."""
    talk = Talk(MEETING).gives("không", "mưa bão", Move.SKIP, JumpTo("held"), "có")
    assert talk.at == "guests"
    assert talk.gives(Move.CONFIRM).complaint is Complaint.NOT_NOW
    assert talk.gives("30").at is None
    assert final_answers(MEETING, talk.last.draft) == {
        "held": True,
        "guests": "30",
        "remark": None,
    }
    assert talk.answers["why"] == "mưa bão"
    talk.gives(JumpTo("held"), "không")
    assert talk.at is None
    assert final_answers(MEETING, talk.last.draft)["why"] == "mưa bão"


def test_what_hangs_on_a_field_left_out_is_left_out_with_it() -> None:
    """A kept answer of a field that does not apply asks for nothing."""
    seated = Condition(field="held", values=("yes",))
    lunch = replace(ask("lunch", FieldType.YES_NO), condition=seated)
    menu = replace(ask("menu"), condition=Condition(field="lunch", values=("yes",)))
    talk = Talk(form(HELD, lunch, menu)).gives("có", "có", "cơm", JumpTo("held"), "không")
    assert [line.field.key for line in talk.summary.lines] == ["held"]


def test_an_edit_goes_back_to_the_summary() -> None:
    """A jump from the summary asks one field and no other."""
    talk = Talk(MEETING).gives("có", "30", "tốt", JumpTo("guests"))
    assert (talk.at, talk.shown.current) == ("guests", "30")
    assert talk.gives("31").at is None
    assert talk.answers["guests"] == "31"


def test_a_jump_leads_only_to_what_applies() -> None:
    """A button for a field that is gone, or of another form, means nothing."""
    talk = Talk(MEETING).gives("có", "30", "tốt")
    for key in ("why", "elsewhere"):
        assert talk.gives(JumpTo(key)).complaint is Complaint.NOT_NOW
    assert Talk(MEETING).gives(JumpTo("remark")).complaint is Complaint.NOT_NOW


def test_back_leads_through_what_was_met_and_forward_again() -> None:
    """Going back keeps the answers; one that is corrected leads to where one was."""
    talk = Talk(MEETING).gives("có", "30", Move.BACK, Move.BACK)
    assert (talk.at, talk.shown.current, talk.shown.may_go_back) == ("held", True, False)
    assert talk.gives(Move.BACK).complaint is Complaint.NOT_NOW
    assert talk.gives("có").at == "remark"
    assert talk.answers == {"held": True, "guests": "30"}


def test_back_from_the_summary_leads_to_what_was_answered_last() -> None:
    """After a jump that is the field just edited."""
    talk = Talk(MEETING).gives("có", "30", "tốt", JumpTo("held"), "có", Move.BACK)
    assert talk.at == "held"


def test_the_summary_is_one_tap_away_once_all_that_is_required_is_answered() -> None:
    """Optional fields left open count as skipped; a required one is named."""
    talk = Talk(MEETING).gives("có")
    assert not talk.shown.to_summary
    talk.gives(Move.SUMMARY)
    assert talk.last.objection is not None
    assert (talk.complaint, talk.last.objection.other) == (Complaint.REQUIRED, "guests")
    talk.gives("30")
    assert talk.shown.to_summary
    assert talk.gives(Move.SUMMARY).at is None
    assert talk.answers["remark"] is None


def test_a_choice_left_half_made_is_taken_up_again() -> None:
    """Going back from it keeps what was chosen; only "done" or the summary settles it."""
    several = replace(ask("s", FieldType.CHOICES), choices=choices("A", "B"), required=False)
    talk = Talk(form(HELD, several, REMARK)).gives("có", Chose("c1"), Move.BACK, "có")
    assert (talk.at, talk.shown.chosen) == ("s", ("c1",))
    assert talk.gives(Move.SUMMARY).answers == {"held": True, "s": ("c1",), "remark": None}


def test_an_answer_is_noted_above_the_next_question_once() -> None:
    """What was read stands there to be seen; going back or redrawing shows no such line."""
    talk = Talk(MEETING).gives("có", "1.250")
    assert talk.shown.noted is not None
    assert (talk.shown.noted.field.key, talk.shown.noted.answer) == ("guests", "1250")
    again = prompt(MEETING, talk.last.draft, KNOWN)
    assert isinstance(again, Ask)
    assert again == replace(talk.shown, noted=None)
    assert talk.gives(Move.BACK, Move.BACK).shown.noted is None


def test_only_the_confirmed_summary_is_sent_and_as_it_is() -> None:
    """Sending changes nothing in the draft, so that a second tap sends the same."""
    talk = Talk(MEETING).gives("có", Move.CONFIRM)
    assert talk.complaint is Complaint.NOT_NOW
    talk.gives("30", Move.SKIP)
    before = talk.last.draft
    assert talk.gives(Move.CONFIRM).last.sent
    assert talk.last.draft == before
    assert isinstance(talk.last.prompt, Summary)


def test_a_draft_begins_at_the_first_question_that_its_answers_leave_open() -> None:
    """A one-tap outcome is an answer the draft came with; to begin again changes nothing."""
    talk = Talk(MEETING, draft=replace(FRESH, answers={"held": True}))
    assert (talk.at, talk.shown.may_go_back) == ("guests", True)
    assert begin(MEETING, talk.last.draft, KNOWN) == replace(talk.last, prompt=talk.shown)


def test_a_report_to_correct_begins_at_its_summary() -> None:
    """All answers are there, the skipped ones too."""
    answers: dict[str, Answer] = {"held": True, "guests": "30", "remark": None}
    assert Talk(MEETING, draft=replace(FRESH, answers=answers)).at is None


def test_an_answer_that_no_longer_fits_is_asked_again_before_the_summary() -> None:
    """Fewer received than resolved: the resolved ones are asked anew, shown as they are."""
    received = ask("received", FieldType.NUMBER)
    resolved = replace(ask("resolved", FieldType.NUMBER), not_above="received")
    talk = Talk(form(received, resolved)).gives("10", "8", JumpTo("received"), "5")
    assert (talk.at, talk.shown.current) == ("resolved", "8")
    assert talk.gives("5").at is None


def test_a_day_that_has_passed_meanwhile_is_asked_again() -> None:
    """A draft left for a week is not sent with a plan for yesterday."""
    field = replace(ask("when", FieldType.DATE), direction=Direction.FUTURE)
    talk = Talk(form(field)).gives("mai")
    assert talk.at is None
    later = replace(KNOWN, today=KNOWN.today + timedelta(days=7))
    after = step(talk.form, talk.last.draft, Move.CONFIRM, later)
    assert not after.sent
    assert isinstance(after.prompt, Ask)


def test_a_draft_outlives_a_change_of_its_form() -> None:
    """A field that is gone, a choice that is gone, an answer of another shape: asked anew."""
    old = {"gone": "x", "held": "có", "pick": "c9", "n": "1_0"}
    pick = replace(ask("pick", FieldType.CHOICE), choices=choices("A", "B"))
    newer = form(HELD, pick, replace(ask("n", FieldType.NUMBER), most=Decimal(50)))
    draft = replace(FRESH, answers=old, at="gone", pending=("unsure", "1"), visited=tuple(old))
    talk = Talk(newer, draft=draft)
    assert talk.at == "held"
    assert talk.gives("có", "B", "12").at is None
    assert final_answers(newer, talk.last.draft) == {"held": True, "pick": "c2", "n": "12"}


@pytest.mark.parametrize(
    "pending",
    ["unsure", ("unsure",), ("unsure", "1", "2"), ("certain", "1"), ("unsure", "x"), True, ()],
)
def test_what_waits_in_no_known_way_waits_no_more(pending: Answer) -> None:
    """A draft of an older or newer program is asked its field anew."""
    field = ask("n", FieldType.NUMBER)
    draft = replace(FRESH, at="n", pending=pending)
    assert isinstance(prompt(form(field), draft, KNOWN), Ask)
    elsewhere = replace(draft, at="gone", pending=("unsure", "1"))
    assert isinstance(prompt(form(field), elsewhere, KNOWN), Ask)


def test_notes_of_fields_left_out_are_left_out() -> None:
    """A word of reason goes where its figure goes."""
    draft = replace(FRESH, answers={"held": False}, notes={"guests": "x", "why": "y"})
    assert final_notes(MEETING, draft) == {"why": "y"}
