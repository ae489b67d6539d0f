"""From a file to text: every format and encoding an office sends, and the gate for secrets."""

from knowledge.reading.reader import KINDS, read
from knowledge.reading.source import Source

__all__ = ["KINDS", "Source", "read"]
