"""A hostile file costs itself, in time and memory that are bounded, and no other file."""

import os
from pathlib import Path

import pytest

from knowledge.library import Library, reader_process
from knowledge.library.intake import LIGHT_BYTES, Intake, take
from knowledge.model import Directive
from knowledge.parsing import parse
from knowledge.reading import Source
from knowledge.refusals import (
    CannotOpen,
    FileRefused,
    HiddenName,
    NotUnderstood,
    TooMuchText,
    TooSlow,
)

SOUND = "KẾ HOẠCH\nVề dân vận\n1. Giao Sở Nội vụ báo cáo trước ngày 05/11.\n"
HEAVY = SOUND + "Nhân dân bàn bạc, quyết định. " * (LIGHT_BYTES // 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an operator's folder with a sound file."""
    made = tmp_path / "library"
    made.mkdir()
    (made / "tot.txt").write_text(SOUND, encoding="utf-8")
    return made


def names(held: Library) -> list[str]:
    """Return the files of a library."""
    return [one.file for one in held.directives]


def reasons(held: Library) -> dict[str, type[FileRefused]]:
    """Return why files were left out."""
    return {one.file: type(one.reason) for one in held.problems}


def test_what_is_no_file_is_named_and_the_rest_opens(folder: Path, tmp_path: Path) -> None:
    """A pipe would be waited for for ever, and a hidden file would be listed nowhere."""
    os.mkfifo(folder / "ong.txt")
    (folder / "thu-muc.md").mkdir()
    (folder / ".an.txt").write_text(SOUND, encoding="utf-8")
    (folder / "anh.jpg").touch()
    held = Library.open([folder], tmp_path / "index")
    assert names(held) == ["tot.txt"]
    assert reasons(held) == {"ong.txt": CannotOpen, "thu-muc.md": CannotOpen, ".an.txt": HiddenName}


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    """By whatever way it comes."""
    pipe = tmp_path / "ong.txt"
    os.mkfifo(pipe)
    with pytest.raises(CannotOpen):
        take(pipe)


def test_a_hidden_file_is_refused(folder: Path, tmp_path: Path) -> None:
    """What is said to be added is listed."""
    hidden = tmp_path / ".an.txt"
    hidden.write_text(SOUND, encoding="utf-8")
    held = Library.open([folder], tmp_path / "index")
    with pytest.raises(HiddenName):
        held.add(hidden)
    assert names(held) == ["tot.txt"]


@pytest.mark.parametrize("digits", [4, 4301, 30_000])
def test_a_line_of_raised_figures_is_a_line(folder: Path, tmp_path: Path, digits: int) -> None:
    """No note has so many figures, and no number of that length stops the others."""
    (folder / "so-mu.txt").write_text(f"Văn bản\n{'⁹' * digits} a\n", encoding="utf-8")
    held = Library.open([folder], tmp_path / "index")
    assert names(held) == ["so-mu.txt", "tot.txt"]


def test_a_mistake_of_ours_costs_one_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is logged, and the file is named among those left out."""
    (folder / "la.txt").write_text("Lạ\n", encoding="utf-8")

    def broken(source: Source) -> Directive:
        if "Lạ" in source.text:
            raise IndexError
        return parse(source)

    monkeypatch.setattr("knowledge.library.intake.parse", broken)
    held = Library.open([folder], tmp_path / "index")
    assert (names(held), reasons(held)) == (["tot.txt"], {"la.txt": NotUnderstood})


def test_a_heavy_file_is_read_as_a_light_one_is(tmp_path: Path) -> None:
    """The process beside gives the same directive, and the same refusals with their facts."""
    heavy, huge = tmp_path / "nang.txt", tmp_path / "lon.txt"
    heavy.write_text(HEAVY, encoding="utf-8")
    huge.write_text("Nhân dân bàn bạc.\n" * 60_000, encoding="utf-8")
    with Intake() as beside:
        read = beside.take(heavy)
        with pytest.raises(TooMuchText) as refused:
            beside.take(huge)
        assert beside.take(heavy) == read
    assert (read.file, len(read.duties)) == ("nang.txt", 1)
    assert (refused.value.file, refused.value.limit) == ("lon.txt", 1_000_000)


def test_a_file_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next one is read by another process."""
    heavy = tmp_path / "nang.txt"
    heavy.write_text(HEAVY, encoding="utf-8")
    with Intake() as beside:
        with monkeypatch.context() as hurried:
            hurried.setattr(reader_process, "SECONDS", 0.0)
            with pytest.raises(TooSlow):
                beside.take(heavy)
        assert beside.take(heavy).file == "nang.txt"


def test_a_file_that_ends_the_process_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash within a library is no crash of ours."""
    heavy = tmp_path / "nang.txt"
    heavy.write_text(HEAVY, encoding="utf-8")
    monkeypatch.setattr(reader_process, "_MODULE", "this")
    with Intake() as beside, pytest.raises(NotUnderstood):
        beside.take(heavy)
