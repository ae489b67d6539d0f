"""The library reads each file once, refuses what it may not keep, and prefers official texts."""

from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.reading import Source, read
from knowledge.refusals import EmptyFile, NotInLibrary, SecretDocument
from knowledge.searching import Query

OFFICIAL = """ĐẢNG BỘ TỈNH MẪU
TỈNH ỦY MẪU
*
Số 77-CT/TU

ĐẢNG CỘNG SẢN VIỆT NAM

Mẫu, ngày 03 tháng 02 năm 2024

CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH ỦY
Về vệ sinh nơi làm việc
-----
Ban Thường vụ Tỉnh ủy yêu cầu:

1. Các phòng quét dọn mỗi chiều thứ Sáu.

2. Văn phòng kiểm tra, nhắc nhở nơi chưa sạch.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Nguyễn Văn Mẫu
"""

DIGEST = """---
number: 77-CT/TU
issuer: Ban Thường vụ Tỉnh ủy
date: 2024-02-03
title: Vệ sinh nơi làm việc
digest_of: Chỉ thị số 77-CT/TU
---

Bản tóm lược. Các phòng dọn dẹp cuối tuần.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an operator's folder with two short files."""
    made = tmp_path / "files"
    made.mkdir()
    (made / "bep.txt").write_text("1. Nhà bếp rửa rau ba lần.\n\n2. Lưu mẫu thức ăn.", "utf-8")
    (made / "xe.txt").write_text("1. Lái xe ghi sổ hành trình.\n\n2. Xe hỏng thì báo.", "utf-8")
    return made


def files(held: Library) -> list[str]:
    """Return the names of the documents."""
    return [directive.file for directive in held.directives]


def first(held: Library, question: str) -> str:
    """Return the file of the best passage, "" where nothing is found."""
    hits = held.search(Query(text=question), 1)
    return hits[0].passage.file if hits else ""


