"""Typed words find the one choice they mean, and none where there are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.dialog.choices import meant, yes_or_no
from tests.unit.records.dialog.talking import choices

OUTCOMES = choices("Hoàn thành", "Đang làm", "Đã gửi bằng văn bản", "Chưa hoàn thành")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("hoàn thành", "c1"),
        ("HOAN THANH!", "c1"),
        ("ht", "c1"),
        ("2", None),
        ("đang", "c2"),
        ("đã gửi", "c3"),
        ("dgbvb", "c3"),
        ("chua ht", None),
        ("da", None),
        ("đ", None),
        ("5", None),
        ("xong rồi", None),
    ],
)
def test_words_mean_one_choice_or_none(typed: str, key: str | None) -> None:
    """A label, its initials or its beginning, as long as one choice has them."""
    found = meant(typed, OUTCOMES)
    assert (found and found.key) == key


def test_a_number_means_the_label_that_begins_with_it() -> None:
    """A bare figure picks nothing where the options are not numbered on the screen."""
    numbered = choices("1. Kinh tế", "2. Văn hóa", "10. Khác")
    assert [(found := meant(typed, numbered)) and found.key for typed in ("1", "2", "10", "3")] == [
        "c1",
        "c2",
        "c3",
        None,
    ]


def test_a_label_with_its_marks_comes_before_one_that_differs_by_marks() -> None:
    """Without marks the two are the same words, and neither is meant."""
    pair = choices("Ban", "Bạn")
    assert [(found := meant(typed, pair)) and found.key for typed in ("ban", "bạn")] == ["c1", "c2"]
    assert meant("bản", pair) is None


def test_a_slip_is_proposed_and_not_taken() -> None:
    """What only resembles a label is to be asked back."""
    found = meant("đang lmà", OUTCOMES)
    assert found is not None
    assert (found.key, found.certain) == ("c2", False)


def test_a_slip_near_two_labels_is_neither() -> None:
    """Only a clear lead counts."""
    assert meant("tổ dân phố 9", choices("Tổ dân phố 1", "Tổ dân phố 2")) is None


@given(st.text(max_size=40))
def test_any_words_are_read(text: str) -> None:
    """Whatever is typed is a choice, or none, and never a fault."""
    found = meant(text, OUTCOMES)
    assert found is None or found.key in {one.key for one in OUTCOMES}
    assert yes_or_no(text) in (True, False, None)
