"""A parsed directive as a JSON object, for other programs and to be compared with a truth."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from knowledge.deadline import Deadline
from knowledge.model import Citation, Clause, Directive, Duty, Footnote

Json: TypeAlias = "str | bool | int | Sequence[Json] | Mapping[str, Json] | None"

STARTS_WORDS: Final = 10
"""Words of a unit that tell where it starts; enough to be found once in a text of this length."""

ENDS_WORDS: Final = 8


def as_json(directive: Directive) -> dict[str, Json]:
    """Return every field of `directive`; dates in ISO form, a unit by its first and last words.

    `starts` and `ends` are words that stand together in the text: they reach neither across a
    footnote's call nor into a contained unit. `text` is the unit's whole text.
    """
    header = directive.header
    return {
        "file": directive.file,
        "number": header.number,
        "type": header.type,
        "type_shown": header.type_shown,
        "issuer": header.issuer,
        "place": header.place,
        "date": header.date.isoformat() if header.date else None,
        "title": header.title,
        "signer": header.signer,
        "signer_role": header.signer_role,
        "recipients": list(header.recipients),
        "addressed_to": list(header.addressed_to),
        "clauses": _clauses(directive),
        "tables": [
            {
                "clause": table.clause,
                "columns": list(table.columns),
                "rows": list(map(list, table.rows)),
            }
            for table in directive.tables
        ],
        "footnotes": [_footnote(note) for note in directive.footnotes],
        "citations": [_citation(citation) for citation in directive.citations],
        "citations_unnumbered": [
            {"name": named.name, "clause": named.clause} for named in directive.named_citations
        ],
        "tasks": [_duty(duty) for duty in directive.duties],
        "furniture": list(directive.furniture),
        "recognised": list(directive.recognised),
        "unread": list(directive.unread),
        "digest_of": directive.digest_of,
    }


def _clauses(directive: Directive) -> list[Json]:
    calls: defaultdict[str, list[int]] = defaultdict(list)
    for note in directive.footnotes:
        if note.at is not None:
            calls[note.anchor].append(note.at)
    below = [*directive.clauses, None][1:]
    tails = _tails(directive.clauses)
    rows: list[Json] = []
    for clause, after in zip(directive.clauses, below, strict=True):
        own = clause.text
        if after and after.text and _holds(clause, after):
            own = own[: own.find(after.text)] or own
        row: dict[str, Json] = {"path": clause.path, "kind": clause.kind.value}
        if clause.heading:
            row["heading"] = clause.heading
        row["starts"] = _starts(own, calls[clause.path])
        row["ends"] = _ends(tails[clause.path].text, calls[tails[clause.path].path])
        rows.append({**row, "text": clause.text})
    return rows


def _holds(outer: Clause, inner: Clause) -> bool:
    return inner.path.startswith(f"{outer.path}.")


def _tails(clauses: Sequence[Clause]) -> dict[str, Clause]:
    """Map each unit to the innermost one that ends where it ends."""
    tails: dict[str, Clause] = {}
    around: list[Clause] = []
    for clause in clauses:
        while around and not _holds(around[-1], clause):
            around.pop()
        around.append(clause)
        for outer in around:
            if outer.text.endswith(clause.text):
                tails[outer.path] = clause
            else:
                tails[outer.path] = outer
    return tails


def _pieces(text: str, calls: Sequence[int]) -> list[list[str]]:
    """Split a text where footnotes are called; each piece as its words, none of signs alone."""
    cuts = [0, *sorted(calls), len(text)]
    pieces = (text[start:end] for start, end in pairwise(cuts))
    return [piece.split() for piece in pieces if any(char.isalnum() for char in piece)]


def _starts(text: str, calls: Sequence[int]) -> str:
    pieces = _pieces(text, [call for call in calls if call < len(text)])
    return " ".join(pieces[0][:STARTS_WORDS]) if pieces else text


def _ends(text: str, calls: Sequence[int]) -> str:
    pieces = _pieces(text, calls)
    return " ".join(pieces[-1][-ENDS_WORDS:]) if pieces else text


def _footnote(note: Footnote) -> Json:
    words = note.text.split()
    return {
        "mark": note.mark,
        "anchor": note.anchor,
        "starts": " ".join(words[:STARTS_WORDS]),
        "ends": " ".join(words[-ENDS_WORDS:]),
        "text": note.text,
    }


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number,
        "date": citation.date.isoformat() if citation.date else None,
        "issuer": citation.issuer,
        "clause": citation.clause,
    }


def _duty(duty: Duty) -> Json:
    return {
        "clause": duty.clause,
        "what": duty.what,
        "lead": list(duty.lead),
        "support": list(duty.support),
        "deadline": _deadline(duty.deadline) if duty.deadline else None,
        "report_to": duty.report_to,
        "report_via": duty.report_via,
        "lead_inherited": duty.lead_inherited,
    }


def _deadline(deadline: Deadline) -> Json:
    """Render what a deadline states; the years of a span are `from` and `to`."""
    row: dict[str, Json] = {
        "kind": deadline.kind.value,
        "text": deadline.text,
        "before": None if deadline.before is None else str(deadline.before),
        "by": None if deadline.by is None else str(deadline.by),
        "also": list(deadline.also) or None,
        "from": deadline.starts,
        "to": deadline.ends,
        "impossible": deadline.impossible or None,
    }
    return {key: value for key, value in row.items() if value is not None}
