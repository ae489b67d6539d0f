"""BM25 over syllable n-grams: built from arrays of ids, kept on disk by bm25s, read by mmap."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import bm25s
import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int32]
Starts = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]

BITS: Final = 21
"""Bits of one syllable's id in a key: three fit 64 bits, two million syllables fit 21 bits."""
K1: Final = 0.6
"""BM25's saturation of a repeated n-gram. 0.3-0.6 was best of 0.3…2 on the public legal set."""
KEYS_NAME: Final = "keys.npy"


def gram_keys(ids: npt.NDArray[np.integer], length: int) -> Keys:
    """Return the key of each run of `length` neighbours in `ids`, in order; ids count from 0."""
    count = max(len(ids) - length + 1, 0)
    keys = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        keys <<= np.uint64(BITS)
        keys |= ids[offset : offset + count].astype(np.uint64) + np.uint64(1)
    return keys


def gram_key(ids: Sequence[int]) -> int:
    """Return the key of one n-gram, as `gram_keys` makes it."""
    key = 0
    for syllable in ids:
        key = key << BITS | (syllable + 1)
    return key


def _within(starts: Starts, length: int) -> tuple[npt.NDArray[np.int64], Ids]:
    """Return the places where an n-gram of `length` begins and stays in its text, and the text."""
    sizes = np.maximum(np.diff(starts) - length + 1, 0)
    owners = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    firsts = np.cumsum(sizes) - sizes
    places = np.arange(int(sizes.sum()), dtype=np.int64) - np.repeat(firsts, sizes)
    return places + np.repeat(starts[:-1], sizes), owners


def _counted(keys: Keys, owners: Ids) -> tuple[Keys, Starts, Ids, Scores]:
    """Group equal (key, text) pairs: distinct keys, where each begins, its texts, its counts."""
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    if not len(keys):
        return keys, np.zeros(1, np.int64), owners, np.zeros(0, np.float32)
    fresh = np.empty(len(keys), dtype=bool)
    fresh[0] = True
    fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
    firsts = np.flatnonzero(fresh)
    counts = np.diff(np.append(firsts, len(keys))).astype(np.float32)
    keys, owners = keys[firsts], owners[firsts]
    heads = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    return keys[heads], np.append(heads, len(keys)).astype(np.int64), owners, counts


def inverse_frequency(found_in: npt.NDArray[np.integer], texts: int) -> npt.NDArray[np.float64]:
    """Return ln(1 + (n - df + 0.5) / (df + 0.5)), Lucene's form: positive for 0 <= df <= n.

    Source: Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020.
    """
    return np.log1p((texts - found_in + 0.5) / (found_in + 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """For each n-gram of one length: the texts that hold it, and its BM25 score in each."""

    length: int
    keys: Keys
    starts: Starts
    texts: Ids
    scores: Scores
    count: int

    @classmethod
    def build(cls, ids: Ids, starts: Starts, *, length: int, b: float) -> "Columns":
        """Score every n-gram of texts `ids[starts[i]:starts[i+1]]`; `b` weighs their length."""
        places, owners = _within(starts, length)
        every = gram_keys(ids, length)
        every = every[places]
        del places
        keys, begins, texts, counts = _counted(every, owners)
        del every, owners
        sizes = np.diff(starts).astype(np.float64)
        count = len(sizes)
        mean = float(sizes.mean()) if count else 1.0
        norm = (K1 * (1 - b + b * sizes / max(mean, 1.0))).astype(np.float32)
        idf = inverse_frequency(np.diff(begins), count).astype(np.float32)
        scores = counts / (counts + norm[texts]) * np.repeat(idf, np.diff(begins))
        return cls(length=length, keys=keys, starts=begins, texts=texts, scores=scores, count=count)

    def save(self, folder: Path) -> None:
        """Write the columns as a bm25s index with its keys beside it."""
        folder.mkdir(parents=True)
        engine = bm25s.BM25(k1=K1, method="lucene")
        engine.scores = {
            "data": self.scores,
            "indices": self.texts,
            "indptr": self.starts,
            "num_docs": self.count,
        }
        engine.vocab_dict = {}
        engine.nonoccurrence_array = None
        engine.save(folder, show_progress=False)
        np.save(folder / KEYS_NAME, self.keys)

    @classmethod
    def open(cls, folder: Path, length: int) -> "Columns":
        """Map what `save` wrote. Raises OSError or ValueError where it cannot be read."""
        engine = bm25s.BM25.load(folder, mmap=True, load_vocab=False, show_progress=False)
        return cls(
            length=length,
            keys=np.asarray(np.load(folder / KEYS_NAME, mmap_mode="r")),
            starts=np.asarray(engine.scores["indptr"]),
            texts=np.asarray(engine.scores["indices"]),
            scores=np.asarray(engine.scores["data"]),
            count=engine.scores["num_docs"],
        )

    def find(self, keys: Keys) -> npt.NDArray[np.int64]:
        """Return the column of each key, -1 where no text holds the n-gram."""
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, places, -1)

    def frequencies(self, keys: Keys) -> npt.NDArray[np.int64]:
        """Return how many texts hold each key."""
        columns = self.find(keys)
        held = self.starts[columns + 1] - self.starts[columns]
        return np.where(columns >= 0, held, 0)

    def add(self, scores: Scores, weighted: Sequence[tuple[int, float]]) -> None:
        """Add to `scores`, one a text, each column (by its place) times its weight."""
        if not weighted:
            return
        spans = [
            (int(self.starts[at]), int(self.starts[at + 1]), weight) for at, weight in weighted
        ]
        texts = np.concatenate([self.texts[begin:end] for begin, end, _ in spans])
        worth = np.concatenate([weight * self.scores[begin:end] for begin, end, weight in spans])
        scores += np.bincount(texts, worth, len(scores)).astype(np.float32)
