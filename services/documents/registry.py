"""The registry (văn thư): what documents come in and go out through."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from knowledge.answering.values import Offered
from knowledge.catalogue import Catalogue
from knowledge.library.arrivals import Arrivals
from knowledge.library.shelf import Shelf
from records.store import Store

Result = TypeVar("Result")


class Does(Protocol):
    """Runs a blocking call beside the loop."""

    async def __call__(self, job: Callable[[], Result], /) -> Result:
        """Return what `job` returns."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """What the use cases of documents work with."""

    store: Store
    arrivals: Arrivals
    shelf: Shelf
    catalogue: Callable[[], Catalogue]
    search: Callable[[str, int], Awaitable[Offered]]
    work: Does
    change: Does
    """Runs a change of the folder; once it returns, everybody is answered from what is there."""
