"""A deep link opens a clause, and anything else opens nothing."""

import re

from hypothesis import given
from hypothesis import strategies as st

from handlers.library.buttons import OpenClause
from handlers.library.links import clause_payload, read_payload
from knowledge.catalogue import clause_id, document_id


@given(st.text(), st.text())
def test_a_link_names_its_clause(file: str, path: str) -> None:
    """Within the 64 characters that Telegram allows."""
    payload = clause_payload(file, path)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert read_payload(payload) == OpenClause(document_id(file), clause_id(path), 0)


@given(st.text())
def test_other_payloads_open_nothing(payload: str) -> None:
    """An invitation, a slip, a forgery."""
    assert read_payload(payload) is None
