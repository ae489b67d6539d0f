"""The operator's folder: a file is published, replaced, withdrawn, and each version is kept."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from knowledge.library.corrections import (
    NOTHING,
    Corrections,
    read_corrections,
    sheet_of,
    write_corrections,
)
from knowledge.refusals import NotInLibrary
from knowledge.searching.generations import write_file

VERSIONS: Final = "versions"
"""Folder within the operator's: what was published before, a folder each."""

_CARD: Final = "version.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A file that was published once. `replaced_by` is None where it was withdrawn."""

    id: str
    file: str
    path: Path
    replaced_by: str | None
    at: datetime
    """When it ended."""
    by: str
    """Who ended it."""

    @property
    def corrections(self) -> Corrections:
        """What was corrected of it."""
        return read_corrections(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Changes the operator's folder; one process at a time."""

    folder: Path

    def holds(self, file: str) -> bool:
        """Tell whether this file lies in the operator's folder."""
        return "/" not in file and (self.folder / file).is_file()

    def corrections(self, file: str) -> Corrections:
        """Return what was corrected of a file's header."""
        return Corrections(fields=read_corrections(self.folder / file).fields)

    def publish(
        self,
        source: Path,
        corrections: Corrections,
        *,
        replacing: str | None,
        version: str,
        by: str,
        at: datetime,
    ) -> str:
        """Put a file in the folder, in the place of another if so told; return its name there.

        Whoever looks at any moment finds the old one or the new: the new one's sheet says whom it
        replaces, and one rename puts it in place. What is replaced is kept as version `version`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        name, content = self._name(source.name, replacing), source.read_bytes()
        old = replacing if replacing is not None and self.holds(replacing) else None
        if name == old:
            self._keep(old, version=version, replaced_by=name, by=by, at=at)
            self._put(name, content, Corrections(fields=corrections.fields))
            return name
        steps_back = replacing if replacing != name else None
        self._put(name, content, Corrections(fields=corrections.fields, replaces=steps_back))
        if old is not None:
            self._keep(old, version=version, replaced_by=name, by=by, at=at)
            self._remove(old)
            write_corrections(self.folder / name, content, Corrections(fields=corrections.fields))
        return name

    def withdraw(self, file: str, *, version: str, by: str, at: datetime) -> None:
        """Take a file out of the folder; it is kept as version `version`. Raises NotInLibrary."""
        if not self.holds(file):
            raise NotInLibrary(file=file)
        self._keep(file, version=version, replaced_by=None, by=by, at=at)
        self._remove(file)

    def versions(self, file: str) -> tuple[Version, ...]:
        """Return what stood in the place of a file before it, the latest first."""
        every, wanted, found = list(self._every()), [file], list[Version]()
        while wanted:
            name = wanted.pop()
            new = [one for one in every if one.replaced_by == name and one not in found]
            found += new
            wanted += [one.file for one in new]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def withdrawn(self) -> tuple[Version, ...]:
        """Return what was withdrawn and does not stand in the folder again, the latest first."""
        gone = [
            one for one in self._every() if one.replaced_by is None and not self.holds(one.file)
        ]
        latest = {one.file: one for one in sorted(gone, key=lambda one: one.at)}
        return tuple(sorted(latest.values(), key=lambda one: one.at, reverse=True))

    def version(self, version: str) -> Version:
        """Return a version. Raises NotInLibrary."""
        found = self._read(self.folder / VERSIONS / version) if "/" not in version else None
        if found is None:
            raise NotInLibrary(file=version)
        return found

    def _name(self, sent: str, replacing: str | None) -> str:
        """Return under which name a file is kept: the replaced one's where the kind is the same.

        What points at the document by its name goes on pointing at it.
        """
        if replacing is not None and Path(replacing).suffix.lower() == Path(sent).suffix.lower():
            return replacing
        stem, suffix, number = Path(sent).stem, Path(sent).suffix, 2
        name = sent
        while (self.folder / name).exists():
            name, number = f"{stem}-{number}{suffix}", number + 1
        return name

    def _put(self, name: str, content: bytes, corrections: Corrections) -> None:
        path = self.folder / name
        if corrections != NOTHING:
            write_corrections(path, content, corrections)
        write_file(path, content)
        write_corrections(path, content, corrections)

    def _keep(
        self, file: str, *, version: str, replaced_by: str | None, by: str, at: datetime
    ) -> None:
        """Keep a copy of a file and its sheet among the versions."""
        kept, path = self.folder / VERSIONS / version, self.folder / file
        kept.mkdir(parents=True, exist_ok=True)
        corrections = Corrections(fields=read_corrections(path).fields)
        card = {"file": file, "replaced_by": replaced_by, "at": at.isoformat(), "by": by}
        content = path.read_bytes()
        write_file(kept / file, content)
        write_corrections(kept / file, content, corrections)
        write_file(kept / _CARD, json.dumps(card, ensure_ascii=False).encode())

    def _remove(self, file: str) -> None:
        path = self.folder / file
        path.unlink()
        sheet_of(path).unlink(missing_ok=True)

    def _every(self) -> Iterator[Version]:
        root = self.folder / VERSIONS
        for kept in sorted(root.iterdir()) if root.is_dir() else ():
            found = self._read(kept)
            if found is not None:
                yield found

    def _read(self, kept: Path) -> Version | None:
        try:
            card = json.loads((kept / _CARD).read_text(encoding="utf-8"))
            return Version(
                id=kept.name,
                file=card["file"],
                path=kept / card["file"],
                replaced_by=card["replaced_by"],
                at=datetime.fromisoformat(card["at"]),
                by=card["by"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
