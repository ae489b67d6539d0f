"""Whatever is sent as a roster, it is a table or is refused in one sentence."""

import pytest

from benchmarks.rosters import FILES, Malformed, outcome, rosters
from bot.texts import Texts

MALFORMED = tuple(rosters(seed=7))


@pytest.fixture(scope="module")
def texts() -> Texts:
    """Return the sentences."""
    return Texts()


def test_as_many_as_are_promised() -> None:
    """The figure of the benchmark is about these."""
    assert len(MALFORMED) == FILES


@pytest.mark.parametrize("given", MALFORMED[:: len(MALFORMED) // 40], ids=lambda one: one.name)
def test_no_file_is_a_fault(texts: Texts, given: Malformed) -> None:
    """Every fourth of another seed than the benchmark's."""
    assert outcome(texts, given) != "refused without a sentence"
