"""Questions that the bot must answer soon: pressed buttons and inline queries."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from sandbox.clock import Clock
from sandbox.refusals import BadRequest
from sandbox.values import JsonObject

ANSWER_SECONDS: Final = 15.0
"""Later answers are refused; Telegram gives about this long."""

CACHE_SECONDS: Final = 300
"""How long an inline answer serves all who ask the same, unless the bot says otherwise."""

TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True, kw_only=True)
class Query:
    """A question on its way to the bot."""

    person: int
    asked: float
    text: str = ""
    offset: str = ""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    answer: JsonObject | None = None


class Queries:
    """Open questions, and inline answers that may be reused."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[str, Query] = {}
        self._inline: dict[str, Query] = {}
        self._cache: dict[tuple[str, str, int | None], tuple[float, str]] = {}

    def ask(self, query_id: str, person: int, text: str = "", offset: str = "") -> Query:
        """Open a question."""
        query = Query(person=person, asked=self._clock.now(), text=text, offset=offset)
        self._open[query_id] = query
        return query

    def take(self, query_id: str) -> Query:
        """Return the open question and close it; raises BadRequest if there is none in time."""
        query = self._open.pop(query_id, None)
        if query is None or self._clock.now() - query.asked > ANSWER_SECONDS:
            raise BadRequest(TOO_OLD)
        return query

    def keep_inline(self, query_id: str, query: Query, answer: JsonObject) -> None:
        """Give an inline query its answer, and keep it for those who ask the same."""
        query.answer = answer
        self._inline[query_id] = query
        seconds = answer.get("cache_time", CACHE_SECONDS)
        whose = query.person if answer.get("is_personal") else None
        until = self._clock.now() + seconds
        self._cache[query.text, query.offset, whose] = (until, query_id)
        query.answered.set()

    def cached(self, person: int, text: str, offset: str) -> str | None:
        """Return the id of an answered query that serves this person's question still."""
        for whose in (person, None):
            until, query_id = self._cache.get((text, offset, whose), (0.0, ""))
            if until > self._clock.now():
                return query_id
        return None

    def open(self, query_id: str) -> Query:
        """Return a question that waits for its answer; raises BadRequest."""
        query = self._open.get(query_id)
        if query is None:
            raise BadRequest(TOO_OLD)
        return query

    def inline(self, query_id: str) -> Query | None:
        """Return an answered inline query."""
        return self._inline.get(query_id)
