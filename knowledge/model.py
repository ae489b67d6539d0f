"""What a directive is once it has been read: header, clauses, footnotes, citations, duties."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from knowledge.deadline import Deadline


class ClauseKind(StrEnum):
    """Which part of a directive a clause is."""

    PREAMBLE = "preamble"
    SECTION = "section"
    """Phần, chương or a Roman numeral: holds clauses."""
    CLAUSE = "clause"
    """An article (Điều) or a numbered clause (khoản, mục)."""
    ITEM = "item"
    """A lettered point (điểm) or a dash."""
    ROW = "row"
    """A row of a table: its number and what it says, then its other cells under their columns."""
    CLOSING = "closing"
    """Unnumbered paragraphs after the last clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One unit of the text; it contains the units whose path continues its own.

    `path` is the marks from the top, joined by dots: `II.3` is clause 3 of section II, `1.-4` the
    fourth dash under clause 1. `text` is verbatim, own mark and contained units included,
    footnotes taken out, broken lines joined; paragraphs are parted by a line feed.
    """

    path: str
    kind: ClauseKind
    text: str
    heading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the text, its rows padded to one width; `columns` is () where none is named.

    `clause` is the path of the unit it stands in. A cell merged downwards is told in each row, one
    merged to the right once.
    """

    clause: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note under the text. `anchor` is the path of the clause that calls it.

    `text` opens with the note's own mark where that is kept. `at` is where in the anchor's text the
    call stood, in characters; None where the anchor is judged from the page alone.
    """

    mark: str | None
    anchor: str
    text: str
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Another document named by number, once for each clause that names it.

    `clause` is a path or `footnote`. `date` and `issuer` are what that very clause states.
    """

    number: str
    clause: str
    date: datetime.date | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCitation:
    """A law or programme named without a number."""

    name: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a clause charges units with.

    `lead` and `support` are units as the text words them; `lead_inherited` says that they come from
    the preamble. `what` is verbatim: the sentence or part that states the duty.
    """

    clause: str
    what: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None
    report_to: str | None = None
    report_via: str | None = None
    lead_inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Who issued a document, when, and to whom; None and () where the text does not say.

    `type_shown` is false where the type is judged from the form rather than read.
    """

    number: str | None = None
    type: str | None = None
    type_shown: bool = False
    issuer: str | None = None
    place: str | None = None
    date: datetime.date | None = None
    title: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    recipients: tuple[str, ...] = ()
    """Nơi nhận: who gets a copy."""
    addressed_to: tuple[str, ...] = ()
    """Kính gửi: whom it charges."""
    heading_text: str | None = None
    """The whole head as printed: issuer, number, place and date, kind, title; for quoting."""
    addressed_text: str | None = None
    """The whole of "Kính gửi" as printed."""
    recipients_text: str | None = None
    """The whole of "Nơi nhận" as printed."""
    signature_text: str | None = None
    """The lines of the signature as printed: on whose behalf, role, "(Đã ký)", name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A document of the library, parsed. `file` is its name inside the library's folder."""

    file: str
    header: Header
    clauses: tuple[Clause, ...]
    """In reading order, a containing unit before those it contains."""
    tables: tuple[Table, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    citations: tuple[Citation, ...] = ()
    named_citations: tuple[NamedCitation, ...] = ()
    duties: tuple[Duty, ...] = ()
    furniture: tuple[str, ...] = ()
    """Lines of the pages that are no part of the text: numbers, stamps, menus."""
    recognised: tuple[int, ...] = ()
    """Pages, from 1, that a machine read from pictures: their text may hold wrong letters."""
    unread: tuple[str, ...] = ()
    """Parts of the file that were not read, by name."""
    digest_of: str | None = None
    """For a shipped summary: what it summarises; its text is not the official wording."""
