"""A link that was pasted as text is known, and nothing else is taken for one."""

import pytest

from handlers.core.pasted_links import Pasted, pasted

PREFIXES = ("i_", "c_")
CODE = "i_AbC-dEf_123456"


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        f"  {CODE}\n",
        f"https://t.me/tro_ly_bot?start={CODE}",
        f"t.me/tro_ly_bot?start={CODE}",
        f"Mời đồng chí vào: https://telegram.me/tro_ly_bot?start={CODE} nhé",
    ],
)
def test_a_link_or_its_code_is_taken(text: str) -> None:
    """Whole, or the code alone, or the link among the words that it came with."""
    assert pasted(text, PREFIXES) == Pasted("i_", CODE.removeprefix("i_"))


@pytest.mark.parametrize(
    "text", ["", "i_", "xin chào", f"mã là {CODE}", "https://t.me/kenh", f"x{CODE}", "z_AbCdEf123"]
)
def test_other_words_are_words(text: str) -> None:
    """A code among words may be anything."""
    assert pasted(text, PREFIXES) is None
