"""/trangthai: what waits to be sent, what did not surely arrive, whom nothing reaches."""

from dataclasses import dataclass
from typing import Final

from telegram import Message

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply
from handlers.core.screen import Screen
from scheduler.undelivered import outbox_state

SHOWN: Final = 20
"""People named; the list on the command line has every message."""


def feature(deps: Dependencies) -> Feature:
    """Return where the state of the outbox is read."""
    return Feature(commands={"trangthai": OutboxStatus(deps).on_command})


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """Shows how the outbox stands."""

    deps: Dependencies

    async def on_command(self, message: Message, context: Context) -> None:
        """`/trangthai`: show an admin how the sending stands."""
        state = await outbox_state(self.deps.store, context.officer.id, self.deps.now())
        html = self.deps.texts.screen(
            "outbox_state",
            owed=state.owed,
            oldest=state.oldest,
            unsure=state.unsure[:SHOWN],
            more=len(state.unsure[SHOWN:]),
            refused=state.refused,
            unreachable=state.unreachable,
        )
        await reply(message, Screen(html))
