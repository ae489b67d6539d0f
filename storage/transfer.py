"""All records of one store into another: in steps that can be taken up again, and verified."""

from collections import defaultdict
from collections.abc import AsyncIterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from records.refusals import BackupRefused, NotEmpty
from records.store import Entry, Store

if TYPE_CHECKING:
    from storage.postgres.store import PostgresStore

STEP = 1000
"""Records written in one transaction."""


class NotTheSame(BackupRefused):
    """What arrived is not what left: counts or checksums differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a move came to."""

    counts: Mapping[str, int]
    """Records by kind, found equal in both stores by count and checksum."""
    already: int
    """How many an earlier, interrupted move had brought."""


async def move(source: Store, target: "PostgresStore") -> Moved:
    """Bring every record to `target`, in order, and compare the two stores.

    Nothing may write to the source meanwhile. A move that was cut short goes on where it was.
    Raises NotEmpty for a target with records of its own, NotTheSame.
    """
    left = {(kind, key): text async for kind, key, text in source.dump()}
    brought = 0
    async with aclosing(target.dump()) as there:
        async for kind, key, text in there:
            if left.pop((kind, key), None) != text:
                raise NotEmpty(where="the database")
            brought += 1
    rest = [(kind, key, text) for (kind, key), text in left.items()]
    for start in range(0, len(rest), STEP):
        await target.take(rest[start : start + STEP])
    ours, theirs = await summary(source.dump()), await summary(target.dump())
    if ours != theirs:
        raise NotTheSame
    return Moved(counts={kind: count for kind, (count, _) in ours.items()}, already=brought)


async def summary(entries: AsyncIterable[Entry]) -> Mapping[str, tuple[int, str]]:
    """Return the number of records of each kind and a checksum over them, whatever their order."""
    texts: dict[str, list[bytes]] = defaultdict(list)
    async for kind, key, text in entries:
        texts[kind].append(sha256(key.encode() + b"\0" + text).digest())
    return {
        kind: (len(found), sha256(b"".join(sorted(found))).hexdigest())
        for kind, found in sorted(texts.items())
    }
