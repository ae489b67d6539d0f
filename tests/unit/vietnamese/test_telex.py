"""What is typed in Telex without its conversion is read as the word it spells."""

import pytest

from vietnamese.telex import from_telex


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("coong", "công"),
        ("tacs", "tác"),
        ("daan", "dân"),
        ("vaanj", "vận"),
        ("nguwowif", "người"),
        ("nguowif", "người"),
        ("dduowcj", "được"),
        ("quyr", "quỷ"),
        ("hoaf", "hòa"),
        ("toans", "toán"),
        ("tuyeenf", "tuyền"),
        ("gias", "giá"),
        ("ngoaif", "ngoài"),
        ("dungs", "dúng"),
        ("ddinhj", "định"),
        ("theer", "thể"),
    ],
)
def test_keys_become_letters_and_tones(typed: str, meant: str) -> None:
    """Doubled letters, w and the five tone keys, wherever the tone key was struck."""
    assert from_telex(typed) == meant


@pytest.mark.parametrize("typed", ["cho", "dan", "web", "fax", "xlsx", "ok", "", "s"])
def test_what_spells_no_syllable_stays(typed: str) -> None:
    """A plain word, a foreign word and a stray letter are not Telex."""
    assert from_telex(typed) is None
