"""What Telegram says instead of doing what it was asked: a code, a description, parameters."""

from sandbox.values import JsonObject


class Refused(Exception):
    """A request is answered with an error in Telegram's form."""

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def form(self) -> JsonObject:
        """Return the body of the answer."""
        body: JsonObject = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class BadRequest(Refused):
    """400: the request breaks a rule; `reason` is Telegram's wording after the colon."""

    def __init__(self, reason: str, parameters: JsonObject | None = None) -> None:
        super().__init__(400, f"Bad Request: {reason}", parameters)


class Forbidden(Refused):
    """403: the bot may not write there."""

    def __init__(self, reason: str) -> None:
        super().__init__(403, f"Forbidden: {reason}")


class Conflict(Refused):
    """409: updates are being taken in two ways at once."""

    def __init__(self, reason: str) -> None:
        super().__init__(409, f"Conflict: {reason}")


class TooManyRequests(Refused):
    """429: come back after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
