"""Updates of one chat keep their order; other chats do not wait for them."""

import asyncio

from telegram import Chat, InlineQuery, Message, Update, User

from bot.clock import system_clock
from bot.order import ChatOrder, line_of


def message(chat: int, number: int) -> Update:
    """Make update `number`, a message in `chat`."""
    held = Message(message_id=number, date=system_clock(), chat=Chat(chat, "private"))
    return Update(update_id=number, message=held)


async def test_one_chat_in_order_while_others_go_on() -> None:
    """A chat's second update waits for its first; another chat's is handled meanwhile."""
    order, gate, done = ChatOrder(), asyncio.Event(), list[int]()

    async def handle(number: int, wait_for: asyncio.Event | None) -> None:
        if wait_for is not None:
            await wait_for.wait()
        done.append(number)

    async with order:
        first = asyncio.create_task(order.process_update(message(1, 1), handle(1, gate)))
        second = asyncio.create_task(order.process_update(message(1, 2), handle(2, None)))
        await order.process_update(message(2, 3), handle(3, None))
        assert done == [3]
        gate.set()
        await asyncio.gather(first, second)
    assert done == [3, 1, 2]


async def test_an_update_that_fails_frees_its_chat() -> None:
    """The next update of the chat is handled, and nothing is remembered afterwards."""
    order, done = ChatOrder(), list[int]()

    async def fail() -> None:
        raise ValueError

    async def handle() -> None:
        done.append(2)

    results = await asyncio.gather(
        order.process_update(message(1, 1), fail()),
        order.process_update(message(1, 2), handle()),
        return_exceptions=True,
    )
    assert isinstance(results[0], ValueError)
    assert done == [2]
    assert order._lines == {}


def test_inline_queries_do_not_wait_for_the_private_chat() -> None:
    """A person's inline search and private chat are different lines."""
    user = User(1, "An", is_bot=False)
    inline = Update(5, inline_query=InlineQuery("5", user, "hạn", ""))
    assert line_of(inline) != line_of(message(1, 1))
    assert line_of(Update(6)) != line_of(Update(7))
