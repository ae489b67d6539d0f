"""The moments at which a bot sends, given away one by one to all processes on a database."""

import asyncio
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from records.refusals import DatabaseAway
from storage.postgres.connection import AWAY

ANSWER_SECONDS: Final = 1.0
"""For so long the database is waited for: who sends has a pace of his own to fall back on."""

FURTHEST: Final = 60.0
"""Seconds that a moment lies ahead at most; one further away is of a clock that was put back."""


class PostgresPace:
    """One row holds the next moment, by the server's clock, which is the same for all.

    It has a connection to itself: a moment is one statement, and waits for no transaction.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._lock = asyncio.Lock()

    async def take(self, *, every: float, late: float, ahead: float) -> float:
        """Take the next moment, or up to `ahead` seconds before it; return the seconds to it.

        Moments are `every` seconds apart; a delay of up to `late` seconds is made up for. Raises
        DatabaseAway.
        """
        given = {"every": every, "late": late, "ahead": ahead, "furthest": FURTHEST}
        async with self._lock:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    connection = self._connection or await self._connected()
                    taken = (await connection.execute(_TAKE, given)).scalar_one_or_none()
                    if taken is None:
                        # The first time, or a crash of the server: the table is not logged.
                        await connection.execute(_BEGIN)
                        taken = (await connection.execute(_TAKE, given)).scalar_one()
                    return float(taken)
            except (*AWAY, TimeoutError):
                await self._let_go()
                raise DatabaseAway from None

    async def close(self) -> None:
        """Release the connection."""
        async with self._lock:
            await self._let_go()

    async def _connected(self) -> AsyncConnection:
        connection = await self._engine.connect()
        self._connection = connection
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        return connection

    async def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()


_NOW: Final = "extract(epoch FROM clock_timestamp())::double precision"

_TAKE: Final = text(
    f"""
    UPDATE pace
    SET free = CASE WHEN free BETWEEN {_NOW} - :late AND {_NOW} + :furthest
                    THEN free ELSE {_NOW} END + :every
    WHERE id = 1
    RETURNING greatest(free - :every - :ahead - {_NOW}, 0)
    """  # noqa: S608 - our own words
)
_BEGIN: Final = text("INSERT INTO pace (id, free) VALUES (1, 0) ON CONFLICT DO NOTHING")
