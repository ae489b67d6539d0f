"""Answer questions from one state of a library: look up, rank, judge, quote or decline."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from knowledge.answering.absence import absence
from knowledge.answering.catalogue import Catalogue, Mention, cited_in
from knowledge.answering.certainty import features
from knowledge.answering.citations import citing_facts
from knowledge.answering.documents import about_number, described, signed_by
from knowledge.answering.duties import charge_facts, deadline_facts, named_unit
from knowledge.answering.facts_held import holding_passages
from knowledge.answering.identity import Identity, are_of_day, identities
from knowledge.answering.judgement import judgement
from knowledge.answering.papers import kinds_named
from knowledge.answering.parts import SURE, asks_for_part, parts, signatures
from knowledge.answering.quotations import quote, quotes, topics
from knowledge.answering.ranking import Ranked, fitted, measure_of, ranked
from knowledge.answering.understanding import Question, Reader
from knowledge.answering.values import (
    PARTS_OF,
    Answer,
    Choice,
    CitationFact,
    Doubt,
    Found,
    QuestionKind,
    Quote,
    Several,
    SmallTalk,
    Uncertain,
    Unknown,
    UnknownReason,
)
from knowledge.model import Directive
from knowledge.searching import Hit, Passage, Query
from knowledge.vocabulary import Vocabulary
from vietnamese.text import fold

LOOKED_AT: Final = 8
"""Passages of a search that are measured again; 24 find no more and take 2 ms longer."""
QUOTED: Final = 5
"""Passages in an answer: the first and what a reader may page on to."""
_NARROWED: Final = 0.3
"""By how much more of the question one document's passages must cover to be the one meant."""

_REST: Final = 0.5
"""Share of a question's weight beside a unit's name from which it asks about a matter."""


class Searchable(Protocol):
    """What a desk needs of a library."""

    @property
    def state(self) -> object:
        """Another object once the documents change."""
        ...

    @property
    def directives(self) -> Sequence[Directive]:
        """The documents as they now stand."""
        ...

    def search(self, query: Query, top: int) -> Sequence[Hit]:
        """Find passages, best first."""
        ...


