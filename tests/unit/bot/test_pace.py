"""Moments to send at: on an even beat, each for one message, shared or one's own."""

import pytest

from bot.pace import (
    AFTER_ANSWER,
    AWAY_SECONDS,
    CATCH_UP,
    EVERY,
    OwnPace,
    SharedPace,
)
from records.refusals import DatabaseAway
from tests.unit.bot.virtual_time import VirtualTime


@pytest.fixture
def time() -> VirtualTime:
    """Give a clock of the test's own."""
    return VirtualTime()


async def test_the_beat_is_even(time: VirtualTime) -> None:
    """The first at once, then one after the other."""
    pace = OwnPace(time.monotonic)
    assert [await pace.take(answer=False) for _ in range(4)] == pytest.approx(
        [n * EVERY for n in range(4)]
    )


async def test_an_answer_finds_room_in_a_broadcast(time: VirtualTime) -> None:
    """It goes at once, and the broadcast a beat later for it."""
    pace = OwnPace(time.monotonic)
    for _ in range(2):
        time.now += await pace.take(answer=False)
    assert await pace.take(answer=True) == 0
    assert await pace.take(answer=False) == pytest.approx(EVERY + AFTER_ANSWER)


@pytest.mark.parametrize(("late", "made_up"), [(CATCH_UP / 2, True), (CATCH_UP * 2, False)])
async def test_a_short_delay_is_made_up_for(
    time: VirtualTime, late: float, *, made_up: bool
) -> None:
    """A long one is not: what waited does not go in a burst."""
    pace = OwnPace(time.monotonic)
    await pace.take(answer=False)
    time.now += EVERY + late
    assert await pace.take(answer=False) == 0
    assert (await pace.take(answer=False) == 0) is made_up


class Shared:
    """Moments of a database that can be away."""

    def __init__(self) -> None:
        self.away = False
        self.asked = 0

    async def take(self, *, every: float, late: float, ahead: float) -> float:
        """Give one."""
        self.asked += 1
        if self.away:
            raise DatabaseAway
        return every + late + ahead


async def test_with_the_database_away_each_keeps_its_own_pace(time: VirtualTime) -> None:
    """And does not ask for every message whether it is back."""
    shared = Shared()
    pace = SharedPace(shared, time.monotonic)
    assert await pace.take(answer=False) == EVERY + CATCH_UP
    shared.away = True
    assert [await pace.take(answer=False) for _ in range(3)] == pytest.approx([0, EVERY, 2 * EVERY])
    assert shared.asked == 2
    shared.away = False
    time.now += AWAY_SECONDS
    assert await pace.take(answer=False) == EVERY + CATCH_UP
