"""Each type of field reads what officers give it, and says what is wrong with the rest."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from records.dialog.input import LARGEST_FILE
from records.dialog.values import (
    Attached,
    Chose,
    Complaint,
    Given,
    KnownFigure,
    Move,
    ReadBack,
    Summary,
)
from records.forms.model import Choice, Direction, Field, FieldType
from records.model import Answer, FileKind
from tests.unit.records.dialog.talking import KNOWN, Talk, ask, choices, file, form

OPTIONS = choices("Hoàn thành", "Đang làm", "Không phát sinh")
TEXT = replace(ask("x"), shortest=3, longest=10)
COUNT = replace(ask("x", FieldType.NUMBER), unit="đơn", whole=True, least=Decimal(0))
MONEY = replace(ask("x", FieldType.NUMBER), unit="triệu đồng", most=Decimal(5000))
PERCENT = ask("x", FieldType.PERCENT)
SCORE = replace(ask("x", FieldType.SCORE), most=Decimal(10))
WHOLE_SCORE = replace(SCORE, whole=True)
DAY = ask("x", FieldType.DATE)
PAST = replace(DAY, direction=Direction.PAST)
FUTURE = replace(DAY, direction=Direction.FUTURE)
CHOICE = replace(ask("x", FieldType.CHOICE), choices=OPTIONS)
YES_NO = ask("x", FieldType.YES_NO)
FILES = replace(ask("x", FieldType.FILES), most_files=2)

KEPT: list[tuple[Field, Given | str, Answer]] = [
    (TEXT, "  Ba\u0309n A ", "Bản A"),
    (TEXT, "a\x00b\u200bc", "ab\u200bc"),
    (TEXT, "a\r\nb", "a\nb"),
    (TEXT, "a" * 10, "a" * 10),
    (ask("x", FieldType.NUMBER), "-4", "-4"),
    (ask("x", FieldType.NUMBER), "1000 nghìn tỷ", str(10**15)),
    (replace(COUNT, unit="%"), "20%", "20"),
    (replace(COUNT, unit="lượt hội viên"), "12 hội viên", "12"),
    (COUNT, "12 đơn thư", "12"),
    (COUNT, "1.250", "1250"),
    (COUNT, "hai mươi đơn", "20"),
    (COUNT, "0", "0"),
    (COUNT, "không có", "0"),
    (MONEY, "3,50", "3.5"),
    (MONEY, "1,5 tỷ", "1500"),
    (MONEY, "12 triệu đồng", "12"),
    (MONEY, "1 triệu", "1"),
    (PERCENT, "85%", "85"),
    (PERCENT, "85 phần trăm", "85"),
    (PERCENT, "99,5", "99.5"),
    (SCORE, "7,25", "7.25"),
    (WHOLE_SCORE, "7 điểm", "7"),
    (DAY, "5/11", "2026-11-05"),
    (DAY, "mai", "2026-10-10"),
    (PAST, "hôm nay", "2026-10-09"),
    (FUTURE, "hôm nay", "2026-10-09"),
    (FUTURE, "5/1/2027", "2027-01-05"),
    (CHOICE, Chose("c2"), "c2"),
    (CHOICE, "hoan thanh", "c1"),
    (CHOICE, "dl", "c2"),
    (CHOICE, "khong phat", "c3"),
    (YES_NO, Chose("no"), False),
    *[(YES_NO, word, True) for word in ("có", "co", "đúng", "ok", "dạ có ạ", "Đúng rồi.")],
    *[(YES_NO, word, False) for word in ("ko", "không", "k", "chưa có", "dạ không ạ")],
]


@pytest.mark.parametrize(("field", "given", "kept"), KEPT)
def test_an_answer_is_kept_in_its_canonical_form(
    field: Field, given: Given | str, kept: Answer
) -> None:
    """What is typed or tapped counts at once where it can mean but one thing."""
    talk = Talk(form(field)).gives(given)
    assert talk.complaint is None
    assert talk.answers == {"x": kept}
    assert isinstance(talk.last.prompt, Summary)


REFUSED: list[tuple[Field, Given | str, Complaint, str | None]] = [
    (TEXT, "ab", Complaint.TOO_SHORT, "3"),
    (TEXT, " \u200b ", Complaint.TOO_SHORT, "3"),
    (TEXT, "a" * 11, Complaint.TOO_LONG, "10"),
    (TEXT, file("a"), Complaint.NOT_TEXT, None),
    (TEXT, Chose("c1"), Complaint.NOT_NOW, None),
    (COUNT, "nhiều lắm", Complaint.NOT_A_NUMBER, None),
    (COUNT, "3,5", Complaint.NOT_WHOLE, "1"),
    (COUNT, "-1", Complaint.TOO_SMALL, "0"),
    (COUNT, "999 nghìn tỷ tỷ", Complaint.TOO_LARGE, str(10**15)),
    (COUNT, file("a"), Complaint.NOT_A_NUMBER, None),
    (MONEY, "5001", Complaint.TOO_LARGE, "5000"),
    (MONEY, "0,1234567", Complaint.NOT_A_NUMBER, None),
    (PERCENT, "101", Complaint.TOO_LARGE, "100"),
    (PERCENT, "-1", Complaint.TOO_SMALL, "0"),
    (SCORE, "-1", Complaint.TOO_SMALL, "0"),
    (SCORE, "10,5", Complaint.TOO_LARGE, "10"),
    (SCORE, "7,3", Complaint.NOT_WHOLE, "0.25"),
    (WHOLE_SCORE, "7,5", Complaint.NOT_WHOLE, "1"),
    (DAY, "31/2", Complaint.NOT_A_DATE, None),
    (PAST, "10/10/2026", Complaint.IN_THE_FUTURE, "2026-10-09"),
    (FUTURE, "8/10/2026", Complaint.IN_THE_PAST, "2026-10-09"),
    (CHOICE, Chose("c9"), Complaint.NOT_A_CHOICE, None),
    (replace(CHOICE, type=FieldType.CHOICES), "1, xyz", Complaint.NOT_A_CHOICE, None),
    (replace(CHOICE, type=FieldType.CHOICES), " , ", Complaint.NOT_A_CHOICE, None),
    (CHOICE, "4", Complaint.NOT_A_CHOICE, None),
    (CHOICE, "", Complaint.NOT_A_CHOICE, None),
    (YES_NO, Chose("c1"), Complaint.NOT_A_CHOICE, None),
    (YES_NO, "có thể", Complaint.NOT_A_CHOICE, None),
    (FILES, "ảnh đây", Complaint.NOT_A_FILE, None),
    (FILES, file("a", size=LARGEST_FILE * 2**20 + 1), Complaint.FILE_TOO_LARGE, "20"),
    (FILES, file("a", FileKind.DOCUMENT, "x.EXE"), Complaint.FILE_KIND, "exe"),
    (FILES, file("a", FileKind.DOCUMENT, "x"), Complaint.FILE_KIND, None),
    (FILES, Move.DONE_CHOOSING, Complaint.NOTHING_CHOSEN, None),
    *[(COUNT, move, Complaint.NOT_NOW, None) for move in Move if move not in "su"],
    (COUNT, Move.SKIP, Complaint.REQUIRED, None),
]


@pytest.mark.parametrize(("field", "given", "complaint", "bound"), REFUSED)
def test_what_does_not_fit_is_named_and_changes_nothing(
    field: Field, given: Given | str, complaint: Complaint, bound: str | None
) -> None:
    """An objection names the bound that was passed; the draft is the one that went in."""
    talk = Talk(form(field))
    before = talk.last.draft
    talk.gives(given)
    assert talk.last.objection is not None
    assert (talk.complaint, talk.last.objection.bound) == (complaint, bound)
    assert talk.last.draft == before
    assert talk.at == "x"


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        (COUNT, "1,250", "1.25"),
        (COUNT, "khoảng 20", "20"),
        (COUNT, "20 hộ", "20"),
        (MONEY, "500 nghìn", "0.5"),
        (MONEY, "20%", "20"),
        (MONEY, "khoảng 1,5 tỷ", "1500"),
        (replace(COUNT, unit=None), "20%", "20"),
        (PERCENT, "20 người", "20"),
        (DAY, "cuối tuần", "2026-10-09"),
        (CHOICE, "hoàn thnh", "c1"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_back(field: Field, typed: str, read: str) -> None:
    """Nothing uncertain counts before a "đúng", whoever takes the next message."""
    whole = Decimal("0.01") if read == "1.25" else None
    talk = Talk(form(replace(field, whole=False) if whole else field)).gives(typed)
    assert isinstance(talk.last.prompt, ReadBack)
    assert talk.last.prompt.answer == read
    assert talk.answers == {}
    assert talk.gives("đúng").answers == {"x": read}


@pytest.mark.parametrize("no", [Move.NO, Move.BACK, "không", "sai"])
def test_a_reading_that_is_denied_is_forgotten(no: Given | str) -> None:
    """A tap on "nhập lại" leads back to the question, and nothing waits any longer."""
    talk = Talk(form(COUNT)).gives("khoảng 20", no)
    assert talk.last.draft.pending is None
    assert talk.gives(Move.YES).complaint is Complaint.NOT_NOW


def test_another_answer_comes_in_the_place_of_one_asked_back() -> None:
    """An officer corrects himself by typing again."""
    assert Talk(form(COUNT)).gives("khoảng 20", "22").answers == {"x": "22"}


def test_a_figure_above_the_one_it_is_part_of_is_refused() -> None:
    """Resolved petitions are no more than the received ones."""
    part = replace(COUNT, key="y", not_above="x")
    talk = Talk(form(COUNT, part)).gives("10", "11")
    assert talk.last.objection is not None
    assert (talk.complaint, talk.last.objection.other) == (Complaint.NOT_ABOVE, "x")
    assert talk.gives("10").at is None


def test_several_choices_are_toggled_by_taps_and_words_until_it_is_enough() -> None:
    """What is taken stands in the form's order; at least one is needed where it is required."""
    field = replace(CHOICE, type=FieldType.CHOICES)
    talk = Talk(form(field)).gives(Chose("c3"), "hoan thanh, dang lam", Chose("c3"))
    assert talk.at == "x"
    assert talk.answers == {"x": ("c1", "c2")}
    assert (
        talk.gives("hoàn thành", "đang làm", Move.DONE_CHOOSING).complaint
        is Complaint.NOTHING_CHOSEN
    )
    assert talk.gives(Chose("c2"), Move.DONE_CHOOSING).at is None


