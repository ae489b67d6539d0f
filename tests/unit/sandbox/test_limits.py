"""The sandbox slows a bot down where Telegram would."""

from collections.abc import Awaitable, Callable

from sandbox.clock import ControlledClock
from sandbox.limits import STRICT, Limits
from sandbox.settings import SandboxSettings
from tests.e2e.phone import Phone, Town
from tests.unit.sandbox.conftest import Asking

Opening = Callable[[SandboxSettings], Awaitable[Town]]


async def _people(town: Town, count: int) -> list[Phone]:
    phones = [await town.phone(f"Người {number}") for number in range(count)]
    for phone in phones:
        await phone.says("/start")
    return phones


async def test_one_message_a_second_to_a_chat(opening: Opening) -> None:
    """Without a burst the second message within a second is refused, and fits after it."""
    town = await opening(SandboxSettings(clock=ControlledClock(), limits=STRICT))
    bot = Asking(town)
    (lan,) = await _people(town, 1)
    await bot.gets("sendMessage", chat_id=lan.id, text="một")
    answer = await bot.asks("sendMessage", chat_id=lan.id, text="hai")
    assert answer["error_code"] == 429
    assert answer["description"] == "Too Many Requests: retry after 1"
    assert answer["parameters"] == {"retry_after": 1}
    await town.advance(1)
    await bot.gets("sendMessage", chat_id=lan.id, text="hai")


async def test_thirty_messages_a_second_overall(opening: Opening) -> None:
    """The thirty-first message within a second is refused, to whomever it goes."""
    town = await opening(SandboxSettings(clock=ControlledClock(), limits=STRICT))
    bot = Asking(town)
    phones = await _people(town, 31)
    for phone in phones[:30]:
        await bot.gets("sendMessage", chat_id=phone.id, text="x")
    refusal = await bot.refused("sendMessage", chat_id=phones[30].id, text="x")
    assert refusal.startswith("Too Many Requests")
    await town.advance(1)
    await bot.gets("sendMessage", chat_id=phones[30].id, text="x")


async def test_twenty_messages_a_minute_to_a_group(opening: Opening) -> None:
    """A group takes twenty messages a minute, however slowly they come."""
    town = await opening(SandboxSettings(clock=ControlledClock(), limits=STRICT))
    bot = Asking(town)
    group = await town.group("Tổ công tác", *await _people(town, 1))
    for _ in range(20):
        await bot.gets("sendMessage", chat_id=group, text="x")
        await town.advance(2)
    answer = await bot.asks("sendMessage", chat_id=group, text="x")
    assert answer["parameters"] == {"retry_after": 20}
    await town.advance(20)
    await bot.gets("sendMessage", chat_id=group, text="x")


async def test_an_ordinary_chat_bears_a_short_burst(opening: Opening) -> None:
    """The named allowance lets so many more through, then refuses."""
    limits = Limits(chat_burst=2)
    town = await opening(SandboxSettings(clock=ControlledClock(), limits=limits))
    bot = Asking(town)
    (lan,) = await _people(town, 1)
    for _ in range(3):
        await bot.gets("sendMessage", chat_id=lan.id, text="x")
    await bot.refused("sendMessage", chat_id=lan.id, text="x")


async def test_an_album_counts_as_its_files(opening: Opening) -> None:
    """Each file of an album is a message to the limits."""
    limits = Limits(chat_burst=2)
    town = await opening(SandboxSettings(clock=ControlledClock(), limits=limits))
    bot = Asking(town)
    (lan,) = await _people(town, 1)
    media = [{"type": "document", "media": f"attach://{name}"} for name in "ab"]
    fields = {"chat_id": lan.id, "media": media}
    assert (await bot.posts("sendMediaGroup", fields, a=b"1", b=b"2"))["ok"]
    await bot.gets("sendMessage", chat_id=lan.id, text="x")
    await bot.refused("sendMessage", chat_id=lan.id, text="x")
