"""Long texts are cut where a reader would pause, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.core.pagination import count, cut, pages


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_pages_are_the_text(text: str, most: int) -> None:
    """Joined pages are the text; none is longer than allowed, none but an empty text's is empty."""
    cut_up = pages(text, most)
    assert "".join(cut_up) == text
    assert all(len(page) <= most for page in cut_up)
    assert all(cut_up) or cut_up == [""]


def test_a_page_ends_at_a_paragraph_before_a_sentence_before_a_word() -> None:
    """The best break within the second half of the page is taken."""
    assert pages("aa. bb cc.\ndd ee. ff", 16)[0] == "aa. bb cc.\n"
    assert pages("aa bb cc. dd eeeeee", 14)[0] == "aa bb cc. "
    assert pages("aaaa bbbb cccc", 11)[0] == "aaaa bbbb "


@given(st.lists(st.integers()), st.integers(min_value=1, max_value=9))
def test_every_entry_is_on_one_page(entries: list[int], most: int) -> None:
    """The pages of a list, one after another, are the list."""
    listed = [
        entry for page in range(count(len(entries), most)) for entry in cut(entries, page, most)
    ]
    assert listed == entries
    assert cut(entries, count(len(entries), most), most) == []
