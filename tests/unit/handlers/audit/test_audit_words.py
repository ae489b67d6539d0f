"""Whatever the audit log can hold has its Vietnamese words."""

import ast
from datetime import datetime
from pathlib import Path

import pytest

from bot.texts import Texts
from records.access import Action
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZONE)
ROOT = Path(__file__).resolve().parents[4]


def written() -> set[str]:
    """Return every action that the code writes to the log by a literal name."""
    found = set()
    for room in ("records", "services", "scheduler", "handlers", "bot"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    found |= _named(node)
    return found


def _named(call: ast.Call) -> set[str]:
    """Return the literal action of a call of `note` or `note_denied`, the first that is one."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in {"note", "note_denied"}:
        return set()
    texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
    return {one for one in texts[:1] if isinstance(one, str)}


@pytest.mark.parametrize("action", sorted(written() | {one.value for one in Action}))
def test_an_action_is_worded(action: str) -> None:
    """No name of ours reaches the screen."""
    line = {"at": NOW, "actor": "Lan", "action": action, "subject": "", "allowed": True, "times": 1}
    line["reason"] = ""
    said = Texts().screen("audit", lines=[line], one=False, total=1, page=0, pages=1)
    assert f"</b> {action}" not in said


def test_the_log_is_known_to_be_written() -> None:
    """The search above finds what it is to find."""
    assert {"invite", "join", "assign", "submit", "person_role"} <= written()
