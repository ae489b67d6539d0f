"""One sender cannot silence all."""

import pytest

from bot.senders import EPISODE, PEOPLE, STRANGERS, Passage, Senders, sender_of

STRANGER, OFFICER = 5, 6


class Town:
    """A clock, and who is known."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.asked = 0
        self.senders = Senders(lambda: self.now, self.known, self.tell)

    async def known(self, sender: int) -> bool:
        """Tell whether somebody is known."""
        self.asked += 1
        return sender == OFFICER

    async def tell(self, sender: int) -> None:
        """Nobody is told here: it is the intake's to do."""

    async def sends(self, sender: int, times: int) -> list[Passage]:
        """Return what becomes of so many updates at once."""
        return [await self.senders.passage(sender) for _ in range(times)]


@pytest.fixture
def town() -> Town:
    """Give a town where nobody has sent anything."""
    return Town()


async def test_a_stranger_gets_one_line_then_silence(town: Town) -> None:
    """10,000 messages: as many as the limit are taken, one is answered with why, the rest is not.

    Whether he is a person is looked up once, not 9,900 times.
    """
    came = await town.sends(STRANGER, 10_000)
    assert came[: STRANGERS.burst] == [Passage.IN] * STRANGERS.burst
    assert came[STRANGERS.burst] is Passage.TOLD
    assert set(came[STRANGERS.burst + 1 :]) == {Passage.SILENT}
    assert town.asked == 1


async def test_others_are_not_touched(town: Town) -> None:
    """Each has a limit of his own."""
    await town.sends(STRANGER, 10_000)
    assert await town.sends(OFFICER, 50) == [Passage.IN] * 50
    assert town.asked == 1


async def test_people_may_send_more_than_strangers(town: Town) -> None:
    """What an officer wrote while the bot was away is all taken."""
    assert set(await town.sends(OFFICER, PEOPLE.burst)) == {Passage.IN}
    assert Passage.SILENT in await town.sends(OFFICER, PEOPLE.burst)


async def test_who_keeps_within_it_again_is_taken_again(town: Town) -> None:
    """One more with every interval; a new episode is told anew."""
    await town.sends(STRANGER, STRANGERS.burst + 10)
    town.now += STRANGERS.every
    assert await town.sends(STRANGER, 2) == [Passage.IN, Passage.SILENT]
    town.now += EPISODE + STRANGERS.every * STRANGERS.burst
    came = await town.sends(STRANGER, STRANGERS.burst + 2)
    assert came[-2:] == [Passage.TOLD, Passage.SILENT]


def test_the_sender_is_read_from_any_kind_of_update() -> None:
    """Messages, presses and inline queries name him alike; what names nobody has none."""
    for kind in ("message", "edited_message", "callback_query", "inline_query", "my_chat_member"):
        assert sender_of({"update_id": 1, kind: {"from": {"id": 7}}}) == 7
    assert sender_of({"update_id": 1, "message": {"from": "odd"}}) is None
    assert sender_of({"update_id": 1, "message": 5}) is None
