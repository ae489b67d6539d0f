"""Recall and time of the search beside plain bm25s, SQLite FTS5 and RapidFuzz, in one run.

    python -m benchmarks.search

The public legal set: each article a file, the real library built from them, each question asked
with diacritics, without, and mistyped. Recall@k: an answering file among those of the first k.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from benchmarks.answers import TODAY
from benchmarks.engines import ENGINES, TOP, Finder
from benchmarks.legal import Question, articles, laid_out, questions
from benchmarks.typos import mistyped
from knowledge.answering import answer_json, ask
from knowledge.library import Library
from knowledge.searching import Query
from vietnamese.text import fold

FORMS: Final[dict[str, Callable[[str], str]]] = {
    "accents": str,
    "no accents": fold,
    "typos": mistyped,
}
BARS: Final = "the whole answer's bar: .88/.94 | .87/.93 | .86/.92 | .7 / .8 of SQLite FTS5's time"


class Engine(Protocol):
    """Something that finds files."""

    def __call__(self, question: str) -> Sequence[str]:
        """Return the files of the first TOP answers."""
        ...


def ours(folder: Path, cache: Path) -> Engine:
    """Open the library as the product does."""
    library = Library.open([folder], cache)
    return lambda question: [hit.passage.file for hit in library.search(Query(text=question), TOP)]


def answering(folder: Path, cache: Path) -> Engine:
    """Ask as an officer does: what is declined shows nothing."""
    library = Library.open([folder], cache)
    ask(library, "", TODAY)

    def find(question: str) -> Sequence[str]:
        row = answer_json(ask(library, question, TODAY), TOP)
        return [] if row["refused"] else [passage["file"] for passage in row["answers"]]

    return find


def over(find: Finder, names: Sequence[str]) -> Engine:
    """Name the files of what a plain engine finds."""
    return lambda question: [names[place] for place in find(question)]


def measured(engine: Engine, asked: Sequence[Question], form: Callable[[str], str]) -> list[float]:
    """Return recall@1, recall@3, and the median and 95th percentile of milliseconds."""
    first = three = 0
    times = []
    for question in asked:
        typed = form(question.text)
        begun = time.perf_counter()
        found = engine(typed)
        times.append((time.perf_counter() - begun) * 1_000)
        first += bool(question.files.intersection(found[:1]))
        three += bool(question.files.intersection(found))
    middle, late = np.percentile(times, [50, 95])
    return [first / len(asked), three / len(asked), float(middle), float(late)]


def main() -> None:
    """Print a row for each engine."""
    asked = questions()
    names, texts = zip(*[(f"{name}.txt", text) for name, text in articles()], strict=True)
    with tempfile.TemporaryDirectory() as scratch:
        files, cache = laid_out(Path(scratch) / "files"), Path(scratch) / "cache"
        engines: dict[str, Engine] = {
            "ours, the search": ours(files, cache),
            "ours, what is shown": answering(files, cache),
            **{name: over(make(texts), names) for name, make in ENGINES.items()},
        }
        print(f"{len(names):,} articles, {len(asked)} questions, recall@1/@3; {BARS}")
        print(f"| engine | {' | '.join(FORMS)} | p50 / p95 ms |\n|---|---|---|---|---|")
        for name, engine in engines.items():
            rows = [measured(engine, asked, form) for form in FORMS.values()]
            shown = " | ".join(f"{row[0]:.3f}/{row[1]:.3f}" for row in rows)
            print(f"| {name} | {shown} | {rows[0][2]:.1f} / {rows[0][3]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
