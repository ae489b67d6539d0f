"""Brings a database to the tables that this version needs."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from storage.postgres.connection import patience, reason
from storage.postgres.refusals import DatabaseNewer, DatabaseShut

SCRIPTS: Final = Path(__file__).with_name("migrations")

_ONE_AT_A_TIME: Final = 0x64_61_6E_76_61_6E
"""Number of the lock under which a database is upgraded: two processes may start together."""


def upgrade(url: URL, revision: str = "head") -> None:
    """Take every step up to `revision`, or none of them; blocks.

    Raises DatabaseShut where the database is not reached or does not let us make tables, and
    DatabaseNewer where it has taken steps that are not known here.
    """
    try:
        _run(url, lambda config: command.upgrade(config, revision))
    except DBAPIError as error:
        raise DatabaseShut(reason=reason(error)) from None
    except CommandError:
        raise DatabaseNewer from None


def downgrade(url: URL, revision: str) -> None:
    """Take the steps back down to `revision` (`base`: no tables); blocks."""
    _run(url, lambda config: command.downgrade(config, revision))


def _run(url: URL, act: Callable[[Config], None]) -> None:
    engine = create_engine(url, poolclass=NullPool, connect_args=patience(url))
    try:
        with engine.begin() as connection:
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME}
            )
            config = Config()
            config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
            config.attributes["connection"] = connection
            act(config)
    finally:
        engine.dispose()
