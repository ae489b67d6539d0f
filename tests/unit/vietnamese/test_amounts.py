"""Numbers typed in Vietnam are read as they are meant, and marked where they could be others."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.amounts import ReadAmount, read_amount, say_amount
from vietnamese.number_words import MOST_DIGITS
from vietnamese.text import fold

FIGURES = st.decimals(
    min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", "0"),
        ("20", "20"),
        ("1.250", "1250"),
        ("1.250.000", "1250000"),
        ("1 250 000", "1250000"),
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        ("0,125", "0.125"),
        ("1.250,5", "1250.5"),
        ("1250,75", "1250.75"),
        ("-5", "-5"),
        ("âm 5", "-5"),
        ("không", "0"),
        ("không có", "0"),
        ("không phát sinh", "0"),
        ("tổng số 20", "20"),
        ("hai mươi", "20"),
        ("hai mươi mốt", "21"),
        ("mười lăm", "15"),
        ("ba mươi tư", "34"),
        ("một trăm linh năm", "105"),
        ("một trăm tư", "140"),
        ("hai trăm rưỡi", "250"),
        ("ba trăm năm mươi nghìn", "350000"),
        ("một nghìn không trăm linh năm", "1005"),
        ("một nghìn linh năm", "1005"),
        ("một nghìn hai", "1200"),
        ("một nghìn hai trăm", "1200"),
        ("ba phẩy năm", "3.5"),
        ("hai rưỡi", "2.5"),
        ("1 nghìn 2", "1200"),
        ("1 nghìn 250", "1250"),
        ("12 triệu", "12000000"),
        ("1 triệu rưỡi", "1500000"),
        ("1tr2", "1200000"),
        ("2k", "2000"),
        ("1,5 tỷ", "1500000000"),
        ("2 nghìn tỷ", "2000000000000"),
        ("1 tỷ 250 triệu", "1250000000"),
        ("2 chục", "20"),
    ],
)
def test_a_number_is_read_with_and_without_accents(typed: str, value: str) -> None:
    """Points part thousands, commas decimals; words and shortened scales count too."""
    assert read_amount(typed) == ReadAmount(value=Decimal(value))
    assert read_amount(fold(typed)) == ReadAmount(value=Decimal(value))
    assert read_amount(f" {typed.upper()}. ") == ReadAmount(value=Decimal(value))


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("50%", "50", "%"),
        ("20 phần trăm", "20", "%"),
        ("20 người", "20", "người"),
        ("15 hộ", "15", "hộ"),
        ("1.250 lượt hội viên", "1250", "lượt hội viên"),
        ("12 triệu đồng", "12000000", "đồng"),
        ("300 m2", "300", "m2"),
        ("hai mươi năm", "20", "năm"),
        ("5 triệu đồng/hộ", "5000000", "đồng/hộ"),
    ],
)
def test_a_unit_behind_the_number_is_kept_as_typed(typed: str, value: str, unit: str) -> None:
    """The unit may be a number word too: 25 is "hai mươi lăm", "hai mươi năm" twenty years."""
    assert read_amount(typed) == ReadAmount(value=Decimal(value), unit=unit)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,250", "1.250"),
        ("1,250,000", "1250000"),
        ("1,250.5", "1250.5"),
        ("0.125", "0.125"),
        ("khoảng 20", "20"),
        ("gần 300", "300"),
        ("1,250 triệu", "1250000"),
        ("một triệu hai trăm", "1200000"),
        ("5 triệu 5 trăm", "5500000"),
        ("5 nghìn 20", "5200"),
    ],
)
def test_a_number_that_could_be_another_is_marked(typed: str, value: str) -> None:
    """The Vietnamese reading is taken, to be read back before it counts."""
    assert read_amount(typed) == ReadAmount(value=Decimal(value), certain=False)


def test_a_single_number_word_before_a_word_is_marked() -> None:
    """Three mothers, "ba mẹ", are more likely both parents."""
    read = read_amount("ba mẹ")
    assert read is not None
    assert not read.certain


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "mai", "mái", "không biết", "1.2.3", "1,2,3", "20-25", "20 tháng 11", "5/11"),
        *("12.50.00", "1.25,5", "--5", "20 người ở 3 thôn", "rưỡi", "nghìn", "1 tỷ 2 nghìn tỷ"),
        *("1" * 16, "20 người dự hội nghị", "x" * 100, "½"),
    ],
)
def test_what_is_no_number_is_not_read(typed: str) -> None:
    """Dates, ranges, sentences and broken digits are declined rather than guessed."""
    assert read_amount(typed) is None


@given(FIGURES)
def test_a_number_said_back_is_read_as_the_same(value: Decimal) -> None:
    """Whatever is read back to an officer can be typed again."""
    read = read_amount(say_amount(value))
    assert read is not None
    assert read.value == value


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_said_back_is_certain(value: int) -> None:
    """Grouped by points, a whole number has one reading."""
    assert read_amount(say_amount(Decimal(value))) == ReadAmount(value=Decimal(value))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1250.5", "1.250,5"),
        ("-1250", "-1.250"),
        ("0", "0"),
        ("0.50", "0,5"),
        ("1E+6", "1.000.000"),
    ],
)
def test_a_number_is_said_in_the_form_of_an_office(value: str, said: str) -> None:
    """Points part thousands, a comma the decimals, and no nought is trailed."""
    assert say_amount(Decimal(value)) == said


@given(st.text())
def test_no_text_breaks_the_reading(typed: str) -> None:
    """Whatever is typed, a number comes out or nothing."""
    assert isinstance(read_amount(typed), ReadAmount | None)


PHRASES = (
    "không một mốt hai ba tư năm lăm mười mươi trăm linh lẻ nghìn triệu tỷ rưỡi phẩy 1 20 300 1,5 "
    "1.250 k tr % chục - khoảng người"
)


@given(st.lists(st.sampled_from(PHRASES.split()), max_size=8).map(" ".join))
def test_no_pile_of_number_words_breaks_the_reading(typed: str) -> None:
    """Half-finished numerals are read or declined; what is read can be said and read again."""
    read = read_amount(typed)
    if read is not None and abs(read.value) < 10**MOST_DIGITS:
        again = read_amount(say_amount(read.value))
        assert again is not None
        assert again.value == read.value
