"""Faults that a test orders: error answers, lost connections, answers that never come."""

import random
from dataclasses import dataclass
from typing import Literal, get_args

from sandbox.refusals import BadRequest, Refused, TooManyRequests
from sandbox.values import JsonObject

Kind = Literal["status", "reset", "timeout"]
_NAMES = {500: "Internal Server Error", 502: "Bad Gateway", 403: "Forbidden", 400: "Bad Request"}


@dataclass(slots=True, kw_only=True)
class Fault:
    """One ordered fault; it strikes `left` times, or a `share` of all requests until cleared."""

    kind: Kind
    method: str | None
    status: int = 500
    retry_after: int | None = None
    performed: bool = False
    """The request is carried out before its answer is lost."""
    left: int | None = 1
    share: float | None = None

    def refusal(self) -> Refused:
        """Return the error answer of a fault of kind "status"."""
        if self.status == 429:
            return TooManyRequests(self.retry_after or 1)
        return Refused(self.status, _NAMES.get(self.status, "Error"))


class Faults:
    """The faults that are ordered and not yet used up."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - which request fails, not a secret
        self._ordered: list[Fault] = []

    def order(self, form: JsonObject) -> None:
        """Add a fault described by `{status|kind, retry_after?, method?, count?|share?}`."""
        kind = form.get("kind", "status")
        if kind not in get_args(Kind):
            raise BadRequest(f"unknown kind of fault {kind!r}")
        share = form.get("share")
        try:
            fault = Fault(
                kind=kind,
                method=str(form["method"]).lower() if form.get("method") else None,
                status=int(form.get("status", 500)),
                retry_after=int(form["retry_after"]) if "retry_after" in form else None,
                performed=form.get("performed", kind == "timeout") is True,
                left=None if share is not None else int(form.get("count", 1)),
                share=None if share is None else float(share),
            )
        except (TypeError, ValueError) as broken:
            raise BadRequest(f"can't read the fault: {broken}") from broken
        self._ordered.append(fault)

    def clear(self) -> None:
        """Forget all orders."""
        self._ordered.clear()

    def strike(self, method: str) -> Fault | None:
        """Return the fault that this request meets, if any, and count it."""
        for fault in self._ordered:
            if fault.method not in {None, method.lower()}:
                continue
            if fault.share is not None:
                if self._random.random() < fault.share:
                    return fault
                continue
            fault.left = (fault.left or 0) - 1
            if fault.left <= 0:
                self._ordered.remove(fault)
            return fault
        return None
