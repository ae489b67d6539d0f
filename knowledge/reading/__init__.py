"""From a file to text: every format and encoding an office sends, and the gate for secrets."""

from knowledge.file_kinds import KINDS
from knowledge.reading.reader import read
from knowledge.reading.source import Source

__all__ = ["KINDS", "Source", "read"]
