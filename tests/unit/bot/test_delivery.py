"""Requests are paced, kept in order within a chat, and repeated where that can help."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot import delivery as under_test
from bot.delivery import (
    CHAT,
    CHAT_STRICTLY,
    GROUP,
    OWED_SECONDS,
    PAUSES,
    TURN_SECONDS,
    Answer,
    Delivery,
)
from bot.pace import EVERY, OVERALL, PER_SECOND
from tests.unit.bot.virtual_time import VirtualTime


class Telegram:
    """Counts what arrives and when; refuses what it is told to refuse."""

    def __init__(self, time: VirtualTime) -> None:
        self.time = time
        self.arrived: list[tuple[float, int, str]] = []
        self.asked: list[float] = []
        """When anything was asked for, taken or refused."""
        self.refusals: dict[int, list[TelegramError]] = {}

    async def take(self, chat: int, text: str) -> Answer:
        """Take a message, or refuse it."""
        self.asked.append(self.time.now)
        if self.refusals.get(chat):
            raise self.refusals[chat].pop(0)
        self.arrived.append((self.time.now, chat, text))
        return {"chat": chat}

    def at(self, chat: int) -> list[float]:
        """Return when the messages to `chat` arrived."""
        return [at for at, to, _ in self.arrived if to == chat]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> VirtualTime:
    """Give a clock of the test's own."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    return VirtualTime()


@pytest.fixture
def telegram(time: VirtualTime) -> Telegram:
    """Give the far end."""
    return Telegram(time)


@pytest.fixture
def send(time: VirtualTime, telegram: Telegram) -> Callable[..., Any]:
    """Give a way to send through one delivery."""
    delivery = Delivery(monotonic=time.monotonic, sleep=time.sleep)

    def job(
        chat: int, text: str = "", *, method: str = "sendMessage", broadcast: bool | None = None
    ) -> Any:
        return delivery.process_request(
            telegram.take, (chat, text), {}, method, {"chat_id": chat}, broadcast
        )

    return job


def most_within(times: list[float], seconds: float) -> int:
    """Return the largest number of `times` in any window of `seconds`, by trying each."""
    return max(sum(start <= at < start + seconds for at in times) for start in times)


