"""Files wait, are corrected, published, replaced and withdrawn; no version is lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.library.arrivals import KEPT, Arrivals
from knowledge.library.corrections import NOTHING, Field
from knowledge.library.likeness import Change, Why, differences, twins
from knowledge.library.shelf import Shelf
from knowledge.refusals import ArrivalGone, SecretDocument
from tests.unit.knowledge.test_library import OFFICIAL

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    """Give an empty room for files that wait."""
    return Arrivals(root=tmp_path / "arrivals")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Give an empty operator's folder."""
    return Shelf(folder=tmp_path / "library")


def put(
    arrivals: Arrivals, shelf: Shelf, text: str, name: str, replacing: str | None = None
) -> str:
    """Receive and publish a text."""
    held = arrivals.receive("a1", name, text.encode(), NOW)
    return shelf.publish(
        held.path, held.corrections, replacing=replacing, version=name[:2], by="thu", at=NOW
    )


def opened(shelf: Shelf, tmp_path: Path) -> Library:
    """Open the folder as a library."""
    return Library.open([shelf.folder], tmp_path / "cache")


def test_a_correction_counts_and_the_file_stays(
    arrivals: Arrivals, shelf: Shelf, tmp_path: Path
) -> None:
    """The library has the corrected number and no date; the bytes are those that came."""
    arrivals.receive("a1", "ct.txt", OFFICIAL.encode(), NOW)
    arrivals.correct("a1", Field.NUMBER, "78-CT/TU")
    held = arrivals.correct("a1", Field.DATE, "")
    shelf.publish(held.path, held.corrections, replacing=None, version="v1", by="thu", at=NOW)
    header = opened(shelf, tmp_path).directive("ct.txt").header
    assert (header.number, header.date) == ("78-CT/TU", None)
    assert (shelf.folder / "ct.txt").read_bytes() == OFFICIAL.encode()


def test_other_bytes_are_not_corrected(arrivals: Arrivals, shelf: Shelf, tmp_path: Path) -> None:
    """A file that an operator puts in the place of a corrected one is read as it is."""
    arrivals.receive("a1", "ct.txt", OFFICIAL.encode(), NOW)
    held = arrivals.correct("a1", Field.NUMBER, "78-CT/TU")
    shelf.publish(held.path, held.corrections, replacing=None, version="v1", by="thu", at=NOW)
    (shelf.folder / "ct.txt").write_text(OFFICIAL.replace("77-CT", "99-CT"), encoding="utf-8")
    assert opened(shelf, tmp_path).directive("ct.txt").header.number == "99-CT/TU"


def test_what_is_replaced_is_kept_under_either_name(
    arrivals: Arrivals, shelf: Shelf, tmp_path: Path
) -> None:
    """A file of the same kind takes the old name, one of another kind keeps its own."""
    put(arrivals, shelf, OFFICIAL, "ct.txt")
    assert put(arrivals, shelf, OFFICIAL + "\nHai", "v2.txt", "ct.txt") == "ct.txt"
    assert put(arrivals, shelf, OFFICIAL + "\nBa", "v3.md", "ct.txt") == "v3.md"
    assert [one.file for one in opened(shelf, tmp_path).directives] == ["v3.md"]
    kept = {one.id: one.path.read_text(encoding="utf-8") for one in shelf.versions("v3.md")}
    assert kept == {"v2": OFFICIAL, "v3": OFFICIAL + "\nHai"}


def test_the_old_steps_back_before_it_is_cleared_away(
    arrivals: Arrivals, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash right after the new one is in place leaves one document, not two."""
    put(arrivals, shelf, OFFICIAL, "ct.txt")

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Shelf, "_keep", crash)
    with pytest.raises(KeyboardInterrupt):
        put(arrivals, shelf, OFFICIAL, "moi.md", "ct.txt")
    assert [one.file for one in opened(shelf, tmp_path).directives] == ["moi.md"]


def test_a_withdrawn_document_is_listed_until_it_is_back(arrivals: Arrivals, shelf: Shelf) -> None:
    """What is withdrawn leaves the folder and can be published again."""
    put(arrivals, shelf, OFFICIAL, "ct.txt")
    shelf.withdraw("ct.txt", version="w1", by="thu", at=NOW)
    (gone,) = shelf.withdrawn()
    assert not shelf.holds("ct.txt")
    shelf.publish(gone.path, NOTHING, replacing=None, version="w2", by="thu", at=NOW)
    assert shelf.holds("ct.txt")
    assert shelf.withdrawn() == ()


def test_nothing_is_kept_of_a_secret(arrivals: Arrivals) -> None:
    """A stamped file is refused and leaves no byte behind."""
    with pytest.raises(SecretDocument):
        arrivals.receive("a1", "ct.txt", ("TỐI MẬT\n" + OFFICIAL).encode(), NOW)
    assert list(arrivals.root.rglob("*")) == []


def test_what_waited_too_long_is_forgotten(arrivals: Arrivals) -> None:
    """The next file that comes ends the wait of those of before."""
    arrivals.receive("a1", "ct.txt", OFFICIAL.encode(), NOW)
    arrivals.receive("a2", "ct.txt", OFFICIAL.encode(), NOW + KEPT + timedelta(seconds=1))
    with pytest.raises(ArrivalGone):
        arrivals.get("a1")


def test_twins_and_differences(arrivals: Arrivals) -> None:
    """The same number is a version, a nearly equal text is asked about, a change is named."""
    one = arrivals.receive("a1", "a.txt", OFFICIAL.encode(), NOW).directive
    later = OFFICIAL.replace("thứ Sáu", "thứ Năm")
    two = arrivals.receive("a2", "b.txt", later.encode(), NOW).directive
    other = arrivals.receive("a3", "c.txt", OFFICIAL.replace("77", "88").encode(), NOW).directive
    assert [twin.why for twin in twins(two, [one], ())] == [Why.NUMBER]
    assert [twin.why for twin in twins(other, [one], {"a.txt"})] == [Why.TEXT]
    assert [(one.clause, one.change) for one in differences(one, two)] == [("1", Change.CHANGED)]
