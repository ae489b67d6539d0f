"""The schedule and the outbox on the command line."""

import json
from dataclasses import asdict, replace
from datetime import date

from bot.clock import Clock
from bot.settings import Settings
from bot.stores import opened_store, read_beside
from records.model import Delivery, OutboxMessage
from scheduler.preview import PreviewRow, preview

FINAL = frozenset({Delivery.SENT, Delivery.DROPPED})
"""States that need nobody's attention."""


async def previewed(
    settings: Settings, first: date, last: date, clock: Clock, *, as_json: bool
) -> list[str]:
    """Return a line for each line of each message that would be sent."""
    async with opened_store(settings) as store:
        rows = await preview(store, first, last, clock())
    return [_json(one) if as_json else _text(one) for one in rows]


async def listed(settings: Settings) -> list[str]:
    """Return what is owed, unclear or set aside; the assistant may be at work."""
    rows = await read_beside(settings, OutboxMessage)
    open_rows = [one for one in rows if one.state not in FINAL]
    return [
        f"{one.key}\t{one.channel}\t{one.state}\ttries {one.tries}"
        f"\t{one.not_before or one.created:%Y-%m-%d %H:%M}"
        for one in open_rows
    ]


async def retried(settings: Settings, key: str) -> bool:
    """Owe a row again that was unclear, unreachable or set aside; False if there is none."""
    return await _settle(settings, key, Delivery.OWED, None)


async def dropped(settings: Settings, key: str, clock: Clock) -> bool:
    """Drop a row; False if there is none that waits."""
    return await _settle(settings, key, Delivery.DROPPED, clock)


async def _settle(settings: Settings, key: str, state: Delivery, clock: Clock | None) -> bool:
    async with opened_store(settings) as store, store.begin(f"outbox:{key}") as tx:
        row = await tx.get(OutboxMessage, key)
        if row is None or row.state in FINAL:
            return False
        settled = None if clock is None else clock()
        await tx.put(replace(row, state=state, settled=settled, not_before=None, lease=None))
        return True


def _json(one: PreviewRow) -> str:
    row = asdict(one)
    return json.dumps(
        {
            "at": one.at.isoformat(),
            "person": row["person"],
            "unit": row["unit"],
            "task": row["task"],
            "period": row["period"],
            "stage": row["stage"],
            "due": one.due.isoformat(),
        },
        ensure_ascii=False,
    )


def _text(one: PreviewRow) -> str:
    what = f"{one.title} {one.period or ''}".strip()
    return f"{one.at:%Y-%m-%d %H:%M}  {one.name} ({one.unit}): {one.stage}, due {one.due}: {what}"
