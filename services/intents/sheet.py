"""The phrases and intents of `intents.yaml`, read once a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from services.intents.slots import Slot
from services.intents.speech import Phrase
from services.intents.values import FollowKind, Intent


@dataclass(frozen=True, slots=True)
class Sign:
    """Concepts that together show an intent."""

    needs: tuple[str, ...]
    bars: tuple[str, ...]
    """With any of these it is no sign."""
    alone: bool
    """It shows the intent whatever else is said: "nhắc tôi …"."""
    weak: bool
    """It may as well be a question: the library's own answer goes before it."""

    def holds(self, held: Mapping[str, frozenset[int]]) -> bool:
        """Tell whether it is there."""
        return all(one in held for one in self.needs) and not any(one in held for one in self.bars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaningful:
    """How an intent shows."""

    signs: tuple[Sign, ...]
    accompany: tuple[str, ...]
    """Concepts that may be said with it and say nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All phrases and intents."""

    asides: tuple[Phrase, ...]
    """What is said to the assistant and not of the matter: "cho tôi hỏi"."""
    silent: tuple[Phrase, ...]
    """Words of courtesy and the like."""
    cues: tuple[Phrase, ...]
    """What points back at what was said before."""
    follow_ups: Mapping[FollowKind, tuple[Phrase, ...]]
    concepts: Mapping[str, tuple[Phrase, ...]]
    intents: Mapping[Intent, Meaningful]
    holding: Mapping[str, tuple[tuple[str, Phrase], ...]]
    """Concepts and phrases by each of a phrase's syllables, and by all of them written as one."""


class SheetMistake(ValueError):  # noqa: N818 - a slip in our own file, named
    """The file names a concept that it does not have, or lacks an intent."""


@cache
def load_sheet() -> Sheet:
    """Read the file; raises SheetMistake."""
    read: Mapping[str, Any] = yaml.load(
        files("services.intents").joinpath("intents.yaml").read_text(encoding="utf-8"),
        Loader=yaml.CSafeLoader,
    )
    concepts = {name: _phrases(words) for name, words in read["concepts"].items()}
    known = {*read["concepts"], *(one.value for one in Slot)}
    always: Sequence[str] = read["accompany"]
    sheet = Sheet(
        asides=_phrases(read["asides"]),
        silent=_phrases(read["silent"]),
        cues=_phrases(read["cues"]),
        follow_ups={FollowKind(name): _phrases(w) for name, w in read["follow_ups"].items()},
        concepts=concepts,
        holding=_holding(concepts),
        intents={
            Intent(name): Meaningful(
                signs=tuple(_sign(line, known) for line in told["signs"]),
                accompany=(*always, *_named(told.get("with", "").split(), known)),
            )
            for name, told in read["intents"].items()
        },
    )
    missing = set(Intent) - set(sheet.intents)
    if missing:
        raise SheetMistake(f"no signs: {sorted(missing)}")
    return sheet


def _holding(
    concepts: Mapping[str, Sequence[Phrase]],
) -> dict[str, tuple[tuple[str, Phrase], ...]]:
    found: dict[str, tuple[tuple[str, Phrase], ...]] = {}
    for name, phrases in concepts.items():
        for one in phrases:
            for word in {*one.folded, one.joined} if len(one.folded) > 1 else ():
                found[word] = (*found.get(word, ()), (name, one))
    return found


def _sign(line: str, known: set[str]) -> Sign:
    """Read `owe report -unit ~`: what it needs, what bars it, ! if that is enough, ~ if weak."""
    words = line.split()
    bars = [word.removeprefix("-") for word in words if word.startswith("-")]
    needs = [word for word in words if word not in "~!" and not word.startswith("-")]
    return Sign(_named(needs, known), _named(bars, known), "!" in words, "~" in words)


def _named(names: Sequence[str], known: set[str]) -> tuple[str, ...]:
    unknown = [one for one in names if one not in known]
    if unknown:
        raise SheetMistake(f"no such concept: {unknown}")
    return tuple(names)


def _phrases(words: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(Phrase.of(one) for one in words)