async def test_a_chat_gets_its_messages_in_order_and_at_its_pace(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """Twenty messages to one chat take their time and keep their order."""
    await time.run(*(send(7, str(n)) for n in range(20)))
    assert [text for _, _, text in telegram.arrived] == [str(n) for n in range(20)]
    assert most_within(telegram.at(7), CHAT[1]) == CHAT[0]


async def test_a_group_gets_twenty_a_minute(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """Telegram's own limit for groups is kept in every window of a minute."""
    await time.run(*(send(-5) for _ in range(50)))
    assert len(telegram.arrived) == 50
    assert most_within(telegram.at(-5), 60.0) == GROUP[0]


async def test_all_chats_together_keep_under_the_ceiling(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """A hundred chats at once are served at the bot's rate, none left out."""
    await time.run(*(send(chat) for chat in range(100)))
    times = [at for at, _, _ in telegram.arrived]
    assert len(times) == 100
    assert OVERALL[0] * 0.8 <= most_within(times, 1.0) <= OVERALL[0]


async def test_answers_go_before_broadcasts(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """An answer asked for during a broadcast does not wait for its end."""
    broadcast = [send(chat, "broadcast", broadcast=True) for chat in range(200)]
    answers = [send(chat, "answer") for chat in range(1000, 1020)]
    await time.run(*broadcast, *answers)
    answered = max(at for at, _, text in telegram.arrived if text == "answer")
    broadcasts = [at for at, _, text in telegram.arrived if text == "broadcast"]
    assert answered - 1000.0 < 1.0
    assert len(broadcasts) == 200
    assert most_within(broadcasts, 1.0) <= PER_SECOND + 1
    after = [at for at in broadcasts if at > answered + 1.0]
    assert len(after) / (max(after) - min(after)) >= 0.95 * 30


async def test_only_the_flooded_chat_waits(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """Flood control of one chat is obeyed there, in order, and delays no other chat."""
    telegram.refusals[7] = [RetryAfter(timedelta(seconds=9))]
    await time.run(send(7, "first"), send(7, "second"), send(8, "other"))
    assert telegram.at(8)[0] - 1000.0 < 2 * EVERY
    assert telegram.at(7)[0] >= 1009.0
    assert [text for _, chat, text in telegram.arrived if chat == 7] == ["first", "second"]


async def test_a_lost_connection_is_tried_again(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """After a network error the answer still arrives."""
    telegram.refusals[7] = [NetworkError("reset") for _ in PAUSES]
    [result] = await time.run(send(7))
    assert result == {"chat": 7}
    assert telegram.at(7) == [1000.0 + sum(PAUSES)]


@pytest.mark.parametrize(
    "refusals",
    [
        lambda: [RetryAfter(timedelta(seconds=OWED_SECONDS + 1))],
        lambda: [Forbidden("Forbidden: bot was blocked by the user")],
        lambda: [BadRequest("Can't parse entities")],
    ],
)
async def test_what_repeating_cannot_help_is_raised(
    time: VirtualTime,
    telegram: Telegram,
    send: Callable[..., Any],
    refusals: Callable[[], list[TelegramError]],
) -> None:
    """A block, a bug and too long a wait end the request."""
    telegram.refusals[7] = refusals()
    last = telegram.refusals[7][-1]
    assert await time.run(send(7)) == [last]
    assert telegram.refusals[7] == []


async def test_an_answer_is_owed_for_an_hour(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """A network that is away for less than that delays it; for longer, it is given back."""
    often = int(OWED_SECONDS / PAUSES[-1])
    telegram.refusals[7] = [NetworkError("reset") for _ in range(often - 10)]
    assert await time.run(send(7)) == [{"chat": 7}]
    gone = [NetworkError("reset") for _ in range(often + 10)]
    telegram.refusals[7] = list(gone)
    (last,) = await time.run(send(7))
    assert last in gone


@pytest.mark.parametrize("said", ["Message is not modified", "Query is too old"])
async def test_what_is_so_already_counts_as_done(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any], said: str
) -> None:
    """A double tap and a late answer are no errors."""
    telegram.refusals[7] = [BadRequest(said)]
    assert await time.run(send(7, method="editMessageText")) == [True]


async def test_answers_to_taps_are_never_queued(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """Only what puts something into a chat is paced."""
    await time.run(*(send(7, method="sendChatAction") for _ in range(40)))
    assert set(telegram.at(7)) == {1000.0}


async def test_a_broadcasts_senders_are_served_in_order(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """Of 24 senders none waits much longer than it takes to serve the others once."""
    left = list(range(900))
    waits = []

    async def sender() -> None:
        while left:
            chat, began = 1000 + left.pop(), time.now
            await send(chat, broadcast=True)
            waits.append(time.now - began)
            await time.sleep(0.01 + chat % 3 * 0.01)

    await time.run(*(sender() for _ in range(24)))
    assert len(telegram.arrived) == 900
    assert max(waits) <= 24 * EVERY * 1.1


async def test_an_answer_passes_what_nobody_asked_for_in_its_own_chat(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """Who asks while a notice to him waits for its turn does not wait for the notice."""
    others = [send(chat, broadcast=True) for chat in range(100, 200)]
    await time.run(*others, send(7, "notice", broadcast=True), send(7, "answer"))
    assert [text for _, chat, text in telegram.arrived if chat == 7] == ["answer", "notice"]
    assert telegram.at(7)[0] - 1000.0 <= 2 * EVERY


async def test_repetitions_wait_for_their_turn(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """A hundred answers refused at once do not come back at once."""
    for chat in range(100):
        telegram.refusals[chat] = [RetryAfter(timedelta(seconds=3)), NetworkError("reset")]
    await time.run(*(send(chat) for chat in range(100)))
    assert len(telegram.arrived) == 100
    assert most_within(telegram.asked, 1.0) <= OVERALL[0]


async def test_an_answer_that_waits_for_its_chat_holds_up_no_broadcast(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """Flood control of one chat is not everybody's."""
    telegram.refusals[7] = [RetryAfter(timedelta(seconds=30))]
    await time.run(send(7), *(send(chat, broadcast=True) for chat in range(100, 160)))
    assert max(at for at, chat, _ in telegram.arrived if chat != 7) < 1003.0


async def test_after_a_refusal_no_chat_gets_a_burst(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """Telegram's limits vary: where they are strict with one chat they are with all."""
    telegram.refusals[7] = [RetryAfter(timedelta(seconds=1))]
    await time.run(send(7))
    await time.run(*(send(8) for _ in range(5)))
    assert most_within(telegram.at(8), CHAT_STRICTLY[1] - 0.01) == 1


async def test_in_a_backlog_no_chat_gets_a_burst(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """While people wait for each other, ten messages to one of them would be nine too many."""
    await time.run(*(send(chat) for chat in range(40)), *(send(7) for _ in range(4)))
    assert most_within(telegram.at(7), CHAT_STRICTLY[1] - 0.01) == 1


async def test_an_unasked_message_whose_turn_does_not_come_was_not_sent(
    time: VirtualTime, telegram: Telegram, send: Callable[..., Any]
) -> None:
    """It makes room, and is told when its chat is free: waiting is no fate that is unknown."""
    notices = [send(7, str(n), broadcast=True) for n in range(CHAT[0] + 1)]
    refused = (await time.run(*notices))[-1]
    assert isinstance(refused, RetryAfter)
    assert len(telegram.arrived) == CHAT[0]
    stated = refused.retry_after
    assert isinstance(stated, timedelta)
    assert TURN_SECONDS < stated.total_seconds() <= CHAT[1]


async def test_the_clock_of_a_send_starts_with_its_request(
    time: VirtualTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence after the request is written ends it; the wait for its turn does not count."""
    monkeypatch.setattr(under_test, "REQUEST_SECONDS", 0.01)
    delivery = Delivery(monotonic=time.monotonic, sleep=time.sleep)

    async def silent() -> Answer:
        await asyncio.Event().wait()
        return True

    sent = delivery.process_request(silent, (), {}, "sendMessage", {"chat_id": 7}, True)
    with pytest.raises(TimedOut):
        await sent
