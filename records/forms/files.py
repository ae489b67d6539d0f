"""Read forms from their files: checked as a whole, every mistake told with its line."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from records.forms.fields import FIELD_KEY_LIMIT, LABEL_LIMIT, UNIT_LIMIT, read_field
from records.forms.lines import FILE_LIMIT, Cell, Table, read_sheet
from records.forms.model import (
    NEEDED_FIELD,
    Band,
    Field,
    FieldType,
    Form,
    Purpose,
    Total,
    Use,
)
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
    PurposeNeedsField,
    PurposeTaken,
    VersionTwice,
)
from vietnamese.text import fold

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
MOST_DUTIES: Final = 10
HIGHEST_VERSION: Final = 9999

FORM_KEYS: Final = (
    "id",
    "version",
    "title",
    "fields",
    "basis",
    "totals",
    "task",
    "purpose",
    "duties",
)
TOTAL_KEYS: Final = ("key", "label", "of", "unit", "out_of", "bands")
"""The first four and the first three must be there."""

_SUMMABLE: Final = frozenset({FieldType.NUMBER, FieldType.SCORE})

Folder = Path | Traversable


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The forms that were read: those on offer, and every version a report may be written in."""

    versions: Mapping[str, Mapping[int, Form]] = field(default_factory=dict)
    """By id and version, those that are only kept included."""
    current: Mapping[str, int] = field(default_factory=dict)
    """The highest version on offer, by id."""

    def get(self, form: str, version: int | None = None) -> Form:
        """Return the form on offer, or the version asked for; NoSuchForm if there is none."""
        wanted = self.current.get(form) if version is None else version
        known = self.versions.get(form, {})
        if wanted is None or wanted not in known:
            raise NoSuchForm(form=form, version=version)
        return known[wanted]

    def written(self, form: str, version: int) -> Form:
        """Return a form as it was when somebody began with it, or else as it is now.

        Raises NoSuchForm where there is none of that name any more.
        """
        kept = self.versions.get(form, {}).get(version)
        return self.get(form) if kept is None else kept

    def serving(self, purpose: Purpose) -> Form:
        """Return the form on offer for a purpose; NoSuchForm if none is."""
        found = next((one for one in self.latest() if one.use.purpose is purpose), None)
        if found is None:
            raise NoSuchForm(form=purpose)
        return found

    def ids(self, purpose: Purpose) -> frozenset[str]:
        """Return the ids of the forms that serve a purpose, or did in an earlier version."""
        every = (one for versions in self.versions.values() for one in versions.values())
        return frozenset(one.id for one in every if one.use.purpose is purpose)

    def __getitem__(self, form: str) -> Form:
        return self.get(form)

    def __contains__(self, form: str) -> bool:
        return form in self.current

    def __iter__(self) -> Iterator[str]:
        return iter(self.current)

    def __len__(self) -> int:
        return len(self.current)

    def latest(self) -> tuple[Form, ...]:
        """Return the forms on offer, in the order of their ids."""
        return tuple(self.get(form) for form in sorted(self.current))


def shipped_forms() -> Traversable:
    """Return the folder of the forms that come with the assistant."""
    return files("records.forms").joinpath("library")


def read_forms(folders: Sequence[Folder], kept: Path | None = None) -> Forms:
    """Read every `.yaml` of the folders; a folder that is not there holds no forms.

    What is read for the first time is copied into `kept`, and what lies there is read as well: a
    file may be changed or taken away, and a report written in it can still be shown. A version may
    stand in several files only if they say the same.
    """
    shelf = _Shelf()
    for path in () if kept is None else _files(kept):
        shelf.add(path)
    offered = [shelf.add(path) for folder in folders for path in _files(folder)]
    current: dict[str, int] = {}
    for form, _ in offered:
        current[form.id] = max(form.version, current.get(form.id, 0))
    forms = Forms(versions=shelf.versions(), current=current)
    shelf.check_purposes(forms)
    if kept is not None:
        _keep(kept, offered)
    return forms


class _Shelf:
    """Forms as they are read, with the file that each version was first found in."""

    def __init__(self) -> None:
        self._found: dict[str, dict[int, tuple[Form, Cell]]] = {}

    def add(self, path: Folder) -> tuple[Form, Folder]:
        """Read a file; raises VersionTwice where its version says something else already."""
        cell = _opened(path)
        form = _form(cell)
        versions = self._found.setdefault(form.id, {})
        before, found = versions.setdefault(form.version, (form, cell))
        use = form.use.after(before.use)
        if use != before.use.after(form.use) or replace(form, use=before.use) != before:
            place = dict(cell.rows())["version"].place
            raise VersionTwice(**place, form=form.id, version=form.version, other=found.file)
        versions[form.version] = (replace(form, use=use), found)
        return form, path

    def versions(self) -> dict[str, dict[int, Form]]:
        """Return the forms; what a version does not say of its use is as in the one before."""
        told: dict[str, dict[int, Form]] = {}
        for name, versions in self._found.items():
            use, told[name] = Use(), {}
            for version, (form, _) in sorted(versions.items()):
                use = form.use.after(use)
                told[name][version] = replace(form, use=use)
        return told

    def check_purposes(self, forms: Forms) -> None:
        """Raise PurposeTaken where two forms on offer serve the same, and where a field lacks."""
        taken: dict[Purpose, Form] = {}
        for form in forms.latest():
            purpose = form.use.purpose
            if purpose is None:
                continue
            _, cell = self._found[form.id][form.version]
            place = cell.place | {"key": "purpose"}
            if taken.setdefault(purpose, form) is not form:
                raise PurposeTaken(**place, purpose=purpose, other=taken[purpose].id)
            wanted = NEEDED_FIELD.get(purpose)
            if wanted is not None and not _asks_for(form, wanted):
                raise PurposeNeedsField(**place, purpose=purpose, wanted=wanted)


def _asks_for(form: Form, key: str) -> bool:
    return any(one.key == key and one.type is FieldType.TEXT for one in form.fields)


def _keep(kept: Path, offered: Iterable[tuple[Form, Folder]]) -> None:
    """Copy what is not kept yet; a copy is there whole or not at all."""
    kept.mkdir(parents=True, exist_ok=True)
    for form, path in offered:
        copy = kept / f"{form.id}-{form.version}.yaml"
        if not copy.exists():
            aside = copy.with_suffix(f".{os.getpid()}")
            aside.write_bytes(path.read_bytes())
            aside.replace(copy)


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
        use=_use(table),
    )


def _use(table: Table) -> Use:
    duties = table["duties"].cells(MOST_DUTIES) if "duties" in table else None
    return Use(
        task=table["task"].truth() if "task" in table else None,
        purpose=Purpose(table["purpose"].one_of(tuple(Purpose))) if "purpose" in table else None,
        duties=None if duties is None else tuple(fold(one.words(LABEL_LIMIT)) for one in duties),
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
