"""Named locks within one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Named:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    """Who hold it or wait for it; a lock of nobody is forgotten."""


class Locks:
    """Locks by name; several are taken in sorted order, so that nobody waits in a circle."""

    def __init__(self) -> None:
        self._named: dict[str, _Named] = {}

    @asynccontextmanager
    async def held(self, names: tuple[str, ...]) -> AsyncIterator[None]:
        """Hold all of these for the block."""
        async with AsyncExitStack() as stack:
            for name in sorted(set(names)):
                await stack.enter_async_context(self._one(name))
            yield

    @asynccontextmanager
    async def _one(self, name: str) -> AsyncIterator[None]:
        named = self._named.setdefault(name, _Named())
        named.users += 1
        try:
            async with named.lock:
                yield
        finally:
            named.users -= 1
            if not named.users:
                del self._named[name]
