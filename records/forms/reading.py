"""Read forms from their files: checked as a whole, every mistake told with its line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from records.forms.fields import FIELD_KEY_LIMIT, LABEL_LIMIT, UNIT_LIMIT, read_field
from records.forms.model import Band, Field, FieldType, Form, Total
from records.forms.refusals import (
    BandBeyondTotal,
    BandsNotDescending,
    FormUnreadable,
    MissingKey,
    NameTaken,
    NoSuchForm,
    NotEarlier,
    NotSummable,
    PointsDoNotAddUp,
    VersionTwice,
)
from records.forms.sheet import FILE_LIMIT, Cell, read_sheet

FORM_ID_LIMIT: Final = 16
"""Characters: it goes into a button."""
TITLE_LIMIT: Final = 60
"""Characters: it heads the dialog and is a button of the list of forms."""
BASIS_LIMIT: Final = 400
"""Characters under the summary."""
MOST_FIELDS: Final = 60
"""Questions of a form; each is a message."""
MOST_TOTALS: Final = 10
MOST_BANDS: Final = 10
HIGHEST_VERSION: Final = 9999

FORM_KEYS: Final = ("id", "version", "title", "fields", "basis", "totals")
TOTAL_KEYS: Final = ("key", "label", "of", "unit", "out_of", "bands")
"""The first four and the first three must be there."""

_SUMMABLE: Final = frozenset({FieldType.NUMBER, FieldType.SCORE})

Folder = Path | Traversable


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The forms that were read, by id; of each the highest version counts, older ones are kept."""

    versions: Mapping[str, Mapping[int, Form]] = field(default_factory=dict)

    def get(self, form: str, version: int | None = None) -> Form:
        """Return a form: its highest version, or the one asked for; NoSuchForm if there is none."""
        known = self.versions.get(form, {})
        wanted = max(known, default=None) if version is None else version
        if wanted is None or wanted not in known:
            raise NoSuchForm(form=form, version=version)
        return known[wanted]

    def __getitem__(self, form: str) -> Form:
        return self.get(form)

    def __contains__(self, form: str) -> bool:
        return form in self.versions

    def __iter__(self) -> Iterator[str]:
        return iter(self.versions)

    def __len__(self) -> int:
        return len(self.versions)

    def latest(self) -> tuple[Form, ...]:
        """Return the highest version of each form, in the order of their ids."""
        return tuple(self.get(form) for form in sorted(self.versions))


def shipped_forms() -> Traversable:
    """Return the folder of the forms that come with the assistant."""
    return files("records.forms").joinpath("library")


def read_forms(folders: Sequence[Folder]) -> Forms:
    """Read every `.yaml` of the folders; a folder that is not there holds no forms.

    A version of a form may stand in several files only if they say the same: a report made with it
    must not change its questions later.
    """
    versions: dict[str, dict[int, Form]] = {}
    named: dict[tuple[str, int], str] = {}
    for path in (path for folder in folders for path in _files(folder)):
        cell = _opened(path)
        form = _form(cell)
        identity = (form.id, form.version)
        if versions.setdefault(form.id, {}).setdefault(form.version, form) != form:
            place = dict(cell.rows())["version"].place
            raise VersionTwice(**place, form=form.id, version=form.version, other=named[identity])
        named.setdefault(identity, path.name)
    return Forms(versions=versions)


def read_form(path: Folder) -> Form:
    """Read one form; FormMistake names file, line, key and what is wrong."""
    return _form(_opened(path))


def _files(folder: Folder) -> list[Folder]:
    if not folder.is_dir():
        return []
    found: list[Folder] = [
        path
        for path in folder.iterdir()
        if path.name.endswith(".yaml") and not path.name.startswith(".")
    ]
    return sorted(found, key=lambda path: path.name)


def _opened(path: Folder) -> Cell:
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except OSError as fault:
        raise FormUnreadable(file=path.name, line=1) from fault
    return read_sheet(path.name, content)


def _form(cell: Cell) -> Form:
    table = cell.table(needed=FORM_KEYS[:4], allowed=FORM_KEYS[4:])
    fields = _fields(table["fields"])
    return Form(
        id=table["id"].name(FORM_ID_LIMIT),
        version=table["version"].whole(1, HIGHEST_VERSION),
        title=table["title"].words(TITLE_LIMIT),
        fields=tuple(fields.values()),
        totals=_totals(table["totals"], fields) if "totals" in table else (),
        basis=table["basis"].words(BASIS_LIMIT) if "basis" in table else None,
    )


def _fields(cell: Cell) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for one in cell.cells(MOST_FIELDS):
        read = read_field(one, fields)
        fields[read.key] = read
    if not fields:
        raise MissingKey(**cell.place)
    return fields


def _totals(cell: Cell, fields: Mapping[str, Field]) -> tuple[Total, ...]:
    totals: list[Total] = []
    for one in cell.cells(MOST_TOTALS):
        total = _total(one, fields)
        if total.key in fields or total.key in (before.key for before in totals):
            raise NameTaken(**dict(one.rows())["key"].place, given=total.key)
        totals.append(total)
    return tuple(totals)


def _total(cell: Cell, fields: Mapping[str, Field]) -> Total:
    table = cell.table(needed=TOTAL_KEYS[:3], allowed=TOTAL_KEYS[3:])
    of = _summed(table["of"], fields)
    facts: dict[str, Any] = {}
    if "unit" in table:
        facts["unit"] = table["unit"].words(UNIT_LIMIT)
    if "out_of" in table:
        facts["out_of"] = _points(table["out_of"], [fields[key] for key in of])
    if "bands" in table:
        facts["bands"] = _bands(table["bands"], facts.get("out_of"))
    return Total(
        key=table["key"].name(FIELD_KEY_LIMIT),
        label=table["label"].words(LABEL_LIMIT),
        of=of,
        **facts,
    )


def _summed(cell: Cell, fields: Mapping[str, Field]) -> tuple[str, ...]:
    keys: list[str] = []
    for one in cell.cells(MOST_FIELDS):
        key = one.words(LABEL_LIMIT)
        if key not in fields:
            raise NotEarlier(**one.place, given=key)
        if fields[key].type not in _SUMMABLE:
            raise NotSummable(**one.place, given=key)
        if key in keys:
            raise NameTaken(**one.place, given=key)
        keys.append(key)
    if not keys:
        raise MissingKey(**cell.place)
    return tuple(keys)


def _points(cell: Cell, summed: Sequence[Field]) -> Decimal:
    """Read what a total is out of; scores that are always asked must come to it."""
    out_of = cell.number()
    if all(one.type is FieldType.SCORE and one.condition is None for one in summed):
        reached = sum((one.most or Decimal(0) for one in summed), Decimal(0))
        if reached != out_of:
            raise PointsDoNotAddUp(**cell.place, sum=str(reached), out_of=str(out_of))
    return out_of


def _bands(cell: Cell, out_of: Decimal | None) -> tuple[Band, ...]:
    bands: list[Band] = []
    for one in cell.cells(MOST_BANDS):
        table = one.table(needed=("label", "at_least"), allowed=())
        begins = table["at_least"]
        band = Band(label=table["label"].words(LABEL_LIMIT), at_least=begins.number())
        if out_of is not None and band.at_least > out_of:
            raise BandBeyondTotal(**begins.place, most=str(out_of))
        if bands and band.at_least >= bands[-1].at_least:
            raise BandsNotDescending(**begins.place)
        bands.append(band)
    return tuple(bands)
