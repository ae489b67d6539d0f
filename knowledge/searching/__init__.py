"""Find the passages of the library that speak of what a question asks."""

from knowledge.searching.values import Expansion, Hit, Passage, Query

__all__ = ["Expansion", "Hit", "Passage", "Query"]
