"""What the library declines to do, as exceptions that carry facts; bot/texts/ words them by class.

Refusal
├── FileRefused                 a file that may not or cannot be read; nothing of it is kept
│   ├── NoSuchFile
│   ├── CannotOpen              a folder, a pipe, or no right to read it
│   ├── HiddenName              a name that begins with a dot: the library passes it over
│   ├── UnknownKind             no reader for this extension
│   ├── OldWordFile             .doc of Word 97-2003
│   ├── TooLarge                more bytes than Telegram hands to a bot
│   ├── ExpandsTooFar           a small file that unpacks into a huge one
│   ├── TooMuchText             more characters than any directive has
│   ├── TooSlow                 the reader had to be stopped
│   ├── EmptyFile               no byte, or no letter in it
│   ├── NotText                 binary content where text was promised
│   ├── UnknownEncoding         letters that no known encoding turns into Vietnamese
│   ├── BrokenFile              damaged, or not what its extension says
│   ├── NotUnderstood           a mistake of ours stands in the way; it is in the log
│   ├── PasswordProtected
│   ├── ScannedPdf              pages that are pictures
│   └── SecretDocument          stamped MẬT, TỐI MẬT or TUYỆT MẬT
└── LibraryRefused
    ├── NotInLibrary
    ├── ArrivalGone            a file that waited to be published, and does no more
    └── IndexBroken
"""

from dataclasses import dataclass
from typing import Final

from vietnamese.refusals import Refusal

SECRECY_RULE: Final = "Luật Bảo vệ bí mật nhà nước 117/2025/QH15, Điều 5"
"""Forbids drafting or keeping State secrets on a machine connected to the Internet."""


@dataclass(eq=False, kw_only=True)
class FileRefused(Refusal):
    """A file that is not taken. `file` is its name, without folders."""

    file: str


class NoSuchFile(FileRefused):
    """There is no file of this name."""


class CannotOpen(FileRefused):
    """The system does not let the file be read: a folder, a pipe, a device, or missing rights."""


class HiddenName(FileRefused):
    """Begins with a dot, as no document of an office does: temporary files of programs do."""


@dataclass(eq=False, kw_only=True)
class UnknownKind(FileRefused):
    """No reader for this extension. `known` lists those there are, with their dots."""

    known: tuple[str, ...]


class OldWordFile(FileRefused):
    """A document of Word 97-2003: to be saved as .docx first."""


@dataclass(eq=False, kw_only=True)
class TooLarge(FileRefused):
    """More than `limit` bytes."""

    limit: int


@dataclass(eq=False, kw_only=True)
class ExpandsTooFar(FileRefused):
    """Unpacks to more than `limit` bytes, far more than a document needs."""

    limit: int


@dataclass(eq=False, kw_only=True)
class TooMuchText(FileRefused):
    """Holds more than `limit` characters, where each line counts for some."""

    limit: int


@dataclass(eq=False, kw_only=True)
class TooSlow(FileRefused):
    """Was not read within `seconds`."""

    seconds: int


class EmptyFile(FileRefused):
    """Holds no letter or digit."""


class NotText(FileRefused):
    """Holds bytes that are no text in any encoding."""


class UnknownEncoding(FileRefused):
    """Holds text that no known encoding turns into Vietnamese."""


class BrokenFile(FileRefused):
    """Damaged, or not of the kind that its extension says."""


class NotUnderstood(FileRefused):
    """A mistake of ours stands in the way, and is logged; other files are taken all the same."""


class PasswordProtected(FileRefused):
    """Opens only with a password: to be saved without one first."""


@dataclass(eq=False, kw_only=True)
class ScannedPdf(FileRefused):
    """A PDF of which `scanned` pages (from 1) are pictures without text, of `pages` in all."""

    pages: int
    scanned: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class SecretDocument(FileRefused):
    """Bears a secrecy stamp: neither read on nor kept. `level` is as in the law: "TỐI MẬT"."""

    level: str
    rule: str = SECRECY_RULE


class LibraryRefused(Refusal):
    """A request that the library as it stands cannot serve."""


@dataclass(eq=False, kw_only=True)
class NotInLibrary(LibraryRefused):
    """No document named `file` in the library."""

    file: str


class ArrivalGone(LibraryRefused):
    """Was published or dropped already, or waited too long."""


@dataclass(eq=False, kw_only=True)
class IndexBroken(LibraryRefused):
    """The index on disk in `folder` is damaged or of another version: to be built anew."""

    folder: str
