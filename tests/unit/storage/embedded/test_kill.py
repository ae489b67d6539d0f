"""Killed at any instant, the embedded store keeps what it acknowledged; a benchmark kills more."""

from benchmarks.kills import kill

KILLS = 10


def test_nothing_acknowledged_is_lost_doubled_or_half() -> None:
    """After `kill -9` while officers submit, all they were told of is there, once and whole."""
    tally = kill(KILLS, seed=20261105)
    assert tally.kills == KILLS
    assert tally.acknowledged > KILLS
    assert (tally.lost, tally.doubled, tally.halved, tally.unreadable) == (0, 0, 0, 0)
