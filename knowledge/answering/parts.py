"""Quote what stands outside a document's clauses: its head, who signed it, where it went."""

from collections.abc import Iterable
from typing import Final

from knowledge.answering.catalogue import Catalogue
from knowledge.answering.quotations import quote
from knowledge.answering.understanding import Question
from knowledge.answering.values import PARTS_OF, QuestionKind, Quote

SURE: Final = 1.0
"""Confidence of what was looked up, not searched for."""


def asks_for_part(question: Question) -> bool:
    """Tell whether a question about a document is answered outside its clauses."""
    return question.kind in (*PARTS_OF, QuestionKind.CITES) or not question.words


def parts(question: Question, catalogue: Catalogue, file: str) -> list[Quote]:
    """Quote the parts of a document that a question asks for; its head where it asks for none."""
    wanted = PARTS_OF.get(question.kind, ("header",))
    passages = catalogue.passages(file)
    named = [p for clause in wanted for p in passages if p.clause == clause]
    named.sort(key=lambda p: (question.kind is QuestionKind.RECIPIENTS, p.ordinal))
    return [quote(catalogue, passage, SURE) for passage in named]


def signatures(catalogue: Catalogue, files: Iterable[str]) -> list[Quote]:
    """Quote who signed documents, and then the heads of these."""
    files = list(files)
    return [
        quote(catalogue, passage, SURE)
        for clause in ("signature", "header")
        for file in files
        for passage in catalogue.passages(file)
        if passage.clause == clause
    ]
