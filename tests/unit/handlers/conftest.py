"""What every conversation works with, and the reader of all their buttons."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.charts import progress
from bot.clock import system_clock
from bot.texts import Texts
from handlers.core.callback_data import Codec
from handlers.core.dependencies import Dependencies, LookupFaultError
from handlers.core.feature import Feature
from handlers.core.menus import Menus
from handlers.dispatch import MENUS, features, together
from knowledge.answering.values import Answer, Offered
from knowledge.catalogue import Catalogue
from knowledge.library.arrivals import Arrivals
from knowledge.library.shelf import Shelf
from knowledge.model import Directive
from records.forms.files import read_forms, shipped_forms
from records.store import Store
from services.documents.registry import Registry
from services.question_log import QuestionLog
from storage.embedded.store import EmbeddedStore


def deps_over(store: Store, folder: Path, library: Sequence[Directive] = ()) -> Dependencies:
    """Return a desk over a store, beside a library whose lookups fail."""

    async def ask(_question: str) -> Answer:
        raise LookupFaultError

    async def search(_words: str, _most: int) -> Offered:
        raise LookupFaultError

    async def version(_file: str) -> str:
        raise LookupFaultError

    async def work(job: Any) -> Any:
        return job()

    return Dependencies(
        texts=Texts(),
        now=system_clock,
        questions=QuestionLog(folder / "questions.jsonl"),
        catalogue=lambda: Catalogue.of(library),
        ask=ask,
        search=search,
        version=version,
        work=work,
        registry=Registry(
            store=store,
            arrivals=Arrivals(root=folder / "arrivals"),
            shelf=Shelf(folder=folder / "library"),
            catalogue=lambda: Catalogue.of(library),
            search=search,
            work=work,
            change=work,
        ),
        store=store,
        forms=read_forms([shipped_forms()]),
    )


@pytest.fixture(scope="session")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Feature:
    """Return all conversations as one, as they are wired; none of them is spoken with."""
    folder = tmp_path_factory.mktemp("inside")
    store = asyncio.run(EmbeddedStore.open(folder / "records"))
    deps = deps_over(store, folder)
    joined = together(features(deps, progress, Menus(deps.texts, MENUS)))
    deps.questions.close()
    asyncio.run(store.close())
    return joined


@pytest.fixture(scope="session")
def codec(inside: Feature) -> Codec:
    """Return the reader of every button."""
    return Codec(inside.buttons)
