"""The wheel: what is installed from it answers, and it holds what the rooms need and no more."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = tuple(PROJECT["tool"]["importlinter"]["root_packages"])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the project that holds no more than git would."""
    copy, built = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("wheel")
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    for room in (*ROOMS, "tests", "benchmarks"):
        shutil.copytree(ROOT / room, copy / room, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(built)]
    subprocess.run([sys.executable, "-m", "pip", *build, str(copy)], check=True, env=_environment())
    return next(built.glob("*.whl"))


def test_every_file_of_the_rooms_is_in_the_wheel(wheel: Path) -> None:
    """Code and data, all but the samples that only tests and documentation render."""
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == {name for name in wanted if not name.endswith(".sample.yaml")}


def test_every_room_says_that_it_is_typed(wheel: Path) -> None:
    """Type checkers read the annotations of an installed room (PEP 561)."""
    assert {f"{room}/py.typed" for room in ROOMS} <= set(ZipFile(wheel).namelist())


def test_the_wheel_alone_answers_a_question(wheel: Path, tmp_path: Path) -> None:
    """With nothing of the project's folder in reach, the installed command quotes the clause."""
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    ZipFile(wheel).extractall(installed)
    elsewhere.mkdir()
    program = (
        "import bot, sys; assert bot.__file__.startswith(sys.argv.pop(1)), bot.__file__;"
        "from bot.cli import main; main()"
    )
    question = "Người đứng đầu đối thoại trực tiếp với Nhân dân theo quy định nào?"
    environment = _environment() | {"PYTHONPATH": str(installed), "DATA_DIR": str(tmp_path / "d")}
    ran = subprocess.run(
        [sys.executable, "-c", program, str(installed), "ask", question],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Khoản 6, Chỉ thị số 33-CT/TU, ngày 06/6/2023")


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