class Desk:
    """Answers from the documents it was opened with; a changed library needs a new desk."""

    def __init__(
        self,
        library: Searchable,
        reader: Reader,
        vocabulary: Vocabulary,
        cut: Callable[[Directive], Sequence[Passage]],
    ) -> None:
        self._library = library
        self._reader = reader
        self._vocabulary = vocabulary
        self._state = library.state
        self._charged: dict[str, frozenset[Passage]] = {}
        self.catalogue = Catalogue(library.directives, cut, reader.spell_capitals)

    def serves(self, state: object, vocabulary: Vocabulary) -> bool:
        """Tell whether the desk was opened with documents in this state and with these words."""
        return self._vocabulary is vocabulary and self._state is state

    def answer(self, typed: str, today: date) -> Answer:
        """Answer what an officer typed. A fault of the index is raised, never told as "unknown"."""
        question = self._reader.read(typed)
        if question.small_talk is not None and not question.numbers:
            return SmallTalk(kind=question.small_talk)
        if not question.words and not question.numbers:
            return self._unknown(UnknownReason.NO_PASSAGE, [], 0.0)
        return self._answer(question, today)

    def _answer(self, question: Question, today: date) -> Answer:
        ranked = self.ranked(question)
        missing = [p for p in question.places if not self.catalogue.names_place(p)]
        if missing:
            return self._unknown(UnknownReason.NO_SUCH_PLACE, ranked, 0.0, missing[0])
        if question.numbers:
            return self._by_number(question, ranked, today)
        signed = signed_by(question, self.catalogue)
        if signed:
            shown = signatures(self.catalogue, signed)[:QUOTED]
            return Found(kind=QuestionKind.SIGNER, quotes=tuple(shown), confidence=SURE)
        if question.kind in PARTS_OF or question.kind is QuestionKind.CITES:
            return self._by_part(question, ranked)
        return self._by_matter(question, ranked, today)

    def ranked(self, question: Question) -> list[Ranked]:
        """Search, and order what was found.

        Where all duties of a unit are asked for, every clause that charges it is looked at too.
        """
        if not question.words:
            return []
        found = {
            hit.passage: hit.score for hit in self._library.search(question.query(), LOOKED_AT)
        }
        scope = frozenset(described(question, self.catalogue, {p.file for p in found}))
        charged = self.charged(question)
        unit = named_unit(question, self.catalogue)
        if unit is not None and self._asks_for_all(question, unit):
            least = min(found.values(), default=0.0)
            found |= dict.fromkeys(charged - found.keys(), least)
        return ranked(question, self.catalogue, found, scope=scope, charged=charged)

    def charged(self, question: Question) -> frozenset[Passage]:
        """Return the passages that charge the unit whose duties are asked for."""
        if question.kind is not QuestionKind.DUTIES:
            return frozenset()
        unit = named_unit(question, self.catalogue)
        return self._charging(unit) if unit is not None else frozenset()

    # A document named by number

    def _by_number(self, question: Question, ranked: list[Ranked], today: date) -> Answer:
        named = [identities(number, self.catalogue) for number in question.numbers]
        if not any(named):
            typed = question.numbers[0].raw
            return self._unknown(UnknownReason.NO_SUCH_NUMBER, ranked, 0.0, typed)
        fitting = [identity for found in named for identity in found]
        if len(question.numbers) == 1 and len(fitting) > 1:
            narrowed = self._placed(question, fitting) or self._narrowed(question, fitting)
            if narrowed is None:
                return self._choose([i.choice(self.catalogue) for i in fitting], question, fitting)
            fitting = [narrowed]
        return self._about(question, fitting, ranked, today)

    def _placed(self, question: Question, fitting: list[Identity]) -> Identity | None:
        """Return the one document that is of a place the question names, if one is."""
        files = {file for p in question.places for file in self.catalogue.files_of(p)}
        placed = [identity for identity in fitting if identity.own and identity.own.file in files]
        return placed[0] if len(placed) == 1 else None

    def _narrowed(self, question: Question, fitting: list[Identity]) -> Identity | None:
        """Return the one document whose passages the rest of the question speaks of, if one is."""
        covered = sorted(
            (self._best_fit(question, identity), at) for at, identity in enumerate(fitting)
        )
        if len(question.words) < 2 or covered[-1][0] - covered[-2][0] < _NARROWED:
            return None
        return fitting[covered[-1][1]]

    def _best_fit(self, question: Question, identity: Identity) -> float:
        """Return how well the best passage of a document fits the question."""
        measure = measure_of(question, self.catalogue)
        texts = map(self.catalogue.text, self._told_of(identity))
        return max((measure.fit(text).total for text in texts), default=0.0)

    def _told_of(self, identity: Identity) -> Sequence[Passage]:
        """Return the passages that print a number; those of the document itself when it is here."""
        own = identity.own
        return (
            identity.passages(self.catalogue) if own is None else self.catalogue.passages(own.file)
        )

    def _passages_of(self, question: Question, identity: Identity) -> list[Ranked]:
        return fitted(question, self.catalogue, self._told_of(identity))

    def _choose(
        self, choices: list[Choice], question: Question, fitting: list[Identity]
    ) -> Several:
        """Let the officer choose; quote one passage of each document in turn."""
        rows = [self._first_quotes(question, identity) for identity in fitting]
        turns = [row[at] for at in range(QUOTED) for row in rows if at < len(row)]
        return Several(choices=tuple(choices), quotes=tuple(turns[:QUOTED]))

    def _first_quotes(self, question: Question, identity: Identity) -> Sequence[Quote]:
        """Quote a document's head where nothing but its number was said; else what fits best."""
        if identity.own is not None and not question.words:
            return parts(question, self.catalogue, identity.own.file)
        return quotes(self.catalogue, self._passages_of(question, identity), QUOTED)

    def _about(
        self, question: Question, fitting: list[Identity], ranked: list[Ranked], today: date
    ) -> Answer:
        entries: list[Ranked] = []
        for identity in fitting:
            entries += self._passages_of(question, identity)
        entries.sort(key=lambda entry: -entry.score)
        if question.kind is QuestionKind.CITED_BY:
            return self._cited_by(question, fitting)
        if entries and not are_of_day(question.numbers, fitting):
            return self._uncertain(question, entries, Doubt.NO_SUCH_FACT, judgement().none)
        whole = self._whose_part(question, fitting)
        if whole is not None:
            return self._part_of(question, whole, ranked)
        if any(identity.own for identity in fitting):
            return self._by_matter(question, entries, today)
        return self._of_citations(question, fitting, entries)

    def _whose_part(self, question: Question, fitting: list[Identity]) -> str | None:
        """Return the document of which a part outside its clauses is asked for; else None."""
        if not asks_for_part(question):
            return None
        own = next((i.own for i in fitting if i.own is not None), None)
        if own is not None:
            return own.file
        beside = about_number(question, self.catalogue, fitting) if question.words else []
        return beside[0] if len(beside) == 1 else None

    def _of_citations(
        self, question: Question, fitting: list[Identity], entries: list[Ranked]
    ) -> Answer:
        """Answer about a document that is only cited."""
        mentions = [mention for identity in fitting for mention in identity.mentions]
        if not _tells(question.kind, mentions):
            raw = question.numbers[0].raw
            return self._unknown(UnknownReason.NO_SUCH_FACT, entries, 0.0, raw)
        if entries and not holding_passages(question, self.catalogue, entries[:1]):
            return self._uncertain(question, entries, Doubt.NO_SUCH_FACT, judgement().none)
        return Found(
            kind=question.kind,
            quotes=quotes(self.catalogue, entries, QUOTED),
            confidence=SURE,
            cited_by=citing_facts(self.catalogue, mentions, [entry.passage for entry in entries]),
        )

    # Citations

    def _cites(self, question: Question, file: str) -> Answer:
        """List what a document cites, by clause."""
        mentions = cited_in(self.catalogue.directives[file])
        facts = citing_facts(self.catalogue, mentions, self.catalogue.passages(file))
        return self._listed(question, facts, is_cites=True)

    def _cited_by(self, question: Question, fitting: list[Identity]) -> Answer:
        """List the clauses that cite a document."""
        mentions = [mention for identity in fitting for mention in identity.mentions]
        passages = [p for identity in fitting for p in identity.passages(self.catalogue)]
        return self._listed(question, citing_facts(self.catalogue, mentions, passages))

    def _listed(
        self, question: Question, facts: tuple[CitationFact, ...], *, is_cites: bool = False
    ) -> Answer:
        shown = tuple(dict.fromkeys(fact.quote for fact in facts))[:QUOTED]
        if not shown:
            return self._unknown(UnknownReason.NO_SUCH_FACT, [], 0.0)
        return Found(
            kind=question.kind,
            quotes=shown,
            confidence=SURE,
            cites=facts if is_cites else (),
            cited_by=() if is_cites else facts,
        )

    # A part of a document outside its clauses

    def _by_part(self, question: Question, ranked: list[Ranked]) -> Answer:
        files = described(question, self.catalogue, self.catalogue.directives)
        if len(files) == 1:
            return self._part_of(question, files[0], ranked)
        if len(files) > 1 and kinds_named(question.folded):
            return self._several(question, files)
        return self._by_matter(question, ranked, date.min)

    def _several(self, question: Question, files: list[str]) -> Several:
        choices = []
        found: list[Quote] = []
        for file in files:
            header = self.catalogue.directives[file].header
            choices.append(
                Choice(
                    number=header.number,
                    type=header.type,
                    issuer=header.issuer,
                    issued=header.date,
                    title=header.title,
                    file=file,
                )
            )
            found += parts(question, self.catalogue, file)[:1]
        return Several(choices=tuple(choices), quotes=tuple(found[:QUOTED]))

    def _part_of(self, question: Question, file: str, ranked: list[Ranked]) -> Answer:
        if question.kind is QuestionKind.CITES:
            return self._cites(question, file)
        found = parts(question, self.catalogue, file)
        header = self.catalogue.directives[file].header
        lacks_date = question.kind is QuestionKind.ISSUED and header.date is None
        lacks_name = question.kind is QuestionKind.SIGNER and header.signer is None
        if not found or lacks_date or lacks_name:
            return self._unknown(UnknownReason.NO_SUCH_FACT, ranked, 0.0, header.number)
        opening = [
            quote(self.catalogue, passage, 0.5)
            for passage in self.catalogue.passages(file)
            if passage.clause in ("preamble", "1")
        ]
        return Found(kind=question.kind, quotes=tuple((found + opening)[:QUOTED]), confidence=SURE)

    # A matter

    def _by_matter(self, question: Question, ranked: list[Ranked], today: date) -> Answer:
        if not ranked:
            return self._unknown(UnknownReason.NO_PASSAGE, ranked, 0.0)
        unit = named_unit(question, self.catalogue)
        if unit is not None and self._asks_for_all(question, unit):
            return self._duties_of(question, unit, ranked)
        absent = absence(question, self.catalogue, ranked, today)
        if absent is not None:
            reason, named = absent
            return self._unknown(reason, ranked, 0.0, named)
        confidence = judgement().probability(features(question, self.catalogue, ranked))
        if confidence < judgement().none:
            return self._unknown(UnknownReason.NO_PASSAGE, ranked, confidence)
        deadlines = deadline_facts(question, self.catalogue, ranked[:3], today)
        doubt = self._doubt(question, ranked[0], confidence)
        if doubt is not None:
            guess = self._uncertain(question, ranked, doubt, confidence)
            return replace(guess, deadlines=deadlines)
        return Found(
            kind=question.kind,
            quotes=quotes(self.catalogue, ranked, QUOTED),
            confidence=confidence,
            unit=self._shown(unit),
            deadlines=deadlines,
            duties=charge_facts(question, self.catalogue, ranked[:3]),
        )

    def _doubt(self, question: Question, first: Ranked, confidence: float) -> Doubt | None:
        """Return why the first passage cannot be given as the answer; None where it can."""
        if confidence < judgement().sure:
            return Doubt.WEAK
        held = holding_passages(question, self.catalogue, [first])
        return None if held else Doubt.NO_SUCH_FACT

    def _uncertain(
        self, question: Question, ranked: list[Ranked], doubt: Doubt, confidence: float
    ) -> Uncertain:
        return Uncertain(
            kind=question.kind,
            doubt=doubt,
            quotes=quotes(self.catalogue, ranked, QUOTED),
            confidence=confidence,
        )

    def _shown(self, unit: str | None) -> str | None:
        return None if unit is None else self.catalogue.unit_name(unit)

    def _asks_for_all(self, question: Question, unit: str) -> bool:
        """Tell whether a question asks what a unit must do, and of hardly more than the unit."""
        if question.kind is not QuestionKind.DUTIES:
            return False
        named = set(unit.split())
        weights = {fold(word): self.catalogue.weigh(fold(word)) for word in question.words}
        rest = sum(weight for word, weight in weights.items() if word not in named)
        return rest <= _REST * (sum(weights.values()) or 1.0)

    def _charging(self, unit: str) -> frozenset[Passage]:
        """Return the passages of the clauses that charge a unit, looked up once."""
        if unit not in self._charged:
            self._charged[unit] = self._found_charging(unit)
        return self._charged[unit]

    def _found_charging(self, unit: str) -> frozenset[Passage]:
        return frozenset(
            passage
            for charge in self.catalogue.charges(unit)
            for passage in self.catalogue.passages(charge.file)
            if passage.clause == charge.duty.clause
            or charge.duty.clause.startswith(passage.clause + ".")
            or passage.clause.startswith(charge.duty.clause + ".")
        )

    def _duties_of(self, question: Question, unit: str, ranked: list[Ranked]) -> Answer:
        """Quote every duty of a unit, those nearest to the question first.

        A clause that charges another is quoted only where it fits better than all of them.
        """
        charged = self._charging(unit)
        last = max((at for at, entry in enumerate(ranked) if entry.passage in charged), default=-1)
        entries = ranked[: last + 1] or ranked
        return Found(
            kind=question.kind,
            quotes=quotes(self.catalogue, entries, max(QUOTED, len(entries))),
            confidence=SURE,
            unit=self._shown(unit),
            duties=charge_facts(question, self.catalogue, entries),
        )

    def _unknown(
        self,
        reason: UnknownReason,
        ranked: list[Ranked],
        confidence: float,
        named: str | None = None,
    ) -> Unknown:
        near = quotes(self.catalogue, ranked, QUOTED)
        return Unknown(
            reason=reason,
            topics=topics(self.catalogue, near),
            quotes=near,
            confidence=confidence,
            named=named,
        )


def _tells(kind: QuestionKind, mentions: Sequence[Mention]) -> bool:
    """Tell whether citations alone can answer: they may give a date, never signer or addressees."""
    if kind is QuestionKind.ISSUED:
        return any(mention.issued or mention.issuer for mention in mentions)
    return kind not in (QuestionKind.SIGNER, QuestionKind.RECIPIENTS)
