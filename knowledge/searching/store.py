"""The index of all passages: built aside, opened by mmap, searched in two stages."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.refusals import IndexBroken
from knowledge.searching.columns import Columns, Ids, Scores, Starts
from knowledge.searching.corpus import Corpus, Document, Syllabary, piece_of, starts_of
from knowledge.searching.generations import current, publish

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and of how many."""

UNIT_B: Final = 0.7
"""BM25's weight of length for units: .7 gave .853/.927 where .4 gave .840/.913 (BM25 alone, public
legal set); an article keeps .4."""
ARTICLE_B: Final = 0.4

EXACT: Final = "exact"
FOLLOWS: Final = "exact2"
BARE: Final = ("bare1", "bare2", "bare3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The columns over texts of one size: syllables with diacritics, n-grams without."""

    exact: Columns
    bare: tuple[Columns, Columns, Columns]

    @classmethod
    def build(cls, ids: Ids, folded: Ids, sizes: npt.NDArray[np.int32], b: float) -> "Level":
        """Count and score the n-grams of texts of these sizes that lie one after the other."""
        starts = starts_of(sizes)
        one, two, three = (Columns.build(folded, starts, length=n, b=b) for n in (1, 2, 3))
        return cls(exact=Columns.build(ids, starts, length=1, b=b), bare=(one, two, three))

    def save(self, folder: Path) -> None:
        """Write the columns, each into its own folder."""
        self.exact.save(folder / EXACT)
        for name, columns in zip(BARE, self.bare, strict=True):
            columns.save(folder / name)

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
    document_passages: Starts
    """First passage of each document."""
    article_document: npt.NDArray[np.int32]
    series: npt.NDArray[np.int32]
    """Number of each document's series."""

    @classmethod
    def of(cls, corpus: Corpus) -> "Shelf":
        """Work the places out from the sizes."""
        arrays = corpus.arrays
        articles = np.arange(len(arrays["article_passages"]), dtype=np.int32)
        passage_article = np.repeat(articles, arrays["article_passages"])
        per_document = corpus.count("article_sizes")
        names: dict[str, int] = {}
        return cls(
            unit_starts=starts_of(arrays["unit_sizes"]),
            passage_units=starts_of(arrays["passage_units"]),
            article_passages=starts_of(arrays["article_passages"]),
            article_starts=starts_of(arrays["article_sizes"]),
            line_starts=starts_of(arrays["line_sizes"]),
            unit_article=np.repeat(passage_article, arrays["passage_units"]),
            passage_article=passage_article,
            document_passages=starts_of(corpus.count("passage_units")),
            article_document=np.repeat(np.arange(len(per_document), dtype=np.int32), per_document),
            series=np.array(
                [names.setdefault(series, len(names)) for _, _, series in corpus.files], np.int32
            ),
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

    @classmethod
    def build(cls, corpus: Corpus) -> "Store":
        """Index a corpus."""
        fold_map = corpus.syllabary.fold_map()
        arrays = corpus.arrays
        units, articles = arrays["units"], arrays["articles"]
        return cls(
            corpus=corpus,
            shelf=Shelf.of(corpus),
            units=Level.build(units, fold_map[units], arrays["unit_sizes"], UNIT_B),
            articles=Level.build(articles, fold_map[articles], arrays["article_sizes"], ARTICLE_B),
            follows=Columns.build(units, starts_of(arrays["unit_sizes"]), length=2, b=UNIT_B),
        )

    def save(self, folder: Path) -> None:
        """Write it into an empty folder."""
        self.corpus.save(folder)
        self.units.save(folder / "units-columns")
        self.articles.save(folder / "articles-columns")
        self.follows.save(folder / FOLLOWS)

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """Map what `save` wrote. Raises IndexBroken where it is damaged or of another version."""
        try:
            corpus = Corpus.open(folder)
            units = Level.open(folder / "units-columns")
            articles = Level.open(folder / "articles-columns")
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


def build(documents: Iterable[Document], root: Path, progress: Progress | None = None) -> Store:
    """Index `documents` anew and make that the current generation in `root`."""
    return _publish(_corpus(None, list(documents), frozenset(), progress), root)


def update(
    root: Path,
    added: Collection[Document],
    removed: Collection[str],
    progress: Progress | None = None,
) -> Store:
    """Publish a generation in which files are added, replaced or removed.

    The other documents are not read or cut again. Raises IndexMissing or IndexBroken.
    """
    return _publish(_corpus(open_store(root).corpus, added, frozenset(removed), progress), root)


def open_store(root: Path) -> Store:
    """Open the current generation. Raises IndexMissing or IndexBroken."""
    return Store.open(current(root))


def _publish(corpus: Corpus, root: Path) -> Store:
    return Store.open(publish(root, Store.build(corpus).save))


def _corpus(
    old: Corpus | None,
    added: Collection[Document],
    removed: frozenset[str],
    progress: Progress | None,
) -> Corpus:
    """Join the kept documents of `old` with the added ones, in the order of their names."""
    syllabary = Syllabary(old.syllabary.written if old else ())
    gone = removed | {document.directive.file for document in added}
    pieces = [piece for piece in old.pieces() if piece.file not in gone] if old else []
    for done, document in enumerate(added, start=1):
        pieces.append(piece_of(document, syllabary))
        if progress:
            progress(done, len(added))
    return Corpus.join(sorted(pieces, key=lambda piece: piece.file), syllabary)
