"""What every conversation works with, and the reader of all their buttons."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.charts import progress
from bot.clock import system_clock
from bot.texts import Texts
from handlers.conversation import Conversation
from handlers.desk import Desk, LookupFaultError
from handlers.joining.menus import Menus
from handlers.press import Codec
from handlers.routing import conversations, together
from knowledge.answering.values import Answer, Quote
from knowledge.catalogue import Catalogue
from knowledge.model import Directive
from records.embedded.store import EmbeddedStore
from records.forms.reading import read_forms, shipped_forms
from records.question_log import QuestionLog
from records.store import Store


def desk_over(store: Store, folder: Path, library: Sequence[Directive] = ()) -> Desk:
    """Return a desk over a store, beside a library whose lookups fail."""

    async def ask(_question: str) -> Answer:
        raise LookupFaultError

    async def search(_words: str, _most: int) -> list[Quote]:
        raise LookupFaultError

    async def version(_file: str) -> str:
        raise LookupFaultError

    async def work(job: Any) -> Any:
        return job()

    return Desk(
        texts=Texts(),
        now=system_clock,
        questions=QuestionLog(folder / "questions.jsonl"),
        catalogue=lambda: Catalogue.of(library),
        ask=ask,
        search=search,
        version=version,
        work=work,
        store=store,
        forms=read_forms([shipped_forms()]),
    )


@pytest.fixture(scope="session")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    """Return all conversations as one, as they are wired; none of them is spoken with."""
    folder = tmp_path_factory.mktemp("inside")
    store = asyncio.run(EmbeddedStore.open(folder / "records"))
    desk = desk_over(store, folder)
    joined = together(conversations(desk, progress, Menus(desk.texts)))
    desk.questions.close()
    asyncio.run(store.close())
    return joined


@pytest.fixture(scope="session")
def codec(inside: Conversation) -> Codec:
    """Return the reader of every button."""
    return Codec(inside.presses)
