"""Settings are read once, typed, and a mistake is one clear sentence."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "123456789:AAExampleExampleExampleExample"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_every_setting_is_explained_and_no_other() -> None:
    """`.env.example` and the settings name the same variables."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert explained == {name.upper() for name in Settings.model_fields}


def test_the_example_states_the_defaults() -> None:
    """A copy of `.env.example` changes nothing."""
    assert load(ROOT / ".env.example") == load(None)


def test_without_anything_set_the_bot_is_sandboxed() -> None:
    """A fresh machine needs no settings."""
    settings = load(None)
    assert settings.sandboxed
    assert settings.operator_library == Path("data/library")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "hunter2-not-a-token"),
        ("TELEGRAM_API_URL", "telegram-dot-org"),
        ("ADMIN_IDS", "12, zzyzx"),
        ("SHIPPED_LIBRARY", "zzyzx"),
        ("LOG_LEVEL", "LOUDEST"),
        ("WEBHOOK_URL", "http://plain.example"),
        ("WEBHOOK_SECRET", "kurz"),
        ("WEBHOOK_PORT", "70000"),
        ("SANDBOX_PORT", "zzyzx"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """One sentence tells which variable is wrong; what was typed may be a secret."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load(None)
    said = str(caught.value)
    assert said.startswith(f"{name}: ")
    assert said.endswith(".")
    assert "\n" not in said
    assert value not in said
    assert caught.value.__cause__ is None


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the secret anybody could post updates."""
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example")
    with pytest.raises(SettingsError, match=r"^WEBHOOK_SECRET: must be set when WEBHOOK_URL is\.$"):
        load(None)


def test_admins_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several administrators stand in one variable."""
    monkeypatch.setenv("ADMIN_IDS", "7, 11,")
    assert load(None).admin_ids == (7, 11)


def test_the_token_hides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither repr nor str of the settings shows the token."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = load(None)
    assert TOKEN not in f"{settings!r} {settings}"
    assert settings.secrets() == (TOKEN,)
