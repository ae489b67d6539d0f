"""Turn what an officer typed into plain words: chat speech and abbreviations written out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.answering.slips import bare, parts
from knowledge.vocabulary import Abbreviation, Vocabulary
from vietnamese.text import comparable, fold, nfc, settle_tones

_TOKEN: Final = re.compile(r"[^\W_]+(?:[./&-][^\W_]+)*|[^\w\s]+|_+")
_CAPITALS: Final = re.compile(r"(?<![\w/-])[A-ZĐƯ]{2,}(?![\w/-])")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]+\.?")
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)
"""The shape of a Vietnamese syllable, folded."""
_MARKERS: Final = frozenset(
    fold(word) for word in ("điểm", "mục", "phần", "khoản", "phòng", "khóa", "loại", "tổ", "khối")
)
"""After these a single letter is a mark of the text ("điểm a"), not chat speech."""
_MOST_WORDS: Final = 3
"""Syllables in the longest entry of chat speech."""
_NEAR: Final = 3
"""Words on either side that may point to a reading; the rest of the question speaks of others."""
_AS_TYPED: Final = 0.9
"""Weight of the short form itself: directives print many of them."""
_OTHER_READING: Final = 0.25
"""Weight of a reading that neither stands first nor is pointed to by another word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Another reading of a short form, or the short form itself, with its weight."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWords:
    """A question in plain words; `others` are readings that were not chosen."""

    text: str
    others: tuple[Reading, ...] = ()


def is_syllable(word: str) -> bool:
    """Tell whether `word` has the shape of a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(bare(word)) is not None


class Speller:
    """Writes out chat speech and abbreviations by one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._chat = vocabulary.chat
        self._chat_heads = frozenset(
            words.partition(" ")[0] for words in vocabulary.chat.words if " " in words
        )
        self._exact: dict[str, tuple[Abbreviation, ...]] = {}
        self._folded: dict[str, tuple[Abbreviation, ...]] = {}
        for short, readings in vocabulary.abbreviations.items():
            self._exact[comparable(short)] = readings
            key = fold(short)
            self._folded[key] = self._folded.get(key, ()) + readings

    def write_out(self, typed: str) -> PlainWords:
        """Return `typed` (any text) with every short form in full, in NFC with settled tones."""
        tokens = list(self._tokens(settle_tones(nfc(typed))))
        tokens = list(self._spoken(tokens))
        shouted = _all_capitals(tokens)
        folded = [bare(token) for token in tokens]
        words: list[str] = []
        others: list[Reading] = []
        for at, token in enumerate(tokens):
            readings = self._readings(token, shouted=shouted)
            if not readings:
                words.append(token)
                continue
            near = frozenset(folded[max(at - _NEAR, 0) : at + _NEAR + 1])
            chosen = _choose(readings, near)
            words.append(chosen.full)
            others.append(Reading(text=token, weight=_AS_TYPED))
            others += [
                Reading(text=reading.full, weight=_OTHER_READING)
                for reading in readings
                if reading is not chosen
            ]
        return PlainWords(text=" ".join(words), others=tuple(others))

    def spell_capitals(self, text: str) -> str:
        """Return a printed text with short forms in capitals in full, by their usual reading."""
        return _CAPITALS.sub(self._in_full, text)

    def _in_full(self, match: re.Match[str]) -> str:
        readings = self._exact.get(comparable(match.group()), ())
        return readings[0].full if readings and not is_syllable(match.group()) else match.group()

    def _tokens(self, text: str) -> Iterator[str]:
        for token in _TOKEN.findall(text):
            if _DOTTED.fullmatch(token) and not any(c.isdigit() for c in token):
                yield from self._undotted(token)
            else:
                yield from self._parted(token)

    def _undotted(self, token: str) -> Iterator[str]:
        """Join a dotted short form the vocabulary knows; else part it at the dots."""
        joined = token.replace(".", "")
        if bare(joined) in self._folded:
            yield joined
        else:
            yield from token.rstrip(".").split(".")

    def _parted(self, token: str) -> Iterator[str]:
        """Keep a token with digits whole (a number, a date); part others that nobody knows."""
        if any(c.isdigit() for c in token) or comparable(token) in self._chat.words:
            yield token
        elif re.search(r"[./&-]", token) and token[0].isalpha():
            yield from (part for part in re.split(r"[./&-]", token) if part)
        else:
            yield token

    def _spoken(self, tokens: list[str]) -> Iterator[str]:
        """Write out chat speech, the longest entry first."""
        compared = [comparable(token) for token in tokens]
        at = 0
        while at < len(tokens):
            most = _MOST_WORDS if compared[at] in self._chat_heads else 1
            for length in range(min(most, len(tokens) - at), 0, -1):
                typed = " ".join(compared[at : at + length])
                meant = self._meant(tokens, at, length, typed)
                if meant is not None:
                    yield from meant.split()
                    at += length
                    break
            else:
                yield tokens[at]
                at += 1

    def _meant(self, tokens: list[str], at: int, length: int, typed: str) -> str | None:
        if length == 1 and len(typed) == 1:
            return self._letter(tokens, at, typed)
        if length == 1 and len(tokens[at]) > 1 and tokens[at].isupper():
            return None
        return self._chat.words.get(typed) or (
            _respelt(typed, self._chat.sounds) if length == 1 else None
        )

    def _letter(self, tokens: list[str], at: int, typed: str) -> str | None:
        if tokens[at].isupper() or (at > 0 and fold(tokens[at - 1]) in _MARKERS):
            return None
        return self._chat.letters.get(typed)

    def _readings(self, token: str, *, shouted: bool) -> tuple[Abbreviation, ...]:
        """Look a short form up; one that spells a syllable counts only in capitals."""
        if is_syllable(token) and (shouted or token[1:] == token[1:].lower()):
            return ()
        if len(token) == 1 and not token.isupper():
            return ()
        return self._exact.get(comparable(token)) or self._folded.get(bare(token)) or ()


def _all_capitals(tokens: list[str]) -> bool:
    """Tell whether the question is shouted, so that capitals say nothing."""
    words = [token for token in tokens if token.isalpha() and is_syllable(token)]
    return len(words) > 2 and all(word.isupper() for word in words)


def _choose(readings: tuple[Abbreviation, ...], near: frozenset[str]) -> Abbreviation:
    """Choose the reading most of whose pointers stand in the question; the first on a tie."""
    return max(readings, key=lambda reading: _pointers(reading, near))


def _pointers(reading: Abbreviation, near: frozenset[str]) -> int:
    return sum(all(part in near for part in parts(word)) for word in reading.near)


def _respelt(typed: str, sounds: Mapping[str, str]) -> str | None:
    """Respell a syllable that opens with a letter Vietnamese lacks: "fải" to "phải"."""
    if not typed.startswith(tuple(sounds)):
        return None
    for head, meant in sorted(sounds.items(), key=lambda pair: -len(pair[0])):
        if typed.startswith(head) and is_syllable(meant + typed[len(head) :]):
            return meant + typed[len(head) :]
    return None
