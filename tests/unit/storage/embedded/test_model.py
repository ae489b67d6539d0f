"""The embedded store against a plain dictionary, through restarts, torn ends and snapshots."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from records.ids import DraftId, PersonId, ReportId, TaskId, UnitId
from records.kinds import KINDS
from records.model import Address, Outcome, Person, Report, ReportState, Role
from records.refusals import AlreadyThere
from records.store import Transaction
from storage.embedded.folder import journals
from storage.embedded.frames import HEAD
from storage.embedded.inspection import check
from storage.embedded.store import EmbeddedStore

T = TypeVar("T")
R = TypeVar("R", Person, Report)
Kept = dict[type, dict[str, Person | Report]]

NOW = datetime(2026, 11, 5, 7, tzinfo=UTC)

KEYS = ("a", "b", "c", "Đ\t\n")
keys = st.sampled_from(KEYS)
reports = st.builds(
    Report,
    id=keys.map(ReportId),
    series=keys.map(ReportId),
    version=st.just(1),
    author=keys.map(PersonId),
    unit=keys.map(UnitId),
    form=st.just("tien-do"),
    form_version=st.just(1),
    outcome=st.sampled_from(Outcome),
    submitted=st.just(NOW),
    draft=keys.map(DraftId),
    task=st.none() | keys.map(TaskId),
    answers=st.dictionaries(st.text(max_size=3), st.none() | st.booleans() | st.text(max_size=3)),
    state=st.sampled_from(ReportState),
)
people = st.builds(
    Person,
    id=keys.map(PersonId),
    name=st.text(max_size=5),
    unit=keys.map(UnitId),
    role=st.sampled_from(Role),
    addresses=st.lists(keys, max_size=3).map(
        lambda values: tuple(Address(channel="telegram", value=value) for value in values)
    ),
)
steps = st.one_of(
    st.tuples(st.sampled_from(["add", "put"]), reports | people),
    st.tuples(st.just("remove"), st.tuples(st.sampled_from([Report, Person]), keys)),
)


def lookups(record: Person | Report) -> dict[str, set[Any]]:
    """Return under what a record must be found."""
    kind = KINDS[type(record)]
    one = {name: {getattr(record, name)} for name in (*kind.indexed, *kind.unique)}
    return one | {name: set(values(record)) for name, values in kind.many.items()}


def change(kept: Kept, way: str, given: Any) -> None:
    """Do to a dictionary what a step does to a store; raises AlreadyThere."""
    if way == "remove":
        kind, key = given
        kept[kind].pop(key, None)
        return
    mine = kept[type(given)]
    if way == "add" and given.id in mine:
        raise AlreadyThere(kind="", field="")
    for other in mine.values():
        if isinstance(other, Report) and other.id != given.id and other.draft == given.draft:
            raise AlreadyThere(kind="", field="")
    mine[given.id] = given


def changed(kept: Kept, some: list[tuple[str, Any]]) -> bool:
    """Do all steps to a dictionary; tell whether none was refused."""
    try:
        for way, given in some:
            change(kept, way, given)
    except AlreadyThere:
        return False
    return True


class EmbeddedModel(RuleBasedStateMachine):
    """Steps in any order; after each, the store and the dictionary hold the same."""

    def __init__(self) -> None:
        super().__init__()
        self.scratch = Path(tempfile.mkdtemp())
        self.folder = self.scratch / "records"
        self.loop = asyncio.new_event_loop()
        self.store = self.run(EmbeddedStore.open(self.folder))
        self.kept: Kept = {Report: {}, Person: {}}
        self.before: Kept | None = None
        """As it was before the last frame of the newest journal, if there is one."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for work of the store."""
        return self.loop.run_until_complete(work)

    @rule(some=st.lists(steps, min_size=1, max_size=6), fail=st.booleans())
    def transaction(self, some: list[tuple[str, Any]], fail: bool) -> None:
        """Several steps together; the first that is refused, or a fault at the end, undoes all."""
        wanted = deepcopy(self.kept)
        refused = not changed(wanted, some)
        end = self.run(self.ends(self.apply(some, fail=fail)))
        if refused or fail:
            assert type(end) is (AlreadyThere if refused else LookupError)
            return
        assert end is None
        if wanted != self.kept or any(way != "remove" for way, _ in some):
            self.before, self.kept = self.kept, wanted

    async def ends(self, work: Coroutine[Any, Any, None]) -> BaseException | None:
        """Return what work raised, or None."""
        return (await asyncio.gather(work, return_exceptions=True))[0]

    async def apply(self, some: list[tuple[str, Any]], *, fail: bool) -> None:
        """Do the steps in a transaction, and look at what it sees at its end."""
        async with self.store.begin("lock") as tx:
            kept = deepcopy(self.kept)
            for way, given in some:
                if way == "remove":
                    await tx.remove(*given)
                else:
                    await getattr(tx, way)(given)
                change(kept, way, given)
            await same(tx, kept)
            if fail:
                raise LookupError

    @rule()
    def snapshot(self) -> None:
        """Have the journal become a snapshot."""
        self.run(self.store._writer.snapshot())
        self.before = None

    @rule()
    def restart(self) -> None:
        """Stop in good order and start again."""
        self.run(self.store.close())
        self.store = self.run(EmbeddedStore.open(self.folder))
        assert not self.store.set_aside

    @rule()
    def kill(self) -> None:
        """Go on from the files as they are at this instant, as after a kill."""
        taken = self.scratch / "taken"
        shutil.copytree(self.folder, taken)
        self.run(self.store.close())
        shutil.rmtree(self.folder)
        taken.rename(self.folder)
        self.store = self.run(EmbeddedStore.open(self.folder))

    @precondition(lambda self: self.before is not None and any(map(len, self.before.values())))
    @rule(cut=st.integers(1, HEAD))
    def tear(self, cut: int) -> None:
        """Cut into the last frame, which is longer: the folder is as before it was written.

        Not into the only one: a folder that lost all it ever kept is refused.
        """
        self.run(self.store.close())
        journal = journals(self.folder)[-1]
        journal.write_bytes(journal.read_bytes()[:-cut])
        self.store = self.run(EmbeddedStore.open(self.folder))
        assert len(self.store.set_aside) == 1
        assert self.before is not None
        self.kept, self.before = self.before, None

    @invariant()
    def same_as_the_dictionary(self) -> None:
        """Every record, in order, and every lookup."""
        self.run(self.look())

    async def look(self) -> None:
        """Compare in a transaction of its own."""
        async with self.store.begin() as tx:
            await same(tx, self.kept)

    def teardown(self) -> None:
        """Look the folder over, and forget it."""
        self.run(self.store.close())
        assert check(self.folder).sound
        self.loop.close()
        shutil.rmtree(self.scratch)


async def same(tx: Transaction, kept: Kept) -> None:
    """Assert that a transaction sees just these records."""
    await alike(tx, Report, kept[Report])
    await alike(tx, Person, kept[Person])


async def alike(tx: Transaction, kind: type[R], records: Mapping[str, Person | Report]) -> None:
    """Assert that the records of a kind are these, by every way of looking."""
    assert await tx.find(kind) == list(records.values())
    wanted: dict[tuple[str, Any], list[Person | Report]] = {}
    for record in records.values():
        for name, values in lookups(record).items():
            for value in values:
                wanted.setdefault((name, value), []).append(record)
    for (name, value), found in wanted.items():
        assert await tx.find(kind, {name: value}) == found
        assert await tx.count(kind, {name: value}) == len(found)
    for key in KEYS:
        assert await tx.get(kind, key) == records.get(key)


TestEmbeddedModel = EmbeddedModel.TestCase
TestEmbeddedModel.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
