"""The room's word for JSON: what Telegram and the page exchange, before and after it is judged."""

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""An object of the Bot API; its form is stated by the specification, not by Python types."""
