"""What a feature works with; `bot` passes it in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from knowledge.answering.values import Answer, Offered
from knowledge.catalogue import Catalogue
from vietnamese.refusals import Refusal

if TYPE_CHECKING:
    from records.forms.files import Forms
    from records.store import Store
    from services.documents.registry import Registry
    from services.question_log import QuestionLog

Result = TypeVar("Result")


class LookupFaultError(Exception):
    """The lookup itself failed: quite another thing than finding nothing."""


class Work(Protocol):
    """Runs a blocking call in a thread; `asyncio.to_thread` does."""

    async def __call__(self, job: Callable[[], Result], /) -> Result:
        """Return what `job` returns."""
        ...


class Texts(Protocol):
    """Words screens and labels; `bot.texts` does."""

    def screen(self, name: str, /, **facts: object) -> str:
        """Return a screen as Telegram's HTML."""
        ...

    def refusal(self, refused: Refusal, /) -> str:
        """Return what a refusal is called."""
        ...

    def label(self, name: str, /, **facts: object) -> str:
        """Return a label as plain text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """What every feature uses."""

    texts: Texts
    now: Callable[[], datetime]
    questions: "QuestionLog"
    catalogue: Callable[[], Catalogue]
    ask: Callable[[str], Awaitable[Answer]]
    """Answers a question; raises LookupFaultError."""
    work: Work
    """Does what blocks (the disk) beside the loop."""
    search: Callable[[str, int], Awaitable[Offered]]
    """Gives the best quotes for some words, whether or not they answer."""
    version: Callable[[str], Awaitable[str]]
    """Gives the SHA-256 of a library file as it is now, in hexadecimal; raises NotInLibrary."""
    registry: "Registry"
    """Where documents come in and are published."""
    store: "Store"
    forms: "Forms"
    shown: Callable[[int], datetime | None] = lambda _chat: None
    """Tells when the last answer in a chat appeared there, by Telegram's clock; None: long ago."""
    questions_open: bool = False
    """Strangers may ask the library too; all else stays closed to them."""
