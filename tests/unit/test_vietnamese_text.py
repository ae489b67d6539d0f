"""Vietnamese text has one form to compare and one to search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.text import comparable, fold, has_diacritics, nfc, settle_tones, syllables


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("Tỉnh uỷ", "Tỉnh ủy"),
        ("UỶ BAN", "ỦY BAN"),
        ("hoà giải", "hòa giải"),
        ("khoẻ", "khỏe"),
        ("Thuý", "Thúy"),
    ],
)
def test_both_tone_placements_compare_equal(newer: str, older: str) -> None:
    """An open oa, oe or uy is one syllable wherever its tone mark stands."""
    assert newer != older
    assert settle_tones(newer) == older


@pytest.mark.parametrize("text", ["quý", "hoàn thành", "khoảng", "quỹ"])
def test_syllables_with_one_spelling_stay(text: str) -> None:
    """After q, or before a final consonant, there is nothing to settle."""
    assert settle_tones(text) == text


def test_detached_marks_compare_equal_to_joined_ones() -> None:
    """Phones and PDFs deliver letters and marks apart."""
    assert comparable("Đẩy ma\u0323nh") == comparable("đẩy mạnh")


def test_folding_drops_every_vietnamese_mark() -> None:
    """A folded text is what a hurried officer types."""
    assert (
        fold("Đẩy mạnh công tác dân vận, Ủy ban ƠƯĂÂÊÔ")
        == "day manh cong tac dan van, uy ban ouaaeo"
    )


def test_syllables_are_letters_and_digits_only() -> None:
    """Punctuation parts syllables and is dropped."""
    assert syllables("số 33-CT/TU, ngày 06/6") == ["số", "33", "CT", "TU", "ngày", "06", "6"]


@given(st.text())
def test_normal_forms_are_stable(text: str) -> None:
    """Normalising twice changes nothing more."""
    assert comparable(comparable(text)) == comparable(text)
    assert nfc(nfc(text)) == nfc(text)
    assert not has_diacritics("dan van 2024")
