"""Load the vocabulary files: those shipped, and over them those of the operator."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeVar

from knowledge.vocabulary.sheet import Cell, VocabularyMistake, read_sheet
from vietnamese.text import comparable

T = TypeVar("T")

DEFAULT_WEIGHT: Final = 0.5
"""Of an expansion against a literal match, where a ring names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """One reading of a short form. `near`: words of a question that point to this reading."""

    short: str
    full: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Everyday words (`say`) and what directives write for them, at `weight` in (0, 1)."""

    say: tuple[str, ...]
    write: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSpeech:
    """How chat respells: whole words, single letters, and the sounds a syllable opens with."""

    words: Mapping[str, str]
    letters: Mapping[str, str]
    sounds: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """Words that ask and name nothing; `bare` are those safe to drop without diacritics."""

    phrases: tuple[str, ...]
    words: frozenset[str]
    bare: frozenset[str]


class SmallTalkKind(StrEnum):
    """What is said besides asking."""

    GREETING = "greeting"
    THANKS = "thanks"
    CONSENT = "consent"
    FAREWELL = "farewell"
    IDENTITY = "identity"
    ABILITY = "ability"
    CHAT = "chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All words of the field. Abbreviations list the usual reading of a short form first."""

    abbreviations: Mapping[str, tuple[Abbreviation, ...]]
    chat: ChatSpeech
    rings: tuple[Ring, ...]
    question: QuestionWords
    small_talk: Mapping[SmallTalkKind, tuple[str, ...]]
    places: tuple[str, ...]
    places_in_capitals: frozenset[str]


def _abbreviation(short: str, cell: Cell) -> Abbreviation:
    if not cell.is_table():
        return Abbreviation(short=short, full=cell.text())
    table = cell.table(needed=frozenset({"full"}), allowed=frozenset({"full", "near"}))
    near = table["near"].texts() if "near" in table else ()
    return Abbreviation(short=short, full=table["full"].text(), near=near)


def _abbreviations(sheet: Cell) -> dict[str, tuple[Abbreviation, ...]]:
    table = {}
    for short, cell in sheet.rows():
        readings = cell.cells() if cell.is_list() else [cell]
        table[short] = tuple(_abbreviation(short, reading) for reading in readings)
    return table


def _ring(cell: Cell) -> Ring:
    allowed = frozenset({"say", "write", "same", "weight"})
    table = cell.table(needed=frozenset(), allowed=allowed)
    weight = table["weight"].share() if "weight" in table else DEFAULT_WEIGHT
    if "same" in table:
        if "say" in table or "write" in table:
            raise cell.mistake("unknown key", "same")
        same = table["same"].texts()
        return Ring(say=same, write=same, weight=weight)
    table = cell.table(needed=frozenset({"say", "write"}), allowed=allowed)
    return Ring(say=table["say"].texts(), write=table["write"].texts(), weight=weight)


def _rings(sheet: Cell) -> tuple[Ring, ...]:
    return tuple(_ring(cell) for cell in sheet.cells())


def _pairs(cell: Cell) -> dict[str, str]:
    return {comparable(typed): value.text() for typed, value in cell.rows()}


_CHAT_PARTS: Final = frozenset({"words", "letters", "sounds"})


def _chat(sheet: Cell) -> ChatSpeech:
    table = sheet.table(needed=frozenset(), allowed=_CHAT_PARTS)
    parts = {name: _pairs(cell) for name, cell in table.items()}
    return ChatSpeech(
        words=parts.get("words", {}),
        letters=parts.get("letters", {}),
        sounds=parts.get("sounds", {}),
    )


_QUESTION_PARTS: Final = frozenset({"phrases", "words", "bare"})


def _question(sheet: Cell) -> QuestionWords:
    table = sheet.table(needed=_QUESTION_PARTS, allowed=_QUESTION_PARTS)
    return QuestionWords(
        phrases=table["phrases"].texts(),
        words=frozenset(table["words"].texts()),
        bare=frozenset(table["bare"].texts()),
    )


def _small_talk(sheet: Cell) -> dict[SmallTalkKind, tuple[str, ...]]:
    kinds = frozenset(kind.value for kind in SmallTalkKind)
    table = sheet.table(needed=kinds, allowed=kinds)
    return {SmallTalkKind(name): cell.texts() for name, cell in table.items()}


def _shipped(name: str, load: Callable[[Cell], T]) -> T:
    text = (files("knowledge") / "vocabulary" / name).read_text(encoding="utf-8")
    sheet = read_sheet(name, text)
    if sheet is None:
        raise VocabularyMistake(file=name, line=1, what="empty")
    return load(sheet)


def _operators(folder: Path, name: str, load: Callable[[Cell], T], empty: T) -> T:
    """Load the operator's file of this name; `empty` where there is none."""
    path = folder / name
    if not path.is_file():
        return empty
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise VocabularyMistake(file=name, line=line, what="syntax") from fault
    sheet = read_sheet(name, text)
    return empty if sheet is None else load(sheet)


@cache
def shipped_vocabulary() -> Vocabulary:
    """Load the files that come with the product, once."""
    places_parts = frozenset({"places", "common_words"})

    def places(sheet: Cell) -> tuple[tuple[str, ...], frozenset[str]]:
        table = sheet.table(needed=places_parts, allowed=places_parts)
        return table["places"].texts(), frozenset(table["common_words"].texts())

    names, in_capitals = _shipped("places.yaml", places)
    return Vocabulary(
        abbreviations=_shipped("abbreviations.yaml", _abbreviations),
        chat=_shipped("chat_speech.yaml", _chat),
        rings=_shipped("thesaurus.yaml", _rings),
        question=_shipped("question_words.yaml", _question),
        small_talk=_shipped("small_talk.yaml", _small_talk),
        places=names,
        places_in_capitals=in_capitals,
    )


def load_vocabulary(data_folder: Path | None = None) -> Vocabulary:
    """Load the shipped files and merge over them those that lie in `data_folder`.

    An operator's abbreviation or chat word replaces the shipped entry; rings are added. Raises
    `VocabularyMistake` with file and line.
    """
    shipped = shipped_vocabulary()
    if data_folder is None:
        return shipped
    no_readings: dict[str, tuple[Abbreviation, ...]] = {}
    no_rings: tuple[Ring, ...] = ()
    abbreviations = _operators(data_folder, "abbreviations.yaml", _abbreviations, no_readings)
    nothing = ChatSpeech(words={}, letters={}, sounds={})
    chat = _operators(data_folder, "chat_speech.yaml", _chat, nothing)
    return Vocabulary(
        abbreviations={**shipped.abbreviations, **abbreviations},
        chat=ChatSpeech(
            words={**shipped.chat.words, **chat.words},
            letters={**shipped.chat.letters, **chat.letters},
            sounds={**shipped.chat.sounds, **chat.sounds},
        ),
        rings=shipped.rings + _operators(data_folder, "thesaurus.yaml", _rings, no_rings),
        question=shipped.question,
        small_talk=shipped.small_talk,
        places=shipped.places,
        places_in_capitals=shipped.places_in_capitals,
    )
