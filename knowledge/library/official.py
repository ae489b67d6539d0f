"""Prefer an official text to a shipped digest of it."""

import re
from collections.abc import Iterable

from knowledge.library.pack import Card
from vietnamese.text import fold


def stepped_back(cards: Iterable[Card]) -> dict[str, str]:
    """Map the file of each digest to the official file that takes its place.

    The two are one document where number and issuer agree, and the dates do not differ: a number
    alone names dozens of documents.
    """
    listed = list(cards)
    official = [card for card in listed if card.digest_of is None and card.number]
    found = {}
    for digest in listed:
        if digest.digest_of is not None and digest.number:
            same = next((card for card in official if _same(digest, card)), None)
            if same is not None:
                found[digest.file] = same.file
    return found


def _same(digest: Card, card: Card) -> bool:
    if _plain(digest.number) != _plain(card.number):
        return False
    if digest.issued and card.issued and digest.issued != card.issued:
        return False
    issuers = _plain(digest.issuer), _plain(card.issuer)
    known = all(issuers)
    return not known or issuers[0] in issuers[1] or issuers[1] in issuers[0]


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", fold(text or "")).strip()
