"""Files that came and are not published yet: read once, looked over, corrected, or dropped."""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from knowledge.file_kinds import FILE_BYTES
from knowledge.library.corrections import (
    NOTHING,
    Corrections,
    Field,
    read_corrections,
    write_corrections,
)
from knowledge.model import Directive
from knowledge.refusals import ArrivalGone, HiddenName, TooLarge
from knowledge.searching.generations import write_file

KEPT: Final = timedelta(days=7)
"""How long a file waits to be published."""

_CARD: Final = "arrival.json"
_NAME_BYTES: Final = 180
"""Of a file's name: with the sheet's suffix and that of a file written aside it fits 255."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file that waits. `read` is what it was parsed to, `directive` the same as corrected."""

    id: str
    path: Path
    read: Directive
    corrections: Corrections
    edits: str | None = None
    """The file of the library that it is a copy of, to correct it."""

    @property
    def directive(self) -> Directive:
        """What it would be in the library."""
        return self.corrections.applied(self.read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """A folder of them, one inner folder each."""

    root: Path

    def receive(
        self,
        arrival: str,
        name: str,
        content: bytes,
        now: datetime,
        *,
        corrections: Corrections = NOTHING,
        edits: str | None = None,
    ) -> Arrival:
        """Take a file in; raises FileRefused, and keeps nothing of what is refused."""
        self._forget(now)
        name = _plain(name)
        if name.startswith("."):
            raise HiddenName(file=name)
        if len(content) > FILE_BYTES:
            raise TooLarge(file=name, limit=FILE_BYTES)
        folder = self.root / arrival
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        try:
            write_file(path, content)
            read = reread(path)
            write_corrections(path, content, corrections)
            card = {
                "file": name,
                "at": now.isoformat(),
                "edits": edits,
                "read": TypeAdapter(Directive).dump_python(read, mode="json"),
            }
            write_file(folder / _CARD, json.dumps(card, ensure_ascii=False).encode())
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return self.get(arrival)

    def get(self, arrival: str) -> Arrival:
        """Return a file that waits. Raises ArrivalGone."""
        folder = self.root / arrival
        try:
            card = json.loads((folder / _CARD).read_text(encoding="utf-8"))
            path = folder / card["file"]
            return Arrival(
                id=arrival,
                path=path,
                read=TypeAdapter(Directive).validate_python(card["read"]),
                corrections=read_corrections(path),
                edits=card["edits"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            raise ArrivalGone from None

    def correct(self, arrival: str, field: Field, value: str) -> Arrival:
        """Correct one field, "" for none; raises ArrivalGone."""
        held = self.get(arrival)
        corrections = held.corrections.with_field(field, value)
        write_corrections(held.path, held.path.read_bytes(), corrections)
        return self.get(arrival)

    def drop(self, arrival: str) -> None:
        """Forget a file."""
        shutil.rmtree(self.root / arrival, ignore_errors=True)

    def _forget(self, now: datetime) -> None:
        """Forget what has waited too long."""
        for folder in self.root.iterdir() if self.root.is_dir() else ():
            try:
                at = json.loads((folder / _CARD).read_text(encoding="utf-8"))["at"]
                old = now - datetime.fromisoformat(at) > KEPT
            except (OSError, ValueError, KeyError, TypeError):
                continue
            if old:
                shutil.rmtree(folder, ignore_errors=True)


def reread(path: Path, corrections: Corrections = NOTHING) -> Directive:
    """Read a file in the process made for it, and correct it; raises FileRefused."""
    from knowledge.library.intake import take

    return corrections.applied(take(path))


def _plain(name: str) -> str:
    """Return a name without folders and without what no file system takes, of fitting length."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    bare = "".join(one for one in bare if one.isprintable()).strip() or "van-ban"
    path = Path(bare)
    stem = path.stem.encode()[: _NAME_BYTES - len(path.suffix.encode())].decode(errors="ignore")
    return f"{stem}{path.suffix}"
