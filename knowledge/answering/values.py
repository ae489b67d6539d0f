"""What an answer is: facts and quotations; the sentences around them are made elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from knowledge.deadline import Deadline
from knowledge.vocabulary import SmallTalkKind


class QuestionKind(StrEnum):
    """What kind of fact a question asks for."""

    CLAUSE = "clause"
    """What a directive says of a matter."""
    DEADLINE = "deadline"
    """By when, or how often."""
    RESPONSIBLE = "responsible"
    """Who leads, who supports."""
    DUTIES = "duties"
    """What a named unit must do."""
    ABOUT_NUMBER = "about_number"
    """What the document of a given number is about."""
    CITES = "cites"
    """What a document cites."""
    CITED_BY = "cited_by"
    """Which documents cite a given one."""
    SIGNER = "signer"
    ISSUED = "issued"
    """When, where and under which number a document was issued."""
    RECIPIENTS = "recipients"
    """Whom a document was sent to, or addressed to."""
    DEFINITION = "definition"
    """What a term means."""


PARTS_OF: Final[Mapping[QuestionKind, tuple[str, ...]]] = {
    QuestionKind.SIGNER: ("signature",),
    QuestionKind.RECIPIENTS: ("recipients", "addressed_to"),
    QuestionKind.ISSUED: ("header",),
}
"""The parts of a document outside its clauses that answer a kind of question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A verbatim piece of a document and all that is needed to cite it.

    `text` has at most 1,500 characters. `clause` is a path or the name of a part (`header`,
    `addressed_to`, `recipients`, `signature`, `footnote`). `score` orders quotes of one answer.
    `digest_of` names the document that a shipped summary summarises; None for an official text.
    """

    file: str
    number: str | None
    issued: date | None
    issuer: str | None
    type: str | None
    clause: str
    text: str
    score: float
    ordinal: int
    digest_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFact:
    """A deadline as a directive words it, and what it means now.

    `last_day` is the last day in time: this year's, or the next year's when it has passed ("trước
    ngày 05/11" gives 04/11); None where the directive names no day. `units` are those who owe.
    """

    rule: Deadline
    last_day: date | None
    units: tuple[str, ...]
    report_to: str | None
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFact:
    """A duty, who leads and who supports it, and where it stands."""

    what: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFact:
    """A citation: the document `by` which another one, `number`, is cited, and the clause."""

    number: str
    issued: date | None
    issuer: str | None
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer the library holds. `quotes` come best first and are never empty.

    `deadlines`, `duties`, `cites` and `cited_by` are filled for the kinds that ask for them.
    `confidence` is the estimated probability that one of the first three quotes answers.
    """

    kind: QuestionKind
    quotes: tuple[Quote, ...]
    confidence: float
    unit: str | None = None
    deadlines: tuple[DeadlineFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    cites: tuple[CitationFact, ...] = ()
    cited_by: tuple[CitationFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One document that what was asked may mean; `file` is None where it is only cited."""

    number: str | None
    type: str | None
    issuer: str | None
    issued: date | None
    title: str | None
    file: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """The question names a document in a way that fits several: the officer chooses."""

    choices: tuple[Choice, ...]
    quotes: tuple[Quote, ...]


class Doubt(StrEnum):
    """Why an answer is not sure."""

    WEAK = "weak"
    """What was found covers too little of the question, or too much else."""
    NO_SUCH_FACT = "no_such_fact"
    """It speaks of the matter, and the kind of fact asked for was not seen in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """Passages that may answer, best first and never empty; whether they do is not sure.

    `confidence` is the estimated probability that one of the first three answers; `deadlines` are
    those of the clauses quoted.
    """

    kind: QuestionKind
    doubt: Doubt
    quotes: tuple[Quote, ...]
    confidence: float
    deadlines: tuple[DeadlineFact, ...] = ()


class Certainty(StrEnum):
    """How sure an answer is."""

    SURE = "sure"
    UNCERTAIN = "uncertain"
    NONE = "none"


class UnknownReason(StrEnum):
    """Why the library does not answer."""

    NO_PASSAGE = "no_passage"
    """Nothing in it speaks of the matter."""
    NO_SUCH_NUMBER = "no_such_number"
    """A document number that it neither holds nor cites."""
    NO_SUCH_PLACE = "no_such_place"
    """A province that none of its documents names."""
    NO_SUCH_BODY = "no_such_body"
    """An office that none of its documents names."""
    NO_SUCH_LAW = "no_such_law"
    """A law that none of its documents names."""
    NO_SUCH_YEAR = "no_such_year"
    """A year past that none of its documents names."""
    NO_SUCH_FACT = "no_such_fact"
    """It speaks of the matter, and does not hold the kind of fact asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A matter near the question that the library does speak of."""

    title: str
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The library does not hold the answer. `named` is what it lacks, as it was typed."""

    reason: UnknownReason
    topics: tuple[Topic, ...]
    quotes: tuple[Quote, ...]
    confidence: float
    named: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTalk:
    """Nothing was asked."""

    kind: SmallTalkKind


Answer = Found | Uncertain | Several | Unknown | SmallTalk


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Quotes to choose from, best first, and how sure it is that they answer."""

    certainty: Certainty
    quotes: tuple[Quote, ...]


def certainty_of(answer: Answer) -> Certainty:
    """Return how sure an answer is; that nothing was asked or found is none.

    Where the officer is asked which document he means, no passage is yet said to answer.
    """
    if isinstance(answer, Uncertain | Several):
        return Certainty.UNCERTAIN
    return Certainty.NONE if isinstance(answer, Unknown | SmallTalk) else Certainty.SURE
