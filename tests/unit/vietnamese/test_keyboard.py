"""Words typed with the keyboard's conversion off, or with foreign letters, are read as meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.keyboard import as_meant, latin
from vietnamese.vni import from_vni


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hanj noopj baos caos keets quar", "Hạn nộp báo cáo kết quả"),
        ("Ha5n no65p ba1o ca1o ke61t qua3", "Hạn nộp báo cáo kết quả"),
        ("Nguyeenx Vawn Huwng", "Nguyễn Văn Hưng"),
        ("NGUYE6N4 VA8N HU7NG", "NGUYỄN VĂN HƯNG"),
        ("d9a4 to63 chu71c 5 cuo65c d9o61i thoa5i", "đã tổ chức 5 cuộc đối thoại"),
        ("ngu7o7i2 da6n d9u7o7c5 ho64 tro75", "người dân được hỗ trợ"),
        ("b\u00e1\u043e c\u00e1\u043e", "báo cáo"),
        ("\uff22\u00e1o c\u00e1o", "Báo cáo"),
    ],
)
def test_keys_and_look_alikes_are_read(typed: str, meant: str) -> None:
    """Capitals stay, figures stay."""
    assert as_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "báo cáo quý 4",
        "xa1, xa2",
        "Chỉ thị 33-CT/TU",
        "bao cao quy 4",
        "fax web xlsx",
        "k2 t11 a4",
        "12 cuoc",
        "Привет",
        "",
    ],
)
def test_what_gives_no_ground_stays(typed: str) -> None:
    """Numbers of papers, places, foreign words, another alphabet as such."""
    assert as_meant(typed) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ta1c", "tác"), ("tac1", "tác"), ("ngu7o7i2", "người"), ("nguoi72", "người"), ("d9i", "đi")],
)
def test_digits_stand_where_typists_put_them(typed: str, meant: str) -> None:
    """Behind the vowel, or at the end of the word."""
    assert from_vni(typed) == meant


@given(st.text(max_size=60))
def test_any_text_is_read_once(typed: str) -> None:
    """Reading never fails, and what was read is Latin already."""
    assert latin(latin(typed)) == latin(typed)
    as_meant(typed)
