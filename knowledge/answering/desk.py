"""Answer questions from one state of a library: look up, rank, judge, quote or decline."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Protocol

from knowledge.answering import expected
from knowledge.answering.catalogue import Catalogue
from knowledge.answering.citing import citing_facts
from knowledge.answering.confidence import calibration, features
from knowledge.answering.cues import asks_how_long
from knowledge.answering.documents import described, kinds_named
from knowledge.answering.duties import charge_facts, deadline_facts, named_unit
from knowledge.answering.identity import Identity, identities
from knowledge.answering.quoting import quote, quotes, topics
from knowledge.answering.ranking import Ranked, rank
from knowledge.answering.understanding import Question, Reader
from knowledge.answering.values import (
    Answer,
    Choice,
    Found,
    QuestionKind,
    Quote,
    Several,
    SmallTalk,
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
_SURE: Final = 1.0
"""Confidence of what was looked up, not searched for."""
_NARROWED: Final = 0.3
"""By how much more of the question one document's passages must cover to be the one meant."""

_REST: Final = 0.5
"""Share of a question's weight beside a unit's name from which it asks about a matter."""

_PARTS: Final = {
    QuestionKind.SIGNER: ("signature",),
    QuestionKind.RECIPIENTS: ("recipients", "addressed_to"),
    QuestionKind.ISSUED: ("header",),
}


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
        if question.kind in _PARTS:
            return self._by_part(question, ranked)
        return self._by_matter(question, ranked, today)

    def ranked(self, question: Question) -> list[Ranked]:
        """Search and order what was found by its fit."""
        if not question.words:
            return []
        found = {
            hit.passage: hit.score for hit in self._library.search(question.query(), LOOKED_AT)
        }
        among = {passage.file for passage in found}
        scope = frozenset(described(question, self.catalogue, among))
        return rank(question, self.catalogue, found, scope)

    # A document named by number

    def _by_number(self, question: Question, ranked: list[Ranked], today: date) -> Answer:
        named = [identities(number, self.catalogue) for number in question.numbers]
        if not any(named):
            typed = question.numbers[0].raw
            return self._unknown(UnknownReason.NO_SUCH_NUMBER, ranked, 0.0, typed)
        fitting = [identity for found in named for identity in found]
        if len(question.numbers) == 1 and len(fitting) > 1:
            narrowed = self._narrowed(question, fitting)
            if narrowed is None:
                return self._choose([i.choice(self.catalogue) for i in fitting], question, fitting)
            fitting = [narrowed]
        return self._about(question, fitting, ranked, today)

    def _narrowed(self, question: Question, fitting: list[Identity]) -> Identity | None:
        """Return the one document whose passages the rest of the question speaks of, if one is."""
        covered = sorted(
            (
                max((e.fit.total for e in self._passages_of(question, identity)), default=0.0),
                at,
            )
            for at, identity in enumerate(fitting)
        )
        if len(question.words) < 2 or covered[-1][0] - covered[-2][0] < _NARROWED:
            return None
        return fitting[covered[-1][1]]

    def _passages_of(self, question: Question, identity: Identity) -> list[Ranked]:
        """Order the passages that print a number; those of the document itself when it is here."""
        own = identity.own
        cited = identity.passages(self.catalogue)
        passages = list(self.catalogue.passages(own.file)) if own is not None else cited
        return rank(question, self.catalogue, dict.fromkeys(passages, 0.0))

    def _choose(
        self, choices: list[Choice], question: Question, fitting: list[Identity]
    ) -> Several:
        """Let the officer choose; quote one passage of each document in turn."""
        rows = [self._passages_of(question, identity) for identity in fitting]
        turns = [row[at] for at in range(QUOTED) for row in rows if at < len(row)]
        return Several(choices=tuple(choices), quotes=quotes(self.catalogue, turns, QUOTED))

    def _about(
        self, question: Question, fitting: list[Identity], ranked: list[Ranked], today: date
    ) -> Answer:
        entries: list[Ranked] = []
        for identity in fitting:
            entries += self._passages_of(question, identity)
        entries.sort(key=lambda entry: -entry.score)
        own = next((i.own for i in fitting if i.own is not None), None)
        if own is not None and (question.kind in _PARTS or not question.words):
            return self._part_of(question, own.file, ranked)
        holding = self._holding(question, entries)
        if not holding:
            raw = question.numbers[0].raw
            return self._unknown(UnknownReason.NO_SUCH_FACT, entries or ranked, 0.0, raw)
        if own is not None:
            return self._by_matter(question, entries, today)
        mentions = [mention for identity in fitting for mention in identity.mentions]
        return Found(
            kind=question.kind,
            quotes=quotes(self.catalogue, holding, QUOTED),
            confidence=_SURE,
            cited_by=citing_facts(self.catalogue, mentions, holding),
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
            found += self._parts(question, file)[:1]
        return Several(choices=tuple(choices), quotes=tuple(found[:QUOTED]))

    def _parts(self, question: Question, file: str) -> list[Quote]:
        wanted = _PARTS.get(question.kind, ("header",))
        passages = self.catalogue.passages(file)
        named = [p for clause in wanted for p in passages if p.clause == clause]
        named.sort(key=lambda p: (question.kind is QuestionKind.RECIPIENTS, p.ordinal))
        return [quote(self.catalogue, passage, _SURE) for passage in named]

    def _part_of(self, question: Question, file: str, ranked: list[Ranked]) -> Answer:
        found = self._parts(question, file)
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
        return Found(kind=question.kind, quotes=tuple((found + opening)[:QUOTED]), confidence=_SURE)

    # A matter

    def _by_matter(self, question: Question, ranked: list[Ranked], today: date) -> Answer:
        if not ranked:
            return self._unknown(UnknownReason.NO_PASSAGE, ranked, 0.0)
        unit = named_unit(question, self.catalogue)
        if (
            question.kind is QuestionKind.DUTIES
            and unit is not None
            and self._is_all(question, unit)
        ):
            return self._duties_of(question, unit, ranked)
        confidence = calibration().probability(features(ranked))
        if confidence < calibration().threshold:
            return self._unknown(UnknownReason.NO_PASSAGE, ranked, confidence)
        holding = self._holding(question, ranked)
        if not holding:
            return self._unknown(UnknownReason.NO_SUCH_FACT, ranked, confidence)
        return Found(
            kind=question.kind,
            quotes=quotes(self.catalogue, holding, QUOTED),
            confidence=confidence,
            unit=unit,
            deadlines=deadline_facts(question, self.catalogue, holding[:3], today),
            duties=charge_facts(question, self.catalogue, holding[:3]),
        )

    def _holding(self, question: Question, ranked: list[Ranked]) -> list[Ranked]:
        """Keep the passages that hold the kind of fact asked for."""
        tests = expected.expectations_of(question.folded)
        if question.wants_day:
            tests.append(
                expected.names_a_time if asks_how_long(question.folded) else expected.names_a_day
            )
        periods = expected.report_periods(question.folded)
        unit = named_unit(question, self.catalogue)

        thing = expected.counted_thing(question.folded)

        def holds(entry: Ranked) -> bool:
            text = self.catalogue.text(entry.passage)
            plain = text.plain
            if not all(test(plain) for test in tests):
                return False
            if thing is not None and not expected.holds_count(text.settled, thing):
                return False
            if not question.wants_day:
                return True
            if not periods <= expected.report_periods(plain):
                return False
            return unit is None or self._concerns(entry.passage, unit)

        return [entry for entry in ranked if holds(entry)]

    def _concerns(self, passage: Passage, unit: str) -> bool:
        """Tell whether a passage names a unit or is of a clause that charges it."""
        if unit in " ".join(self.catalogue.text(passage).words):
            return True
        return any(
            charge.file == passage.file and passage.clause.startswith(charge.duty.clause)
            for charge in self.catalogue.charges(unit)
        )

    def _is_all(self, question: Question, unit: str) -> bool:
        """Tell whether a question asks of hardly more than the unit it names."""
        named = set(unit.split())
        weights = {fold(word): self.catalogue.weigh(fold(word)) for word in question.words}
        rest = sum(weight for word, weight in weights.items() if word not in named)
        return rest <= _REST * (sum(weights.values()) or 1.0)

    def _duties_of(self, question: Question, unit: str, ranked: list[Ranked]) -> Answer:
        """Quote every duty of a unit, those nearest to the question first."""
        charged = {
            passage
            for charge in self.catalogue.charges(unit)
            for passage in self.catalogue.passages(charge.file)
            if passage.clause == charge.duty.clause
            or charge.duty.clause.startswith(passage.clause + ".")
            or passage.clause.startswith(charge.duty.clause + ".")
        }
        searched = {entry.passage: entry for entry in ranked}
        unsearched = rank(question, self.catalogue, dict.fromkeys(charged - searched.keys(), 0.0))
        entries = [searched[passage] for passage in charged & searched.keys()] + unsearched
        entries.sort(key=lambda entry: -entry.score)
        entries = entries or ranked
        return Found(
            kind=question.kind,
            quotes=quotes(self.catalogue, entries, max(QUOTED, len(entries))),
            confidence=_SURE,
            unit=unit,
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
