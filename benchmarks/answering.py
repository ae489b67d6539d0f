"""Questions over the real directives: the right passage first, and what is rightly declined."""

import argparse
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final

from benchmarks.engines import ENGINES, Finder
from knowledge.answering import ask
from knowledge.answering.asking import answer_json
from knowledge.library import Library
from knowledge.searching.passages import passages
from vietnamese.text import nfc

TODAY: Final = date(2026, 11, 20)
"""Answers depend on the day only by the concrete date of a deadline."""

OWN: Final = Path(__file__).parent / "officers.jsonl"
SETS: Final[dict[str, Callable[[Path], Path]]] = {
    "gold": lambda data: data / "gold" / "questions.jsonl",
    "own": lambda _: OWN,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an engine gave: its best passages, and whether it declined."""

    asked: Asked
    texts: tuple[str, ...]
    refused: bool
    milliseconds: float

    def hit_at(self, top: int) -> bool:
        """Tell whether one of the first passages holds a right quotation."""
        return any(holds(text, quote) for text in self.texts[:top] for quote in self.asked.quotes)


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
            quotes=tuple(answer["quote"] for answer in row["answers"]),
        )
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def ours(library: Library, asked: Sequence[Asked]) -> list[Given]:
    """Ask the product each question."""
    ask(library, "", TODAY)
    given = []
    for one in asked:
        started = perf_counter()
        row = answer_json(ask(library, one.question, TODAY), 3)
        took = (perf_counter() - started) * 1000
        texts = tuple(passage["text"] for passage in row["answers"])
        given.append(Given(asked=one, texts=texts, refused=row["refused"], milliseconds=took))
    return given


def plainly(find: Finder, texts: Sequence[str], asked: Sequence[Asked]) -> list[Given]:
    """Ask a plain search engine, which never declines."""
    given = []
    for one in asked:
        started = perf_counter()
        found = find(one.question)
        took = (perf_counter() - started) * 1000
        best = tuple(texts[at] for at in found)
        given.append(Given(asked=one, texts=best, refused=not best, milliseconds=took))
    return given


def share(rows: Sequence[bool]) -> float:
    """Return the share of true ones, 0 of none."""
    return sum(rows) / len(rows) if rows else 0.0


def figures(given: Sequence[Given]) -> tuple[float, float, float, float, float, float]:
    """Return first, in three, declined rightly, declined wrongly, and p50, p95 in milliseconds."""
    answerable = [one for one in given if one.asked.answerable]
    empty = [one for one in given if not one.asked.answerable]
    times = quantiles([one.milliseconds for one in given], n=20)
    return (
        share([one.hit_at(1) for one in answerable]),
        share([one.hit_at(3) for one in answerable]),
        share([one.refused for one in empty]),
        share([one.refused for one in answerable]),
        times[9],
        times[18],
    )


def print_table(rows: dict[str, list[Given]]) -> None:
    """Print a row an engine, then ours by kind of question."""
    print("| engine | first | in three | rightly declined | wrongly declined | p50 / p95 ms |")
    print("|---|---|---|---|---|---|")
    for name, given in rows.items():
        first, three, right, wrong, half, most = figures(given)
        print(
            f"| {name} | {first:.3f} | {three:.3f} | {right:.3f} | {wrong:.3f} "
            f"| {half:.1f} / {most:.1f} |"
        )
    kinds: defaultdict[str, list[Given]] = defaultdict(list)
    for one in rows["ours"]:
        kinds[one.asked.kind].append(one)
    print("\n| kind | questions | first | in three | declined |")
    print("|---|---|---|---|---|")
    for kind, given in kinds.items():
        hits = [share([one.hit_at(top) for one in given]) for top in (1, 3)]
        declined = share([one.refused for one in given])
        print(f"| {kind} | {len(given)} | {hits[0]:.2f} | {hits[1]:.2f} | {declined:.2f} |")


def print_misses(given: Sequence[Given]) -> None:
    """Print each question that went wrong, and how."""
    for one in given:
        asked = one.asked
        if asked.answerable and (one.refused or not one.hit_at(1)):
            how = "declined" if one.refused else "second or third" if one.hit_at(3) else "missed"
            print(f"{asked.id} {asked.kind}: {how}: {asked.question}")
        if not asked.answerable and not one.refused:
            print(f"{asked.id} {asked.kind}: answered: {asked.question} -> {one.texts[0][:80]!r}")


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
    rows = measure(data / "directives", questions_of(data / "gold" / "questions.jsonl"))
    print("bars: first .80, in three .93, rightly declined .85, wrongly declined at most .05\n")
    print_table(rows)
    if given.misses:
        print_misses(rows["ours"])


if __name__ == "__main__":
    main()
