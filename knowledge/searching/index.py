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
from knowledge.searching.features import Candidate, Yardstick, shortness
from knowledge.searching.query import Asked, Wordings, read_query
from knowledge.searching.ranking import WEIGHTS, ranked
from knowledge.searching.spelling import Speller
from knowledge.searching.store import Store, build, open_store, update
from knowledge.searching.values import Hit, Passage, Query

CANDIDATES: Final = 40
"""Passages that are looked at; .977 of the public set's answers are among them."""
MEASURED: Final = 12
"""Those of them that the second stage measures word by word: the best by what is known of all. 40,
16, 12 and 10 find the same first on the public set and on officers' questions."""
SERIES_ARTICLES: Final = 3
"""Best articles of a series that tell how well the series fits."""


class Index:
    """One generation of the index, for reading; it never changes once it is open."""

    def __init__(self, store: Store) -> None:
        self._store = store
        syllabary = store.corpus.syllabary
        self._folded_units: Ids = syllabary.fold_map()[store.corpus.arrays["units"]]
        self._speller = Speller(syllabary, store.units.bare[1], store.units.bare[0])
        self._restorer = Restorer(syllabary, store.units.exact, store.follows)
        self._wordings = Wordings(self._speller, self._restorer)

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
        return [
            Hit(passage=self.passage(item.candidate.place), score=item.score)
            for item in order[:top]
        ]

    def candidates(self, query: Query) -> tuple[list[Candidate], Yardstick] | None:
        """Return what the first stage proposes, for fitting the second; None where nothing fits."""
        asked = self._read(query)
        candidates = self._propose(asked)
        return (candidates, self._yardstick(asked, candidates)) if candidates else None

    def _read(self, query: Query) -> Asked:
        syllabary = self._store.corpus.syllabary
        return read_query(query, syllabary, self._speller, self._restorer, self._wordings)

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
        best = float(fused[places].max(initial=0.0))
        rough = [self._rough(place, units, fused, series, best) for place in places.tolist()]
        firsts = np.sort(np.argsort(-np.array(rough), kind="stable")[:MEASURED])
        return [self._candidate(int(place), units, articles, series) for place in places[firsts]]

    def _rough(
        self, place: int, units: Scores, fused: Scores, series: dict[int, float], best: float
    ) -> float:
        """Score a passage by what is known without reading it."""
        shelf = self._store.shelf
        unit = self._best_unit(place, units)
        size = int(shelf.unit_starts[unit + 1] - shelf.unit_starts[unit])
        fits = series[int(shelf.article_series[shelf.passage_article[place]])]
        return (
            (WEIGHTS.article + WEIGHTS.unit) / 2 * float(fused[place]) / best
            + WEIGHTS.series * fits / best
            + WEIGHTS.shortness * shortness(size)
        )

    def _best_unit(self, place: int, units: Scores) -> int:
        first, end = self._store.shelf.passage_units[place : place + 2].tolist()
        return int(first + np.argmax(units[first:end]) if end - first > 1 else first)

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
        best = self._best_unit(place, units)
        article = int(shelf.passage_article[place])
        lead = int(corpus.arrays["unit_leads"][best])
        unit_ids = self._unit(best).tolist()
        return Candidate(
            place=place,
            article_place=article,
            group=int(shelf.passage_group[place]),
            article=float(articles[article]),
            unit=float(units[best]),
            series=series[int(shelf.article_series[article])],
            ids=self._paragraphs(first, end),
            lead=unit_ids[:lead],
            unit_ids=unit_ids,
        )

    def _paragraphs(self, first: int, end: int) -> Ids:
        """Return the folded ids of a heading and the paragraphs of its units after it."""
        leads = self._store.corpus.arrays["unit_leads"]
        parts = [self._unit(first)]
        parts += [self._unit(unit)[int(leads[unit]) :] for unit in range(first + 1, end)]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _unit(self, unit: int) -> Ids:
        starts = self._store.shelf.unit_starts
        return self._folded_units[starts[unit] : starts[unit + 1]]

    def _yardstick(self, asked: Asked, candidates: Sequence[Candidate]) -> Yardstick:
        weight_of: dict[int, float] = {}
        texts = len(self._store.shelf.unit_article)
        known = np.array([max(word, 0) for word in asked.words], np.int64)
        found = self._store.units.bare[0].frequencies(gram_keys(known, 1))
        found[np.array(asked.words, np.int64) < 0] = 0
        idf = inverse_frequency(found, texts).tolist()
        for word, weight, rarity in zip(asked.words, asked.weights, idf, strict=True):
            weight_of[word] = max(weight_of.get(word, 0.0), weight * rarity)
        weights = np.zeros(len(self._store.corpus.syllabary.folded), np.float32)
        for word, weight in weight_of.items():
            if word >= 0:
                weights[word] = weight
        pairs = frozenset(pair for pair in pairwise(asked.words) if min(pair) >= 0)
        in_headings = {pair for candidate in candidates for pair in pairwise(candidate.lead)}
        return Yardstick(
            asked=asked,
            weight_of=weight_of,
            weights=weights,
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
