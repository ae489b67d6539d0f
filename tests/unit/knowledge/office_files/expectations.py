"""What must come out of each office file: the checks of expected.json, judged on parsed JSON."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from knowledge.library.intake import take
from knowledge.parsing.exchange import as_json
from knowledge.refusals import FileRefused
from vietnamese.text import comparable

FOLDER: Final = Path(__file__).parent
Check = Mapping[str, Any]
"""One entry of `checks`, as expected.json writes it."""

_SHORT: Final = (
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("mặt trận tổ quốc", "mttq"),
)
_FREE: Final = frozenset({"preamble", "closing"})
_KINDS: Final = re.compile(r"[a-z_]+")


def expected(folder: str) -> dict[str, list[Check]]:
    """Return the checks of each file of a folder, those of a file it is like first."""
    entries = json.loads((FOLDER / folder / "expected.json").read_text(encoding="utf-8"))
    own = {entry["file"]: entry["checks"] for entry in entries}
    like = {entry["file"]: entry.get("like") for entry in entries}
    return {file: [*own.get(like[file] or "", []), *checks] for file, checks in own.items()}


def failures(path: Path, checks: Sequence[Check], *, warned: bool) -> list[Check]:
    """Return the checks that a file does not meet; `warned` says that `check` warns of it."""
    try:
        parsed: dict[str, Any] | None = as_json(take(path))
    except FileRefused:
        parsed = None
    return [check for check in checks if not _met(check, parsed, warned=warned)]


def _met(check: Check, parsed: dict[str, Any] | None, *, warned: bool) -> bool:
    if "or" in check:
        return any(_met(one, parsed, warned=warned) for one in check["or"])
    if "refused" in check:
        return parsed is None
    if "warned" in check:
        return warned
    return parsed is not None and next(
        judge(check, parsed) for key, judge in _JUDGES if key in check
    )


def _plain(text: object) -> str:
    """Return a value in one form: case, blanks and short names make no difference."""
    words = " ".join(comparable("" if text is None else str(text)).split())
    for full, short in _SHORT:
        words = words.replace(comparable(full), comparable(short))
    return words


def _says(check: Check, value: str) -> bool:
    plain = _plain(value)
    if "equals" in check:
        return plain == _plain(check["equals"])
    if "contains" in check:
        return _plain(check["contains"]) in plain
    return _plain(check["absent"]) not in plain


def _field(check: Check, parsed: dict[str, Any]) -> bool:
    value = parsed[check["field"]]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _says(check, "" if value is None else text)


def _path(check: Check, parsed: dict[str, Any]) -> bool:
    found = next((row for row in parsed["clauses"] if row["path"] == check["path"]), None)
    if found is None:
        return False
    return not {"equals", "contains", "absent"} & check.keys() or _says(check, found["text"])


def _nowhere(check: Check, parsed: dict[str, Any]) -> bool:
    return all(_plain(check["nowhere"]) not in _plain(row["text"]) for row in parsed["clauses"])


def _under(check: Check, paths: Sequence[str]) -> list[str]:
    above = check.get("under")
    return [
        path for path in paths if above is None or path == above or path.startswith(f"{above}.")
    ]


def _paths(check: Check, parsed: dict[str, Any]) -> bool:
    paths = [row["path"] for row in parsed["clauses"] if row["path"] not in _FREE]
    return bool(_under(check, paths) == check["paths"])


def _duties(check: Check, parsed: dict[str, Any]) -> bool:
    found = _under(check, [row["clause"] for row in parsed["tasks"]])
    return sorted(found) == sorted(check["duties"])


def _duty(check: Check, parsed: dict[str, Any]) -> bool:
    found = any(_agrees(check, row) for row in parsed["tasks"])
    return found is not check.get("not", False)


def _agrees(check: Check, row: dict[str, Any]) -> bool:
    deadline = row["deadline"] or {}
    return all(
        (
            check["duty"] in (None, row["clause"]),
            all(
                sorted(map(_plain, check[key])) == sorted(map(_plain, row[key]))
                for key in ("lead", "support")
                if key in check
            ),
            "some_lead" not in check or _plain(check["some_lead"]) in map(_plain, row["lead"]),
            _plain(row["report_to"]) == _plain(check.get("report_to", row["report_to"])),
            _plain(check.get("what", "")) in _plain(row["what"]),
            _plain(check.get("text", "")) in _plain(deadline.get("text")),
            "when" not in check or _falls(check["when"], deadline),
        )
    )


def _falls(when: str, deadline: Mapping[str, Any]) -> bool:
    """Compare "yearly before 11-05", "monthly day 25", "2026-03-31" with a deadline."""
    words = when.split()
    kind = [word for word in words if _KINDS.fullmatch(word) and word not in _LIMITS]
    if kind and deadline.get("kind") != kind[0]:
        return False
    side = next((word for word in words if word in _LIMITS), None)
    rest = words[-1]
    days = [deadline.get(key) for key in ("before", "by") if side in (None, "day", key)]
    if side == "day" or "day" in words:
        at = int(rest)
        sides = [word for word in words if word in ("before", "by")] or ["before", "by"]
        named = [deadline.get(key) for key in sides]
        return any(day is not None and int(day.rpartition("-")[2]) == at for day in named)
    return not rest[:1].isdigit() or rest in days


_LIMITS: Final = frozenset({"before", "by", "day"})


def _cites(check: Check, parsed: dict[str, Any]) -> bool:
    rows: Iterator[dict[str, Any]] = (
        row for row in parsed["citations"] if _plain(row["number"]) == _plain(check["cites"])
    )
    found = any(row["date"] == check.get("date", row["date"]) for row in rows)
    return found is not check.get("not", False)


_JUDGES: Final = (
    ("field", _field),
    ("path", _path),
    ("nowhere", _nowhere),
    ("paths", _paths),
    ("duties", _duties),
    ("duty", _duty),
    ("cites", _cites),
)
