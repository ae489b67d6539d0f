"""A button carries its own meaning in at most 64 bytes; anything else is a stale button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.buttons import decode, encode
from handlers.press import MAX_BYTES, Press, StaleButton
from handlers.presses import (
    AskOf,
    Judge,
    MoreResults,
    OpenClause,
    OpenDocument,
    OpenDocuments,
    OpenRelated,
    clause_id,
    document_id,
)

ids = st.from_regex(r"[a-z0-9-]{1,24}", fullmatch=True)
hashes = st.from_regex(r"[a-f0-9]{8,12}", fullmatch=True)
pages = st.integers(min_value=0, max_value=999_999)
presses = st.one_of(
    st.builds(OpenDocuments, pages, st.integers(0, 1)),
    st.builds(OpenDocument, ids, pages, st.integers(0, 1)),
    st.builds(OpenClause, hashes, hashes, pages, st.integers(0, 1)),
    st.builds(OpenRelated, ids, st.integers(0, 1)),
    st.builds(MoreResults, ids, pages, st.integers(0, 1)),
    st.builds(AskOf, ids, ids),
    st.builds(Judge, ids, st.integers(0, 1)),
)


@given(presses)
def test_a_press_survives_its_encoding(press: Press) -> None:
    """What was meant is what is read, within Telegram's limit."""
    data = encode(press)
    assert len(data.encode()) <= MAX_BYTES
    assert decode(data) == press


@given(st.text() | st.from_regex(r"\A1:[a-z]:[a-z0-9:-]*\Z"))
def test_any_text_is_a_press_or_stale(data: str) -> None:
    """No data, however foreign, raises anything but StaleButton."""
    try:
        press = decode(data)
    except StaleButton:
        return
    assert encode(press) == data


@pytest.mark.parametrize("data", ["", "0:l:0:0", "1:z:0", "1:l", "1:l:-1", "1:l:٣", "1:c:a:b"])
def test_foreign_data_is_stale(data: str) -> None:
    """Another version, an unknown action, a missing or odd field."""
    with pytest.raises(StaleButton):
        decode(data)


def test_what_does_not_fit_is_refused_at_encoding() -> None:
    """A value outside the codec fails where the button is made, not where it is tapped."""
    with pytest.raises(ValueError, match="not encodable"):
        encode(OpenRelated("Chỉ thị"))


@given(st.text(), st.text())
def test_ids_fit_the_codec(file: str, path: str) -> None:
    """Any file name and any clause path has an id that fits a button."""
    press = OpenClause(document_id(file), clause_id(path), 999_999)
    assert decode(encode(press)) == press
