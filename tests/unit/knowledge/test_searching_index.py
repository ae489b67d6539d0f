"""The index finds what was asked for, however it was typed, and never tells half of itself."""

import json
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.model import Clause, ClauseKind, Directive, Header
from knowledge.refusals import IndexBroken
from knowledge.searching import Expansion, Query
from knowledge.searching.corpus import Document
from knowledge.searching.generations import POINTER, SUMS, IndexMissing
from knowledge.searching.index import Index

CLAUSES = {
    "bếp": (
        "Nhà bếp tập thể rửa rau ba lần, lưu mẫu thức ăn trong hai mươi bốn giờ.",
        "Người nấu ăn đeo găng tay, khám sức khỏe sáu tháng một lần.",
    ),
    "xe": (
        "Lái xe cơ quan ghi sổ hành trình sau mỗi chuyến đi công tác.",
        "Xe hỏng dọc đường thì báo ngay cho phòng hậu cần để điều xe thay.",
    ),
    "thư viện": (
        "Bạn đọc mượn sách quá hạn phải nộp lại trong bảy ngày.",
        "Thủ thư kiểm tra kho sách vào tuần cuối của mỗi quý.",
    ),
}


def document(name: str, texts: tuple[str, ...], digest: str = "1") -> Document:
    """Make a document whose clauses are these texts."""
    clauses = tuple(
        Clause(path=str(n), kind=ClauseKind.CLAUSE, text=f"{n}. {text}")
        for n, text in enumerate(texts, start=1)
    )
    header = Header(title=f"Nội quy {name}")
    directive = Directive(file=f"{name}.txt", header=header, clauses=clauses)
    return Document(directive=directive, digest=digest)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with an index of three documents."""
    Index.build([document(name, texts) for name, texts in CLAUSES.items()], tmp_path / "index")
    return tmp_path / "index"


def found(index: Index, question: str, *expansions: Expansion) -> str:
    """Return the text of the best passage, "" where there is none."""
    hits = index.search(Query(text=question, expansions=expansions), 3)
    return hits[0].passage.text if hits else ""


class TestFinding:
    """A question meets its clause."""

    @pytest.mark.parametrize(
        "question",
        [
            "mượn sách quá hạn thì sao",
            "muon sach qua han thi sao",
            "mươn sách qúa hạn thì sao",
            "mượn sáhc quá hạn",
            "mượn xách quá hạn",
            "MƯỢN SÁCH QUÁ HẠN?",
        ],
    )
    def test_typing_does_not_matter(self, folder: Path, question: str) -> None:
        """Without diacritics, with a slip or in capitals, the same clause is found."""
        assert "quá hạn" in found(Index.open(folder), question)

    def test_tone_mark_placement_does_not_matter(self, folder: Path) -> None:
        """Typed "khoẻ" finds what typed "khỏe" finds, with the same score."""
        index = Index.open(folder)
        one, other = (
            index.search(Query(text=text), 1)[0] for text in ("khám sức khỏe", "khám sức khoẻ")
        )
        assert one == other

    def test_an_expansion_finds_what_the_words_do_not(self, folder: Path) -> None:
        """Other words lead to the clause."""
        index = Index.open(folder)
        expansion = Expansion(text="khám sức khỏe", weight=0.6)
        hit = index.search(Query(text="bao lâu đi viện", expansions=(expansion,)), 1)[0]
        assert "khám sức khỏe" in hit.passage.text

    def test_a_literal_match_is_above_an_expansion(self, folder: Path) -> None:
        """Words that stand in a text weigh more than words that only stand for others."""
        expansion = Expansion(text="kho sách", weight=0.4)
        assert "hành trình" in found(Index.open(folder), "sổ hành trình", expansion)

    @pytest.mark.parametrize("question", ["", "   ", "?!…", "zzzz qqqq", "\x00", "🙂"])
    def test_nothing_is_found_for_nothing(self, folder: Path, question: str) -> None:
        """A question without a word of the library has no hits."""
        assert Index.open(folder).search(Query(text=question), 3) == []

    def test_an_empty_library_answers_nothing(self, tmp_path: Path) -> None:
        """An index of no documents can be opened and asked."""
        Index.build([], tmp_path)
        assert Index.open(tmp_path).search(Query(text="mượn sách"), 3) == []

    def test_a_document_without_text_is_no_obstacle(self, tmp_path: Path) -> None:
        """A directive with no passages lies between others and does not shift them."""
        empty = Document(directive=Directive(file="m.txt", header=Header(), clauses=()), digest="1")
        Index.build([document("a", ("Rửa tay.",)), empty, document("z", ("Quét sân.",))], tmp_path)
        assert Index.open(tmp_path).search(Query(text="quét sân"), 1)[0].passage.file == "z.txt"

    def test_hits_come_best_first_and_apart(self, folder: Path) -> None:
        """Scores fall, and no passage comes twice."""
        hits = Index.open(folder).search(Query(text="sách xe găng tay"), 6)
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert len({(hit.passage.file, hit.passage.ordinal) for hit in hits}) == len(hits)


class TestKeeping:
    """What is on disk is whole, or is refused."""

    def test_an_update_equals_a_new_build(self, folder: Path, tmp_path: Path) -> None:
        """Adding, replacing and removing gives the answers of an index built from scratch."""
        new = document("xe", ("Xe đạp để đúng nhà xe.",), digest="2")
        more = document("vườn", ("Tưới cây trước bảy giờ sáng.",))
        Index.update(folder, [new, more], ["bếp.txt"])
        kept = document("thư viện", CLAUSES["thư viện"])
        fresh = Index.build([more, kept, new], tmp_path / "other")
        updated = Index.open(folder)
        assert updated.files == fresh.files
        for question in ("xe đạp", "tưới cây", "mượn sách quá hạn", "rửa rau", "mươn sach"):
            query = Query(text=question)
            pairs = zip(updated.search(query, 5), fresh.search(query, 5), strict=True)
            for mine, theirs in pairs:
                assert mine.passage == theirs.passage
                assert mine.score == pytest.approx(theirs.score)

    def test_there_is_none_before_the_first_build(self, tmp_path: Path) -> None:
        """An empty folder holds no index, which is not damage."""
        with pytest.raises(IndexMissing):
            Index.open(tmp_path)

    def test_any_damaged_file_is_refused(self, folder: Path) -> None:
        """One changed byte anywhere, a short file or a missing one: refused, never answered."""
        whole = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        for path, content in whole.items():
            for damaged in _damages(content):
                path.write_bytes(damaged)
                with pytest.raises((IndexBroken, IndexMissing)):
                    Index.open(folder)
            path.unlink()
            with pytest.raises((IndexBroken, IndexMissing)):
                Index.open(folder)
            path.write_bytes(content)
        assert Index.open(folder).files

    def test_an_index_of_another_make_is_refused(self, folder: Path) -> None:
        """What an older version of the product wrote is not read as if it were today's."""
        sheet = next(folder.glob("generation-*/corpus.json"))
        content = json.loads(sheet.read_text(encoding="utf-8"))
        sheet.write_text(json.dumps(content | {"edition": "older"}), encoding="utf-8")
        sums = sheet.with_name(SUMS)
        sealed = json.loads(sums.read_text(encoding="utf-8"))
        sealed[sheet.name] = zlib.crc32(sheet.read_bytes())
        sums.write_text(json.dumps(sealed), encoding="utf-8")
        with pytest.raises(IndexBroken):
            Index.open(folder)

    def test_a_crash_leaves_the_old_index(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whatever step of publishing fails, the old index answers, and the next one cleans up."""
        for step in ("_seal", "write_file", "_sync"):
            with monkeypatch.context() as broken:
                broken.setattr(f"knowledge.searching.generations.{step}", _fail)
                with pytest.raises(OSError, match="disk"):
                    Index.build([document("mới", ("Chữ khác.",))], folder)
            assert "quá hạn" in found(Index.open(folder), "mượn sách quá hạn")
        Index.build([document("mới", ("Chữ khác.",))], folder)
        assert len(list(folder.glob("generation-*"))) == 1

    def test_leftovers_of_a_kill_are_cleared(self, folder: Path) -> None:
        """A half-built folder that a killed process left is gone after the next build."""
        stale = folder / "generation-00000099.1"
        stale.mkdir()
        (stale / "half").write_bytes(b"x")
        assert Index.open(folder).files
        Index.update(folder, [], ["xe.txt"])
        assert not stale.exists()
        assert (folder / POINTER).read_text() == next(folder.glob("generation-*")).name

    def test_an_open_index_outlives_its_folder(self, folder: Path) -> None:
        """A reader that opened the old generation goes on answering from it."""
        old = Index.open(folder)
        Index.build([document("mới", ("Chữ khác.",))], folder)
        assert "quá hạn" in found(old, "mượn sách quá hạn")

    def test_readers_see_the_old_or_the_new(self, folder: Path) -> None:
        """Opened again and again while it is rebuilt, an index is always one or the other."""
        texts = {n: document("a", (f"Phòng số {n} mở cửa.",) * (n + 1)) for n in range(12)}
        Index.build([texts[0]], folder)
        seen: list[int] = []
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                seen.append(len(Index.open(folder)))

        reader = threading.Thread(target=read)
        reader.start()
        for made in texts.values():
            Index.build([made], folder)
        done.set()
        reader.join()
        assert seen
        assert set(seen) <= set(range(1, 13))
        assert seen == sorted(seen)


def _damages(content: bytes) -> Iterator[bytes]:
    yield content + b"!"
    if content:
        yield content[:-1]
        middle = len(content) // 2
        yield content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def _fail(*_: object) -> None:
    raise OSError("the disk is full")
