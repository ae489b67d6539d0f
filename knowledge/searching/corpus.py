"""The library's text as arrays of syllable ids: kept per document, joined without retokenising."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from knowledge.edition import edition
from knowledge.model import Directive
from knowledge.searching.columns import Ids, Starts
from knowledge.searching.passages import passages, title_of
from knowledge.searching.values import Passage
from vietnamese.text import comparable, fold, syllables

_MAKERS: Final = ("searching", "vocabulary")
"""Parts of this room whose change makes an index on disk another one."""

ARTICLE_SYLLABLES: Final = 3_000
"""A document up to this size is one article to BM25, as a law's article is (at most 1,650 in the
public legal set); of a longer one, each outermost clause is."""

Counts = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A directive to be searched; `digest` tells one content from another."""

    directive: Directive
    digest: str


class Syllabary:
    """Numbers syllables in the order they come; each also has a form without diacritics."""

    def __init__(self, written: Iterable[str] = ()) -> None:
        self.written: list[str] = []
        self.folded: list[str] = []
        self._fold_of: list[int] = []
        self._ids: dict[str, int] = {}
        self._folded_ids: dict[str, int] = {}
        for syllable in written:
            self.number(syllable)

    def number(self, syllable: str) -> int:
        """Return the id of a syllable in comparable form, a new one where it is new."""
        known = self._ids.get(syllable)
        if known is not None:
            return known
        bare = fold(syllable)
        folded = self._folded_ids.setdefault(bare, len(self.folded))
        if folded == len(self.folded):
            self.folded.append(bare)
        self._ids[syllable] = len(self.written)
        self.written.append(syllable)
        self._fold_of.append(folded)
        return len(self.written) - 1

    def numbers(self, text: str) -> list[int]:
        """Return the ids of the syllables of `text`."""
        return [self.number(syllable) for syllable in syllables(comparable(text))]

    def find(self, syllable: str) -> int | None:
        """Return the id of a syllable that occurs in the library."""
        return self._ids.get(syllable)

    def find_folded(self, bare: str) -> int | None:
        """Return the id of a form without diacritics."""
        return self._folded_ids.get(bare)

    def fold_map(self) -> Ids:
        """Return the folded id of each id."""
        return np.array(self._fold_of, dtype=np.int32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One document in ids.

    A unit (a paragraph under its heading) is what matches best alone; a passage holds units, an
    article holds passages, its context before them. `lead` is how many ids at the start of a unit
    are its heading's.
    """

    file: str
    digest: str
    series: str
    units: Ids
    unit_sizes: Counts
    unit_leads: Counts
    articles: Ids
    article_sizes: Counts
    article_contexts: Counts
    passage_units: Counts
    passage_groups: Counts
    """A number for each passage; passages of one group say parts of one thing."""
    article_passages: Counts
    lines: bytes
    line_sizes: Counts


_ARRAYS: Final = (
    "units",
    "unit_sizes",
    "unit_leads",
    "articles",
    "article_sizes",
    "article_contexts",
    "passage_units",
    "passage_groups",
    "article_passages",
    "line_sizes",
)


@dataclass(slots=True)
class _Draft:
    """What a piece is gathered in."""

    units: list[int] = field(default_factory=list)
    unit_sizes: list[int] = field(default_factory=list)
    unit_leads: list[int] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    article_sizes: list[int] = field(default_factory=list)
    article_contexts: list[int] = field(default_factory=list)
    passage_units: list[int] = field(default_factory=list)
    groups: dict[str, int] = field(default_factory=dict)
    passage_groups: list[int] = field(default_factory=list)
    article_passages: list[int] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)

    def open_article(self, ids: Sequence[int]) -> None:
        """Begin an article with the ids of its context."""
        self.article_passages.append(0)
        self.article_sizes.append(len(ids))
        self.article_contexts.append(len(ids))
        self.articles += ids

    def add(
        self, passage: Passage, group: str, heading: Sequence[int], syllabary: Syllabary
    ) -> None:
        """Add a passage to the open article."""
        self.passage_groups.append(self.groups.setdefault(group, len(self.groups)))
        paragraphs = [syllabary.numbers(line) for line in passage.text.split("\n")]
        paragraphs = [ids for ids in paragraphs if ids] or [[]]
        for ids in paragraphs:
            self.units += [*heading, *ids]
            self.unit_sizes.append(len(heading) + len(ids))
            self.unit_leads.append(len(heading))
            self.articles += ids
            self.article_sizes[-1] += len(ids)
        self.passage_units.append(len(paragraphs))
        self.article_passages[-1] += 1
        self.lines.append(_line(passage))


def _line(passage: Passage) -> bytes:
    row = [passage.clause, passage.text, passage.context, passage.article]
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


def piece_of(document: Document, syllabary: Syllabary) -> Piece:
    """Cut and number one document."""
    directive = document.directive
    title = title_of(directive)
    cut = passages(directive)
    whole = sum(len(syllables(passage.text)) for passage in cut) <= ARTICLE_SYLLABLES
    # A file with a wider title above its own is one article of that work, however it is numbered.
    part = len(title) > 1
    draft = _Draft()
    article: str | None = None
    for passage in cut:
        held = "" if whole else passage.article
        if held != article:
            article = held
            # Offices name files by number, article or matter, and ask by it: "Điều 6 Luật …".
            context = syllabary.numbers(passage.context)
            name = [n for n in syllabary.numbers(Path(directive.file).stem) if n not in context]
            draft.open_article([*name, *context])
        heading = passage.context.split("\n")[-1] if _headed(passage, directive) else ""
        ids = syllabary.numbers(heading or (title[-1] if title else ""))
        draft.add(passage, "" if part else passage.article, ids, syllabary)
    return Piece(
        file=directive.file,
        digest=document.digest,
        series=title[0] if part else directive.file,
        units=np.array(draft.units, np.int32),
        unit_sizes=np.array(draft.unit_sizes, np.int32),
        unit_leads=np.array(draft.unit_leads, np.int32),
        articles=np.array(draft.articles, np.int32),
        article_sizes=np.array(draft.article_sizes, np.int32),
        article_contexts=np.array(draft.article_contexts, np.int32),
        passage_units=np.array(draft.passage_units, np.int32),
        passage_groups=np.array(draft.passage_groups, np.int32),
        article_passages=np.array(draft.article_passages, np.int32),
        lines=b"".join(draft.lines),
        line_sizes=np.array([len(line) for line in draft.lines], np.int32),
    )


def _headed(passage: Passage, directive: Directive) -> bool:
    """Tell whether the last line of the context is a clause's heading."""
    last = passage.context.split("\n")[-1] if passage.context else ""
    return any(clause.heading == last for clause in directive.clauses)


def starts_of(sizes: npt.NDArray[np.integer]) -> Starts:
    """Return where each run of these sizes begins, and at last where the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All documents in ids, one after the other."""

    syllabary: Syllabary
    files: tuple[tuple[str, str, str], ...]
    """File, digest and series of each document."""
    shapes: npt.NDArray[np.int64]
    """For each document, the length of each array of its piece."""
    arrays: Mapping[str, npt.NDArray[np.int32]]
    lines: npt.NDArray[np.uint8]
    line_counts: npt.NDArray[np.int64]
    """Bytes of passages of each document."""

    @classmethod
    def join(cls, pieces: Sequence[Piece], syllabary: Syllabary) -> "Corpus":
        """Put documents together; all must be numbered by this syllabary."""
        none = np.zeros(0, np.int32)
        parts = {name: [getattr(piece, name) for piece in pieces] for name in _ARRAYS}
        return cls(
            syllabary=syllabary,
            files=tuple((piece.file, piece.digest, piece.series) for piece in pieces),
            shapes=np.array(
                [[len(getattr(piece, name)) for name in _ARRAYS] for piece in pieces], np.int64
            ).reshape(len(pieces), len(_ARRAYS)),
            arrays={name: np.concatenate([none, *part]) for name, part in parts.items()},
            lines=np.frombuffer(b"".join(piece.lines for piece in pieces), np.uint8),
            line_counts=np.array([len(piece.lines) for piece in pieces], np.int64),
        )

    def count(self, name: str) -> npt.NDArray[np.int64]:
        """Return the length of each document's own array of this name."""
        return self.shapes[:, _ARRAYS.index(name)]

    def pieces(self) -> Iterator[Piece]:
        """Yield the documents apart again."""
        ends = np.cumsum(self.shapes, axis=0)
        line_ends = np.cumsum(self.line_counts)
        for at, (file, digest, series) in enumerate(self.files):
            cut = {
                name: self.arrays[name][ends[at, n] - self.shapes[at, n] : ends[at, n]]
                for n, name in enumerate(_ARRAYS)
            }
            begin = int(line_ends[at] - self.line_counts[at])
            lines = self.lines[begin : int(line_ends[at])].tobytes()
            yield Piece(file=file, digest=digest, series=series, lines=lines, **cut)

    def save(self, folder: Path) -> None:
        """Write everything into `folder`."""
        sheet = {
            "edition": edition(*_MAKERS),
            "files": self.files,
            "syllables": self.syllabary.written,
        }
        text = json.dumps(sheet, ensure_ascii=False)
        (folder / "corpus.json").write_text(text, encoding="utf-8")
        for name, array in self.arrays.items():
            np.save(folder / f"{name}.npy", array)
        np.save(folder / "shapes.npy", self.shapes)
        np.save(folder / "lines.npy", self.lines)
        np.save(folder / "line_counts.npy", self.line_counts)

    @classmethod
    def open(cls, folder: Path) -> "Corpus":
        """Map what `save` wrote. Raises OSError, ValueError or KeyError where it cannot be read."""
        sheet = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
        if sheet["edition"] != edition(*_MAKERS):
            raise ValueError(sheet["edition"])
        return cls(
            syllabary=Syllabary(sheet["syllables"]),
            files=tuple((file, digest, series) for file, digest, series in sheet["files"]),
            shapes=np.load(folder / "shapes.npy"),
            arrays={name: _mapped(folder / f"{name}.npy") for name in _ARRAYS},
            lines=_mapped(folder / "lines.npy"),
            line_counts=np.load(folder / "line_counts.npy"),
        )


def without(corpus: Corpus, files: Collection[str]) -> tuple[list[Piece], Syllabary]:
    """Return the documents but for `files`, and a syllabary of only what still occurs in them."""
    kept = [piece for piece in corpus.pieces() if piece.file not in files]
    every = [np.zeros(0, np.int32), *(piece.articles for piece in kept)]
    every += [piece.units for piece in kept]
    used = np.unique(np.concatenate(every))
    anew = np.full(len(corpus.syllabary.written), -1, np.int32)
    anew[used] = np.arange(len(used), dtype=np.int32)
    syllabary = Syllabary(corpus.syllabary.written[place] for place in used.tolist())
    moved = [
        replace(piece, units=anew[piece.units], articles=anew[piece.articles]) for piece in kept
    ]
    return moved, syllabary


def _mapped(path: Path) -> npt.NDArray[Any]:
    """Map an array; as a plain array, whose items are reached faster than a memmap's."""
    return np.asarray(np.load(path, mmap_mode="r"))
