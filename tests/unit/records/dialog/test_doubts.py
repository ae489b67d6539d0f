"""Figures that stand out ask for a word of reason before they count."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.dialog.doubts import RANGE_MARK, growths, usual_range
from records.dialog.engine import step
from records.dialog.values import AskReason, Background, Complaint, Doubt, JumpTo, Move, ReadBack
from records.forms.model import Field, FieldType
from tests.unit.records.dialog.talking import KNOWN, Talk, ask, form

PLAIN = replace(ask("n", FieldType.NUMBER), unit="đơn")
CUMULATIVE = replace(PLAIN, cumulative=True)
ADDITIVE = replace(PLAIN, additive=True)


def earlier(*figures: int) -> Background:
    """Know figures of earlier periods."""
    return replace(KNOWN, earlier={"n": tuple(Decimal(one) for one in figures)})


def year(figure: int, background: Background = KNOWN) -> Background:
    """Know the last cumulative figure of the year."""
    return replace(background, this_year={"n": Decimal(figure)})


PARTS = replace(KNOWN, parts={"n": Decimal(30)})


@pytest.mark.parametrize(
    ("field", "background", "typed", "doubt", "against"),
    [
        (CUMULATIVE, year(12), "11", Doubt.FELL, "12"),
        (ADDITIVE, PARTS, "31", Doubt.NOT_THE_SUM, "30"),
        (PLAIN, earlier(100, 110, 90), "1.000", Doubt.OUT_OF_RANGE, "20–180"),
        (PLAIN, earlier(100, 110, 90), "0", Doubt.OUT_OF_RANGE, "20–180"),
        (PLAIN, earlier(0, 0, 1), "12", Doubt.OUT_OF_RANGE, "0–4"),
        (CUMULATIVE, year(30, earlier(10, 20, 30, 40)), "400", Doubt.OUT_OF_RANGE, "32–48"),
    ],
)
def test_a_figure_that_stands_out_waits_for_its_reason(
    field: Field, background: Background, typed: str, doubt: Doubt, against: str
) -> None:
    """The doubt names what it is held against; the reason stays beside the figure."""
    talk = Talk(form(field), background).gives(typed)
    assert isinstance(talk.last.prompt, AskReason)
    assert (talk.last.prompt.doubt, talk.last.prompt.against) == (doubt, against)
    assert talk.answers == {}
    talk.gives("do sáp nhập hai xã")
    assert talk.answers == {"n": typed.replace(".", "")}
    assert talk.summary.lines[0].note == "do sáp nhập hai xã"
    assert talk.gives(Move.CONFIRM).last.sent


@pytest.mark.parametrize(
    ("field", "background", "typed"),
    [
        (CUMULATIVE, year(12), "12"),
        (CUMULATIVE, KNOWN, "11"),
        (CUMULATIVE, year(30, earlier(10, 20, 30)), "41"),
        (PLAIN, year(12), "11"),
        (ADDITIVE, replace(PARTS, earlier={"n": (Decimal(1),) * 5}), "30"),
        (PLAIN, PARTS, "31"),
        (PLAIN, earlier(100, 100), "1.000"),
        (PLAIN, earlier(100, 100, 100), "175"),
        (PLAIN, earlier(0, 0, 0), "4"),
        (PLAIN, earlier(5, 400, 10), "399"),
        (replace(PLAIN, type=FieldType.PERCENT), earlier(1, 1, 1), "95"),
    ],
)
def test_an_ordinary_figure_counts_at_once(
    field: Field, background: Background, typed: str
) -> None:
    """Too few figures make no range; what was seen before is no wonder; progress is none."""
    assert Talk(form(field), background).gives(typed).at is None


def test_the_reason_is_a_word_and_no_essay() -> None:
    """A plain "đúng" gives no reason; what is too long or too short is said."""
    talk = Talk(form(PLAIN), earlier(1, 1, 1)).gives("90")
    for text, complaint in (
        ("ok", Complaint.TOO_SHORT),
        ("lũ", Complaint.TOO_SHORT),
        ("đúng", Complaint.TOO_SHORT),
        ("x" * 501, Complaint.TOO_LONG),
        (Move.YES, Complaint.NOT_NOW),
    ):
        assert talk.gives(text).complaint is complaint
        assert isinstance(talk.last.prompt, AskReason)
    for reason in ("mưa", "x" * 500):
        assert Talk(form(PLAIN), earlier(1, 1, 1)).gives("90", reason).at is None


def test_a_figure_typed_in_place_of_a_reason_corrects_it() -> None:
    """A slip of a zero is mended by typing the number again."""
    talk = Talk(form(PLAIN), earlier(10, 12, 11)).gives("120", "12")
    assert (talk.at, talk.answers) == (None, {"n": "12"})
    talk = Talk(form(PLAIN), earlier(10, 12, 11)).gives("120", "12 đơn")
    assert (talk.at, talk.answers) == (None, {"n": "12"})
    assert talk.last.draft.notes == {}


def test_a_reason_may_hold_a_number() -> None:
    """Words such as "2 xã sáp nhập" are a reason and no figure."""
    talk = Talk(form(PLAIN), earlier(10, 12, 11)).gives("120", "2 xã sáp nhập")
    assert talk.last.draft.notes == {"n": "2 xã sáp nhập"}
    bare = Talk(form(replace(PLAIN, unit=None)), earlier(10, 12, 11)).gives("120", "2 xã mới")
    assert bare.last.draft.notes == {"n": "2 xã mới"}
    assert bare.gives(JumpTo("n"), "130", "12").answers == {"n": "12"}


@pytest.mark.parametrize("no", [Move.NO, Move.BACK, "sai"])
def test_a_doubtful_figure_can_be_taken_back(no: Move | str) -> None:
    """A tap on "nhập lại" asks the field again."""
    talk = Talk(form(PLAIN), earlier(10, 12, 11)).gives("120", no)
    assert (talk.at, talk.last.draft.pending) == ("n", None)


def test_an_uncertain_figure_is_asked_back_before_it_is_doubted() -> None:
    """First what was meant, then why."""
    talk = Talk(form(PLAIN), earlier(10, 12, 11)).gives("khoảng 120")
    assert isinstance(talk.last.prompt, ReadBack)
    assert isinstance(talk.gives(Move.YES).last.prompt, AskReason)


def test_a_reason_goes_with_its_figure() -> None:
    """The same figure again needs no second reason; another one loses it."""
    talk = Talk(form(PLAIN), earlier(10, 12, 11)).gives("120", "mưa lũ", JumpTo("n"), "120")
    assert (talk.at, talk.last.draft.notes) == (None, {"n": "mưa lũ"})
    assert isinstance(talk.gives(JumpTo("n"), "150").last.prompt, AskReason)
    talk.gives("11")
    assert (talk.at, talk.last.draft.notes) == (None, {})


def test_a_figure_that_came_to_stand_out_is_asked_about_before_it_is_sent() -> None:
    """The months were reported while the draft of the quarter lay waiting."""
    talk = Talk(form(ADDITIVE)).gives("31")
    asked = step(talk.form, talk.last.draft, Move.CONFIRM, PARTS)
    assert not asked.sent
    assert isinstance(asked.prompt, AskReason)
    settled = Talk(form(ADDITIVE), PARTS, asked.draft).gives("một tháng nộp thiếu", Move.CONFIRM)
    assert settled.last.sent


def test_a_figure_without_a_reason_is_doubted_when_it_is_given_again() -> None:
    """What stands out only by now is asked about, though it was taken once."""
    talk = Talk(form(ADDITIVE)).gives("31", JumpTo("n"))
    talk.background = PARTS
    assert isinstance(talk.gives("31").last.prompt, AskReason)


def test_a_reason_does_not_carry_a_figure_over_a_bound() -> None:
    """The form has got a bound since the figure was read."""
    talk = Talk(form(PLAIN), earlier(10, 12, 11)).gives("120")
    talk.form = form(replace(PLAIN, most=Decimal(50)))
    assert talk.gives("do sáp nhập").complaint is Complaint.TOO_LARGE
    assert talk.gives("12").at is None


def test_a_doubt_that_has_gone_becomes_a_question_of_what_was_meant() -> None:
    """What waits for a reason that nobody needs any more takes a plain "đúng"."""
    talk = Talk(form(ADDITIVE), PARTS).gives("31")
    talk.background = KNOWN
    assert isinstance(Talk(talk.form, KNOWN, talk.last.draft).last.prompt, ReadBack)
    assert talk.gives(Move.YES).answers == {"n": "31"}


def test_growth_starts_anew_with_the_year() -> None:
    """A cumulative figure that falls began again at zero."""
    figures = [Decimal(one) for one in (10, 25, 5, 15)]
    assert growths(figures) == (Decimal(15), Decimal(5), Decimal(10))


@given(st.lists(st.decimals(-1000, 100_000, places=2), min_size=1, max_size=12))
def test_the_usual_range_holds_all_it_was_made_of(figures: list[Decimal]) -> None:
    """Nothing that was reported before is ever out of range; counts stay at or above zero."""
    least, most = usual_range(figures)
    assert all(least <= one <= most for one in figures)
    assert min(figures) < 0 or least >= 0


@given(st.integers(1, 10_000), st.integers(3, 8))
def test_one_digit_too_many_is_always_out_of_range(figure: int, count: int) -> None:
    """The commonest slip shows, however steady or small the figures were."""
    _, most = usual_range([Decimal(figure)] * count)
    assert most < figure * 10


def test_a_range_is_written_with_its_own_mark() -> None:
    """The mark is no minus sign, so that both ends can be told apart."""
    talk = Talk(form(PLAIN), earlier(-3, -4, -5)).gives("40")
    assert isinstance(talk.last.prompt, AskReason)
    assert [Decimal(end) for end in talk.last.prompt.against.split(RANGE_MARK)] == [-10, 2]
