"""What the records decline to do, as exceptions that carry facts; `bot/texts/` words them by class.

RecordsRefused
├── StoreRefused
│   ├── AlreadyThere            a key, or a value that only one record may have, is taken
│   ├── NotIndexed              asked for by a field that is not looked up
│   ├── UnreadableRecord        a stored record is not of its kind
│   ├── FolderInUse             another process owns the folder
│   ├── FolderDamaged           what is kept cannot be trusted; set aside, named
│   └── DatabaseAway            the database does not answer
├── BackupRefused
│   ├── NotABackup
│   └── NotEmpty                a restore or a move would overwrite records
└── … and those of each use case, beside it
"""

from dataclasses import dataclass
from typing import ClassVar

from vietnamese.refusals import Refusal


class RecordsRefused(Refusal):
    """A request that the records decline."""


class StoreRefused(RecordsRefused):
    """A store that cannot do what it is asked."""

    again: ClassVar = True


@dataclass(eq=False, kw_only=True)
class AlreadyThere(StoreRefused):
    """A record of `kind` has this value in `field` already; nothing was written."""

    kind: str
    field: str


@dataclass(eq=False, kw_only=True)
class NotIndexed(StoreRefused):
    """`kind` cannot be looked up by `field`: a full scan is never done unasked."""

    kind: str
    field: str


@dataclass(eq=False, kw_only=True)
class UnreadableRecord(StoreRefused):
    """A stored record of `kind` holds something in `field` that the kind does not know."""

    kind: str
    field: str


@dataclass(eq=False, kw_only=True)
class FolderInUse(StoreRefused):
    """Another process owns `folder`."""

    folder: str


@dataclass(eq=False, kw_only=True)
class FolderDamaged(StoreRefused):
    """`file` in the folder does not hold what was written there; `reason` says how it shows."""

    file: str
    reason: str


class DatabaseAway(StoreRefused):
    """The database does not answer; nothing was written."""


class BackupRefused(RecordsRefused):
    """A backup that is not taken or not read."""


@dataclass(eq=False, kw_only=True)
class NotABackup(BackupRefused):
    """`file` is damaged or is no backup of records."""

    file: str


@dataclass(eq=False, kw_only=True)
class NotEmpty(BackupRefused):
    """The place to restore or move to, `where`, holds records already."""

    where: str
