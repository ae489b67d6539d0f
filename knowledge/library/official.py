"""Prefer an official text to a shipped digest of it."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from knowledge.library.pack import Card
from vietnamese.text import fold

SHARED: Final = 0.9
"""Share of a digest's cited numbers that the official text names too. Of the five shipped digests
each shares all with its own text, and at most .8 with another's, whose kind or issuer differs."""

FEWEST: Final = 4
"""Cited numbers from which they tell a document: two papers of one body may share some laws."""


def stepped_back(cards: Iterable[Card]) -> dict[str, str]:
    """Map the file of each digest to the official file that takes its place.

    The two are one document where number and issuer agree, and the dates do not differ: a number
    alone names dozens of documents. Where either bears no number, kind, issuer and signer must
    agree, and the numbers cited are the same.
    """
    listed = list(cards)
    official = [card for card in listed if card.digest_of is None]
    found = {}
    for digest in listed:
        if digest.digest_of is not None:
            same = next((card for card in official if _same(digest, card)), None)
            if same is not None:
                found[digest.file] = same.file
    return found


def same_number(one: str | None, other: str | None) -> bool:
    """Tell whether two printed numbers are the same, blanks and accents aside."""
    return "".join(_plain(one).split()) == "".join(_plain(other).split())


def same_issuer(one: str | None, other: str | None) -> bool:
    """Tell whether two names may be one body's: either is unknown, or part of the other."""
    first, second = _plain(one), _plain(other)
    return not (first and second) or first in second or second in first


def same_day(one: date | None, other: date | None) -> bool:
    """Tell whether two days do not differ: either may be unknown."""
    return not (one and other) or one == other


def _same(digest: Card, card: Card) -> bool:
    if not same_day(digest.issued, card.issued) or not same_issuer(digest.issuer, card.issuer):
        return False
    if digest.number and card.number:
        return same_number(digest.number, card.number)
    return (
        _plain(digest.type) == _plain(card.type)
        and _agree(digest.signer, card.signer)
        and _cite_the_same(digest, card)
    )


def _agree(one: str | None, other: str | None) -> bool:
    return not (one and other) or _plain(one) == _plain(other)


def _cite_the_same(digest: Card, card: Card) -> bool:
    cited = {"".join(_plain(number).split()) for number in digest.cites}
    named = {"".join(_plain(number).split()) for number in card.cites}
    return len(cited) >= FEWEST and len(cited & named) >= SHARED * len(cited)


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", fold(text or "")).strip()
