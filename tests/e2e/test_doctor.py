"""`danvan doctor` names what is broken and how to mend it, and says ok to the rest."""

import asyncio
from pathlib import Path

import pytest

from sandbox.settings import SandboxSettings
from tests.e2e.assistant import command, give_index
from tests.e2e.phone import Town, sandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def doctor(data: Path, **settings: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Look over an installation; return the status, and by thing its mark and what is said."""
    give_index(data)
    process = await command(["doctor"], {"DATA_DIR": str(data), **settings})
    out, _ = await process.communicate()
    assert process.returncode is not None
    found = {}
    for line in out.decode().splitlines():
        mark, rest = line.split(maxsplit=1)
        thing, said = rest.split(": ", 1)
        found[thing] = (mark, said)
    return process.returncode, found


def reached(town: Town) -> dict[str, str]:
    """Return the settings that lead to the town."""
    return {"BOT_TOKEN": town.token, "TELEGRAM_API_URL": town.running.url}


async def test_all_is_well(town: Town, tmp_path: Path) -> None:
    """Nothing is to be mended, and every thing has its line."""
    status, found = await doctor(tmp_path, **reached(town))
    assert (status, [one for one in found if found[one][0] == "WRONG"]) == (0, [])
    assert {
        "token", "Telegram", "clock", "inline", "privacy", "groups", "webhook", "time zone", "disk",
        "folder", "database", "library", "antiword", "tesseract", "backup",
    } <= set(found)  # fmt: skip
    assert found["token"] == ("ok", "@danvan_sandbox_bot")


async def test_a_token_that_telegram_does_not_know(town: Town, tmp_path: Path) -> None:
    """It is told apart from a server that does not answer, and never printed."""
    token = f"{town.token[:-3]}xyz"
    status, found = await doctor(tmp_path, **reached(town) | {"BOT_TOKEN": token})
    assert (status, found["Telegram"][0], found["token"][0]) == (1, "ok", "WRONG")
    assert "@BotFather" in found["token"][1]
    assert token not in repr(found)


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    """The rest is looked over all the same."""
    nowhere = {
        "BOT_TOKEN": "123456:abcdefghijklmnopqrstuvw",
        "TELEGRAM_API_URL": "http://127.0.0.1:1",
    }
    status, found = await doctor(tmp_path, **nowhere)
    assert (status, found["Telegram"][0], found["library"][0]) == (1, "WRONG", "ok")
    assert "TELEGRAM_API_URL" in found["Telegram"][1]


async def test_a_folder_that_others_may_enter(town: Town, tmp_path: Path) -> None:
    """With the command that mends it."""
    await asyncio.to_thread(tmp_path.chmod, 0o750)
    status, found = await doctor(tmp_path, **reached(town))
    assert (status, found["folder"][0]) == (1, "WRONG")
    assert f"chmod 700 {tmp_path}" in found["folder"][1]


async def test_a_database_that_does_not_answer(town: Town, tmp_path: Path) -> None:
    """Its address, which may hold a password, is not printed."""
    url = "postgresql://danvan:geheim@127.0.0.1:1/danvan"
    status, found = await doctor(tmp_path, **reached(town), DATABASE_URL=url)
    assert (status, found["database"][0]) == (1, "WRONG")
    assert "geheim" not in repr(found)


async def test_no_token_and_a_setting_that_is_none(tmp_path: Path) -> None:
    """Without a token a run would be the demo; a mistyped setting is named before anything."""
    status, found = await doctor(tmp_path)
    assert (status, found["token"][0]) == (1, "WRONG")
    assert "DEMO" in found["token"][1]
    status, found = await doctor(tmp_path, BOT_TOKEN="mistyped")
    assert (status, list(found)) == (1, ["settings"])
    assert "BOT_TOKEN" in found["settings"][1]
    assert "mistyped" not in found["settings"][1]


async def test_a_bot_that_reads_whole_groups(tmp_path: Path) -> None:
    """BotFather's privacy mode is to be on."""
    async with sandbox(SandboxSettings(reads_all_group_messages=True, port=0)) as town:
        status, found = await doctor(tmp_path, **reached(town))
    assert (status, found["privacy"][0]) == (1, "WRONG")
    assert "/setprivacy" in found["privacy"][1]


async def test_a_backup_is_remembered(town: Town, tmp_path: Path) -> None:
    """Whoever made one reads so."""
    made = await command(["records", "backup", str(tmp_path / "b.gz")], {"DATA_DIR": str(tmp_path)})
    await made.communicate()
    status, found = await doctor(tmp_path, **reached(town))
    assert (status, found["backup"][0]) == (0, "ok")


async def test_a_folder_that_a_command_makes_is_its_owners(tmp_path: Path) -> None:
    """The first look and the first question leave nothing that the second look finds fault with."""
    for arguments in (["doctor"], ["knowledge", "list"]):
        data = tmp_path / arguments[0]
        await (await command(arguments, {"DATA_DIR": str(data)})).communicate()
        _, found = await doctor(data)
        assert found["folder"][0] == "ok"
