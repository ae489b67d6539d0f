"""Open folders of directives as one library, add to it and take from it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Final, overload

from knowledge.file_kinds import FILE_BYTES, KINDS
from knowledge.library.corrections import (
    NOTHING,
    SUFFIX,
    Corrections,
    read_corrections,
    sheet_of,
)
from knowledge.library.official import stepped_back
from knowledge.library.pack import Entry, Pack
from knowledge.model import Directive
from knowledge.refusals import CannotOpen, FileRefused, HiddenName, IndexBroken, NotInLibrary
from knowledge.searching.corpus import Document
from knowledge.searching.generations import IndexMissing, write_file
from knowledge.searching.index import Index
from knowledge.searching.values import Hit, Query

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and of how many."""

_PACK: Final = "directives"
_INDEX: Final = "index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A file of the folders that is not in the library, and why."""

    file: str
    reason: FileRefused


class Directives(Sequence[Directive]):
    """The documents in the order of their names, each loaded when it is asked for."""

    def __init__(self, pack: Pack, files: Sequence[str]) -> None:
        self._pack = pack
        self._files = tuple(files)

    @overload
    def __getitem__(self, place: int) -> Directive: ...
    @overload
    def __getitem__(self, place: slice) -> "Directives": ...
    def __getitem__(self, place: int | slice) -> "Directive | Directives":
        if isinstance(place, slice):
            return Directives(self._pack, self._files[place])
        return self._pack[self._files[place]].directive()

    def __len__(self) -> int:
        return len(self._files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What the library holds between two changes; readers take it whole."""

    pack: Pack
    index: Index
    files: Mapping[str, Path]
    problems: tuple[Problem, ...]
    superseded: Mapping[str, str]

    @property
    def held(self) -> list[str]:
        return [file for file in sorted(self.pack) if file not in self.superseded]


class Library:
    """The documents of some folders. One process changes a library; any number may read it.

    The first folder is the operator's: what is added goes there. Where two folders hold a file of
    one name, the earlier folder's counts.
    """

    def __init__(self, folders: Sequence[Path], cache: Path, state: _State) -> None:
        self._folders = tuple(folders)
        self._cache = cache
        self._state = state
        self._change = Lock()

    @classmethod
    def open(
        cls, folders: Sequence[Path], cache: Path, progress: Progress | None = None
    ) -> "Library":
        """Open the files of `folders`; what is unchanged since the last time comes from `cache`.

        A damaged cache is made anew. `progress` hears of each file that has to be read.
        """
        return cls(folders, cache, _opened(folders, cache, progress))

    @property
    def directives(self) -> Sequence[Directive]:
        """The documents as they now stand, by file name; digests that stepped back left out."""
        state = self._state
        return Directives(state.pack, state.held)

    @property
    def state(self) -> object:
        """What stands for the documents as they now are: another object once they change."""
        return self._state

    @property
    def problems(self) -> Sequence[Problem]:
        """The files that could not be read."""
        return self._state.problems

    @property
    def superseded(self) -> Mapping[str, str]:
        """Each digest that stepped back, with the official file that took its place."""
        return self._state.superseded

    @property
    def vocabulary(self) -> Sequence[str]:
        """The syllables of the library in comparable form."""
        return self._state.index.vocabulary

    @property
    def index(self) -> Index:
        """The index as it now stands."""
        return self._state.index

    def directive(self, file: str) -> Directive:
        """Return the document of this name. Raises NotInLibrary."""
        state = self._state
        if file not in state.pack or file in state.superseded:
            raise NotInLibrary(file=file)
        return state.pack[file].directive()

    def path(self, file: str) -> Path:
        """Return where a file lies. Raises NotInLibrary."""
        try:
            return self._state.files[file]
        except KeyError:
            raise NotInLibrary(file=file) from None

    def search(self, query: Query, top: int) -> list[Hit]:
        """Return the `top` passages that fit best, best first."""
        return self._state.index.search(query, top)

    def add(self, path: Path) -> Directive:
        """Take a file into the library, in place of one of its name; raises FileRefused.

        Nothing of a refused file is kept; what is taken is on the disk when this returns.
        """
        from knowledge.library.intake import take

        if _is_hidden(path):
            raise HiddenName(file=path.name)
        directive = take(path)
        data = path.read_bytes()
        with self._change:
            folder = self._folders[0]
            folder.mkdir(parents=True, exist_ok=True)
            write_file(folder / path.name, data)
            self._state = _opened(self._folders, self._cache, None)
        return directive

    def remove(self, file: str) -> None:
        """Take a file out of the operator's folder. Raises NotInLibrary."""
        with self._change:
            path = self._state.files.get(file)
            if path is None or path.parent != self._folders[0]:
                raise NotInLibrary(file=file)
            path.unlink()
            self._state = _opened(self._folders, self._cache, None)


def _opened(folders: Sequence[Path], cache: Path, progress: Progress | None) -> _State:
    found, strange = _files(folders)
    files = {path.name: path for path in found}
    corrections = _corrections(files)
    digests = {file: _digest(path, corrections.get(file, NOTHING)) for file, path in files.items()}
    old = _old_pack(cache / _PACK)
    fresh, problems = _read_changed(files, digests, corrections, old, progress)
    kept = [file for file in old if old.card(file).digest == digests.get(file)]
    if fresh or len(kept) != len(old):
        pack = Pack.of([*(old[file] for file in kept), *fresh])
        pack.publish(cache / _PACK)
    else:
        pack = old
    superseded = stepped_back(pack.card(file) for file in pack)
    superseded |= {
        one.replaces: file
        for file, one in corrections.items()
        if one.replaces is not None and file in pack and one.replaces in pack
    }
    return _State(
        pack=pack,
        index=_index(pack, superseded, cache / _INDEX),
        files=MappingProxyType(files),
        problems=(*strange, *problems),
        superseded=MappingProxyType(superseded),
    )


def _files(folders: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
    """Return the files that can be read, those of the first folder last so that they win.

    What bears the name of a document and is none, or is hidden, is passed over and named.
    """
    files, strange = list[Path](), list[Problem]()
    for folder in reversed(folders):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix.lower() not in KINDS:
                continue
            if _is_hidden(path):
                strange.append(Problem(file=path.name, reason=HiddenName(file=path.name)))
            elif path.is_file():
                files.append(path)
            else:
                strange.append(Problem(file=path.name, reason=CannotOpen(file=path.name)))
    return files, strange


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".")


def _corrections(files: Mapping[str, Path]) -> dict[str, Corrections]:
    """Return what was corrected of each file that has a sheet beside it."""
    sheets = {
        sheet for folder in {path.parent for path in files.values()} for sheet in _sheets(folder)
    }
    return {
        file: read_corrections(path) for file, path in files.items() if sheet_of(path) in sheets
    }


def _sheets(folder: Path) -> list[Path]:
    return list(folder.glob(f"*{SUFFIX}"))


def _digest(path: Path, corrections: Corrections) -> str:
    """Return a digest of a file's bytes, as far as it may have any; of an unreadable one, of none.

    What was corrected of it counts with the bytes.

    One that is too large is refused by what is read of it.
    """
    try:
        with path.open("rb") as file:
            made = hashlib.blake2b(file.read(FILE_BYTES + 1), digest_size=16)
    except OSError:
        return ""
    if corrections.fields:
        made.update(repr(sorted(corrections.fields.items())).encode())
    return made.hexdigest()


def _old_pack(root: Path) -> Pack:
    try:
        return Pack.open(root)
    except (IndexMissing, IndexBroken):
        return Pack.of([])


def _read_changed(
    files: Mapping[str, Path],
    digests: Mapping[str, str],
    corrections: Mapping[str, Corrections],
    old: Pack,
    progress: Progress | None,
) -> tuple[list[Entry], list[Problem]]:
    changed = [f for f in files if f not in old or old.card(f).digest != digests[f]]
    if not changed:
        return [], []
    from knowledge.library.intake import Intake

    entries, problems = [], []
    with Intake() as intake:
        for done, file in enumerate(changed, start=1):
            try:
                directive = corrections.get(file, NOTHING).applied(intake.take(files[file]))
                entries.append(Entry.of(directive, digests[file]))
            except FileRefused as refusal:
                problems.append(Problem(file=file, reason=refusal))
            if progress:
                progress(done, len(changed))
    return entries, problems


def _index(pack: Pack, superseded: Mapping[str, str], root: Path) -> Index:
    """Open the index of what the pack holds; bring it up to date, or make it anew if need be."""
    wanted = {file: pack.card(file).parsed for file in pack if file not in superseded}
    try:
        index = Index.open(root)
    except (IndexMissing, IndexBroken):
        return Index.build((_document(pack, file) for file in wanted), root)
    added = [file for file, digest in wanted.items() if index.files.get(file) != digest]
    removed = index.files.keys() - wanted.keys()
    if not added and not removed:
        return index
    return Index.update(root, (_document(pack, file) for file in added), removed)


def _document(pack: Pack, file: str) -> Document:
    entry = pack[file]
    return Document(directive=entry.directive(), digest=entry.card.parsed)
