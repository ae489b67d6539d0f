"""The assistant is built in one place, and building calls nobody."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.application import NoTokenError, build
from bot.clock import system_clock
from bot.delivery import Delivery
from bot.settings import Settings, load
from storage.embedded.store import EmbeddedStore

TOKEN = "123456789:AAExampleExampleExampleExample"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give the settings of a bot with a token, on a folder of its own."""
    own = {"bot_token": SecretStr(TOKEN), "data_dir": tmp_path / "data"}
    return load(None).model_copy(update=own)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give an open store on a folder of its own."""
    held = await EmbeddedStore.open(tmp_path / "records")
    yield held
    await held.close()


async def test_the_house_stands_without_a_network(settings: Settings, store: EmbeddedStore) -> None:
    """Own limiter and own intake; none of the library's fetching, persistence or key cache."""
    container = build(settings, clock=system_clock, store=store)
    application = container.application
    assert isinstance(application.bot.rate_limiter, Delivery)
    assert application.persistence is None
    assert application.bot.callback_data_cache is None
    assert application.bot.base_url == f"https://api.telegram.org/bot{TOKEN}"
    assert application.updater is None
    container.questions.close()


async def test_without_a_token_nothing_is_built(settings: Settings, store: EmbeddedStore) -> None:
    """The sandbox gives one first."""
    without = settings.model_copy(update={"bot_token": None})
    with pytest.raises(NoTokenError):
        build(without, clock=system_clock, store=store)
    assert not settings.data_dir.exists()
