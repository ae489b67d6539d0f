"""Conversations of officers with the real handlers over the demo office, turn by turn."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.assistant import give_index
from tests.e2e.test_command_line import danvan

CONVERSATIONS = yaml.safe_load(
    Path(__file__).with_name("conversations.yaml").read_text(encoding="utf-8")
)
BY_PERSON = [
    (person, list(held))
    for person, held in groupby(sorted(CONVERSATIONS, key=lambda one: one["as"]), lambda c: c["as"])
]


def faults(turn: dict[str, Any], reply: dict[str, Any]) -> Iterator[str]:
    """Tell what of a reply is not as the turn says."""
    yield from (f"lacks {one!r}" for one in turn.get("sees", ()) if one not in reply["text"])
    yield from (f"shows {one!r}" for one in turn.get("hides", ()) if one in reply["text"])
    for label in turn.get("buttons", ()):
        if not any(one.startswith(label) for one in reply["buttons"]):
            yield f"lacks the button {label!r}"


def test_there_are_twenty_conversations() -> None:
    """Of every kind of own work, of follow-ups, and of commands said in words."""
    assert len(CONVERSATIONS) >= 20


@pytest.mark.parametrize(("person", "held"), BY_PERSON)
async def test_an_officer_is_understood(
    person: str, held: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Each reply says what it must, ends in the button that acts, and says what it took."""
    give_index(tmp_path)
    lines = [{"id": one["name"], "turns": [turn["say"] for turn in one["turns"]]} for one in held]
    given = "\n".join(json.dumps(one) for one in lines)
    arguments = ["talk", "--json", "--as", person, "--now", "2026-11-28T09:00:00"]
    status, said, errors = await danvan(arguments, tmp_path, given)
    assert status == 0, errors[-1]
    wrong = [
        f"{one['name']}: {turn['say']}: {fault}; {reply['text'][:300]} {reply['buttons'][:5]}"
        for one, line in zip(held, said, strict=True)
        for turn, reply in zip(one["turns"], json.loads(line)["replies"], strict=True)
        for fault in faults(turn, reply)
    ]
    assert not wrong, "\n".join(wrong)
