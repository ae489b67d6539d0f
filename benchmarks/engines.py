"""What a user would use instead: plain bm25s, SQLite FTS5, RapidFuzz alone, over the same texts."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

import bm25s
from rapidfuzz import fuzz, process

from vietnamese.text import comparable, fold, nfc, syllables

TOP: Final = 3
"""Texts that an engine finds."""

Finder = Callable[[str], Sequence[int]]
"""Takes a question; returns the places of the best texts, best first."""


def plain_bm25s(texts: Sequence[str]) -> Finder:
    """bm25s as it comes, over syllables."""
    engine = bm25s.BM25()
    engine.index([syllables(comparable(text)) for text in texts], show_progress=False)

    def find(question: str) -> Sequence[int]:
        tokens = [syllables(comparable(question))]
        found, scores = engine.retrieve(tokens, k=TOP, show_progress=False, n_threads=1)
        return [int(at) for at, score in zip(found[0], scores[0], strict=True) if score > 0]

    return find


def sqlite_fts(texts: Sequence[str]) -> Finder:
    """SQLite's FTS5 with diacritics removed: any of the question's syllables, by its bm25()."""
    store = sqlite3.connect(":memory:")
    store.execute("create virtual table t using fts5(x, tokenize='unicode61 remove_diacritics 2')")
    store.executemany("insert into t(rowid, x) values (?, ?)", enumerate(map(nfc, texts)))

    def find(question: str) -> Sequence[int]:
        words = " OR ".join(f'"{word}"' for word in syllables(nfc(question)))
        if not words:
            return []
        rows = store.execute(
            "select rowid from t where t match ? order by rank limit ?", (words, TOP)
        )
        return [place for (place,) in rows]

    return find


def rapidfuzz_alone(texts: Sequence[str]) -> Finder:
    """RapidFuzz's token_set_ratio over every text, without diacritics."""
    plain = [fold(text) for text in texts]

    def find(question: str) -> Sequence[int]:
        found = process.extract(
            fold(question), plain, scorer=fuzz.token_set_ratio, processor=None, limit=TOP
        )
        return [place for _, _, place in found]

    return find


ENGINES: Final[dict[str, Callable[[Sequence[str]], Finder]]] = {
    "plain bm25s": plain_bm25s,
    "SQLite FTS5": sqlite_fts,
    "RapidFuzz alone": rapidfuzz_alone,
}
