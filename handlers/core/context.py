"""One update's context: who is calling, as authentication found out."""

from datetime import datetime
from typing import Any

from telegram.ext import CallbackContext, ExtBot

from records.actor import UnknownPerson
from records.ids import PersonId
from records.model import Person


class Context(CallbackContext[ExtBot[Any], Any, Any, Any]):
    """The library's context, and the person behind the update."""

    person: Person | None = None
    """None for a stranger; strangers get through only to where they may go."""

    holder: PersonId | None = None
    """Under what the caller's focus is kept: the person's id, or a stranger's address."""

    began: datetime | None = None
    """When handling began."""

    @property
    def officer(self) -> Person:
        """The person; raises UnknownPerson for a stranger."""
        if self.person is None:
            raise UnknownPerson
        return self.person