def test_a_choice_may_hold_a_comma_and_a_slip() -> None:
    """A whole label comes before its parts; a slip shows among the choices taken."""
    labels = choices("Có", "Có, thường xuyên", "Thỉnh thoảng", "Không")
    field = replace(ask("x", FieldType.CHOICES), choices=labels, most_files=1)
    talk = Talk(form(field)).gives("Có, thường xuyên", "thỉnh thỏng", "có và không")
    assert talk.answers == {"x": ("c1", "c2", "c3", "c4")}
    assert talk.shown.chosen == ("c1", "c2", "c3", "c4")
    assert talk.shown.noted is None
    assert talk.gives(Move.DONE_CHOOSING).at is None


def test_a_key_that_looks_like_a_number_or_a_day_is_a_key() -> None:
    """Bounds and sides of today are for figures and dates alone."""
    offered = (Choice(key="1", label="Một"), Choice(key="2020-01-01", label="Hai"))
    field = replace(
        CHOICE, choices=offered, least=Decimal(5), direction=Direction.FUTURE, required=False
    )
    for choice in offered:
        assert Talk(form(field)).gives(Chose(choice.key)).answers == {"x": choice.key}


def test_files_are_gathered_up_to_the_most() -> None:
    """A repeated file is one file; a tap on it takes it away; one too many is refused."""
    paper = file("b", FileKind.DOCUMENT, "Báo cáo.PDF")
    talk = Talk(form(FILES)).gives(file("a"), file("a"), paper)
    assert talk.answers == {"x": ("a", "b")}
    assert talk.gives(file("c", FileKind.VOICE)).complaint is Complaint.TOO_MANY_FILES
    talk.gives(Chose("a"), file("c", FileKind.VOICE), Move.DONE_CHOOSING)
    assert talk.answers == {"x": ("b", "c")}
    assert isinstance(talk.last.prompt, Summary)


