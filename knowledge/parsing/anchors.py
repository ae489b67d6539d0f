"""Each footnote tied to the innermost clause that calls it; the texts made free of calls."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.model import Clause, ClauseKind, Footnote
from knowledge.parsing.footnotes import Note
from knowledge.parsing.layout import CALLS, without_calls

_CALL: Final = re.compile(f"[{CALLS}]")


def anchored(
    clauses: Sequence[Clause], notes: Sequence[Note]
) -> tuple[tuple[Clause, ...], tuple[Footnote, ...]]:
    """Return the clauses without calls, and each note with the innermost clause that calls it.

    A note that nothing calls, or that the heading calls, belongs to the first clause.
    """
    if not notes:
        return tuple(clauses), ()
    places: dict[str, tuple[str, int]] = {}
    for clause in clauses:
        for passed, found in enumerate(_CALL.finditer(clause.text)):
            places[found.group()] = (clause.path, found.start() - passed)
    default = (clauses[0].path if clauses else ClauseKind.PREAMBLE.value, None)
    bare = tuple(
        replace(clause, text=without_calls(clause.text), heading=_bare(clause.heading))
        for clause in clauses
    )
    footnotes = []
    for note in notes:
        path, at = places.get(note.call, default)
        text = without_calls(note.text)
        footnotes.append(Footnote(mark=note.mark, anchor=path, text=text, at=at))
    return bare, tuple(footnotes)


def _bare(heading: str | None) -> str | None:
    return None if heading is None else without_calls(heading)
