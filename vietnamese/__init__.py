"""Vietnamese as people write it: one spelling to compare, syllables to search.

Everything above may import this room; it imports none.
"""