def test_an_optional_field_of_several_is_done_with_nothing() -> None:
    """Done with nothing attached is the same as skipped."""
    field = replace(FILES, required=False)
    assert Talk(form(field)).gives(Move.DONE_CHOOSING).answers == {"x": None}
    assert Talk(form(field)).gives(file("a"), Move.DONE_CHOOSING).answers == {"x": ("a",)}


def test_the_last_answer_is_taken_over_only_if_it_still_fits() -> None:
    """What the form remembers is offered "như kỳ trước", and judged like any answer."""
    field = replace(COUNT, remembered=True, most=Decimal(50))
    fits = Talk(form(field), replace(KNOWN, last={"x": "40"}))
    assert fits.shown.same == "40"
    assert fits.gives(Move.SAME).answers == {"x": "40"}
    larger = Talk(form(field), replace(KNOWN, last={"x": "60"}))
    assert larger.shown.same is None
    assert larger.gives(Move.SAME).complaint is Complaint.TOO_LARGE


@pytest.mark.parametrize(
    ("field", "last"),
    [
        (COUNT, "40"),
        (replace(COUNT, remembered=True), "vài chục"),
        (replace(FILES, remembered=True), ("a",)),
        (replace(CHOICE, type=FieldType.CHOICES, remembered=True), ("c1", "gone")),
        (replace(COUNT, remembered=True, required=False), None),
    ],
)
def test_some_last_answers_are_not_taken_over(field: Field, last: Answer) -> None:
    """Not what the form does not remember, nor files, nor what is of another shape by now."""
    talk = Talk(form(field), replace(KNOWN, last={"x": last}))
    assert talk.shown.same is None
    assert talk.gives(Move.SAME).complaint is Complaint.NOT_NOW


