"""What reading a file gives: its name, its text, and what stood before the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of one file, ready to be parsed.

    `text` is NFC, lines end with a line feed, a page break is a form feed where the file says so;
    cells of a table's row are parted by tabs, a raised figure is a superscript digit. `meta` is the
    front matter of a Markdown file.
    """

    name: str
    text: str
    meta: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    printed: bool = False
    """Whether lines end where the page's lines do, whatever a paragraph is."""
    furniture: tuple[str, ...] = ()
    """What the pages bear beside the text: running heads and feet, watermarks, stamps."""
    recognised: tuple[int, ...] = ()
    """Pages, from 1, whose letters a machine recognised in a picture."""
    unread: tuple[str, ...] = ()
    """Parts of the file that no reader takes, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What the reader of one format takes out of a file, in Unicode but not yet cleaned."""

    text: str
    beside: str = ""
    """Lines outside the body that may bear a stamp: page headers, front matter, annotations."""
    meta: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    printed: bool = False
    furniture: tuple[str, ...] = ()
    recognised: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
