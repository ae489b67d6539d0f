"""The command line, as a person and as a program use it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.assistant import command

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "knowledge" / "files"
DIGEST = SHIPPED / "tom-luoc-chi-thi-33-ct-tu-ha-tinh.md"


async def danvan(
    arguments: Sequence[str], data: Path, given: str = ""
) -> tuple[int, list[str], list[str]]:
    """Run a command; return its status and the lines of both outputs."""
    settings = {"DATA_DIR": str(data), "XDG_CACHE_HOME": str(data / "cache")}
    process = await command(arguments, settings)
    out, err = await process.communicate(given.encode())
    assert process.returncode is not None
    return process.returncode, out.decode().splitlines(), err.decode().splitlines()


async def test_a_question_is_answered_in_the_terminal(tmp_path: Path) -> None:
    """The quote with its citation, without markup."""
    status, said, errors = await danvan(
        ["ask", "Người đứng đầu đối thoại trực tiếp với Nhân dân theo quy định nào?"], tmp_path
    )
    assert (status, errors) == (0, [])
    assert said[0].startswith("Khoản 6, Chỉ thị số 33-CT/TU, ngày 06/6/2023")
    assert "<" not in "".join(said)


async def test_json_lines_are_answered_in_order(tmp_path: Path) -> None:
    """One object for each line, with the keys agreed; the folder asked is left as it was."""
    library = tmp_path / "library"
    library.mkdir()
    (library / DIGEST.name).write_bytes(DIGEST.read_bytes())
    asked: list[dict[str, Any]] = [
        {"id": "b", "question": "Đối thoại trực tiếp với Nhân dân?"},
        {"id": 7, "question": "Luật Điện ảnh nói gì về giá vé?"},
        {"id": "a", "question": "xin chào"},
    ]
    given = "\n".join(json.dumps(one) for one in asked)
    status, said, errors = await danvan(
        ["ask", "--json", "--library", str(library), "--top", "2"], tmp_path / "data", given
    )
    answers = [json.loads(line) for line in said]
    assert (status, errors) == (0, [])
    assert [one["id"] for one in answers] == ["b", 7, "a"]
    assert [one["refused"] for one in answers] == [False, True, True]
    assert [one["certainty"] for one in answers] == ["sure", "none", "none"]
    keys = {"id", "refused", "certainty", "answers", "ms"}
    assert all(set(one) == keys for one in answers)
    best = answers[0]["answers"][0]
    assert set(best) == {"file", "number", "clause", "text", "score"}
    assert (best["file"], best["number"], best["clause"]) == (DIGEST.name, "33-CT/TU", "6")
    assert len(answers[0]["answers"]) == 2
    assert [path.name for path in library.iterdir()] == [DIGEST.name]


async def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    """It gives an object with `error` in its place, and the command fails at the end."""
    given = 'nonsense\n\n{"id": 1}\n[]\n{"id": 2, "question": "xin chào"}\n'
    status, said, errors = await danvan(
        ["ask", "--json", "--library", str(SHIPPED)], tmp_path, given
    )
    answers = [json.loads(line) for line in said]
    assert ["error" in one for one in answers] == [True, True, True, False]
    assert answers[0]["error"].startswith("line 1:")
    assert (status, len(errors)) == (1, 1)


async def test_show_prints_the_parsed_directive(tmp_path: Path) -> None:
    """With the keys of the hand-made truth."""
    status, said, errors = await danvan(["knowledge", "show", str(DIGEST), "--json"], tmp_path)
    shown = json.loads("\n".join(said))
    assert (status, errors) == (0, [])
    assert shown["number"] == "33-CT/TU"
    assert {"clauses", "citations", "tasks", "footnotes", "recipients"} <= set(shown)


async def test_files_are_checked_added_and_listed(tmp_path: Path) -> None:
    """What is refused is named with the reason, and nothing of it is kept."""
    good, bad = tmp_path / "ke-hoach.txt", tmp_path / "rong.txt"
    good.write_text("KẾ HOẠCH\n1. Sở Nội vụ chủ trì.\n2. Báo cáo trước ngày 05/11.", "utf-8")
    bad.write_text("", "utf-8")
    data = tmp_path / "data"
    status, said, errors = await danvan(["knowledge", "check", str(good), str(bad)], data)
    assert status == 1
    assert said[0].startswith("[1/2] ke-hoach.txt")
    assert errors == [
        "[2/2] rong.txt: holds no text.",
        "danvan: 1 of 2 file(s) refused.",
    ]
    status, said, _ = await danvan(["knowledge", "add", str(good), str(bad)], data)
    assert (status, said[0][:11]) == (1, "[1/2] added")
    assert [path.name for path in (data / "library").iterdir()] == ["ke-hoach.txt"]
    status, said, errors = await danvan(["knowledge", "list"], data)
    assert (status, errors) == (0, [])
    assert len(said) == 6


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "--json", "--library", "/nonexistent/folder"],
        ["knowledge", "show", "/nonexistent.txt"],
        ["knowledge", "check", "."],
        ["nonsense"],
        ["ask", "--top", "zero", "a"],
    ],
)
async def test_a_mistake_is_one_line(tmp_path: Path, arguments: list[str]) -> None:
    """On standard error, with a status other than 0."""
    status, said, errors = await danvan(arguments, tmp_path)
    assert status != 0
    assert said == []
    assert errors
    assert errors[-1].startswith("danvan: ")
    assert len(errors) <= 2
    assert not any("Traceback" in line for line in errors)


async def test_conversations_are_held_with_the_real_handlers(tmp_path: Path) -> None:
    """Each begins with the same records, whatever the one before changed; a turn may be a tap."""
    given = "\n".join(
        json.dumps(one)
        for one in (
            {"id": "a", "turns": ["/baocao", {"tap": "➕ Khó khăn"}, "/baocao"]},
            {"id": "b", "turns": [{"wait": 31}, "/baocao"]},
            {"id": "c", "turns": [{"tap": "there is none"}]},
            {"id": "d", "turns": "no list"},
        )
    )
    arguments = ["talk", "--json", "--as", "Nguyễn Thị Lan", "--now", "2026-11-28T09:00:00"]
    status, said, errors = await danvan(arguments, tmp_path, given)
    first, second, third, fourth = (json.loads(line) for line in said)
    assert (status, errors[-1]) == (1, "danvan: 2 line(s) of the input held no conversation.")
    assert "đang có 3 bản viết dở" in first["replies"][2]["text"]
    assert second["replies"][0] == {"text": "", "buttons": []}
    assert "đang có 2 bản viết dở" in second["replies"][1]["text"]
    assert "➕ Khó khăn, vướng mắc cần phản ánh ngay" in second["replies"][1]["buttons"]
    assert (third["id"], fourth["id"]) == ("c", None)
    assert "no button" in third["error"]


async def test_conversations_are_held_over_kept_records(tmp_path: Path) -> None:
    """A data folder, or a backup of it; nothing of it is changed, and nobody else may talk."""
    data, saved = tmp_path / "data", tmp_path / "saved"
    assert (await danvan(["demo", "--records"], data))[0] == 0
    assert (await danvan(["records", "backup", str(saved)], data))[0] == 0
    before = {path: path.read_bytes() for path in (data / "records").iterdir()}
    given = json.dumps({"id": 1, "turns": ["/baocao"]})
    arguments = ["talk", "--json", "--as", "demo-p01"]
    told = [
        (await danvan(arguments, data, given))[1],
        (await danvan([*arguments, "--records", str(data)], tmp_path / "one", given))[1],
        (await danvan([*arguments, "--records", str(saved)], tmp_path / "two", given))[1],
    ]
    assert len({line for (line,) in told}) == 1
    assert {path: path.read_bytes() for path in before} == before
    status, said, errors = await danvan(["talk", "--json", "--as", "nobody"], data, given)
    assert (status, said) == (1, [])
    assert errors[-1].startswith("danvan: nobody: 0 people")
