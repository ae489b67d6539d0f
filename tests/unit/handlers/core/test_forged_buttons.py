"""A button that somebody made himself shows nothing of another unit."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import fields, replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.clock import system_clock
from handlers.core.callback_data import CallbackData, encode
from handlers.core.feature import Feature
from records.ids import DraftId, PersonId, ReportId, TaskId, UnitId
from records.model import (
    Address,
    Attachment,
    Cadence,
    Draft,
    Extension,
    FileKind,
    Outcome,
    Person,
    Report,
    Role,
    Task,
    Unit,
    UnitName,
)
from storage.embedded.store import EmbeddedStore
from tests.unit.handlers.conftest import deps_over
from tests.unit.handlers.samples import directive
from tests.unit.handlers.telephone import Line
from tests.unit.services.tasks.office import BINH_AN, found_office

SECRET = "RIÊNGCỦABÌNHAN"
THERE = PersonId("theirs")
HUNG_CHAT = 4000
PLAN = directive()
IDS = ("t2", "d2", "r2", "x2", "a2", str(BINH_AN), str(THERE), "rieng")
"""Of what the other commune has; all of its words bear the secret."""
FEW = 2
"""Names in a button up to which nothing is tried as well."""


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """Wire everything over an office in which another commune keeps a secret."""
    store = await EmbeddedStore.open(tmp_path / "records")
    await found_office(store)
    await _found_secrets(store)
    opened = Line(deps_over(store, tmp_path, [PLAN]))
    opened.deps = replace(opened.deps, ask=opened.ask)
    await opened.open()
    yield opened
    await opened.application.shutdown()
    opened.deps.questions.close()
    await store.close()


async def _found_secrets(store: EmbeddedStore) -> None:
    now, task = system_clock(), TaskId("t2")
    address = Address(channel="telegram", value="99")
    records: tuple[Any, ...] = (
        Unit(id=UnitId("rieng"), kind="tổ", names=(UnitName(text=SECRET),)),
        Person(id=THERE, name=SECRET, unit=BINH_AN, role=Role.OFFICER, addresses=(address,)),
        Task(
            id=task,
            title=SECRET,
            lead=BINH_AN,
            form="tien_do",
            cadence=Cadence.ONCE,
            created=now - timedelta(days=9),
            created_by=THERE,
            due=(now + timedelta(days=3)).date(),
        ),
        Draft(
            id=DraftId("d2"),
            person=THERE,
            form="tien_do",
            form_version=1,
            started=now,
            changed=now,
            task=task,
            answers={"outcome": "done", "result": SECRET},
            at="proposals",
            revision=2,
            visited=("outcome", "result"),
        ),
        Report(
            id=ReportId("r2"),
            series=ReportId("r2"),
            version=1,
            author=THERE,
            unit=BINH_AN,
            form="dan_van_kheo",
            form_version=1,
            outcome=Outcome.DONE,
            submitted=now,
            draft=DraftId("old"),
            answers={"name": SECRET, "result": SECRET},
        ),
        Attachment(
            id="a2",
            person=THERE,
            draft=DraftId("d2"),
            kind=FileKind.DOCUMENT,
            reference=SECRET,
            identity="y",
            name=SECRET,
            size=10,
            at=now,
        ),
        Extension(
            id="x2",
            task=task,
            unit=BINH_AN,
            asked_by=THERE,
            asked=now,
            until=(now + timedelta(days=9)).date(),
            reason=SECRET,
        ),
    )
    async with store.begin() as tx:
        for one in records:
            await tx.add(one)


def forged(kind: type[CallbackData]) -> Iterator[str]:
    """Make buttons of a kind that name the other commune's things in each of its places."""
    numbered = [one.type in (int, "int") for one in fields(kind)]
    few = numbered.count(False) <= FEW
    for name, count in product(IDS, (0, 1)):
        texts = (name, "-") if few else (name,)
        for values in product(*((count,) if number else texts for number in numbered)):
            yield encode(kind(*values))


async def test_a_forged_button_shows_nothing_of_another_unit(line: Line, inside: Feature) -> None:
    """Whatever the button, and whichever of the other's things it names."""
    for kind in inside.buttons:
        for data in dict.fromkeys(forged(kind)):
            line.far.said.clear()
            line.far.alerts.clear()
            await line.taps(HUNG_CHAT, data)
            told = "\n".join([*line.far.said, *line.far.alerts])
            assert SECRET not in told, data
