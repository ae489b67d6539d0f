"""Fills a store with a fictional province: units, people, tasks, reports in every state.

Demo units are known by the beginning of their ids. A store that holds any other unit or person is
left alone: demo and real records never mix.
"""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any, Final

from bot.demo_reports import Writer
from bot.demo_tasks import demo_tasks
from bot.texts import Texts, demo_data
from records.focus import stop
from records.forms.files import Forms
from records.ids import PersonId, UnitId
from records.model import (
    Address,
    Focus,
    Membership,
    OutboxMessage,
    Person,
    Role,
    Unit,
    UnitName,
)
from records.refusals import NotEmpty
from records.store import Store, Transaction

MARK: Final = "demo-"
"""How ids of demo units and people begin."""

SEED: Final = 2026
"""The seed of `danvan run` without a token: everybody who tries it sees the same."""


async def seed_demo(
    store: Store, forms: Forms, texts: Texts, now: datetime, seed: int = SEED
) -> bool:
    """Fill an empty store with the demo; False where the demo is there already.

    The same seed at the same time gives the same tasks and answers, under ids of their own.
    Raises NotEmpty for a store with anything else in it.
    """
    async with store.begin("demo") as tx:
        if await _is_demo(tx):
            return False
        for unit in _units():
            await tx.add(unit)
        for person in _people():
            await tx.add(person)
    writer = Writer(store=store, forms=forms, now=now, random=Random(seed))  # noqa: S311 - a demo
    async for task, place in demo_tasks(store, forms, texts, now):
        await writer.report_on(task, place)
    await _hush(store)
    return True


async def give_phones(store: Store, phones: Mapping[str, int]) -> None:
    """Let people of the demo be reached in the sandbox: `phones` are Telegram ids by username."""
    async with store.begin("demo") as tx:
        for told, person in zip(demo_data("people"), _people(), strict=True):
            held = await tx.get(Person, person.id)
            telegram = phones.get(told.get("phone", ""))
            if held is not None and telegram is not None:
                await tx.put(_reached(held, telegram))


def _reached(person: Person, telegram: int) -> Person:
    """Return a person with a phone, whatever the bot knew of an earlier one."""
    return Person(
        id=person.id,
        name=person.name,
        unit=person.unit,
        role=person.role,
        position=person.position,
        addresses=(Address(channel="telegram", value=str(telegram)),),
        stand_ins=person.stand_ins,
        active=person.active,
    )


async def _is_demo(tx: Transaction) -> bool:
    """Tell whether the demo is in the store; raises NotEmpty where other records are."""
    held: list[str] = [one.id for one in await tx.find(Unit)]
    held += [one.id for one in await tx.find(Person)]
    if not all(one.startswith(MARK) for one in held):
        raise NotEmpty(where="records")
    return bool(held)


def _units() -> list[Unit]:
    return [_unit(told) for told in demo_data("units")]


def _unit(told: Mapping[str, Any]) -> Unit:
    above = told.get("parent")
    return Unit(
        id=UnitId(told["id"]),
        kind=told["kind"],
        names=(UnitName(text=told["name"], short=told.get("short")),),
        parents=(Membership(parent=UnitId(above)),) if above else (),
    )


def _people() -> list[Person]:
    return [
        Person(
            id=PersonId(told["id"]),
            name=told["name"],
            unit=UnitId(told["unit"]),
            role=Role(told["role"]),
            position=told["position"],
        )
        for told in demo_data("people")
    ]


async def _hush(store: Store) -> None:
    """Let nobody be told of what happened before the demo began, and nobody be in the middle."""
    async with store.begin() as tx:
        for owed in await tx.find(OutboxMessage):
            await tx.remove(OutboxMessage, owed.key)
        busy = [focus.id for focus in await tx.find(Focus)]
    for person in busy:
        await stop(store, person)
