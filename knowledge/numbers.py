"""Numbers of documents, printed and typed: the one door by which other rooms reach them."""

from knowledge.printed_numbers import DocumentNumber, find_numbers, parse_number
from knowledge.typed_numbers import TypedNumber, matches, typed_numbers

__all__ = [
    "DocumentNumber",
    "TypedNumber",
    "find_numbers",
    "matches",
    "parse_number",
    "typed_numbers",
]
