"""Looks a folder over from end to end, and changes nothing in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from records.codec import from_json
from records.kinds import key_of
from records.refusals import FolderDamaged, UnreadableRecord
from storage.embedded.contents import Loaded, load
from storage.embedded.folder import ASIDE, Lock
from storage.embedded.rows import Rows

MOST_LISTED: Final = 100
"""Records named as damaged; there may be more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something that is not as it was written: `where` names the file or the record."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a folder holds."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """Records by kind; empty if the folder cannot be opened."""
    frames: int = 0
    """Writes, and pieces of a snapshot, that were read and found whole."""
    torn: Damage | None = None
    """A write that was cut short. Nobody was told that it counts; opening sets it aside."""
    damage: tuple[Damage, ...] = ()
    set_aside: tuple[str, ...] = ()
    """Files that earlier openings set aside."""

    @property
    def sound(self) -> bool:
        """Whether all that was acknowledged is there and can be read."""
        return not self.damage


def check(folder: Path) -> Findings:
    """Read every file and record of a folder; raises FolderInUse if a store has it open."""
    if not folder.is_dir():
        return Findings(damage=(Damage(where=str(folder), reason="there is no such folder"),))
    aside = tuple(sorted(path.name for path in folder.glob(f"{ASIDE}*")))
    lock = Lock.share(folder)
    try:
        return _findings(load(folder), aside)
    except FolderDamaged as refused:
        found = Damage(where=refused.file, reason=refused.reason)
    except UnreadableRecord as refused:
        found = Damage(where=refused.kind, reason=f"a record is unreadable in {refused.field!r}")
    finally:
        if lock is not None:
            lock.release()
    return Findings(damage=(found,), set_aside=aside)


def _findings(loaded: Loaded, aside: tuple[str, ...]) -> Findings:
    damage = [Damage(where=path.name, reason="not whole") for path in loaded.damaged]
    for rows in loaded.contents.values():
        damage += [*_unreadable(rows), *_doubled(rows)]
    torn = None
    if loaded.torn is not None:
        reason = f"cut short at byte {loaded.torn.offset}"
        torn = Damage(where=loaded.torn.file.name, reason=reason)
    return Findings(
        counts={name: len(rows) for name, rows in loaded.contents.items()},
        frames=loaded.frames,
        torn=torn,
        damage=tuple(damage[:MOST_LISTED]),
        set_aside=aside,
    )


def _unreadable(rows: Rows) -> Iterator[Damage]:
    for key, text in rows.texts.items():
        where = f"{rows.described.name} {key}"
        try:
            if key_of(from_json(rows.kind, text)) != key:
                yield Damage(where=where, reason="kept under the key of another record")
        except UnreadableRecord as refused:
            yield Damage(where=where, reason=f"unreadable in {refused.field!r}")


def _doubled(rows: Rows) -> Iterator[Damage]:
    for name in rows.described.unique:
        for value, keys in rows.indexes[name].shared():
            if value is not None:
                where = f"{rows.described.name} {', '.join(keys)}"
                yield Damage(where=where, reason=f"the same {name}, which only one may have")
