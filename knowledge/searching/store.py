"""The index of all passages: built aside, opened by mmap, searched in two stages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.refusals import IndexBroken
from knowledge.searching.columns import Columns, Ids, Scores, Starts
from knowledge.searching.corpus import (
    Corpus,
    Document,
    Piece,
    Syllabary,
    piece_of,
    starts_of,
    without,
)
from knowledge.searching.generations import current, pointed, publish

UNIT_B: Final = 0.7
"""BM25's weight of length for units: .7 gave .853/.927 where .4 gave .840/.913 (BM25 alone, public
legal set); an article keeps .4."""
ARTICLE_B: Final = 0.4

EXACT: Final = "exact"
FOLLOWS: Final = "follows"
UNITS: Final = "of-units"
ARTICLES: Final = "of-articles"
BARE: Final = ("bare1", "bare2", "bare3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The columns over texts of one size: syllables with diacritics, n-grams without."""

    exact: Columns
    bare: tuple[Columns, Columns, Columns]

    @staticmethod
    def write(folder: Path, ids: Ids, folded: Ids, sizes: npt.NDArray[np.int32], b: float) -> None:
        """Count and score the n-grams of texts of these sizes that lie one after the other.

        Columns are written as soon as they are made: all at once would need a gigabyte.
        """
        starts = starts_of(sizes)
        Columns.build(ids, starts, length=1, b=b).save(folder / EXACT)
        for length, name in enumerate(BARE, start=1):
            Columns.build(folded, starts, length=length, b=b).save(folder / name)

    @classmethod
    def open(cls, folder: Path) -> "Level":
        """Map what `save` wrote."""
        one, two, three = (Columns.open(folder / name, n) for n, name in enumerate(BARE, start=1))
        return cls(exact=Columns.open(folder / EXACT, 1), bare=(one, two, three))

    def score(self, exact: dict[int, float], bare: Sequence[dict[int, float]]) -> Scores:
        """Return the BM25 score of every text for weighted n-grams, given by their keys."""
        scores = np.zeros(self.exact.count, np.float32)
        for columns, grams in zip((self.exact, *self.bare), (exact, *bare), strict=True):
            places = columns.find(np.fromiter(grams, np.uint64, len(grams)))
            weighted = zip(places.tolist(), grams.values(), strict=True)
            columns.add(scores, [(place, weight) for place, weight in weighted if place >= 0])
        return scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where each article, passage and unit begins."""

    unit_starts: Starts
    passage_units: Starts
    """First unit of each passage."""
    article_passages: Starts
    article_starts: Starts
    line_starts: Starts
    unit_article: npt.NDArray[np.int32]
    passage_article: npt.NDArray[np.int32]
    passage_group: npt.NDArray[np.int64]
    document_passages: Starts
    """First passage of each document."""
    article_document: npt.NDArray[np.int32]
    article_series: npt.NDArray[np.int32]
    by_series: npt.NDArray[np.int64]
    """Articles in the order of their series."""
    series_starts: Starts
    """Where each series begins in `by_series`."""

    @classmethod
    def of(cls, corpus: Corpus) -> "Shelf":
        """Work the places out from the sizes."""
        arrays = corpus.arrays
        articles = np.arange(len(arrays["article_passages"]), dtype=np.int32)
        passage_article = np.repeat(articles, arrays["article_passages"])
        per_document = corpus.count("article_sizes")
        documents = np.repeat(np.arange(len(per_document)), corpus.count("passage_units"))
        article_document = np.repeat(np.arange(len(per_document), dtype=np.int32), per_document)
        names: dict[str, int] = {}
        numbered = [names.setdefault(series, len(names)) for _, _, series in corpus.files]
        article_series = np.array(numbered, np.int32)[article_document]
        return cls(
            unit_starts=starts_of(arrays["unit_sizes"]),
            passage_units=starts_of(arrays["passage_units"]),
            article_passages=starts_of(arrays["article_passages"]),
            article_starts=starts_of(arrays["article_sizes"]),
            line_starts=starts_of(arrays["line_sizes"]),
            unit_article=np.repeat(passage_article, arrays["passage_units"]),
            passage_article=passage_article,
            passage_group=documents << 32 | arrays["passage_groups"],
            document_passages=starts_of(corpus.count("passage_units")),
            article_document=article_document,
            article_series=article_series,
            by_series=np.argsort(article_series, kind="stable"),
            series_starts=starts_of(np.bincount(article_series, minlength=len(names))),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Everything that one generation of the index holds."""

    corpus: Corpus
    shelf: Shelf
    units: Level
    articles: Level
    follows: Columns
    """Pairs of syllables with diacritics over the units: what follows what."""

    @staticmethod
    def write(corpus: Corpus, folder: Path) -> None:
        """Index a corpus into an empty folder."""
        corpus.save(folder)
        fold_map = corpus.syllabary.fold_map()
        units, sizes = corpus.arrays["units"], corpus.arrays["unit_sizes"]
        Level.write(folder / UNITS, units, fold_map[units], sizes, UNIT_B)
        follows = Columns.build(units, starts_of(sizes), length=2, b=UNIT_B)
        follows.save(folder / FOLLOWS)
        articles, sizes = corpus.arrays["articles"], corpus.arrays["article_sizes"]
        Level.write(folder / ARTICLES, articles, fold_map[articles], sizes, ARTICLE_B)

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """Map what `save` wrote. Raises IndexBroken where it is damaged or of another version."""
        try:
            corpus = Corpus.open(folder)
            units = Level.open(folder / UNITS)
            articles = Level.open(folder / ARTICLES)
            follows = Columns.open(folder / FOLLOWS, 2)
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise IndexBroken(folder=str(folder)) from fault
        return cls(
            corpus=corpus,
            shelf=Shelf.of(corpus),
            units=units,
            articles=articles,
            follows=follows,
        )


def build(documents: Iterable[Document], root: Path) -> Store:
    """Index `documents` anew and make that the current generation in `root`."""
    return _publish([], Syllabary(), documents, root)


def update(root: Path, added: Iterable[Document], removed: Collection[str]) -> Store:
    """Publish a generation in which files are added, replaced or removed.

    The other documents are not read or cut again. Raises IndexMissing or IndexBroken.
    """
    fresh = tuple(added)
    gone = {*removed, *(document.directive.file for document in fresh)}
    kept, syllabary = without(open_store(root).corpus, gone)
    return _publish(kept, syllabary, fresh, root)


def open_store(root: Path) -> Store:
    """Open the current generation. Raises IndexMissing or IndexBroken.

    One that vanished while it was opened was replaced; then the one that replaced it is opened.
    """
    while True:
        named = pointed(root)
        try:
            return Store.open(current(root))
        except IndexBroken:
            if pointed(root) == named:
                raise


def _publish(
    kept: Sequence[Piece], syllabary: Syllabary, added: Iterable[Document], root: Path
) -> Store:
    """Join kept and added documents in the order of their names, and publish their index."""
    pieces = [*kept, *(piece_of(document, syllabary) for document in added)]
    corpus = Corpus.join(sorted(pieces, key=lambda piece: piece.file), syllabary)
    return Store.open(publish(root, partial(Store.write, corpus)))
