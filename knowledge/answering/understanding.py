"""Understand a question: its kind, its matter, and what it names, before anything is looked up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final

from knowledge.answering.cues import asks_for_a_day, kind_of
from knowledge.answering.plain_words import PlainWords, Speller
from knowledge.answering.rings import Thesaurus, Wording
from knowledge.answering.slips import bare as bare_form
from knowledge.answering.values import QuestionKind
from knowledge.numbers import TypedNumber, typed_numbers
from knowledge.searching import Expansion, Query
from knowledge.vocabulary import SmallTalkKind, Vocabulary
from vietnamese.keyboard import as_meant
from vietnamese.text import comparable, fold, has_diacritics, nfc, syllables

MOST_CHARACTERS: Final = 1_000
"""Of a question that are looked at; more is a pasted document, not a question."""

_ADDRESS: Final = frozenset(
    syllables(
        fold(
            "bot em anh chị bạn tôi mình tớ cô chú bác đồng chí ơi à ạ nhé nha nhỉ vậy thế đấy đó"
            " ghê quá lắm luôn nhiều rất hôm nay xin dạ vâng cho hỏi các mọi người trợ lý này kia"
            " với rồi đi thôi mày tao cậu có chưa không gì thế là nào"
        )
    )
)
"""Words that go with small talk and name no matter."""
_CALLS: Final = frozenset({"bot", "oi"})
"""One of these alone is a greeting."""


_HEADS_OF_BODIES: Final = (
    "so",
    "bo",
    "hoi",
    "van phong",
    "uy ban",
    "doan thanh nien",
    "cong an",
    "mat tran",
    "lien doan",
    "thanh tra",
    "toa an",
    "vien kiem sat",
    "dang doan",
    "hoi dong",
    "kho bac",
    "ban can su",
    "ban dan van",
    "ban tuyen giao",
    "ban to chuc",
    "ban noi chinh",
    "ban tiep",
    "ban dan toc",
    "ban chi huy",
    "trung tam",
    "bao hiem",
    "ngan hang",
)
"""Openings of the names of single offices (folded), against those of groups ("các cơ quan")."""
_DEPARTMENT: Final = re.compile(r"(?<!cơ )\bsở (\w+ \w+)")
_WHOLE_BODIES: Final = ("tinh doan",)
"""Offices whose name is no longer than its opening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question understood.

    `words` are the syllables of its matter (comparable, question words left out) and `wordings`
    what directives may write for runs of them; a word of two syllables starts at each place of
    `joined`. `bodies` are the offices it names, folded, in full. `folded` is the whole
    question in plain words without diacritics; `bare` says that it was typed so.
    """

    typed: str
    plain: str
    folded: str
    bare: bool
    kind: QuestionKind
    wants_day: bool
    words: tuple[str, ...]
    joined: tuple[int, ...]
    wordings: tuple[Wording, ...]
    others: tuple[Expansion, ...]
    numbers: tuple[TypedNumber, ...]
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    small_talk: SmallTalkKind | None

    def query(self) -> Query:
        """Make what is searched for."""
        expansions = [
            Expansion(text=text, weight=wording.weight)
            for wording in self.wordings
            for text in wording.write
        ]
        return Query(
            text=_without(self.plain, self.numbers), expansions=(*expansions, *self.others)
        )


class Reader:
    """Understands questions by one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._speller = Speller(vocabulary)
        self._compounds = _compounds(vocabulary)
        self._thesaurus = Thesaurus(vocabulary.rings, self._compounds)
        phrases = [tuple(syllables(comparable(text))) for text in vocabulary.question.phrases]
        self._phrases = frozenset(phrases)
        self._bare_phrases = frozenset(tuple(map(fold, phrase)) for phrase in phrases)
        self._longest_phrase = max(map(len, phrases))
        self._words = frozenset(map(comparable, vocabulary.question.words))
        self._bare_words = frozenset(map(fold, vocabulary.question.bare))
        self._small_talk = [
            (kind, tuple(fold(part) for part in syllables(phrase)))
            for kind, phrases in vocabulary.small_talk.items()
            for phrase in phrases
        ]
        self._small_talk.sort(key=lambda pair: -len(pair[1]))
        self._talk_by_head: dict[str, list[int]] = {}
        for at, (_, phrase) in enumerate(self._small_talk):
            self._talk_by_head.setdefault(phrase[0], []).append(at)
        self._places = {fold(place): place for place in vocabulary.places}
        names = sorted(map(re.escape, self._places), key=len, reverse=True)
        self._any_place = re.compile(rf"\b(?:{'|'.join(names)})\b")
        self._bodies = _bodies(vocabulary)
        self._capital_places = vocabulary.places_in_capitals

    def spell_capitals(self, text: str) -> str:
        """Return a printed text with its abbreviations in full."""
        return self._speller.spell_capitals(text)

    def read(self, typed: str) -> Question:
        """Understand what an officer typed; any text gives a question, if need be an empty one."""
        typed = as_meant(typed[:MOST_CHARACTERS]).strip()
        plain = self._speller.write_out(typed)
        plain = replace(plain, text=_with_printed_days(plain.text))
        folded = fold(plain.text)
        bare = not has_diacritics(plain.text)
        numbers = tuple(typed_numbers(typed) or typed_numbers(plain.text))
        said = syllables(comparable(_without(plain.text, numbers)))
        matter = self._matter(said, bare=bare)
        return Question(
            typed=typed,
            plain=plain.text,
            folded=folded,
            bare=bare,
            kind=kind_of(folded, has_number=bool(numbers)),
            wants_day=asks_for_a_day(folded),
            words=tuple(matter),
            joined=tuple(self._joined(matter)),
            wordings=tuple(self._wordings(said, matter)),
            others=_others(plain),
            numbers=numbers,
            places=tuple(self._named_places(plain.text)),
            bodies=self._bodies_in(folded) or self._departments(comparable(plain.text)),
            small_talk=self._talk(folded),
        )

    def _matter(self, said: list[str], *, bare: bool) -> list[str]:
        """Leave the question words out."""
        folded = [bare_form(word) for word in said]
        dropped = self._bare_words if bare else self._words
        kept: list[str] = []
        at = 0
        while at < len(said):
            length = self._phrase_at(folded if bare else said, at, bare=bare)
            if length:
                at += length
                continue
            if said[at] not in dropped or self._in_compound(folded, at):
                kept.append(said[at])
            at += 1
        return kept

    def _joined(self, matter: list[str]) -> Iterator[int]:
        """Yield where a word of two syllables starts among the words of the matter."""
        for at, pair in enumerate(pairwise(map(bare_form, matter))):
            if pair in self._compounds:
                yield at

    def _bodies_in(self, folded: str) -> tuple[str, ...]:
        """Return the offices that a question names, a longer name before those inside it."""
        spaced = f" {' '.join(syllables(folded))} "
        found: list[str] = []
        for body in self._bodies:
            if f" {body} " in spaced:
                found.append(body)
                spaced = spaced.replace(f" {body} ", " | ")
        return tuple(found)

    def _departments(self, plain: str) -> tuple[str, ...]:
        """Return the departments named by less than their full name: "Sở Giáo dục" (folded)."""
        named = (f"so {fold(found[1])}" for found in _DEPARTMENT.finditer(plain))
        return tuple(
            name
            for name in named
            if any(f"{body} ".startswith(f"{name} ") for body in self._bodies)
        )

    def _in_compound(self, folded: list[str], at: int) -> bool:
        """Tell whether a word is part of one that means something else: "chỉ" in "chỉ thị"."""
        return (
            tuple(folded[max(at - 1, 0) : at + 1]) in self._compounds
            or tuple(folded[at : at + 2]) in self._compounds
        )

    def _phrase_at(self, words: list[str], at: int, *, bare: bool) -> int:
        phrases = self._bare_phrases if bare else self._phrases
        for length in range(min(self._longest_phrase, len(words) - at), 1, -1):
            if tuple(words[at : at + length]) in phrases:
                return length
        return 0

    def _wordings(self, said: list[str], matter: list[str]) -> Iterator[Wording]:
        """Yield the wordings, their places counted among the words of the matter.

        They are looked up in the whole question: "dân tin" spans a word that may be dropped.
        """
        yield from self._thesaurus.find(matter)
        kept = set(matter)
        for wording in self._thesaurus.find(said):
            run = said[wording.start : wording.end]
            if any(word not in kept for word in run):
                places = [i for i, word in enumerate(matter) if word in run]
                start, end = (places[0], places[-1] + 1) if places else (0, 0)
                if end - start <= len(run):
                    yield Wording(start=start, end=end, write=wording.write, weight=wording.weight)

    def _named_places(self, plain: str) -> Iterator[str]:
        folded = fold(plain)
        for found in self._any_place.finditer(folded):
            place = self._places[found.group()]
            shown = plain[found.start() : found.end()] if len(plain) == len(folded) else place
            meant = not has_diacritics(shown) or comparable(shown) == comparable(place)
            if meant and (place not in self._capital_places or shown == nfc(place)):
                yield place

    def _talk(self, folded: str) -> SmallTalkKind | None:
        """Tell which small talk it is; None where words remain that could name a matter."""
        words = syllables(folded)
        left = [True] * len(words)
        first: SmallTalkKind | None = None
        present = set(words)
        opening = (self._talk_by_head.get(word, ()) for word in present)
        for place in sorted(chain.from_iterable(opening)):
            kind, phrase = self._small_talk[place]
            for at in range(len(words) - len(phrase) + 1):
                span = slice(at, at + len(phrase))
                if tuple(words[span]) == phrase and all(left[span]):
                    left[span] = [False] * len(phrase)
                    first = first or kind
        remaining = [
            word
            for word, is_left in zip(words, left, strict=True)
            if is_left and word not in _ADDRESS
        ]
        if remaining:
            return None
        return first or (SmallTalkKind.GREETING if present & _CALLS else None)


