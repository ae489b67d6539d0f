"""The library is asked beside the loop, follows its files, and says when it fails."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

import bot.lookup
from bot.clock import system_clock
from bot.lookup import Lookup
from bot.settings import SHIPPED
from handlers.core.dependencies import LookupFaultError
from knowledge.answering.values import Answer, Found
from knowledge.library import Library
from knowledge.vocabulary import Vocabulary


@pytest_asyncio.fixture
async def lookup(tmp_path: Path) -> AsyncIterator[Lookup]:
    """Give an open library of the shipped digests and an empty folder of the operator's."""
    (tmp_path / "own").mkdir()
    held = Lookup((tmp_path / "own", SHIPPED), tmp_path / "words", tmp_path / "cache", system_clock)
    await held.open()
    yield held
    held.close()


async def test_a_file_that_comes_is_there_without_a_restart(
    lookup: Lookup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an operator adds is found by the next question after a while."""
    before = len(lookup.catalogue().documents)
    (tmp_path / "own" / "moi.txt").write_text("KẾ HOẠCH\n1. Sở Nội vụ chủ trì.", "utf-8")
    monkeypatch.setattr(bot.lookup, "LOOK_EVERY", 0.0)
    await lookup.ask("xin chào")
    assert len(lookup.catalogue().documents) == before + 1


async def test_an_operators_own_words_are_understood_without_a_restart(
    lookup: Lookup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short form of the place is put in full; a mistaken list leaves the words in use alone."""
    monkeypatch.setattr(bot.lookup, "LOOK_EVERY", 0.0)
    question = "XQZ chủ trì việc nào?"
    assert not isinstance(await lookup.ask(question), Found)
    (tmp_path / "words").mkdir()
    words = tmp_path / "words" / "abbreviations.yaml"
    words.write_text("XQZ: Ban Tiếp công dân tỉnh\n", "utf-8")
    assert isinstance(await lookup.ask(question), Found)
    words.write_text("XQZ: [\n", "utf-8")
    assert isinstance(await lookup.ask(question), Found)


async def test_a_failing_lookup_is_not_an_unknown_answer(
    lookup: Lookup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever breaks inside, the conversation learns that looking failed."""

    def broken(library: Library, question: str, today: date, words: Vocabulary) -> Answer:
        raise ZeroDivisionError(f"{library} {question} {today} {words}")

    monkeypatch.setattr(bot.lookup, "ask", broken)
    with pytest.raises(LookupFaultError) as caught:
        await lookup.ask("đối thoại")
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


async def test_a_library_that_is_not_open_is_a_failing_lookup(tmp_path: Path) -> None:
    """A question that comes before the library is open is not answered with "unknown"."""
    closed = Lookup((tmp_path,), tmp_path / "words", tmp_path / "cache", system_clock)
    with pytest.raises(LookupFaultError):
        await closed.ask("đối thoại")
    closed.close()
