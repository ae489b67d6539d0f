"""Build, open and ask an index of 100,000 clauses, and print time and memory beside the bars.

    python -m benchmarks.scale [--clauses N]

The clauses are those of the public legal set, each with the sentences of two real ones mixed, so
that words are distributed as in law and no two clauses are alike. Building and asking run in
processes of their own, so that each one's memory is its own.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.legal import articles, questions
from knowledge.model import Clause, ClauseKind, Directive, Header
from knowledge.parsing import parse
from knowledge.reading import Source
from knowledge.searching import Query
from knowledge.searching.corpus import Document
from knowledge.searching.index import Index

CLAUSES: Final = 100_000
CLAUSES_PER_DOCUMENT: Final = 25
WARM_UP: Final = 20
"""Questions asked before time is taken, so that the pages of the index are in memory."""
BARS: Final = {
    "build s": 60.0,
    "open s": 1.0,
    "p95 ms": 25.0,
    "build MiB": 1024.0,
    "ask MiB": 1024.0,
}


def documents(clauses: int) -> Iterator[Document]:
    """Yield made-up documents whose clauses mix the sentences of two real ones."""
    real = [
        clause.text
        for name, text in articles()
        for clause in parse(Source(name=name, text=text)).clauses
        if clause.kind in {ClauseKind.CLAUSE, ClauseKind.PREAMBLE}
    ]
    dice = random.Random(0)  # noqa: S311 - the same documents each time are wanted
    for number in range(clauses // CLAUSES_PER_DOCUMENT):
        texts = [_mixed(*dice.sample(real, 2)) for _ in range(CLAUSES_PER_DOCUMENT)]
        made = tuple(
            Clause(path=str(n), kind=ClauseKind.CLAUSE, text=f"{n}. {text}")
            for n, text in enumerate(texts, start=1)
        )
        header = Header(number=f"{number}-CV/TU", title=texts[0][:120])
        directive = Directive(file=f"{number:05}.txt", header=header, clauses=made)
        yield Document(directive=directive, digest=str(number))


def _mixed(first: str, second: str) -> str:
    half = len(first) // 2, len(second) // 2
    return f"{first[: half[0]]} {second[half[1] :]}"


def _memory() -> float:
    """Return the most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build(folder: Path, clauses: int) -> dict[str, float]:
    """Build the index; the making-up of documents is not counted."""
    made = list(documents(clauses))
    start = time.perf_counter()
    index = Index.build(made, folder)
    taken = time.perf_counter() - start
    return {"build s": taken, "passages": len(index), "build MiB": _memory()}


def ask(folder: Path, clauses: int) -> dict[str, float]:
    """Open the index and ask every question of the public set."""
    del clauses
    start = time.perf_counter()
    index = Index.open(folder)
    taken = time.perf_counter() - start
    asked = [Query(text=question.text) for question in questions()]
    for query in asked[:WARM_UP]:
        index.search(query, 3)
    times = []
    for query in asked:
        begun = time.perf_counter()
        index.search(query, 3)
        times.append((time.perf_counter() - begun) * 1_000)
    middle, late = np.percentile(times, [50, 95])
    return {"open s": taken, "p50 ms": float(middle), "p95 ms": float(late), "ask MiB": _memory()}


def replace_one(folder: Path, clauses: int) -> dict[str, float]:
    """Replace one document, the others neither read nor cut again."""
    del clauses
    made = next(documents(CLAUSES_PER_DOCUMENT))
    start = time.perf_counter()
    Index.update(folder, [made], [])
    return {"one document s": time.perf_counter() - start, "update MiB": _memory()}


STEPS: Final = {"build": build, "ask": ask, "replace": replace_one}


def _apart(step: str, folder: Path, clauses: int) -> dict[str, float]:
    """Run a step in a process of its own and return its figures."""
    command = [sys.executable, "-m", "benchmarks.scale", "--clauses", str(clauses)]
    command += ["--step", step, "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clauses", type=int, default=CLAUSES)
    parser.add_argument("--step", choices=list(STEPS))
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.folder, given.clauses)))
        return
    print(f"| {given.clauses:,} clauses | measured | bar |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for step in STEPS:
            for name, figure in _apart(step, Path(scratch) / "index", given.clauses).items():
                bar = f"≤ {BARS[name]:g}" if name in BARS else ""
                print(f"| {name} | {figure:,.2f} | {bar} |", flush=True)


if __name__ == "__main__":
    main()
