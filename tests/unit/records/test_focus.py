"""What the next words belong to: one way in, one way out, under one lock, in every store."""

import ast
import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from records import focus
from records.ids import PersonId
from records.model import Answer, Focus
from records.store import Store
from vietnamese.zone import ZONE

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=ZONE)
LAN = PersonId("lan")


def at(topic: str, subject: str = "1", **facts: str) -> Focus:
    """Return what Lan is asked for."""
    return Focus(id=LAN, topic=topic, subject=subject, since=NOW, facts=facts)


async def test_who_enters_leaves_what_was_before(any_store: Store) -> None:
    """There is one dialog that listens."""
    assert await focus.listen(any_store, at("report")) == at("report")
    await focus.listen(any_store, at("review_return"))
    heard = await focus.heard(any_store, LAN)
    assert heard is not None
    assert heard.topic == "review_return"


@pytest.mark.parametrize(
    ("topics", "subject", "left"),
    [
        ((), None, True),
        (("report",), None, True),
        (("report",), "1", True),
        (("report",), "2", False),
        (("assign",), None, False),
    ],
)
async def test_a_dialog_leaves_its_own_alone(
    any_store: Store, topics: tuple[str, ...], subject: str | None, left: bool
) -> None:
    """What ends late does not end the dialog that took its place."""
    await focus.listen(any_store, at("report"))
    await focus.stop(any_store, LAN, *topics, subject=subject)
    assert (await focus.kept(any_store, LAN) is None) is left


async def test_at_rest_it_hears_no_words_and_keeps_what_it_gathered(any_store: Store) -> None:
    """Its own buttons find it again; resting twice, or without any, is nothing."""
    await focus.rest(any_store, LAN)
    assert await focus.kept(any_store, LAN) is None
    await focus.listen(any_store, at("unit_takeover", basis="NQ 12"))
    await focus.rest(any_store, LAN)
    await focus.rest(any_store, LAN)
    assert await focus.heard(any_store, LAN) is None
    held = await focus.kept(any_store, LAN, "unit_takeover")
    assert held is not None
    assert focus.text_of(held, "basis") == "NQ 12"


async def test_what_was_gathered_is_read_as_it_was_kept(any_store: Store) -> None:
    """A text, texts, a number; what is none of its kind is empty."""
    facts: dict[str, Answer] = {"units": ("a", "b"), "page": 2, "at": "-"}
    await focus.listen(
        any_store, Focus(id=LAN, topic="broadcast", subject="1", since=NOW, facts=facts)
    )
    held = await focus.kept(any_store, LAN)
    assert held is not None
    assert focus.texts_of(held, "units") == ("a", "b")
    assert focus.texts_of(held, "at") == ()
    assert (focus.number_of(held, "page"), focus.number_of(held, "at")) == (2, 0)
    assert (focus.text_of(held, "at"), focus.text_of(held, "units")) == ("-", "")


async def test_who_is_at_nothing_waits_for_nobody(any_store: Store) -> None:
    """Most taps and commands are given by somebody who was asked for no words."""
    async with any_store.begin(focus.lock(LAN)):
        async with asyncio.timeout(5):
            await focus.rest(any_store, LAN)


async def test_ending_and_beginning_at_once_never_loses_the_new_one(any_store: Store) -> None:
    """Two taps, or two processes, race: whoever comes second finds what the first one left."""
    for number in range(20):
        old, new = at("report", str(number)), at("assign", str(number))
        await focus.listen(any_store, old)
        await asyncio.gather(
            focus.stop(any_store, LAN, "report"),
            focus.listen(any_store, new),
            focus.stop(any_store, LAN, "report", subject=old.subject),
        )
        assert await focus.kept(any_store, LAN) == new


async def test_a_way_in_or_out_waits_for_the_lock(any_store: Store) -> None:
    """While one transaction holds a focus, no other changes it."""
    await focus.listen(any_store, at("report"))

    async def change(way: str) -> None:
        if way == "in":
            await focus.listen(any_store, at("assign"))
        elif way == "aside":
            await focus.rest(any_store, LAN)
        else:
            await focus.stop(any_store, LAN)

    for way in ("in", "aside", "out"):
        await focus.listen(any_store, at("report"))
        async with any_store.begin(focus.lock(LAN)) as tx:
            waiting = asyncio.ensure_future(change(way))
            for _ in range(50):
                await asyncio.sleep(0)
            assert await tx.get(Focus, LAN) == at("report")
            assert not waiting.done()
        await waiting


def test_nobody_else_writes_a_focus() -> None:
    """In the product only `records.focus` puts or removes one; the rest call it."""
    writers = set()
    for path in ROOT.glob("*/**/*.py"):
        room = path.relative_to(ROOT).parts[0]
        if room not in {"bot", "handlers", "scheduler", "records", "services", "storage"}:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                named = ast.unparse(call)
                writes = call.func.attr in {"put", "add", "remove"}
                if writes and ".model." not in named and ("(Focus" in named or "focus)" in named):
                    writers.add(path.relative_to(ROOT).as_posix())
    assert {one.rpartition("/")[2] for one in writers} == {"focus.py"}
