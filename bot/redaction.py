"""Takes secrets out of what is logged or told."""

import re
from collections.abc import Sequence
from typing import Final

_ANY_TOKEN: Final = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{20,}")
"""A bot token wherever it stands, also one that is not ours."""

_HIDDEN: Final = "[hidden]"


class Redactor:
    """Takes secrets out of a rendered record, wherever in it they stand."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = tuple(secret for secret in secrets if secret)

    def clean(self, text: str) -> str:
        """Return `text` with each secret replaced."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return _ANY_TOKEN.sub(_HIDDEN, text)
