"""Each shipped form can be filled from its first question to its summary, and sent."""

from hypothesis import given, settings
from hypothesis import strategies as st

from records.dialog.position import final_answers
from records.dialog.values import Given, Move, ReadBack, Summary
from records.forms.files import read_forms, shipped_forms
from tests.unit.records.dialog import at_random, judge
from tests.unit.records.dialog.talking import KNOWN, Talk

FORMS = read_forms([shipped_forms()]).latest()

MOST_STEPS = 200
"""Fields are at most sixty, with a few inputs each."""


def fitting(talk: Talk) -> st.SearchStrategy[Given]:
    """Give what the prompt asks for, the bound where an answer was beyond it."""
    if isinstance(talk.last.prompt, ReadBack):
        return st.just(Move.YES)
    wrong = talk.last.objection
    if wrong is not None and wrong.bound is not None and not talk.shown.chosen:
        return st.just(at_random.again(talk.shown.field, wrong.bound))
    if talk.shown.chosen:
        return st.just(Move.DONE_CHOOSING)
    answer = at_random.fitting(talk.shown.field)
    return st.just(Move.SKIP) | answer if talk.shown.may_skip else answer


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_shipped_form_is_filled_and_sent(data: st.DataObject) -> None:
    """Whichever way its conditions lead, no shipped form asks for what cannot be given."""
    form = data.draw(st.sampled_from(FORMS))
    talk, steps = Talk(form), 0
    while not isinstance(talk.last.prompt, Summary):
        steps += 1
        assert steps < MOST_STEPS
        talk.gives(data.draw(fitting(talk)))
    before = talk.last.draft
    assert talk.gives(Move.CONFIRM).last.sent
    asked = judge.asked_for(form, before.answers)
    assert list(final_answers(form, before)) == [one.key for one in asked]
    assert all(judge.is_sound(form, one, before.answers, KNOWN.today) for one in asked)
