"""Totals grade what applies, and the outcome is what the form says it is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from records.dialog.outcome import outcome_of
from records.dialog.values import Chose, Move
from records.forms.model import Band, Choice, Condition, FieldType, Total
from records.model import Outcome
from tests.unit.records.dialog.talking import Talk, ask, form

FIRST = replace(ask("a", FieldType.SCORE), most=Decimal(60))
BONUS = ask("bonus", FieldType.YES_NO)
SECOND = replace(
    ask("b", FieldType.SCORE), most=Decimal(40), condition=Condition(field="bonus", values=("yes",))
)
BANDS = (
    Band(label="Xuất sắc", at_least=Decimal(90)),
    Band(label="Tốt", at_least=Decimal(70)),
    Band(label="Đạt", at_least=Decimal(50)),
)
POINTS = Total(key="t", label="Tổng điểm", of=("a", "b"), out_of=Decimal(100), bands=BANDS)
SHEET = form(FIRST, BONUS, SECOND, totals=(POINTS,))


@pytest.mark.parametrize(
    ("first", "second", "value", "grade"),
    [
        ("60", "30", "90", "Xuất sắc"),
        ("50", "39,75", "89.75", "Tốt"),
        ("30", "20", "50", "Đạt"),
        ("10", "39,75", "49.75", None),
    ],
)
def test_a_total_is_graded_by_the_highest_band_it_reaches(
    first: str, second: str, value: str, grade: str | None
) -> None:
    """Points are summed exactly; a band begins with its own bound."""
    (total,) = Talk(SHEET).gives(first, "có", second).summary.sums
    assert (total.value, total.band and total.band.label) == (Decimal(value), grade)


def test_a_score_that_ceased_to_apply_is_not_summed() -> None:
    """The total is of what the summary lists."""
    talk = Talk(SHEET).gives("50", "có", "40", Move.BACK, Move.BACK, "không")
    assert [total.value for total in talk.summary.sums] == [Decimal(50)]


def test_a_total_of_nothing_is_left_out() -> None:
    """Where every score was skipped there is no total, rather than a nought."""
    field = replace(FIRST, required=False)
    assert Talk(form(field, totals=(POINTS,))).gives(Move.SKIP).summary.sums == ()


def test_the_outcome_is_that_of_its_field() -> None:
    """A form that asks for the outcome is believed; one that does not means done."""
    field = replace(
        ask("outcome", FieldType.CHOICE),
        choices=tuple(Choice(key=one.value, label=one.value) for one in Outcome),
    )
    for outcome in Outcome:
        talk = Talk(form(field)).gives(Chose(outcome.value))
        assert outcome_of(talk.form, talk.answers) is outcome
    assert outcome_of(form(ask("x")), {"x": "nothing", "outcome": "nothing"}) is Outcome.DONE
    assert outcome_of(form(field), {"outcome": "whatever"}) is Outcome.DONE
