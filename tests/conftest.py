"""Where tests find the real directives, the hand-made truth and the public retrieval set."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from bot.logging import configure

configure("INFO", (), sys.__stderr__ or sys.stderr)
"""As in earnest: left to itself, structlog draws each traceback in colours for seconds."""

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
"""A test is no judge of time: on a busy machine an example takes as long as it takes."""

ACCEPTANCE_DATA = Path(os.environ.get("ACCEPTANCE_DATA", "../shared"))


@pytest.fixture(scope="session")
def acceptance_data() -> Path:
    """Give the folder of real input; without it the test says that it skips, and why."""
    if not (ACCEPTANCE_DATA / "directives").is_dir():
        pytest.skip(f"no acceptance data in {ACCEPTANCE_DATA} (set ACCEPTANCE_DATA)")
    return ACCEPTANCE_DATA
