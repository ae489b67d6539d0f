"""Officers' questions over the real directives, counted as an officer sees the answers."""

import argparse
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final

from benchmarks.engines import ENGINES, TOP, Finder
from knowledge.answering import ask
from knowledge.answering.library_answers import answer_json
from knowledge.answering.values import Certainty
from knowledge.library import Library
from knowledge.searching.passages import passages
from vietnamese.text import nfc

TODAY: Final = date(2026, 11, 20)
"""Answers depend on the day only by the concrete date of a deadline."""

OWN: Final = Path(__file__).parent / "officers.jsonl"
OTHERS: Final = Path(__file__).parent / "asked_by_others.jsonl"
"""Written by one who had not seen the rules; held out until 28 November 2026."""
SETS: Final[dict[str, Callable[[Path], Path]]] = {
    "gold": lambda data: data / "gold" / "questions.jsonl",
    "own": lambda _: OWN,
    "others": lambda _: OTHERS,
}
"""Where each set of officers' questions over the five directives lies."""
NOTHING_TO_FIND: Final = frozenset({"unanswerable", "chitchat"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a set; `quotes` are verbatim pieces of right passages."""

    id: str
    question: str
    kind: str
    quotes: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Tell whether the documents hold an answer."""
        return self.kind not in NOTHING_TO_FIND


class Seen(StrEnum):
    """What an officer sees of an answer; `misled` is a wrong passage shown as the answer."""

    RIGHT_FIRST = "right first"
    RIGHT_BELOW = "right second or third"
    UNCERTAIN_FIRST = "uncertain, right first"
    UNCERTAIN_BELOW = "uncertain, right below"
    UNCERTAIN_WRONG = "uncertain, wrong"
    DECLINED = "declined"
    MISLED = "misled"

    @classmethod
    def of(cls, certainty: Certainty, hits: Sequence[bool]) -> "Seen":
        """Judge an answer by how sure it was and which of its first passages are right."""
        if certainty is Certainty.NONE:
            return cls.DECLINED
        sure = certainty is Certainty.SURE
        if any(hits[:1]):
            return cls.RIGHT_FIRST if sure else cls.UNCERTAIN_FIRST
        if any(hits):
            return cls.RIGHT_BELOW if sure else cls.UNCERTAIN_BELOW
        return cls.MISLED if sure else cls.UNCERTAIN_WRONG


FIRST: Final = frozenset({Seen.RIGHT_FIRST, Seen.UNCERTAIN_FIRST})
THREE: Final = FIRST | {Seen.RIGHT_BELOW, Seen.UNCERTAIN_BELOW}
UNCERTAIN: Final = frozenset({Seen.UNCERTAIN_FIRST, Seen.UNCERTAIN_BELOW, Seen.UNCERTAIN_WRONG})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an engine gave: its best passages, how sure it was, and how long it took."""

    asked: Asked
    texts: tuple[str, ...]
    certainty: Certainty
    milliseconds: float

    def seen(self) -> Seen:
        """Return what an officer sees of it: nothing of what is declined."""
        hits = [any(holds(text, quote) for quote in self.asked.quotes) for text in self.texts[:TOP]]
        return Seen.of(self.certainty, hits)


def holds(text: str, quote: str) -> bool:
    """Tell whether a passage holds a quotation, white space and case aside."""
    return _plain(quote) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(nfc(text).split()).casefold()


def questions_of(path: Path) -> list[Asked]:
    """Read a set of questions, one JSON object a line."""
    return [
        Asked(
            id=row["id"],
            question=row["question"],
            kind=row["kind"],
            quotes=tuple(a["quote"] for a in row["answers"] if "quote" in a),
        )
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def ours(library: Library, asked: Sequence[Asked]) -> list[Given]:
    """Ask the product each question."""
    ask(library, "", TODAY)
    given = []
    for one in asked:
        started = perf_counter()
        row = answer_json(ask(library, one.question, TODAY), TOP)
        took = (perf_counter() - started) * 1000
        texts = tuple(passage["text"] for passage in row["answers"])
        sure = Certainty(row["certainty"])
        given.append(Given(asked=one, texts=texts, certainty=sure, milliseconds=took))
    return given


def plainly(find: Finder, texts: Sequence[str], asked: Sequence[Asked]) -> list[Given]:
    """Ask a plain search engine, which never declines."""
    given = []
    for one in asked:
        started = perf_counter()
        found = find(one.question)
        took = (perf_counter() - started) * 1000
        best = tuple(texts[at] for at in found)
        sure = Certainty.SURE if best else Certainty.NONE
        given.append(Given(asked=one, texts=best, certainty=sure, milliseconds=took))
    return given


def share(rows: Sequence[bool]) -> float:
    """Return the share of true ones, 0 of none."""
    return sum(rows) / len(rows) if rows else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares of the questions of a set, as officers see the answers.

    Of what has an answer: right `first` and in `three`, sure or uncertain; of these `sure_first`
    and `sure_three` were given as sure; `lost` was declined, `misled` sure and wrong. Of what has
    none: `declined`, `doubted` (shown as uncertain), `fooled` (a passage given as the answer).
    """

    first: float
    three: float
    sure_first: float
    sure_three: float
    uncertain_right: float
    lost: float
    misled: float
    declined: float
    doubted: float
    fooled: float

    @classmethod
    def of(cls, given: Sequence[Given]) -> "Figures":
        """Count."""
        answerable = [one.seen() for one in given if one.asked.answerable]
        empty = [one.seen() for one in given if not one.asked.answerable]
        sure = {Seen.RIGHT_FIRST, Seen.RIGHT_BELOW}
        return cls(
            first=share([seen in FIRST for seen in answerable]),
            three=share([seen in THREE for seen in answerable]),
            sure_first=share([seen is Seen.RIGHT_FIRST for seen in answerable]),
            sure_three=share([seen in sure for seen in answerable]),
            uncertain_right=share([seen in UNCERTAIN & THREE for seen in answerable]),
            lost=share([seen is Seen.DECLINED for seen in answerable]),
            misled=share([seen is Seen.MISLED for seen in answerable]),
            declined=share([seen is Seen.DECLINED for seen in empty]),
            doubted=share([seen in UNCERTAIN for seen in empty]),
            fooled=share([seen is Seen.MISLED for seen in empty]),
        )


def print_table(rows: dict[str, list[Given]]) -> None:
    """Print what officers see, a row an engine, then ours by kind of question."""
    print(
        "| engine | first / in three, shown | first / in three, sure | uncertain, right "
        "| wrongly declined | misled | no answer: declined / uncertain / misled | p50 / p95 ms |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, given in rows.items():
        seen = Figures.of(given)
        times = quantiles([one.milliseconds for one in given], n=20)
        print(
            f"| {name} | {seen.first:.3f} / {seen.three:.3f} "
            f"| {seen.sure_first:.3f} / {seen.sure_three:.3f} | {seen.uncertain_right:.3f} "
            f"| {seen.lost:.3f} | {seen.misled:.3f} "
            f"| {seen.declined:.3f} / {seen.doubted:.3f} / {seen.fooled:.3f} "
            f"| {times[9]:.1f} / {times[18]:.1f} |"
        )


def print_kinds(given: Sequence[Given]) -> None:
    """Print what officers see by kind of question."""
    kinds: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in given:
        kinds[one.asked.kind].append(one.seen())
    print(f"\n| kind | questions | {' | '.join(Seen)} |\n|---|---|{'---|' * len(Seen)}")
    for kind, seen in kinds.items():
        counts = " | ".join(str(seen.count(each)) for each in Seen)
        print(f"| {kind} | {len(seen)} | {counts} |")


def print_misses(given: Sequence[Given]) -> None:
    """Print each question that went wrong, and how."""
    for one in given:
        asked, seen = one.asked, one.seen()
        wrong = seen not in FIRST if asked.answerable else seen is Seen.MISLED
        if wrong:
            print(f"{asked.id} {asked.kind}: {seen}: {asked.question}")


def measure(folder: Path, asked: Sequence[Asked]) -> dict[str, list[Given]]:
    """Ask ours and the plain engines over the same passages."""
    with tempfile.TemporaryDirectory() as scratch:
        library = Library.open([folder], Path(scratch))
        texts = [
            passage.text for directive in library.directives for passage in passages(directive)
        ]
        return {
            "ours": ours(library, asked),
            **{name: plainly(make(texts), texts, asked) for name, make in ENGINES.items()},
        }


def main() -> None:
    """Print the tables, or say plainly that there is nothing to measure against."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    given = parser.parse_args()
    data = Path(os.environ.get("ACCEPTANCE_DATA", "../shared"))
    if not (data / "gold" / "questions.jsonl").is_file():
        sys.exit(
            f"no questions in {data}: set ACCEPTANCE_DATA to the folder of directives and gold"
        )
    print("bars: first .88, in three .95, wrongly declined .03; no answer: misled at most .05")
    for name, path in SETS.items():
        rows = measure(data / "directives", questions_of(path(data)))
        print(f"\n### {name}\n")
        print_table(rows)
        print_kinds(rows["ours"])
        if given.misses:
            print_misses(rows["ours"])


if __name__ == "__main__":
    main()
