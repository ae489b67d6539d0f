"""The words by which directives name units and charge them, as the vocabulary file lists them."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, TypedDict

import yaml

from vietnamese.text import comparable

_FILE: Final = "units.yaml"

Phrases = dict[str, tuple[tuple[str, ...], ...]]
"""Phrases as syllables, by first syllable, the longest first."""


class _Labels(TypedDict):
    lead: list[str]
    support: list[str]
    time: list[str]
    other: list[str]


class _Table(TypedDict):
    openers: list[str]
    proper_heads: list[str]
    heads: list[str]
    not_heads: list[str]
    modifiers: list[str]
    listed: list[str]
    acts: list[str]
    charges: list[str]
    labels: _Labels
    background: list[str]
    function_words: list[str]
    steering: list[str]
    outputs: list[str]
    heading_openers: list[str]
    circumstances: list[str]
    telling: list[str]
    silent: list[str]
    ordering_kinds: list[str]
    people: list[str]
    levels: list[str]
    task_bodies: list[str]


@cache
def _table() -> _Table:
    """Read the vocabulary file once."""
    text = (files("knowledge") / "vocabulary" / _FILE).read_text(encoding="utf-8")
    table: _Table = yaml.load(text, Loader=yaml.CSafeLoader)
    return table


def _phrases(words: Iterable[str]) -> Phrases:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words:
        syllables = tuple(comparable(phrase).split())
        by_first.setdefault(syllables[0], []).append(syllables)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in by_first.items()}


def longest(phrases: Phrases, words: Sequence[str], at: int) -> int:
    """Count the syllables of the longest of `phrases` that stands at `at`; 0 for none.

    `words` are comparable; punctuation among them ends a phrase.
    """
    if at >= len(words):
        return 0
    for phrase in phrases.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


@cache
def openers() -> Phrases:
    """Give the words that may stand before a unit's name: "các", "đồng chí"."""
    return _phrases(_table()["openers"])


@cache
def heads() -> Phrases:
    """Give the words that open a unit's name in capitals or small letters."""
    return _phrases(_table()["heads"])


@cache
def proper_heads() -> Phrases:
    """Give the words that open a unit's name with a capital only: "Ban", "Sở"."""
    return _phrases(_table()["proper_heads"])


@cache
def not_heads() -> Phrases:
    """Give what begins like a unit's name and is none: "ban hành"."""
    return _phrases(_table()["not_heads"])


@cache
def modifiers() -> Phrases:
    """Give the small-letter words that go on with a name: "trực thuộc"."""
    return _phrases(_table()["modifiers"])


@cache
def listed() -> Phrases:
    """Give the nouns that go on with a list after "các": "sở, ban, ngành"."""
    return _phrases(_table()["listed"])


@cache
def acts() -> Phrases:
    """Give the words that tell a unit what to do: "chủ trì", "có trách nhiệm"."""
    return _phrases(_table()["acts"])


@cache
def charges() -> Phrases:
    """Give the words by which an issuer charges a unit: "giao", "đề nghị"."""
    return _phrases(_table()["charges"])


@cache
def labels() -> dict[str, str]:
    """Map each label of a clause's data, without commas, to what it gives: lead, support, time."""
    table = _table()["labels"]
    rows = {
        "lead": table["lead"],
        "support": table["support"],
        "time": table["time"],
        "other": table["other"],
    }
    return {comparable(label): role for role, names in rows.items() for label in names}


@cache
def background() -> frozenset[str]:
    """Name the headings, comparable and without commas, under which nothing is charged."""
    return frozenset(comparable(heading) for heading in _table()["background"])


@cache
def function_words() -> frozenset[str]:
    """Give the words that never belong to a name: "về", "của"."""
    return frozenset(comparable(word) for word in _table()["function_words"])


@cache
def steering() -> Phrases:
    """Give the acts by which a body steers others: "chỉ đạo", "đôn đốc"."""
    return _phrases(_table()["steering"])


@cache
def outputs() -> Phrases:
    """Give the acts that yield a paper, a review or an appointment: "ban hành"."""
    return _phrases(_table()["outputs"])


@cache
def heading_openers() -> Phrases:
    """Give what may stand before a unit in a heading: "trách nhiệm của"."""
    return _phrases(_table()["heading_openers"])


@cache
def circumstances() -> Phrases:
    """Give the words that open a circumstance before the subject: "trên cơ sở"."""
    return _phrases(_table()["circumstances"])


@cache
def telling() -> Phrases:
    """Give the words after a subject that charge nobody: "đã", "là"."""
    return _phrases(_table()["telling"])


@cache
def silent() -> Phrases:
    """Give what opens a sentence that agrees or takes leave, and charges nobody: "đồng ý"."""
    return _phrases(_table()["silent"])


@cache
def people() -> Phrases:
    """Give the heads that stand for people: "người đứng đầu"."""
    return _phrases(_table()["people"])


@cache
def levels() -> Phrases:
    """Give the levels of government: "xã", "cấp tỉnh"."""
    return _phrases(_table()["levels"])


@cache
def task_bodies() -> Phrases:
    """Give the bodies that are named after their task: "ban chỉ đạo"."""
    return _phrases(_table()["task_bodies"])


@cache
def ordering_kinds() -> frozenset[str]:
    """Name the kinds of documents in which a sentence without a subject is an order."""
    return frozenset(comparable(name) for name in _table()["ordering_kinds"])
