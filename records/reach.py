"""By which way a message goes to a person, and which ways are known not to reach him.

A person has an address a channel, in the order of his preference. What a channel finds out about
its own address says nothing about another's; a person is out of reach when no way is left.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from records.model import Address, Person


def way_to(person: Person, channels: Collection[str]) -> Address | None:
    """Return the address that the next message goes to, of those whose channels are in use.

    The first that reaches him; if none does, the first: there it is tried and recorded.
    """
    ways = [one for one in person.addresses if one.channel in channels]
    return next((one for one in ways if one.unreachable is None), ways[0] if ways else None)


def lost(person: Person, channel: str, now: datetime) -> Person:
    """Return the person as one whom a channel does not reach from now on, or before."""
    marked = _marked(person, channel, now)
    left = [one for one in marked.addresses if one.unreachable is None]
    return replace(marked, unreachable=None if left else person.unreachable or now)


def found(person: Person, channel: str) -> Person:
    """Return the person as one whom a channel reaches."""
    return replace(_marked(person, channel, None), unreachable=None)


def away_since(person: Person, channel: str) -> datetime | None:
    """Return since when a channel does not reach a person; None if it does.

    Where no address is marked, the person's own mark counts: it was the only one there was.
    """
    since = next((one.unreachable for one in person.addresses if one.channel == channel), None)
    marked = any(one.unreachable for one in person.addresses)
    return since if marked else person.unreachable


def _marked(person: Person, channel: str, at: datetime | None) -> Person:
    """Note at its address since when a channel does not reach a person; the first time counts."""
    addresses = tuple(
        replace(one, unreachable=at and (one.unreachable or at)) if one.channel == channel else one
        for one in person.addresses
    )
    return replace(person, addresses=addresses)
