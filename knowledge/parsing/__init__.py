"""From the text of a file to a directive: header, clauses, footnotes, citations, duties."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from knowledge.model import Clause, ClauseKind, Directive, Duty, Header, Table
from knowledge.parsing.anchors import anchored
from knowledge.parsing.caption import Caption, caption_of
from knowledge.parsing.citations import citations
from knowledge.parsing.clauses import clauses_of
from knowledge.parsing.duties import duties
from knowledge.parsing.footnotes import without_notes
from knowledge.parsing.front import read_front
from knowledge.parsing.furniture import cleared
from knowledge.parsing.header import header_of
from knowledge.parsing.heading import healed
from knowledge.parsing.layout import Line, Setting, lines_of, setting_of, without_calls
from knowledge.parsing.outline import Outline
from knowledge.parsing.tables import Grid, parted
from knowledge.parsing.tail import annex_name, opens_next_annex, read_tail, tail_end, tail_start
from knowledge.reading.source import Source

__all__ = ["parse"]

UNNAMED_ANNEX = "Phụ lục"
"""What text below the signature is called when it names itself nothing."""


def parse(source: Source) -> Directive:
    """Return the directive that a text holds; any text at all gives one, if need be a preamble.

    The front matter of a digest counts before what the text says.
    """
    sheet = cleared(healed(lines_of(source.text)))
    caption = caption_of(sheet.kept)
    lines = sheet.kept[caption.end if caption else 0 :]
    setting = setting_of(lines, printed=source.printed)
    lines, notes = without_notes(lines, setting)
    front = read_front(lines, setting)
    rest = lines[front.end :]
    below = tail_start(rest)
    above_annex = tail_end(rest, below) if below < len(rest) else below
    held = [_read(rest[:below], setting), *_annexes(rest[above_annex:], printed=source.printed)]
    body = [clause for part in held for clause in part.clauses]
    text = "\n".join(without_calls(line.text) for line in rest[:below])
    tail = read_tail(rest[below:above_annex], text)
    header = header_of(front, tail, body, text)
    header = _overridden(_captioned(header, caption) if caption else header, source.meta)
    clauses, footnotes = anchored(body, notes)
    numbered, named = citations(clauses, footnotes)
    return Directive(
        file=source.name,
        header=header,
        clauses=clauses,
        tables=tuple(table for part in held for table in part.tables),
        footnotes=footnotes,
        citations=numbered,
        named_citations=named,
        duties=_sure(duties(header, clauses), held, recognised=bool(source.recognised)),
        furniture=(*source.furniture, *(line.text for line in (*sheet.above, *sheet.furniture))),
        recognised=source.recognised,
        unread=source.unread,
        digest_of=source.meta.get("digest_of"),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """The body, or one annex."""

    clauses: list[Clause]
    tables: list[Table]


def _read(lines: Sequence[Line], setting: Setting, prefix: str = "") -> _Part:
    outline = Outline(setting, prefix)
    for each in parted(lines):
        if isinstance(each, Grid):
            outline.add_grid(each)
        else:
            outline.add(each)
    outline.finish()
    tables = [
        Table(clause=path, columns=grid.columns, rows=tuple(row.cells for row in grid.rows))
        for path, grid in outline.grids
    ]
    return _Part(list(clauses_of(outline)), tables)


def _annexes(lines: Sequence[Line], *, printed: bool) -> list[_Part]:
    """Return what stands below the signature, each annex a section that holds its own clauses."""
    starts = [at for at, line in enumerate(lines) if at == 0 or opens_next_annex(line.text)]
    parts: list[_Part] = []
    taken: dict[str, int] = {}
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        name = annex_name(lines[start].text) or UNNAMED_ANNEX
        taken[name] = taken.get(name, 0) + 1
        path = name if taken[name] == 1 else f"{name} ({taken[name]})"
        part = lines[start:end]
        held = _read(part, setting_of(part, printed=printed), path)
        parts.append(_Part(_annex(path, held.clauses), held.tables))
    return parts


def _annex(path: str, held: Sequence[Clause]) -> list[Clause]:
    """Put a section around the clauses of an annex; its preamble is the section's own text."""
    outermost = [clause for clause in held if clause.path.count(".") == path.count(".") + 1]
    text = "\n".join(clause.text for clause in outermost)
    own = held[0].text if held and held[0].kind is ClauseKind.PREAMBLE else ""
    heading = " ".join(own.split("\n")[:2]) or None
    section = Clause(path=path, kind=ClauseKind.SECTION, text=text, heading=heading)
    free = (ClauseKind.PREAMBLE, ClauseKind.CLOSING)
    return [section, *(clause for clause in held if clause.kind not in free)]


def _sure(found: Sequence[Duty], held: Sequence[_Part], *, recognised: bool) -> tuple[Duty, ...]:
    """Leave out what the annexes of a scan seem to charge: their tables come as broken lines."""
    annexed = {clause.path for part in held[1:] for clause in part.clauses if not part.tables}
    return tuple(duty for duty in found if not recognised or duty.clause not in annexed)


def _captioned(header: Header, caption: Caption) -> Header:
    """Return `header` with what only the page's own line says."""
    return dataclasses.replace(
        header,
        number=header.number or caption.number,
        type=caption.kind,
        type_shown=True,
        issuer=caption.issuer or header.issuer,
        date=header.date or caption.date,
        title=header.title or caption.title,
        heading_text="\n".join(filter(None, (caption.printed, header.heading_text))),
    )


def _overridden(header: Header, meta: Mapping[str, str]) -> Header:
    """Return `header` with what the front matter states in place of what was read."""
    return dataclasses.replace(
        header,
        number=meta.get("number") or header.number,
        type=meta.get("type") or header.type,
        type_shown=bool(meta.get("type")) or header.type_shown,
        issuer=meta.get("issuer") or header.issuer,
        place=meta.get("place") or header.place,
        date=_day(meta.get("date", "")) or header.date,
        title=meta.get("title") or header.title,
        signer=meta.get("signer") or header.signer,
        signer_role=meta.get("signer_role") or header.signer_role,
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