def test_a_figure_given_in_another_report_is_offered_and_taken() -> None:
    """The same figure for the same period is not typed twice."""
    known = KnownFigure(value=Decimal("40.0"), form="g", period="2026-Q3")
    talk = Talk(form(COUNT), replace(KNOWN, shared={"x": known}))
    assert talk.shown.known == known
    assert talk.gives(Move.TAKE).answers == {"x": "40"}
    assert Talk(form(TEXT), talk.background).gives(Move.TAKE).complaint is Complaint.NOT_NOW
    finer = replace(known, value=Decimal("0.12345678"))
    fine = Talk(form(MONEY), replace(KNOWN, shared={"x": finer}))
    assert fine.shown.known is None
    assert fine.gives(Move.TAKE).complaint is Complaint.NOT_A_NUMBER


def test_a_day_without_a_year_lies_on_the_side_that_the_field_asks_for() -> None:
    """On 9 October 2026, "5/11" of something past is of last year."""
    assert Talk(form(PAST)).gives("5/11", "đúng").answers == {"x": date(2025, 11, 5).isoformat()}
    assert Talk(form(FUTURE)).gives("8/10", "đúng").answers == {"x": "2027-10-08"}


def test_a_file_is_no_answer_at_the_summary() -> None:
    """What comes when nothing is asked is refused, and nothing is sent."""
    talk = Talk(form(COUNT)).gives("1")
    for given in (file("a"), "gửi", Chose("c1"), Move.SKIP, Move.SUMMARY):
        assert talk.gives(given).complaint is Complaint.NOT_NOW
        assert not talk.last.sent


def test_any_attachment_keeps_its_size_limit_inclusive() -> None:
    """Twenty megabytes are just taken."""
    largest = Attached(id="a", kind=FileKind.PHOTO, name="", size=LARGEST_FILE * 2**20)
    assert Talk(form(FILES)).gives(largest).answers == {"x": ("a",)}
