"""Long polling that one broken update cannot stop."""

import json
from collections.abc import Callable
from typing import Any

import structlog
from telegram import Update

from bot.api_request import ApiRequest


class Pulse:
    """When polling last came back, well or not: a sign that its loop lives."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._last = monotonic()

    def beat(self) -> None:
        """Note that polling came back."""
        self._last = self._monotonic()

    def silence(self) -> float:
        """Return the seconds since."""
        return self._monotonic() - self._last


class PollingRequest(ApiRequest):
    """Fetches updates; one that cannot be read is logged and passed over.

    The library reads a batch as a whole: one malformed update would fail the batch, which Telegram
    then delivers again and again.
    """

    def __init__(self, pulse: Pulse, *, httpx_kwargs: dict[str, Any]) -> None:
        super().__init__(connection_pool_size=2, httpx_kwargs=httpx_kwargs)
        self._pulse = pulse

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make the request; whatever comes of it, polling is alive."""
        try:
            return await super().do_request(*args, **kwargs)
        finally:
            self._pulse.beat()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer of Telegram, with each unreadable update emptied down to its id."""
        answer = ApiRequest.parse_json_payload(payload)
        updates = answer.get("result")
        if isinstance(updates, list):
            answer["result"] = [kept for given in updates if (kept := readable(given)) is not None]
        return answer


def readable(given: object) -> dict[str, Any] | None:
    """Return the update, or only its id if the rest cannot be read, or None if even that lacks."""
    if not isinstance(given, dict) or not isinstance(given.get("update_id"), int):
        structlog.get_logger("bot.polling").error("update without an id", size=_size(given))
        return None
    try:
        Update.de_json(given, None)
    except Exception as error:  # noqa: BLE001 - any shape can come; polling must go on
        structlog.get_logger("bot.polling").error(
            "unreadable update", update=given["update_id"], error=type(error).__name__
        )
        return {"update_id": given["update_id"]}
    return given


def _size(given: object) -> int:
    """Return the length of what came; its content may be personal and is not logged."""
    return len(json.dumps(given))
