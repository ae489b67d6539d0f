"""The one door by which files enter: from a path to a source, or a refusal that says why not."""

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from knowledge.file_kinds import FILE_BYTES, KINDS, FileKind
from knowledge.reading.encodings import unicode_text
from knowledge.reading.layout import settle
from knowledge.reading.limits import bounded
from knowledge.reading.markdown import read_markdown
from knowledge.reading.old_word import read_old_word
from knowledge.reading.open_document import read_open_document
from knowledge.reading.pdf import read_pdf
from knowledge.reading.rich_text import read_rich_text
from knowledge.reading.secrecy import stamp
from knowledge.reading.source import Extract, Source
from knowledge.reading.spreadsheet import read_spreadsheet
from knowledge.reading.webpage import read_webpage
from knowledge.reading.word import read_word
from knowledge.refusals import (
    CannotOpen,
    EmptyFile,
    NoSuchFile,
    SecretDocument,
    TooLarge,
    UnknownKind,
)


def read_plain(file: str, data: bytes) -> Extract:
    """Return the text of a .txt. Raises NotText, UnknownEncoding, TooMuchText."""
    return Extract(text=unicode_text(file, data))


_READERS: Final[Mapping[str, Callable[[str, bytes], Extract]]] = MappingProxyType(
    {
        FileKind.TEXT: read_plain,
        FileKind.MARKDOWN: read_markdown,
        FileKind.WORD: read_word,
        FileKind.OLD_WORD: read_old_word,
        FileKind.RICH_TEXT: read_rich_text,
        FileKind.OPEN_DOCUMENT: read_open_document,
        FileKind.SPREADSHEET: read_spreadsheet,
        FileKind.PDF: read_pdf,
        FileKind.WEBPAGE: read_webpage,
        FileKind.WEBPAGE_SHORT: read_webpage,
    }
)


def read(path: Path) -> Source:
    """Return the text of the file at `path`.

    Raises a `FileRefused` and nothing else, whatever the file holds. A document that bears a
    secrecy stamp leaves nothing behind: not in the refusal, nor in the frames it passes.
    """
    source = _read(path)
    if isinstance(source, str):
        raise SecretDocument(file=path.name, level=source)
    return source


def _read(path: Path) -> Source | str:
    """Return the source, or the level of secrecy for which there is none."""
    file = path.name
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnknownKind(file=file, known=KINDS)
    extract = reader(file, _bytes(path))
    text = settle(bounded(file, extract.text))
    level = stamp(text, settle("\n".join((extract.beside, *extract.furniture))))
    if level is not None:
        return level
    if not any(character.isalnum() for character in text):
        raise EmptyFile(file=file)
    furniture = tuple(map(settle, extract.furniture))
    return Source(
        name=file,
        text=text,
        meta=extract.meta,
        printed=extract.printed,
        furniture=furniture,
        recognised=extract.recognised,
        unread=extract.unread,
    )


def _bytes(path: Path) -> bytes:
    """Read no further than one byte past the limit, and nothing that is no file: a pipe waits."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise CannotOpen(file=path.name)
            data = stream.read(FILE_BYTES + 1)
    except FileNotFoundError:
        raise NoSuchFile(file=path.name) from None
    except OSError:
        raise CannotOpen(file=path.name) from None
    if len(data) > FILE_BYTES:
        raise TooLarge(file=path.name, limit=FILE_BYTES)
    if not data:
        raise EmptyFile(file=path.name)
    return data
