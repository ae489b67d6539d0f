"""Whether what came back over HTTP is an answer of the Bot API at all.

A captive portal or a proxy answers with a page of its own, a cut connection with half an answer.
The library takes either for a final refusal and writes it out into the log.
"""

import json
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest


class UnreadableAnswer(NetworkError):  # noqa: N818 - what it is, as the library names its errors
    """What came is no answer of the Bot API; the request may have been carried out, or not."""

    def __init__(self, status: int, size: int, *, page: bool) -> None:
        super().__init__(f"no answer of the Bot API: status {status}, {size} bytes")
        self.never_arrived = page and status < HTTPStatus.BAD_REQUEST
        """A page of somebody else, who took the request for one to himself. An error's page may
        be a gateway's, behind which Telegram took the request."""


class ApiRequest(HTTPXRequest):
    """Makes requests; an answer that cannot be read is a network's fault, its content untold."""

    async def do_request(
        self, url: str, method: str, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """Make the request; raises UnreadableAnswer. Files come by GET, and are anything."""
        status, content = await super().do_request(url, method, *args, **kwargs)
        if method == "POST" and not is_answer(status, content):
            page = content.lstrip().startswith(b"<")
            raise UnreadableAnswer(status, len(content), page=page)
        return status, content


def is_answer(status: int, content: bytes) -> bool:
    """Tell whether these bytes are an answer of the Bot API: an object that says `ok`."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return False
    if not isinstance(answer, dict) or "ok" not in answer:
        return False
    return status >= HTTPStatus.BAD_REQUEST or "result" in answer
