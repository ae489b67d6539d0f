"""What an admin corrected of a file's header, kept beside the file: the file stays as it came."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from knowledge.model import Directive, Header
from knowledge.searching.generations import write_file

SUFFIX: Final = ".header.json"
"""Of the sheet beside a file: "ke-hoach.docx.header.json"; no document has this extension."""


class Field(StrEnum):
    """What of a header can be corrected."""

    NUMBER = "number"
    DATE = "date"
    ISSUER = "issuer"
    TYPE = "type"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The corrected fields of one file, as text; a date is in ISO form, "" says there is none.

    `replaces` names the file of the library that steps back for this one, if it was told so.
    """

    fields: Mapping[Field, str]
    replaces: str | None = None

    def with_field(self, field: Field, value: str) -> "Corrections":
        """Return the same with one more field corrected."""
        return replace(self, fields={**self.fields, field: value})

    def applied(self, directive: Directive) -> Directive:
        """Return the directive as corrected. What was printed stays as it was, for quoting."""
        if not self.fields:
            return directive
        return replace(directive, header=self._header(directive.header))

    def _header(self, read: Header) -> Header:
        words = {key.value: value or None for key, value in self.fields.items()}
        issued = read.date
        if Field.DATE in self.fields:
            said = words.pop(Field.DATE.value)
            issued = date.fromisoformat(said) if said else None
        known = {one.name: getattr(read, one.name) for one in fields(read)}
        return Header(**{**known, **words, "date": issued})


NOTHING: Final = Corrections(fields={})


def sheet_of(path: Path) -> Path:
    """Return where the corrections of a file lie."""
    return path.with_name(path.name + SUFFIX)


def read_corrections(path: Path) -> Corrections:
    """Return the corrections of the file at `path`: none where they are of other bytes than these.

    A file that was put in the place of a corrected one is not corrected by the old sheet.
    """
    try:
        told = json.loads(sheet_of(path).read_text(encoding="utf-8"))
        if told["of"] != _digest(path):
            return NOTHING
        given = {Field(key): str(value) for key, value in told["fields"].items()}
        if given.get(Field.DATE):
            date.fromisoformat(given[Field.DATE])
        return Corrections(fields=given, replaces=told["replaces"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return NOTHING


def write_corrections(path: Path, content: bytes, corrections: Corrections) -> None:
    """Keep the corrections of what is or will be the content of the file at `path`."""
    sheet = sheet_of(path)
    if corrections == NOTHING:
        sheet.unlink(missing_ok=True)
        return
    told = {
        "of": hashlib.blake2b(content, digest_size=16).hexdigest(),
        "fields": dict(corrections.fields),
        "replaces": corrections.replaces,
    }
    write_file(sheet, json.dumps(told, ensure_ascii=False, indent=1).encode())


def _digest(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
