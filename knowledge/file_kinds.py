"""The kinds of file that the library takes, told by their extension."""

from enum import StrEnum
from typing import Final


class FileKind(StrEnum):
    """An extension in lower case with its dot."""

    TEXT = ".txt"
    MARKDOWN = ".md"
    WORD = ".docx"
    OLD_WORD = ".doc"
    RICH_TEXT = ".rtf"
    OPEN_DOCUMENT = ".odt"
    SPREADSHEET = ".xlsx"
    PDF = ".pdf"
    WEBPAGE = ".html"
    WEBPAGE_SHORT = ".htm"


KINDS: Final[tuple[str, ...]] = tuple(FileKind)
"""Every extension that can be read; `knowledge.reading.reader` has a reader for each."""

FILE_BYTES: Final = 20 * 1024 * 1024
"""Telegram hands a bot no file above 20 MB (Bot API, getFile)."""
