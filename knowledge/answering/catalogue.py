"""What answering needs to know of a library, worked out once for each of its states."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile, zip_longest
from typing import Final

from knowledge.answering.expected import may_hold_law
from knowledge.answering.passage_text import PassageText
from knowledge.model import Directive, Duty
from knowledge.numbers import DocumentNumber, parse_number
from knowledge.searching import Passage
from vietnamese.text import comparable, fold, syllables

PARTS: Final = frozenset({"header", "addressed_to", "recipients", "signature", "footnote"})
"""What a passage may be of besides a clause."""
_OPENING: Final = 400
"""Characters of the opening that describe a document beside its title."""
_SHORTEST_UNIT: Final = 3
"""Syllables by which a unit's name may be cut short: "Ban Tuyên giáo" for "… Tỉnh ủy"."""
_TOO_COMMON: Final = frozenset(
    tuple(fold(name).split())
    for name in ("các cơ quan", "các đơn vị", "đơn vị liên quan", "các phòng ban", "cơ quan đơn vị")
)
_YEARS: Final = re.compile(r"\b((?:19|20)\d\d)\b(?: (?:den |den nam )?((?:19|20)\d\d)\b)?")
_OPENERS: Final = frozenset({"các", "đồng", "chí", "những", "một", "số"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number where it stands: a document's own (`clause` is "header") or cited in a clause."""

    number: DocumentNumber
    file: str
    clause: str
    own: bool
    issued: date | None
    issuer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A duty and the document it stands in."""

    file: str
    duty: Duty


class Catalogue:
    """The documents of a library by number, by unit and by passage.

    `cut` makes the passages of a document; `write_out` puts abbreviations in full.
    """

    def __init__(
        self,
        directives: Sequence[Directive],
        cut: Callable[[Directive], Sequence[Passage]],
        write_out: Callable[[str], str],
    ) -> None:
        self.directives = {directive.file: directive for directive in directives}
        self._cut = cut
        self._write_out = write_out
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._texts: dict[tuple[str, int], PassageText] = {}
        self._descriptions: dict[str, PassageText] = {}
        self._places: dict[str, frozenset[str]] = {}
        self._of_places: dict[str, frozenset[str]] = {}
        self._named: dict[str, bool] = {}
        self._numbers: dict[int, list[Mention]] = {}
        for directive in directives:
            for mention in _mentions(directive):
                self._numbers.setdefault(mention.number.ordinal, []).append(mention)
        self._unit_names: dict[str, str] = {}
        self._units = self._charged_units(directives)
        self._openings: dict[tuple[str, ...], list[str]] = {}
        for unit in self._units:
            self._openings.setdefault(tuple(unit.split()[:_SHORTEST_UNIT]), []).append(unit)
        self._frequency, self._documents = _frequencies(directives)

    def numbered(self, ordinal: int) -> list[Mention]:
        """Return every mention of a number with this ordinal."""
        return self._numbers.get(ordinal, [])

    def passages(self, file: str) -> tuple[Passage, ...]:
        """Return the passages of a document in reading order."""
        if file not in self._passages:
            self._passages[file] = tuple(self._cut(self.directives[file]))
        return self._passages[file]

    def text(self, passage: Passage) -> PassageText:
        """Return a passage in the form in which it is measured."""
        key = (passage.file, passage.ordinal)
        if key not in self._texts:
            self._texts[key] = PassageText(self._write_out(passage.text))
        return self._texts[key]

    def weigh(self, folded: str) -> float:
        """Return the inverse document frequency of a folded syllable over articles, in nats.

        A syllable the library lacks weighs as much as one that stands in a single article.
        """
        found = max(self._frequency.get(folded, 0), 1)
        return math.log1p((self._documents - found + 0.5) / (found + 0.5))

    def knows(self, folded: str) -> bool:
        """Tell whether any document writes a folded syllable."""
        return folded in self._frequency

    def description(self, file: str) -> PassageText:
        """Return what a document says of itself, in the form in which passages are measured."""
        if file not in self._descriptions:
            directive = self.directives[file]
            header = directive.header
            opening = next((clause.text for clause in directive.clauses), "")[:_OPENING]
            parts = (header.type, header.number, header.issuer, header.place, header.title, opening)
            said = self._write_out(" ".join(filter(None, parts)))
            self._descriptions[file] = PassageText(said)
        return self._descriptions[file]

    def names_place(self, place: str) -> bool:
        """Tell whether any document names a place."""
        return bool(self.files_naming(place))

    def files_naming(self, place: str) -> frozenset[str]:
        """Return the documents that name a place, in the head or in the text."""
        if place not in self._places:
            self._places[place] = frozenset(self._look_for(place))
        return self._places[place]

    def files_of(self, place: str) -> frozenset[str]:
        """Return the documents whose head names a place: they are of it, not merely about it."""
        if place not in self._of_places:
            wanted = comparable(place)
            self._of_places[place] = frozenset(
                file
                for file in self.files_naming(place)
                if wanted in comparable(_head(self.directives[file]))
            )
        return self._of_places[place]

    def _look_for(self, place: str) -> Iterator[str]:
        """Look closely only where the place stands without its diacritics."""
        wanted, bare = comparable(place), " ".join(syllables(fold(place)))
        for (file, directive), written in zip(self.directives.items(), self._written, strict=True):
            if bare not in written and bare not in fold(directive.header.place or ""):
                continue
            head = comparable(_head(directive))
            if wanted in head or any(wanted in comparable(c.text) for c in directive.clauses):
                yield file

    def names_words(self, folded: str) -> bool:
        """Tell whether any document writes a run of folded words."""
        if folded not in self._named:
            wanted = re.compile(rf"\b{re.escape(folded)}\b")
            self._named[folded] = any(map(wanted.search, self._written))
        return self._named[folded]

    def names_law(self, law: tuple[str, str]) -> bool:
        """Tell whether any document names a law by either of these folded syllables."""
        opening = f"luat {' '.join(law)}"
        if opening not in self._named:
            about = (text for text in self._written if any(word in text for word in law))
            self._named[opening] = any(may_hold_law(syllables(text), law) for text in about)
        return self._named[opening]

    def names_year(self, year: int) -> bool:
        """Tell whether any document names a year, or years from before it to after it."""
        return any(self.names_year_in(file, year) for file in self.directives)

    def names_year_in(self, file: str, year: int) -> bool:
        """Tell whether one document names a year, or years from before it to after it."""
        return any(first <= year <= last for first, last in self._years[file])

    @cached_property
    def signers(self) -> Mapping[str, tuple[str, ...]]:
        """The documents by the full name (folded) of who signed them."""
        files: dict[str, tuple[str, ...]] = {}
        for file, directive in self.directives.items():
            name = " ".join(syllables(fold(directive.header.signer or "")))
            if " " in name:
                files[name] = (*files.get(name, ()), file)
        return files

    @cached_property
    def _written(self) -> tuple[str, ...]:
        """Each document's whole text, abbreviations in full, folded."""
        return tuple(
            " ".join(syllables(fold(self._write_out(" ".join(_innermost(directive))))))
            for directive in self.directives.values()
        )

    @cached_property
    def _years(self) -> Mapping[str, frozenset[tuple[int, int]]]:
        """The years and runs of years that each document names."""
        return {
            file: frozenset((int(a), int(b or a)) for a, b in _YEARS.findall(text))
            for file, text in zip(self.directives, self._written, strict=True)
        }

    def units_in(self, words: Sequence[str]) -> list[str]:
        """Return the units that folded words name, those named at greatest length."""
        longest: list[str] = []
        length = 0
        for at in range(len(words)):
            for unit in self._opening_with(words[at:]):
                shared = _shared(unit.split(), words[at:])
                if shared > length:
                    longest, length = [], shared
                if shared == length and unit not in longest:
                    longest.append(unit)
        return longest

    def units_with(self, body: str) -> list[str]:
        """Return the units whose name holds the name of an office (folded) after its opening."""
        return [unit for unit in self._units if f" {body} " in f" {unit} "]

    def _opening_with(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the units whose names open with these words: three, or all of a shorter name."""
        for length in (_SHORTEST_UNIT, _SHORTEST_UNIT - 1):
            yield from self._openings.get(tuple(words[:length]), ())

    def charges(self, unit: str) -> list[Charge]:
        """Return every duty that a unit leads or supports."""
        return self._units[unit]

    def _charged_units(self, directives: Sequence[Directive]) -> dict[str, list[Charge]]:
        units: dict[str, list[Charge]] = {}
        for directive in directives:
            for duty in directive.duties:
                for name in (*duty.lead, *duty.support):
                    key = self.unit_key(name)
                    if len(key.split()) > 1 and tuple(key.split()) not in _TOO_COMMON:
                        units.setdefault(key, []).append(Charge(file=directive.file, duty=duty))
                        self._unit_names.setdefault(key, name)
        return units

    def unit_key(self, name: str) -> str:
        """Return a unit's name folded, in full, without the words that open a plural."""
        parts = syllables(comparable(self._write_out(name)))
        while parts and parts[0] in _OPENERS:
            parts = parts[1:]
        return " ".join(map(fold, parts))

    def unit_name(self, unit: str) -> str:
        """Return a unit's name as the first document that charges it prints it."""
        return self._unit_names[unit]


def _head(directive: Directive) -> str:
    return f"{directive.header.place} {directive.header.heading_text}"


def _shared(name: Sequence[str], words: Sequence[str]) -> int:
    """Return how many words two runs share from their start."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(name, words, strict=False))
    return sum(1 for _ in pairs)


def _mentions(directive: Directive) -> Iterator[Mention]:
    header = directive.header
    own = parse_number(header.number) if header.number else None
    if own is not None:
        yield Mention(
            number=own,
            file=directive.file,
            clause="header",
            own=True,
            issued=header.date,
            issuer=header.issuer,
        )
    yield from cited_in(directive)


def cited_in(directive: Directive) -> Iterator[Mention]:
    """Yield the documents that a directive cites by number, in reading order."""
    for citation in directive.citations:
        number = parse_number(citation.number)
        if number is not None:
            yield Mention(
                number=number,
                file=directive.file,
                clause=citation.clause,
                own=False,
                issued=citation.date,
                issuer=citation.issuer,
            )


def _frequencies(directives: Sequence[Directive]) -> tuple[Counter[str], int]:
    """Count in how many units that hold no other (clauses, notes, blocks) a syllable stands."""
    frequency: Counter[str] = Counter()
    units = 0
    for directive in directives:
        for text in _innermost(directive):
            units += 1
            frequency.update(set(syllables(fold(text))))
    return frequency, max(units, 1)


def _innermost(directive: Directive) -> Iterator[str]:
    clauses = directive.clauses
    for clause, after in zip_longest(clauses, clauses[1:]):
        if after is None or not after.path.startswith(clause.path + "."):
            yield clause.text
    header = directive.header
    yield from (note.text for note in directive.footnotes)
    blocks = (
        header.heading_text,
        header.addressed_text,
        header.recipients_text,
        header.signature_text,
    )
    yield from filter(None, blocks)
