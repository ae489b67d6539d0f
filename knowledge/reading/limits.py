"""How much a file may hold: what keeps reading short whatever is sent."""

from typing import Final

from knowledge.refusals import TooMuchText

PAGE_BYTES: Final = 3 * 1024 * 1024
"""One HTML page; every few bytes may open an element. A code of law as a page has about 2 MB."""

UNPACKED_BYTES: Final = 128 * 1024 * 1024
"""All parts of a .docx together, pictures included, as the archive declares them."""

PART_BYTES: Final = 16 * 1024 * 1024
"""One XML part of a .docx: several times the XML of a 700-page document."""

PARTS: Final = 4096
"""Entries of a .docx: a document with a picture on each of a thousand pages has about 1,100."""

TEXT_CHARS: Final = 1_000_000
"""Characters of text: the Civil Code of 2015 has about 400,000. A slow core parses as much in 25 s
where every few words are a citation, in 10 s of ordinary text."""

LINE_CHARS: Final = 10
"""Characters that each line counts for besides its own: empty lines are work too."""

RUN_CHARS: Final = 4
"""Characters that each run of a .docx counts for besides its own; Word parts a line into some."""

PDF_SECONDS: Final = 20
"""For one PDF, in its own process: a million characters take 3 s on one slow core."""

PDF_MEMORY_BYTES: Final = 448 * 1024 * 1024
"""Address space of the process that reads a PDF; a stream inside may unpack a thousandfold."""

PROGRAM_SECONDS: Final = 20
"""For one file given to another program of the machine."""

PROGRAM_MEMORY_BYTES: Final = 512 * 1024 * 1024

SCANNED_PAGES: Final = 10
"""Pages whose letters are recognised; each takes one to two seconds of the 25 that a file has."""

PAGE_SECONDS: Final = 10
"""For the letters of one page."""

FRONT_MATTER_CHARS: Final = 16_384
"""YAML before a Markdown text; a shipped digest has about 600."""

DEPTH: Final = 40
"""Tables inside tables, elements inside elements, before a document counts as broken."""


def bounded(file: str, text: str) -> str:
    """Return `text` if it is no more than a document holds. Raises TooMuchText."""
    if len(text) + LINE_CHARS * text.count("\n") > TEXT_CHARS:
        raise TooMuchText(file=file, limit=TEXT_CHARS)
    return text
