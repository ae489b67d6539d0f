"""How sure the library may be that what was found answers the question."""

from collections.abc import Sequence
from typing import Final

from knowledge.answering.catalogue import PARTS, Catalogue
from knowledge.answering.ranking import Ranked, measure_of
from knowledge.answering.understanding import Question

SHOWN: Final = 3
"""Passages that an officer sees at once: the best, and two more to open."""
_FEW: Final = 2
"""Words of a question that hardly tells what is meant."""
_FRONT: Final = PARTS | {"preamble"}


def features(
    question: Question,
    catalogue: Catalogue,
    ranked: Sequence[Ranked],
) -> dict[str, float]:
    """Return what the judgement looks at; every share is independent of the library's size.

    `ranked` is not empty. Whether a passage holds the kind of fact asked for is not among it: that
    marks an answer, and declines none.
    """
    measure = measure_of(question, catalogue)
    shown = [entry.passage for entry in ranked[:SHOWN]]
    fits = [measure.fit(catalogue.text(passage)) for passage in shown]
    return {
        "best": max(fit.coverage for fit in fits),
        "pairs": fits[0].pairs,
        "gap": fits[0].gap,
        "front": float(shown[0].clause in _FRONT),
        "few": float(len(question.words) <= _FEW),
    }
