"""Updates of one chat keep their order; other chats do not wait for them."""

import asyncio

from telegram import Chat, InlineQuery, Message, Update, User

from bot.clock import system_clock
from bot.order import ChatOrder, Job, line_of


def message(chat: int, number: int) -> Update:
    """Make update `number`, a message in `chat`."""
    held = Message(message_id=number, date=system_clock(), chat=Chat(chat, "private"))
    return Update(update_id=number, message=held)


class Diary:
    """Notes which jobs were done."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.changed = asyncio.Event()

    def job(self, number: int, wait_for: asyncio.Event | None = None) -> Job:
        """Return a job that notes its number, once it may."""

        async def do() -> bool:
            if wait_for is not None:
                await wait_for.wait()
            self.done.append(number)
            self.changed.set()
            return True

        return do

    async def reaches(self, count: int) -> list[int]:
        """Return what was done once it is so many."""
        async with asyncio.timeout(5):
            while len(self.done) < count:
                self.changed.clear()
                await self.changed.wait()
        return self.done


async def test_one_chat_in_order_while_others_go_on() -> None:
    """A chat's second update waits for its first; another chat's is handled meanwhile."""
    order, gate, diary = ChatOrder(), asyncio.Event(), Diary()
    order.add(1, diary.job(1, gate))
    order.add(1, diary.job(2))
    order.add(2, diary.job(3))
    assert await diary.reaches(1) == [3]
    gate.set()
    assert await diary.reaches(3) == [3, 1, 2]
    await order.close(1)


async def test_what_cannot_be_done_is_done_again_before_what_came_after() -> None:
    """An update whose answer is owed keeps its place in its chat, and no place to work."""
    order, diary, failures = ChatOrder(again=0), Diary(), [False, False, True]

    async def stubborn() -> bool:
        diary.done.append(1)
        return failures.pop(0)

    order.add(1, stubborn)
    order.add(1, diary.job(2))
    assert await diary.reaches(4) == [1, 1, 1, 2]
    await order.close(1)
    assert order._lines == {}


async def test_closing_begins_nothing_more() -> None:
    """What is begun comes to its end; what waits behind it, and what hangs, does not."""
    order, gate, diary = ChatOrder(), asyncio.Event(), Diary()
    order.add(1, diary.job(1, gate))
    order.add(1, diary.job(2))
    order.add(2, diary.job(3, asyncio.Event()))
    await asyncio.sleep(0)
    closing = asyncio.create_task(order.close(0.05))
    await asyncio.sleep(0)
    gate.set()
    await closing
    assert diary.done == [1]


def test_inline_queries_do_not_wait_for_the_private_chat() -> None:
    """A person's inline search and private chat are different lines."""
    user = User(1, "An", is_bot=False)
    inline = Update(5, inline_query=InlineQuery("5", user, "hạn", ""))
    assert line_of(inline) != line_of(message(1, 1))
    assert line_of(Update(6)) != line_of(Update(7))
