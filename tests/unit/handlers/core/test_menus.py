"""Each role's menu lists commands that there are, with their descriptions."""

import pytest
import pytest_asyncio
from pydantic import SecretStr
from telegram.ext import CommandHandler

from bot.application import build
from bot.clock import system_clock
from bot.settings import load
from bot.texts import COMMANDS, OPEN_COMMANDS, Texts
from handlers.dispatch import MENUS
from records.model import Role
from storage.embedded.store import EmbeddedStore


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def commands(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Return the commands that the whole assistant takes."""
    tmp_path = tmp_path_factory.mktemp("menus")
    store = await EmbeddedStore.open(tmp_path / "records")
    own = {"bot_token": SecretStr("123456789:AAExample"), "data_dir": tmp_path / "data"}
    settings = load(None).model_copy(update=own)
    container = build(settings, clock=system_clock, store=store)
    container.questions.close()
    await store.close()
    return frozenset(
        name
        for handlers in container.application.handlers.values()
        for one in handlers
        if isinstance(one, CommandHandler)
        for name in one.commands
    )


@pytest.mark.parametrize("role", Role)
def test_a_menu_lists_what_there_is(role: Role, commands: frozenset[str]) -> None:
    """Each once, with a description."""
    menu = MENUS[role]
    assert set(menu) <= commands
    assert len(set(menu)) == len(menu)
    assert all(Texts().label(f"command_{name}") for name in menu)


def test_higher_roles_see_more(commands: frozenset[str]) -> None:
    """What an officer has, all have; a stranger sees how to come in."""
    officer, supervisor, admin = (set(MENUS[role]) for role in Role)
    assert officer < supervisor < admin
    assert set(COMMANDS) < set(OPEN_COMMANDS) <= commands
    assert "nhatky" not in supervisor
