"""How a database is reached: its address, our patience, and how a dead peer is noticed."""

from typing import Any, Final

import psycopg
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFreeError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.postgres.refusals import DatabaseShut

POOL: Final = 16
"""Connections of a process; PostgreSQL's own default is a hundred for all."""

WAIT_SECONDS: Final = 30
"""For a free connection, and for a statement: nothing of ours takes as long but a held lock."""

CONNECT_SECONDS: Final = 5

IDLE_SECONDS: Final = 120
"""After which PostgreSQL undoes a transaction whose process says nothing more, and frees its
locks: ours take milliseconds, with no network inside."""

_PATIENCE: Final = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""Seconds, and tries: a server whose machine went is noticed within a minute, not in two hours."""

_SESSION: Final = {
    "statement_timeout": f"{WAIT_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
"""What PostgreSQL holds to: it notices as soon when our machine went, and gives its lead away."""

AWAY: Final = (OperationalError, InterfaceError, NoneFreeError)
"""A lost connection, a statement given up, or no connection free within the wait."""

LONGEST_REASON: Final = 300
"""Characters of what the database says: several addresses tried make several lines."""


def address(url: str) -> URL:
    """Return the address for our driver; raises DatabaseShut if it is none."""
    try:
        return make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise DatabaseShut(reason="its address is not postgresql://user@host/database") from None


def patience(where: URL) -> dict[str, Any]:
    """Return how long to wait for an answer when connecting, and when a silence means death."""
    return {name: value for name, value in _PATIENCE.items() if name not in where.query}


def pool(where: URL) -> AsyncEngine:
    """Return the connections of a process; none is made yet."""
    ours = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    theirs = where.query.get("options", "")
    options = " ".join([ours, *([theirs] if isinstance(theirs, str) else theirs)])
    return create_async_engine(
        where,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={**patience(where), "options": options},
    )


def reason(error: DBAPIError) -> str:
    """Return what the database says, on one line."""
    said = error.orig.diag.message_primary if isinstance(error.orig, psycopg.Error) else None
    return " ".join((said or str(error.orig)).split())[:LONGEST_REASON]
