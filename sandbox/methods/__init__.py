"""The methods of the Bot API that the sandbox carries out, by their names."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sandbox.exchange import Exchange
from sandbox.methods import receiving, sending
from sandbox.requests import Call

Method = Callable[[Exchange, Call], Any]

METHODS: Final[Mapping[str, Method]] = receiving.METHODS | sending.METHODS
"""What is not here answers that it is not available."""
