"""Search the library: fused BM25 proposes, features and RapidFuzz decide."""

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.searching.columns import Ids, Scores, gram_key, gram_keys, inverse_frequency
from knowledge.searching.corpus import Document
from knowledge.searching.diacritics import Restorer
from knowledge.searching.features import Candidate, Yardstick
from knowledge.searching.query import Asked, read_query
from knowledge.searching.ranking import Ranked, ranked
from knowledge.searching.spelling import Speller
from knowledge.searching.store import Store, build, open_store, update
from knowledge.searching.values import Hit, Passage, Query, Signals

CANDIDATES: Final = 40
"""Passages that the second stage looks at; .977 of the public set's answers are among them."""
SERIES_ARTICLES: Final = 3
"""Best articles of a series that tell how well the series fits."""


class Index:
    """One generation of the index, for reading; it never changes once it is open."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fold_map: Ids = store.corpus.syllabary.fold_map()
        syllabary = store.corpus.syllabary
        self._speller = Speller(syllabary, store.units.bare[1], store.units.bare[0])
        self._restorer = Restorer(syllabary, store.units.exact, store.follows)

    @classmethod
    def build(cls, documents: Iterable[Document], folder: Path) -> "Index":
        """Index `documents` anew in `folder`; readers of the older index are not disturbed."""
        return cls(build(documents, folder))

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Open the index in `folder`. Raises IndexMissing, or IndexBroken if it is damaged."""
        return cls(open_store(folder))

    @classmethod
    def update(cls, folder: Path, added: Iterable[Document], removed: Collection[str]) -> "Index":
        """Add or replace documents and remove files; the rest is neither read nor cut again."""
        return cls(update(folder, added, removed))

    @property
    def files(self) -> dict[str, str]:
        """Each file in the index with its digest."""
        return {file: digest for file, digest, _ in self._store.corpus.files}

    @property
    def vocabulary(self) -> Sequence[str]:
        """The syllables of the library, in comparable form."""
        return self._store.corpus.syllabary.written

    def __len__(self) -> int:
        return len(self._store.shelf.passage_article)

    def search(self, query: Query, top: int) -> list[Hit]:
        """Return the `top` passages that fit best, best first; none where nothing fits at all."""
        asked = self._read(query)
        candidates = self._propose(asked)
        if not candidates:
            return []
        yardstick = self._yardstick(asked, candidates)
        fits = [yardstick.fit(candidate) for candidate in candidates]
        order = ranked(candidates, fits)
        return [self._hit(item, order, yardstick) for item in order[:top]]

    def candidates(self, query: Query) -> tuple[list[Candidate], Yardstick] | None:
        """Return what the first stage proposes, for fitting the second; None where nothing fits."""
        asked = self._read(query)
        candidates = self._propose(asked)
        return (candidates, self._yardstick(asked, candidates)) if candidates else None

    def _read(self, query: Query) -> Asked:
        return read_query(query, self._store.corpus.syllabary, self._speller, self._restorer)

    def passage(self, place: int) -> Passage:
        """Read the passage at `place`, counted over the whole library."""
        shelf, corpus = self._store.shelf, self._store.corpus
        begin, end = int(shelf.line_starts[place]), int(shelf.line_starts[place + 1])
        clause, text, context, article = json.loads(corpus.lines[begin:end].tobytes())
        document = int(shelf.article_document[shelf.passage_article[place]])
        return Passage(
            file=corpus.files[document][0],
            clause=clause,
            text=text,
            context=context,
            ordinal=place - int(shelf.document_passages[document]),
            article=article,
        )

    def _propose(self, asked: Asked) -> list[Candidate]:
        """Take the passages whose best unit and article together score highest."""
        shelf = self._store.shelf
        if not len(shelf.passage_article):
            return []
        units = self._store.units.score(asked.exact, asked.bare)
        articles = self._store.articles.score(asked.exact, asked.bare)
        best_units = np.maximum.reduceat(units, shelf.passage_units[:-1])
        fused = best_units + articles[shelf.passage_article]
        count = min(CANDIDATES, len(fused))
        places = np.argpartition(-fused, count - 1)[:count]
        places = places[fused[places] > 0]
        places = places[np.argsort(-fused[places], kind="stable")]
        series = self._series_scores(places.tolist(), fused)
        return [self._candidate(int(place), units, articles, series) for place in places]

    def _series_scores(self, places: Sequence[int], fused: Scores) -> dict[int, float]:
        """Return, for the series of each of `places`, the mean of its best articles' scores."""
        shelf = self._store.shelf
        best = np.maximum.reduceat(fused, shelf.article_passages[:-1])
        means = {}
        for series in {int(shelf.article_series[shelf.passage_article[at]]) for at in places}:
            begin, end = (int(at) for at in shelf.series_starts[series : series + 2])
            scores = np.sort(best[shelf.by_series[begin:end]])[-SERIES_ARTICLES:]
            means[series] = float(scores.mean())
        return means

    def _candidate(
        self, place: int, units: Scores, articles: Scores, series: dict[int, float]
    ) -> Candidate:
        shelf, corpus = self._store.shelf, self._store.corpus
        first, end = int(shelf.passage_units[place]), int(shelf.passage_units[place + 1])
        best = first + int(np.argmax(units[first:end]))
        article = int(shelf.passage_article[place])
        leads = corpus.arrays["unit_leads"]
        ids: list[int] = []
        for unit in range(first, end):
            ids += self._unit(unit)[int(leads[unit]) :]
        begin = int(shelf.article_starts[article])
        context = corpus.arrays["articles"][begin : begin + self._context_size(article)]
        unit_ids = self._unit(best)
        return Candidate(
            place=place,
            article_place=article,
            group=int(shelf.passage_group[place]),
            article=float(articles[article]),
            unit=float(units[best]),
            series=series[int(shelf.article_series[article])],
            ids=ids,
            lead=unit_ids[: int(leads[best])],
            unit_ids=unit_ids,
            context_ids=self._fold_map[context].tolist(),
        )

    def _context_size(self, article: int) -> int:
        return int(self._store.corpus.arrays["article_contexts"][article])

    def _unit(self, unit: int) -> list[int]:
        begin, end = (int(at) for at in self._store.shelf.unit_starts[unit : unit + 2])
        ids: list[int] = self._fold_map[self._store.corpus.arrays["units"][begin:end]].tolist()
        return ids

    def _yardstick(self, asked: Asked, candidates: Sequence[Candidate]) -> Yardstick:
        weight_of: dict[int, float] = {}
        texts = len(self._store.shelf.unit_article)
        known = np.array([max(word, 0) for word in asked.words], np.int64)
        found = self._store.units.bare[0].frequencies(gram_keys(known, 1))
        found[np.array(asked.words, np.int64) < 0] = 0
        idf = inverse_frequency(found, texts).tolist()
        for word, weight, rarity in zip(asked.words, asked.weights, idf, strict=True):
            weight_of[word] = max(weight_of.get(word, 0.0), weight * rarity)
        pairs = frozenset(pair for pair in pairwise(asked.words) if min(pair) >= 0)
        in_headings = {pair for candidate in candidates for pair in pairwise(candidate.lead)}
        return Yardstick(
            asked=asked,
            weight_of=weight_of,
            pair_weight=self._pair_weights(pairs | in_headings),
            pairs=pairs,
            total=sum(weight_of.values()),
            text_of=self._text_of,
            best=max(candidate.unit + candidate.article for candidate in candidates),
        )

    def _pair_weights(self, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], float]:
        listed = list(pairs)
        if not listed:
            return {}
        keys = np.array([gram_key(pair) for pair in listed], np.uint64)
        found = self._store.units.bare[1].frequencies(keys)
        idf = inverse_frequency(found, len(self._store.shelf.unit_article)).tolist()
        return dict(zip(listed, idf, strict=True))

    def _text_of(self, ids: Sequence[int]) -> str:
        folded = self._store.corpus.syllabary.folded
        return " ".join(folded[syllable] for syllable in ids)

    def _hit(self, item: Ranked, order: Sequence[Ranked], yardstick: Yardstick) -> Hit:
        candidate = item.candidate
        return Hit(
            passage=self.passage(candidate.place),
            score=item.score,
            signals=Signals(
                bm25=candidate.article + candidate.unit,
                coverage=yardstick.expanded(candidate.ids),
                literal=yardstick.coverage(candidate.ids),
                pairs=yardstick.paired(candidate.ids),
                context=yardstick.expanded([*candidate.context_ids, -2, *candidate.ids]),
                likeness=item.fit.likeness,
                known=yardstick.coverage(i for i in yardstick.weight_of if i >= 0),
                margin=self._margin(item, order),
            ),
        )

    def _margin(self, item: Ranked, order: Sequence[Ranked]) -> float:
        document = self._document(item)
        others = [other.score for other in order if self._document(other) != document]
        return item.score - max(others) if others else 0.0

    def _document(self, item: Ranked) -> int:
        return int(self._store.shelf.article_document[item.candidate.article_place])
