"""A store, and Telegram's end, that fail at one chosen call."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from records.store import Store
from tests.unit.handlers.telephone import Records


@dataclass(slots=True)
class Strike:
    """Counts calls and raises at the chosen one, and at those after it if it lasts."""

    fault: Callable[[], Exception] = OSError
    at: int | None = None
    """Which call fails, from 0; None: none does."""
    lasts: bool = False
    seen: int = 0

    def arm(self, at: int | None, *, lasts: bool = False) -> None:
        """Count from nothing, and fail at this call."""
        self.at, self.lasts, self.seen = at, lasts, 0

    def pass_by(self) -> None:
        """Count a call; raises the fault at the chosen one."""
        now, self.seen = self.seen, self.seen + 1
        if self.at is not None and (now == self.at or (self.lasts and now > self.at)):
            raise self.fault()


@dataclass(slots=True)
class FaultyStore:
    """A store that fails as a strike says: at a transaction's opening, a call, the end."""

    store: Store
    strike: Strike

    @asynccontextmanager
    async def begin(self, *locks: str) -> AsyncIterator[Any]:
        """Open a transaction."""
        self.strike.pass_by()
        async with self.store.begin(*locks) as tx:
            yield _Transaction(tx, self.strike)
            self.strike.pass_by()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


@dataclass(frozen=True, slots=True)
class _Transaction:
    tx: Any
    strike: Strike

    def __getattr__(self, name: str) -> Any:
        self.strike.pass_by()
        return getattr(self.tx, name)


class FaultyLine(Records):
    """Telegram's end, answering 500 as a strike says; what it refuses was not said."""

    def __init__(self, strike: Strike) -> None:
        super().__init__()
        self.strike = strike

    def answer(self, name: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Take a request, or refuse it."""
        try:
            self.strike.pass_by()
        except OSError:
            return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        return super().answer(name, given)
