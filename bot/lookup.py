"""The library as the chat uses it: searched in threads, renewed when its files change."""

import asyncio
import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import structlog

from bot.clock import Clock, monotonic
from bot.settings import Settings
from handlers.core.dependencies import LookupFaultError
from knowledge.answering import ask
from knowledge.answering.quotations import quote_of
from knowledge.answering.values import Answer, Offered, SmallTalk, certainty_of
from knowledge.catalogue import Catalogue
from knowledge.library import Library
from knowledge.searching import Query
from knowledge.vocabulary import Vocabulary, VocabularyMistake, load_vocabulary

THREADS: Final = 2
"""Questions looked up at once: a question is some milliseconds of one core."""

LOOK_EVERY: Final = 5.0
"""Seconds between two looks whether files came, went or changed: what an operator drops into the
folder is seen within ten, the time to open it counted."""

Result = TypeVar("Result")
Stamp = tuple[tuple[str, int, int], ...]


class ClosedError(Exception):
    """The lookup was closed while it opened."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A library with its catalogue, and the state of the folders it was opened on."""

    library: Library
    vocabulary: Vocabulary
    catalogue: Catalogue
    stamp: Stamp


class Lookup:
    """Asks the library without holding up the loop; a new state of the files is taken whole."""

    def __init__(self, places: Sequence[Path], words: Path, cache: Path, clock: Clock) -> None:
        self._places = tuple(places)
        self._words = words
        self._cache = cache
        self._clock = clock
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="lookup")
        self._opened: _Opened | None = None
        self._closing = threading.Event()
        self._looked = 0.0
        self._renewing = asyncio.Lock()
        self._log = structlog.get_logger("bot.lookup")

    @classmethod
    def over(cls, settings: Settings, clock: Clock) -> "Lookup":
        """Look up in the folders of the settings; index and own words are in the data folder."""
        data = settings.data_dir
        return cls(settings.libraries, data / "vocabulary", data / "index", clock)

    async def open(self) -> None:
        """Open the library, building its index where that is missing or old.

        Raises VocabularyMistake where a word list of the operator's cannot be read.
        """
        self._opened = await self._in_thread(self._open)
        opened = self._opened.library
        self._log.info("library open", documents=len(opened.directives))
        for problem in opened.problems:
            self._log.warning("document left out", file=problem.file, reason=str(problem.reason))

    def close(self) -> None:
        """Let the threads go; a library that is being read is left as it was."""
        self._closing.set()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def catalogue(self) -> Catalogue:
        """Return the documents as they are now."""
        return self._held().catalogue

    async def ask(self, question: str) -> Answer:
        """Answer `question`; raises LookupFaultError when the lookup itself fails."""
        await self.renew()
        held, today = self._held(), self._clock().date()
        try:
            return await self._in_thread(
                lambda: ask(held.library, question, today, held.vocabulary)
            )
        except Exception as error:
            # Whatever it was, the officer must learn that this is not "not found".
            raise LookupFaultError from error

    async def search(self, words: str, most: int) -> Offered:
        """Return the best quotes for `words`, whether or not they answer; one of each clause."""
        answer = await self.ask(words)
        certainty = certainty_of(answer)
        if isinstance(answer, SmallTalk):
            return Offered(certainty=certainty, quotes=())
        library = self._held().library
        hits = await self._in_thread(lambda: library.search(Query(text=words), most))
        further = (
            quote_of(library.directive(hit.passage.file), hit.passage, hit.score) for hit in hits
        )
        by_clause = {(one.file, one.clause): one for one in (*further, *answer.quotes)}
        first = [(one.file, one.clause) for one in answer.quotes]
        ordered = dict.fromkeys((*first, *by_clause))
        quotes = tuple(by_clause[place] for place in ordered)[:most]
        return Offered(certainty=certainty, quotes=quotes)

    async def version(self, file: str) -> str:
        """Return the SHA-256 of a library file, in hexadecimal; raises NotInLibrary."""
        path = self._held().library.path(file)
        return hashlib.sha256(await self._in_thread(path.read_bytes)).hexdigest()

    async def change(self, do: Callable[[], Result]) -> Result:
        """Change the folders by `do`; everybody is answered from what they hold then on return."""
        async with self._renewing:
            done = await self._in_thread(do)
            await self._reopen()
        return done

    async def renew(self) -> None:
        """Open the library again if its files are others than before; at most now and then."""
        if monotonic() - self._looked < LOOK_EVERY or self._renewing.locked():
            return
        async with self._renewing:
            self._looked = monotonic()
            if await self._in_thread(self._stamp) != self._held().stamp:
                await self._reopen()

    async def _reopen(self) -> None:
        try:
            await self.open()
        except VocabularyMistake as mistake:
            # The words in use stay until the list is mended.
            self._log.warning("word list left out", reason=str(mistake))

    def _held(self) -> _Opened:
        if self._opened is None:
            raise LookupFaultError
        return self._opened

    def _open(self) -> _Opened:
        stamp = self._stamp()
        library = Library.open(self._places, self._cache, self._go_on)
        # What every question needs is worked out now, not while the first officer waits.
        vocabulary = load_vocabulary(self._words)
        ask(library, "", self._clock().date(), vocabulary)
        return _Opened(library, vocabulary, Catalogue.of(library.directives), stamp)

    def _go_on(self, _done: int, _of: int) -> None:
        """Stop reading files once it is closed: the process waits for its threads to end."""
        if self._closing.is_set():
            raise ClosedError

    def _stamp(self) -> Stamp:
        """Return names, times and sizes of all files; equal stamps mean nothing changed."""
        return tuple(
            sorted(
                (str(path), path.stat().st_mtime_ns, path.stat().st_size)
                for place in (*self._places, self._words)
                for path in place.glob("*")
                if path.is_file()
            )
        )

    async def _in_thread(self, job: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, job)
