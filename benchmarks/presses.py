"""Presses a second, beside a bare bot of the same library that answers each and does nothing else.

    python -m benchmarks.presses [--presses N] [--rounds N]

Either is a process of its own; Telegram is the sandbox, over HTTP. A press is of a button that is
no longer valid: its answer is a notice, for which no chat's pace holds, so that what is measured is
the work for an update. The two take turns; the best round of each counts.
"""

import argparse
import asyncio
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from benchmarks.backlog import people
from bot.order import WORKING
from sandbox.refusals import BadRequest
from tests.e2e.conftest import serving
from tests.e2e.phone import Town, sandbox

PRESSES: Final = 400
CHATS: Final = 100
ROUNDS: Final = 3
DATA: Final = "x:gone"
"""What a button of nobody's carries."""

LOOKED_EVERY: Final = 0.01
PATIENCE: Final = 60.0
"""Seconds for all of a round."""

WARM: Final = 50
"""Presses before the clock is started."""


def bare(token: str, url: str) -> None:
    """Be the bare bot, until killed."""

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query is not None:
            await update.callback_query.answer("?")

    builder = Application.builder().token(token).base_url(f"{url}/bot")
    application = builder.concurrent_updates(WORKING).connection_pool_size(WORKING).build()
    application.add_handler(CallbackQueryHandler(answer))
    application.run_polling(poll_interval=0)


async def echoed(presses: int) -> float:
    """Return the presses a second that the bare bot answers."""
    async with sandbox() as town:
        arguments = ["-m", "benchmarks.presses", "--bare", town.token, town.running.url]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            return await pressed(town, presses)
        finally:
            process.kill()
            await process.wait()


async def assisted(presses: int) -> float:
    """Return the presses a second that the assistant answers."""
    async with sandbox() as town:
        with TemporaryDirectory() as folder:
            bot = serving(town, Path(folder))
            await bot.start()
            try:
                return await pressed(town, presses)
            finally:
                await bot.stop()


async def pressed(town: Town, presses: int) -> float:
    """Press, and return how many were answered a second."""
    chats = await people(town, CHATS)
    await answered(town, press(town, chats, 1))  # It is up; this one may have been too old.
    await answered(town, press(town, chats, WARM))
    began = time.perf_counter()
    await answered(town, press(town, chats, presses))
    return presses / (time.perf_counter() - began)


def press(town: Town, chats: list[int], times: int) -> list[str]:
    """Have presses of all chats wait for the bot; return their ids."""
    exchange, ids = town.running.exchange, list[str]()
    for number in range(times):
        chat = chats[number % len(chats)]
        held = {"id": chat, "type": "private", "first_name": "P"}
        message = {"message_id": 1, "date": int(time.time()), "chat": held, "text": "…"}
        sender = {"id": chat, "is_bot": False, "first_name": "P"}
        known_as = str(exchange.state.next_update)
        query = {"id": known_as, "from": sender, "chat_instance": "1"}
        exchange.queries.ask(known_as, chat)
        ids.append(known_as)
        exchange.updates.inject({"callback_query": query | {"message": message, "data": DATA}})
    return ids


async def answered(town: Town, ids: list[str]) -> None:
    """Wait until all of these are answered."""
    for _ in range(int(PATIENCE / LOOKED_EVERY)):
        if not any(is_open(town, one) for one in reversed(ids)):
            return
        await asyncio.sleep(LOOKED_EVERY)
    raise TimeoutError


def is_open(town: Town, query: str) -> bool:
    """Tell whether a press waits for its answer."""
    try:
        town.running.exchange.queries.open(query)
    except BadRequest:
        return False
    return True


async def main(presses: int, rounds: int) -> None:
    """Run the rounds, and print a table."""
    echo, ours = list[float](), list[float]()
    for _ in range(rounds):
        echo.append(await echoed(presses))
        ours.append(await assisted(presses))
    print("| what | bar | reached |\n|---|---|---|")
    print(f"| presses/s: bare bot | | {', '.join(f'{one:.0f}' for one in echo)} |")
    print(f"| … the assistant | | {', '.join(f'{one:.0f}' for one in ours)} |")
    print(f"| … the best ÷ the best | ≥ .8 | **{max(ours) / max(echo):.2f}** |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=PRESSES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--bare", nargs=2, metavar=("TOKEN", "URL"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bare:
        bare(*given.bare)
    else:
        asyncio.run(main(given.presses, given.rounds))
