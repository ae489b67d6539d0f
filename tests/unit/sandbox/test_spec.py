"""The facts that the sandbox judges by are those of the Bot API's own specification."""

import json
from pathlib import Path

import pytest

from sandbox.methods import METHODS
from sandbox.spec import SPEC_FILE, bot_api, reduce_spec


@pytest.mark.acceptance
def test_kept_facts_are_those_of_the_specification(acceptance_data: Path) -> None:
    """What spec.json says is what reducing the full specification gives."""
    full = json.loads((acceptance_data / "botapi" / "spec.json").read_text(encoding="utf-8"))
    assert json.loads(SPEC_FILE.read_text(encoding="utf-8")) == reduce_spec(full)


def test_every_method_carried_out_is_in_the_specification() -> None:
    """The sandbox invents no method."""
    assert set(METHODS) <= set(bot_api().methods)


def test_limits_are_read_from_their_wordings() -> None:
    """Lengths in characters and bytes and counts of items are limits; other remarks are not."""
    spec = bot_api()
    data = spec.types["InlineKeyboardButton"].fields["callback_data"].limit
    notice = spec.methods["answerCallbackQuery"].fields["text"].limit
    commands = spec.methods["setMyCommands"].fields["commands"].limit
    assert data is not None
    assert (data.least, data.most, data.unit) == (1, 64, "bytes")
    assert notice is not None
    assert (notice.most, notice.unit) == (200, "characters")
    assert commands is not None
    assert (commands.most, commands.unit) == (100, "items")
    assert spec.methods["sendMessage"].fields["allow_paid_broadcast"].limit is None
