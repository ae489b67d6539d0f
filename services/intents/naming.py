"""Whether what the library said is of the body or year that was named."""

import re

from knowledge.answering.values import Answer, Found, Uncertain, Unknown, UnknownReason
from knowledge.model import Directive
from vietnamese.text import fold


def of_body(answer: Answer, body: str) -> Answer:
    """Return the answer; where nothing of it names the body, that the library does not.

    An abbreviation is named where the library told which office it means.
    """
    if isinstance(answer, Unknown) and answer.reason is UnknownReason.NO_PASSAGE:
        return Unknown(
            reason=UnknownReason.NO_SUCH_BODY,
            topics=answer.topics,
            quotes=answer.quotes,
            confidence=answer.confidence,
            named=body,
        )
    if not isinstance(answer, Found | Uncertain) or (isinstance(answer, Found) and answer.unit):
        return answer
    if any(fold(body) in fold(one.text) for one in answer.quotes):
        return answer
    return Unknown(
        reason=UnknownReason.NO_SUCH_BODY,
        topics=(),
        quotes=answer.quotes,
        confidence=0.0,
        named=body,
    )


def tells_year(directive: Directive, year: int) -> bool:
    """Tell whether a document is of a year, or speaks of it, be it within a run of years."""
    if directive.header.date is not None and directive.header.date.year == year:
        return True
    texts = [directive.header.title or "", *(one.text for one in directive.clauses)]
    spans = (
        (int(found[1]), int(found[2] or found[1]))
        for text in texts
        for found in re.finditer(r"\b((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?\b", text)
    )
    return any(first <= year <= last for first, last in spans)
