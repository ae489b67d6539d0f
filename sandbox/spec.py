"""The Bot API's own facts: methods, types, fields, limits; kept reduced in spec.json.

`python -m sandbox.spec SOURCE` writes spec.json anew from a full specification file of the form
`{"version", "methods": {name: {"returns", "fields"}}, "types": {name: {"fields", "subtypes"}}}`.
"""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sandbox.values import JsonObject

SPEC_FILE: Final = Path(__file__).with_name("spec.json")

_RANGE: Final = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
_CEILING: Final = re.compile(
    r"(?:up to|at most) (\d+) (characters|items|identifiers|commands)", re.IGNORECASE
)
_UNITS: Final = {"identifiers": "items", "commands": "items"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long a value may be; `unit` is characters (UTF-16 units), bytes (UTF-8) or items."""

    least: int
    most: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a method or a type."""

    name: str
    types: tuple[str, ...]
    required: bool
    limit: Limit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A method or a type: its fields by name; a type may instead be one of several subtypes."""

    name: str
    fields: Mapping[str, Field]
    subtypes: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One version of the Bot API."""

    version: str
    methods: Mapping[str, Form]
    types: Mapping[str, Form]


def reduce_spec(full: JsonObject) -> JsonObject:
    """Keep of a full specification what the sandbox judges by."""
    return {
        "version": full["version"],
        "methods": {
            name: {"returns": method["returns"], "fields": _reduce_fields(method)}
            for name, method in full["methods"].items()
        },
        "types": {
            name: {"subtypes": kind["subtypes"]}
            if kind.get("subtypes")
            else {"fields": _reduce_fields(kind)}
            for name, kind in full["types"].items()
        },
    }


def _reduce_fields(form: JsonObject) -> JsonObject:
    """Keep types, the mark of a required field and a limit that can be checked."""
    reduced = {}
    for field in form["fields"]:
        kept: JsonObject = {"types": field["types"]}
        if field["required"]:
            kept["required"] = True
        limit = _limit(" ".join(field.get("limits", [])))
        if limit:
            kept["limit"] = limit
        reduced[field["name"]] = kept
    return reduced


def _limit(words: str) -> list[int | str] | None:
    """Read "1-64 bytes" or "up to 10 items"; other wordings are not limits of a value."""
    if found := _RANGE.search(words):
        return [int(found[1]), int(found[2]), found[3].lower()]
    if found := _CEILING.search(words):
        unit = found[2].lower()
        return [0, int(found[1]), _UNITS.get(unit, unit)]
    return None


@cache
def bot_api() -> Spec:
    """Return the facts in spec.json."""
    kept = json.loads(SPEC_FILE.read_text(encoding="utf-8"))
    return Spec(
        version=kept["version"],
        methods={name: _form(name, form) for name, form in kept["methods"].items()},
        types={name: _form(name, form) for name, form in kept["types"].items()},
    )


def _form(name: str, form: JsonObject) -> Form:
    fields = {key: _field(key, field) for key, field in form.get("fields", {}).items()}
    return Form(
        name=name,
        fields=fields,
        subtypes=tuple(form.get("subtypes", ())),
        returns=tuple(form.get("returns", ())),
    )


def _field(name: str, field: JsonObject) -> Field:
    limit = field.get("limit")
    return Field(
        name=name,
        types=tuple(field["types"]),
        required=field.get("required", False),
        limit=Limit(least=limit[0], most=limit[1], unit=limit[2]) if limit else None,
    )


def _lines(reduced: JsonObject) -> str:
    """Write one method or type a line, so that a new version shows as a readable difference."""
    parts = [f'"version": {json.dumps(reduced["version"])}']
    for room in ("methods", "types"):
        rows = ",\n".join(
            f"  {json.dumps(name)}: {json.dumps(form, ensure_ascii=False)}"
            for name, form in reduced[room].items()
        )
        parts.append(f'"{room}": {{\n{rows}\n}}')
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    SPEC_FILE.write_text(_lines(reduce_spec(source)), encoding="utf-8")
