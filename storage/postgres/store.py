"""The store of several processes: a transaction of PostgreSQL for each of ours."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from itertools import groupby
from typing import Any, Final, TypeVar

import psycopg
from sqlalchemy import RowMapping, Table, delete, func, select, text
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from records.codec import from_json
from records.kinds import KINDS, Record, key_of
from records.model import Delivery, OutboxMessage
from records.refusals import AlreadyThere, DatabaseAway, NotEmpty, UnreadableRecord
from records.store import Entry, Transaction, Value
from storage.postgres.connection import AWAY, address, pool
from storage.postgres.pace import PostgresPace
from storage.postgres.schema import upgrade
from storage.postgres.tables import condition, row_of, tables

R = TypeVar("R", bound=Record)

AT_ONCE: Final = 1000
"""Records fetched or written in one go: a megabyte or so."""


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
        if not KINDS[type(record)].unique:
            await self._connection.execute(_upsert(table), row)
            return
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(_upsert(table), row)
        except IntegrityError as error:
            raise _already_there(table, error) from None

    async def remove(self, kind: type[R], key: str) -> None:
        """Delete the record if it is there."""
        table = self._tables[kind]
        await self._connection.execute(delete(table).where(table.c.key == key))

    async def claim(
        self, channel: str, *, now: datetime, until: datetime, most: int
    ) -> list[OutboxMessage]:
        """Take up to `most` owed messages of a channel that may go at `now`, until `until`."""
        c = self._tables[OutboxMessage].c
        query = (
            select(c.document)
            .where(
                c.state == Delivery.OWED.value,
                c.channel == channel,
                c.not_before.is_(None) | (c.not_before <= now),
                c.lease.is_(None) | (c.lease <= now),
            )
            .order_by(c.priority.desc(), c.created, c.key)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        found = (await self._connection.execute(query)).scalars().all()
        taken = [replace(from_json(OutboxMessage, one), lease=until) for one in found]
        if taken:
            rows = [row_of(one) for one in taken]
            await self._connection.execute(_upsert(self._tables[OutboxMessage]), rows)
        return taken

    async def _taken(self, table: Table, record: Record) -> str:
        """Name the field that stood in the way of a new record."""
        kind = KINDS[type(record)]
        query = select(table.c.key).where(table.c.key == key_of(record))
        found = (await self._connection.execute(query)).scalar_one_or_none()
        return kind.key if found is not None or not kind.unique else kind.unique[0]


class PostgresStore:
    """Keeps records in a database that several processes share."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._tables = tables()
        self._leading: AsyncConnection | None = None
        self._lead_lock = asyncio.Lock()
        self.pace = PostgresPace(engine)
        """The moments to send at, shared by all who have this database open."""

    @classmethod
    async def open(cls, url: str) -> "PostgresStore":
        """Connect, and bring the tables up to date; raises DatabaseShut, DatabaseNewer."""
        where = address(url)
        await asyncio.to_thread(upgrade, where)
        return cls(pool(where))

    @asynccontextmanager
    async def begin(self, *locks: str) -> AsyncIterator[Transaction]:
        """Open a transaction; leaving the block commits and returns when durable.

        Raises DatabaseAway where the connection is lost: all is rolled back then, unless it was
        lost while PostgreSQL answered the commit itself.
        """
        async with self._connected() as connection:
            for number in sorted({number_of(lock) for lock in locks}):
                await connection.execute(_LOCK, {"number": number})
            yield PostgresTransaction(connection, self._tables)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction; raises DatabaseAway."""
        try:
            async with self._engine.begin() as connection:
                yield connection
        except AWAY:
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
                except AWAY:
                    await self._resign()
            raise DatabaseAway

    async def dump(self) -> AsyncGenerator[Entry, None]:
        """Yield all that is committed at one moment, kind by kind, in order."""
        async with aclosing(self._rows("key, document")) as rows:
            async for table, row in rows:
                yield table.name, row["key"], row["document"].encode()

    async def rows(self) -> AsyncGenerator[tuple[type[Record], RowMapping], None]:
        """Yield every row with all its columns, as of one moment, for who looks them over."""
        kinds = {table.name: kind for kind, table in self._tables.items()}
        async with aclosing(self._rows("*")) as rows:
            async for table, row in rows:
                yield kinds[table.name], row

    async def _rows(self, columns: str) -> AsyncGenerator[tuple[Table, RowMapping], None]:
        """Yield these columns of every row, without holding them all."""
        async with self._connected() as connection:
            await connection.execute(_ONE_MOMENT)
            for table in self._tables.values():
                query = f'SELECT {columns} FROM "{table.name}" ORDER BY written'  # noqa: S608 - our own names
                await connection.execute(text(f"DECLARE walk CURSOR FOR {query}"))
                while rows := (await connection.execute(_NEXT)).mappings().all():
                    for row in rows:
                        yield table, row
                await connection.execute(text("CLOSE walk"))

    async def load(self, entries: AsyncIterable[Entry]) -> int:
        """Take over what `dump` of a store gave, all or nothing; return how many records.

        Raises NotEmpty, UnreadableRecord, DatabaseAway.
        """
        count, some = 0, list[Entry]()
        async with self._connected() as connection:
            await self._empty(connection)
            async for entry in entries:
                some.append(entry)
                count += 1
                if len(some) == AT_ONCE:
                    await self._write(connection, some)
                    some.clear()
            await self._write(connection, some)
        return count

    async def take(self, entries: Sequence[Entry]) -> None:
        """Add records in one transaction; raises AlreadyThere, UnreadableRecord."""
        async with self._connected() as connection:
            await self._write(connection, entries)

    async def _empty(self, connection: AsyncConnection) -> None:
        """Keep all others from writing to the end of the transaction, if there is no record."""
        names = ", ".join(f'"{table.name}"' for table in self._tables.values())
        await connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
        for table in self._tables.values():
            if (await connection.execute(select(table.c.key).limit(1))).first() is not None:
                raise NotEmpty(where="the database")

    async def _write(self, connection: AsyncConnection, entries: Sequence[Entry]) -> None:
        """Add records in their order, those of one kind that follow each other together."""
        for kind, some in groupby(map(_record, entries), type):
            table, rows = self._tables[kind], [row_of(record) for record in some]
            try:
                await connection.execute(insert(table), rows)
            except IntegrityError as error:
                raise _already_there(table, error) from None

    async def close(self) -> None:
        """Release the connections, and any lead."""
        await self.pace.close()
        if self._leading is not None:
            with suppress(*AWAY):
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


def _upsert(table: Table) -> Insert:
    """Return what writes rows, each in the place of the one with its key if there is one."""
    query = insert(table)
    changed = [one.name for one in table.c if one.name not in ("key", "written")]
    new: dict[str, Any] = {name: query.excluded[name] for name in changed}
    return query.on_conflict_do_update(index_elements=[table.c.key], set_=new)


def _already_there(table: Table, error: IntegrityError) -> AlreadyThere:
    """Name the field whose index refused a row: an index is named after table and field."""
    kind = next(one for one in KINDS.values() if one.name == table.name)
    index = error.orig.diag.constraint_name if isinstance(error.orig, psycopg.Error) else None
    field = next((one for one in kind.unique if f"{table.name}_{one}" == index), kind.key)
    return AlreadyThere(kind=table.name, field=field)


_ONE_MOMENT: Final = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
_NEXT: Final = text(f"FETCH {AT_ONCE} FROM walk")
_LOCK: Final = text("SELECT pg_advisory_xact_lock(:number)")
_LEAD: Final = text("SELECT pg_try_advisory_lock(:number)")


def number_of(lock: str) -> int:
    """Return the number by which PostgreSQL knows a lock: 64 bits of its name's hash."""
    return int.from_bytes(blake2b(lock.encode(), digest_size=8).digest(), signed=True)