class TestOpening:
    """Folders become a library."""

    def test_files_are_found_and_searched(self, folder: Path, tmp_path: Path) -> None:
        """Each readable file is a document."""
        held = Library.open([folder], tmp_path / "cache")
        assert files(held) == ["bep.txt", "xe.txt"]
        assert first(held, "so hanh trinh") == "xe.txt"

    def test_an_unchanged_file_is_not_read_again(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A second opening reads nothing; after one change it reads one file."""
        Library.open([folder], tmp_path / "cache")
        asked: list[str] = []

        def noted(path: Path) -> Source:
            asked.append(path.name)
            return read(path)

        monkeypatch.setattr("knowledge.library.intake.read", noted)
        held = Library.open([folder], tmp_path / "cache")
        assert asked == []
        assert first(held, "rửa rau") == "bep.txt"
        (folder / "xe.txt").write_text("1. Xe đạp để đúng chỗ.", encoding="utf-8")
        held = Library.open([folder], tmp_path / "cache")
        assert asked == ["xe.txt"]
        assert first(held, "xe đạp để đâu") == "xe.txt"
        assert first(held, "sổ hành trình") == ""

    def test_a_vanished_file_is_gone(self, folder: Path, tmp_path: Path) -> None:
        """What was deleted by hand is no longer found."""
        Library.open([folder], tmp_path / "cache")
        (folder / "bep.txt").unlink()
        held = Library.open([folder], tmp_path / "cache")
        assert files(held) == ["xe.txt"]
        assert first(held, "rửa rau") == ""

    def test_a_bad_file_is_a_problem_not_an_end(self, folder: Path, tmp_path: Path) -> None:
        """The others are served, and the file is named with its reason."""
        (folder / "trong.txt").write_bytes(b"")
        held = Library.open([folder], tmp_path / "cache")
        assert [(p.file, type(p.reason)) for p in held.problems] == [("trong.txt", EmptyFile)]
        assert first(held, "rửa rau") == "bep.txt"

    def test_a_missing_folder_is_empty(self, tmp_path: Path) -> None:
        """Before the first file there may be no folder at all."""
        held = Library.open([tmp_path / "none"], tmp_path / "cache")
        assert files(held) == []
        assert first(held, "rửa rau") == ""

    def test_the_earlier_folder_counts(self, folder: Path, tmp_path: Path) -> None:
        """Of two files of one name, the operator's is taken."""
        shipped = tmp_path / "shipped"
        shipped.mkdir()
        (shipped / "xe.txt").write_text("1. Thuyền neo ở bến.", encoding="utf-8")
        (shipped / "vuon.txt").write_text("1. Tưới cây buổi sáng.", encoding="utf-8")
        held = Library.open([folder, shipped], tmp_path / "cache")
        assert files(held) == ["bep.txt", "vuon.txt", "xe.txt"]
        assert first(held, "thuyền neo") == ""

    def test_progress_is_told(self, folder: Path, tmp_path: Path) -> None:
        """Each file that has to be read is counted."""
        steps: list[tuple[int, int]] = []
        Library.open([folder], tmp_path / "cache", lambda done, of: steps.append((done, of)))
        assert steps == [(1, 2), (2, 2)]

    def test_a_damaged_cache_is_made_anew(self, folder: Path, tmp_path: Path) -> None:
        """Any file of the cache may be damaged: the answers stay right."""
        cache = tmp_path / "cache"
        Library.open([folder], cache)
        for path in [p for p in cache.rglob("*") if p.is_file()]:
            if path.exists():
                path.write_bytes(path.read_bytes()[:-3] + b"???")
                assert first(Library.open([folder], cache), "rửa rau") == "bep.txt"

    def test_a_kept_directive_is_the_parsed_one(self, folder: Path, tmp_path: Path) -> None:
        """What comes from the cache equals what parsing gave, to the last field."""
        (folder / "ct.txt").write_text(OFFICIAL, encoding="utf-8")
        fresh = list(Library.open([folder], tmp_path / "cache").directives)
        kept = Library.open([folder], tmp_path / "cache")
        assert list(kept.directives) == fresh
        assert kept.directive("ct.txt").header.number == "77-CT/TU"
        assert kept.directives[-1] == fresh[-1]
        assert list(kept.directives[:2]) == fresh[:2]


class TestChanging:
    """Files are added and removed while the library is open."""

    def test_an_added_file_is_kept_and_found(self, folder: Path, tmp_path: Path) -> None:
        """It is copied into the operator's folder, and found before and after reopening."""
        held = Library.open([folder], tmp_path / "cache")
        (tmp_path / "vuon.txt").write_text("1. Tưới cây buổi sáng.", encoding="utf-8")
        assert held.add(tmp_path / "vuon.txt").file == "vuon.txt"
        reopened = Library.open([folder], tmp_path / "cache")
        assert first(held, "tưới cây") == first(reopened, "tưới cây") == "vuon.txt"
        assert held.path("vuon.txt").parent == folder

    def test_a_new_version_replaces_the_old(self, folder: Path, tmp_path: Path) -> None:
        """A file of a known name takes its place."""
        held = Library.open([folder], tmp_path / "cache")
        (tmp_path / "xe.txt").write_text("1. Thuyền neo ở bến.", encoding="utf-8")
        held.add(tmp_path / "xe.txt")
        assert files(held) == ["bep.txt", "xe.txt"]
        assert first(held, "thuyền neo") == "xe.txt"
        assert first(held, "sổ hành trình") == ""

    def test_no_byte_of_a_secret_document_is_kept(self, folder: Path, tmp_path: Path) -> None:
        """It is refused, and neither folder nor cache holds any of its words."""
        cache = tmp_path / "cache"
        held = Library.open([folder], cache)
        secret = tmp_path / "mat.txt"
        secret.write_text("TỐI MẬT\n\n1. Điều kín quyjvxz.\n", encoding="utf-8")
        with pytest.raises(SecretDocument):
            held.add(secret)
        kept = [p for root in (folder, cache) for p in root.rglob("*") if p.is_file()]
        assert not any(b"quyjvxz" in path.read_bytes() for path in kept)
        assert not (folder / "mat.txt").exists()

    def test_a_removed_file_is_gone(self, folder: Path, tmp_path: Path) -> None:
        """From the folder, from the answers and after reopening."""
        held = Library.open([folder], tmp_path / "cache")
        held.remove("xe.txt")
        assert not (folder / "xe.txt").exists()
        assert files(held) == files(Library.open([folder], tmp_path / "cache")) == ["bep.txt"]
        assert first(held, "sổ hành trình") == ""

    def test_what_is_not_there_cannot_be_removed(self, folder: Path, tmp_path: Path) -> None:
        """Neither an unknown file nor one that the product ships."""
        shipped = tmp_path / "shipped"
        shipped.mkdir()
        (shipped / "vuon.txt").write_text("1. Tưới cây buổi sáng.", encoding="utf-8")
        held = Library.open([folder, shipped], tmp_path / "cache")
        for name in ("không có.txt", "vuon.txt", "../bep.txt"):
            with pytest.raises(NotInLibrary):
                held.remove(name)
        with pytest.raises(NotInLibrary):
            held.directive("không có.txt")
        assert (shipped / "vuon.txt").exists()


class TestDigests:
    """A shipped digest steps back for the text that it summarises."""

    def test_the_official_text_is_preferred(self, folder: Path, tmp_path: Path) -> None:
        """Same number, issuer and date: only the official file is listed and quoted."""
        (folder / "tom-luoc.md").write_text(DIGEST, encoding="utf-8")
        held = Library.open([folder], tmp_path / "cache")
        assert "tom-luoc.md" in files(held)
        (tmp_path / "ct77.txt").write_text(OFFICIAL, encoding="utf-8")
        held.add(tmp_path / "ct77.txt")
        assert held.superseded == {"tom-luoc.md": "ct77.txt"}
        assert "tom-luoc.md" not in files(held)
        hits = held.search(Query(text="các phòng dọn dẹp"), 5)
        assert "tom-luoc.md" not in {hit.passage.file for hit in hits}
        held.remove("ct77.txt")
        assert "tom-luoc.md" in files(held)
        assert first(held, "dọn dẹp cuối tuần") == "tom-luoc.md"

    @pytest.mark.parametrize(
        ("line", "other"),
        [
            ("number: 77-CT/TU", "number: 78-CT/TU"),
            ("date: 2024-02-03", "date: 2019-02-03"),
            ("issuer: Ban Thường vụ Tỉnh ủy", "issuer: Ủy ban nhân dân tỉnh"),
        ],
    )
    def test_another_document_is_no_reason(
        self, folder: Path, tmp_path: Path, line: str, other: str
    ) -> None:
        """A number is unique only with issuer and date."""
        (folder / "tom-luoc.md").write_text(DIGEST.replace(line, other), encoding="utf-8")
        (folder / "ct77.txt").write_text(OFFICIAL, encoding="utf-8")
        held = Library.open([folder], tmp_path / "cache")
        assert held.superseded == {}
        assert {"tom-luoc.md", "ct77.txt"} <= set(files(held))
