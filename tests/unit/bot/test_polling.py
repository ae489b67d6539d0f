"""One broken update does not stop the others."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.polling import PollingRequest, readable

GOOD = {
    "update_id": 2,
    "message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "a"},
}


def test_a_broken_update_is_emptied_and_the_rest_is_kept() -> None:
    """Its id stays, so that Telegram does not deliver it again."""
    broken = {"update_id": 1, "message": {"text": "no chat"}}
    payload = {"ok": True, "result": [broken, GOOD, "junk", {"message": {}}]}
    answer = PollingRequest.parse_json_payload(json.dumps(payload).encode())
    assert answer["result"] == [{"update_id": 1}, GOOD]


@pytest.mark.parametrize("payload", [{"ok": True, "result": True}, {"ok": False}])
def test_other_answers_pass_unchanged(payload: dict[str, object]) -> None:
    """Only lists of updates are looked into."""
    assert PollingRequest.parse_json_payload(json.dumps(payload).encode()) == payload


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(
    st.dictionaries(
        st.sampled_from(["message", "edited_message", "callback_query", "inline_query", "odd"]),
        json_values,
    )
)
def test_any_shape_is_survived(given_update: dict[str, object]) -> None:
    """Whatever stands under the known names, the id comes back."""
    kept = readable({"update_id": 7, **given_update})
    assert kept is not None
    assert kept["update_id"] == 7
