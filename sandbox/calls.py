"""The log of what the bot asked of the Bot API, for tests and for the curious."""

from collections import deque
from typing import Any, Final

from sandbox.fields import Upload
from sandbox.values import JsonObject

KEPT: Final = 10_000
"""Requests."""


class Calls:
    """The latest requests with their answers; the token is not among them."""

    def __init__(self) -> None:
        self._log: deque[JsonObject] = deque(maxlen=KEPT)
        self._last = 0

    def add(self, method: str, given: dict[str, Any], time: float, answer: JsonObject) -> None:
        """Write down one request as it came, and its answer (or the fault it met)."""
        self._last += 1
        params = {key: _shown(value) for key, value in given.items()}
        self._log.append(
            {"seq": self._last, "method": method, "params": params, "time": time, "result": answer}
        )

    def form(self, method: str | None = None, after: int = 0) -> list[JsonObject]:
        """Return the requests after number `after`, of one method if it is named."""
        return [
            call
            for call in self._log
            if call["seq"] > after and (method is None or call["method"] == method)
        ]


def _shown(value: object) -> object:
    if isinstance(value, Upload):
        return {"file": value.name, "mime": value.mime, "size": len(value.content)}
    return value