def _compounds(vocabulary: Vocabulary) -> frozenset[tuple[str, str]]:
    """Gather the two-syllable words (folded) that the vocabulary itself shows to be words.

    Those are its entries of two syllables, and the pairs that make up the full forms of
    abbreviations, most of which are Sino-Vietnamese words of two syllables in a row.
    """
    ring_words = (words for ring in vocabulary.rings for words in ring.say + ring.write)
    asking = frozenset({"gì", "nào", "ai", "sao", "đâu", "mấy"})
    spelled = (syllables(comparable(words)) for words in ring_words)
    entries = [list(map(fold, entry)) for entry in spelled if asking.isdisjoint(entry)]
    pairs = {(entry[0], entry[1]) for entry in entries if len(entry) == 2}
    for readings in vocabulary.abbreviations.values():
        for reading in readings:
            parts = syllables(fold(reading.full))
            if len(parts) % 2 == 0:
                pairs.update(zip(parts[::2], parts[1::2], strict=True))
    return frozenset(pairs)


def _bodies(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Gather the offices (folded, in full) that abbreviations stand for, the longest first."""
    full = {
        " ".join(syllables(fold(reading.full)))
        for readings in vocabulary.abbreviations.values()
        for reading in readings
    }
    heads = tuple(f"{head} " for head in _HEADS_OF_BODIES)
    bodies = [name for name in full if name.startswith(heads)]
    return tuple(sorted([*bodies, *_WHOLE_BODIES], key=len, reverse=True))


_SPOKEN_DAY: Final = re.compile(
    r"\b(?:mùng|mồng|mung|mong) (\d{1,2})(?:(?: (?:tháng|thang) |\s*[/.-]\s*)(\d{1,2})\b)?"
    r"|\b(\d{1,2}) (?:tháng|thang) (\d{1,2})\b(?! (?:năm|nam)\b)",
    re.IGNORECASE,
)


def _with_printed_days(plain: str) -> str:
    """Write days as directives print them: "mùng 5 tháng 11" as "05/11"."""

    def printed(found: re.Match[str]) -> str:
        day, month = found[1] or found[3], found[2] or found[4]
        return f"{int(day):02}/{int(month):02}" if month else f"ngày {int(day):02}"

    return _SPOKEN_DAY.sub(printed, plain)


def _without(plain: str, numbers: tuple[TypedNumber, ...]) -> str:
    """Take the numbers of documents out: they are looked up, never scored."""
    for number in numbers:
        plain = plain.replace(number.raw, " ")
    return plain


def _others(plain: PlainWords) -> tuple[Expansion, ...]:
    return tuple(Expansion(text=other.text, weight=other.weight) for other in plain.others)
