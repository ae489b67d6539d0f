"""The store of several processes: a transaction of PostgreSQL for each of ours."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Final, TypeVar

from sqlalchemy import Table, delete, func, make_url, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from records.codec import from_json
from records.kinds import KINDS, Record, key_of
from records.model import Delivery, OutboxMessage
from records.postgres.tables import condition, row_of, tables
from records.postgres.upgrading import upgrade
from records.refusals import AlreadyThere, DatabaseAway, NotEmpty, UnreadableRecord
from records.store import Entry, Transaction, Value

R = TypeVar("R", bound=Record)

POOL: Final = 16
"""Connections of a process; PostgreSQL's own default is a hundred for all."""

STATEMENT_SECONDS: Final = 30
"""After which a statement is given up: nothing of ours takes as long but a lock that is held."""

DUMPED_AT_ONCE: Final = 5000
"""Records fetched in one go: some megabytes."""

CONNECT_SECONDS: Final = 5


class PostgresTransaction:
    """Reads and writes on one connection."""

    def __init__(self, connection: AsyncConnection, held: Mapping[type, Table]) -> None:
        self._connection = connection
        self._tables = held

    async def get(self, kind: type[R], key: str) -> R | None:
        """Return the record of that kind and key."""
        table = self._tables[kind]
        query = select(table.c.document).where(table.c.key == key)
        document = (await self._connection.execute(query)).scalar_one_or_none()
        return None if document is None else from_json(kind, document)

    async def find(self, kind: type[R], where: Mapping[str, Value] | None = None) -> list[R]:
        """Return the records that equal all of `where`, in the order they were first written."""
        table = self._tables[kind]
        query = select(table.c.document).where(*condition(table, kind, where or {}))
        found = await self._connection.execute(query.order_by(table.c.written))
        return [from_json(kind, document) for document in found.scalars()]

    async def count(self, kind: type[Record], where: Mapping[str, Value] | None = None) -> int:
        """Return how many records `find` would give."""
        table = self._tables[kind]
        query = select(func.count()).select_from(table)
        query = query.where(*condition(table, kind, where or {}))
        return int((await self._connection.execute(query)).scalar_one())

    async def add(self, record: Record) -> None:
        """Write a new record; raises AlreadyThere, and the transaction can go on."""
        table = self._tables[type(record)]
        query = insert(table).values(row_of(record)).on_conflict_do_nothing()
        done = await self._connection.execute(query.returning(table.c.key))
        if done.scalar_one_or_none() is None:
            raise AlreadyThere(kind=table.name, field=await self._taken(table, record))

    async def put(self, record: Record) -> None:
        """Write a record, in the place of the one with its key if there is one."""
        table, row = self._tables[type(record)], row_of(record)
        query = insert(table).values(row)
        changed = {name: value for name, value in row.items() if name != "key"}
        query = query.on_conflict_do_update(index_elements=[table.c.key], set_=changed)
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(query)
        except IntegrityError:
            unique = KINDS[type(record)].unique
            raise AlreadyThere(kind=table.name, field=unique[0] if unique else "key") from None

    async def remove(self, kind: type[R], key: str) -> None:
        """Delete the record if it is there."""
        table = self._tables[kind]
        await self._connection.execute(delete(table).where(table.c.key == key))

    async def claim(self, *, now: datetime, until: datetime, most: int) -> list[OutboxMessage]:
        """Take up to `most` owed messages that may go at `now`, and hold them until `until`."""
        c = self._tables[OutboxMessage].c
        query = (
            select(c.document)
            .where(
                c.state == Delivery.OWED.value,
                c.not_before.is_(None) | (c.not_before <= now),
                c.lease.is_(None) | (c.lease <= now),
            )
            .order_by(c.priority.desc(), c.created, c.key)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        found = (await self._connection.execute(query)).scalars().all()
        taken = [replace(from_json(OutboxMessage, one), lease=until) for one in found]
        for one in taken:
            await self.put(one)
        return taken

    async def _taken(self, table: Table, record: Record) -> str:
        """Name the field that stood in the way of a new record."""
        query = select(table.c.key).where(table.c.key == key_of(record))
        if (await self._connection.execute(query)).scalar_one_or_none() is not None:
            return KINDS[type(record)].key
        return KINDS[type(record)].unique[0]


class PostgresStore:
    """Keeps records in a database that several processes share."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._tables = tables()
        self._leading: AsyncConnection | None = None
        self._lead_lock = asyncio.Lock()

    @classmethod
    async def open(cls, url: str) -> "PostgresStore":
        """Connect, and bring the tables up to date; raises DatabaseAway."""
        where = make_url(url).set(drivername="postgresql+psycopg")
        try:
            await asyncio.to_thread(upgrade, where)
        except (OperationalError, InterfaceError):
            raise DatabaseAway from None
        engine = create_async_engine(
            where,
            pool_size=POOL,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "connect_timeout": CONNECT_SECONDS,
                "options": f"-c statement_timeout={STATEMENT_SECONDS * 1000}",
            },
        )
        return cls(engine)

    @asynccontextmanager
    async def begin(self, *locks: str) -> AsyncIterator[Transaction]:
        """Open a transaction; leaving the block commits and returns when durable.

        Raises DatabaseAway where the connection is lost: all is rolled back then, unless it was
        lost while PostgreSQL answered the commit itself.
        """
        try:
            async with self._engine.begin() as connection:
                for number in sorted({number_of(lock) for lock in locks}):
                    await connection.execute(_LOCK, {"number": number})
                yield PostgresTransaction(connection, self._tables)
        except (OperationalError, InterfaceError):
            raise DatabaseAway from None

    async def lead(self, name: str) -> bool:
        """Try to be, or to stay, the one process that does `name`.

        The lead is a lock of a session: it ends with the process, however that ends.
        """
        async with self._lead_lock:
            for _ in range(2):
                try:
                    connection = self._leading or await self._dedicated()
                    self._leading = connection
                    won = await connection.execute(_LEAD, {"number": number_of(f"lead:{name}")})
                    return bool(won.scalar_one())
                except (OperationalError, InterfaceError):
                    await self._resign()
            raise DatabaseAway

    async def dump(self) -> AsyncGenerator[Entry, None]:
        """Yield all that is committed at one moment, kind by kind, in order."""
        async with self._engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ")
            for table in self._tables.values():
                query = select(table.c.written, table.c.key, table.c.document)
                query, last = query.order_by(table.c.written).limit(DUMPED_AT_ONCE), 0
                while rows := (await connection.execute(query.where(table.c.written > last))).all():
                    for _, key, document in rows:
                        yield table.name, key, document.encode()
                    last = rows[-1][0]

    async def load(self, entries: AsyncIterable[Entry]) -> int:
        """Take over what `dump` of a store gave, all or nothing; return how many records.

        Raises NotEmpty, UnreadableRecord, DatabaseAway.
        """
        taken = [entry async for entry in entries]
        async with self.begin("load") as tx:
            for kind in KINDS:
                if await tx.count(kind):
                    raise NotEmpty(where="the database")
            for record in map(_record, taken):
                await tx.add(record)
        return len(taken)

    async def take(self, entries: Sequence[Entry]) -> None:
        """Add records in one transaction; raises AlreadyThere, UnreadableRecord."""
        async with self.begin() as tx:
            for record in map(_record, entries):
                await tx.add(record)

    async def close(self) -> None:
        """Release the connections, and any lead."""
        if self._leading is not None:
            with suppress(OperationalError, InterfaceError):
                await self._leading.execute(text("SELECT pg_advisory_unlock_all()"))
        await self._resign()
        await self._engine.dispose()

    async def _dedicated(self) -> AsyncConnection:
        connection = await self._engine.connect()
        return await connection.execution_options(isolation_level="AUTOCOMMIT")

    async def _resign(self) -> None:
        """Close the leading session, so that its locks end with it."""
        connection, self._leading = self._leading, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()


def _record(entry: Entry) -> Record:
    """Return the record of an entry; raises UnreadableRecord for a kind that is none."""
    name, key, text = entry
    kind = next((one for one, described in KINDS.items() if described.name == name), None)
    if kind is None:
        raise UnreadableRecord(kind=name, field="")
    record: Record = from_json(kind, text)
    if key_of(record) != key:
        raise UnreadableRecord(kind=name, field=KINDS[kind].key)
    return record


_LOCK: Final = text("SELECT pg_advisory_xact_lock(:number)")
_LEAD: Final = text("SELECT pg_try_advisory_lock(:number)")


def number_of(lock: str) -> int:
    """Return the number by which PostgreSQL knows a lock: 64 bits of its name's hash."""
    return int.from_bytes(blake2b(lock.encode(), digest_size=8).digest(), signed=True)
