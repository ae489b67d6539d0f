"""A frame that is not as it was written shows, whatever happened to it."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from storage.embedded.frames import Broken, Change, Frame, body, changes, columns, framed, frames

lines = st.builds(
    Change,
    kind=st.sampled_from(["reports", "outbox"]),
    key=st.text(st.characters(exclude_categories=["Cs"])),
    record=st.none() | st.just('{"a":"Đ\\t\\n"}'.encode()),
)
bodies = st.lists(st.lists(lines, max_size=4).map(body), min_size=1, max_size=4)


def read(content: bytes) -> list[Frame | Broken]:
    """Read bytes as a file of frames."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return list(frames(Path(file.name)))


def written(contents: list[bytes]) -> list[bytes]:
    """Return the frames of bodies, numbered from 1."""
    return [framed(number, content) for number, content in enumerate(contents, start=1)]


@given(bodies)
def test_frames_come_back(contents: list[bytes]) -> None:
    """What was framed is read in the same order, with its numbers."""
    wanted = [Frame(number, content) for number, content in enumerate(contents, start=1)]
    assert read(b"".join(written(contents))) == wanted


@given(st.lists(lines))
def test_changes_come_back(some: list[Change]) -> None:
    """Any key and record survive being a line."""
    assert list(changes(body(some))) == some


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_columns_are_the_same_records(keys: list[str]) -> None:
    """Read by columns, records of one kind are those that were written."""
    content = body([Change("reports", key, b"{}") for key in keys])
    assert columns(content) == ("reports", keys, [b"{}"] * len(keys))


@given(bodies, st.data())
def test_a_cut_end_shows_where_its_frame_begins(contents: list[bytes], data: st.DataObject) -> None:
    """Cut anywhere into the last frame, the ones before are whole and nothing follows."""
    *before, last = written(contents)
    left = data.draw(st.integers(1, len(last) - 1))
    *whole, broken = read(b"".join([*before, last[:left]]))
    assert len(whole) == len(before)
    assert broken == Broken(sum(map(len, before)), None)


@given(bodies, st.data())
def test_an_altered_bit_shows(contents: list[bytes], data: st.DataObject) -> None:
    """No bit of a file can turn unnoticed; what follows the altered frame is told."""
    made = written(contents)
    content = bytearray(b"".join(made))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    *whole, broken = read(bytes(content))
    starts = [sum(map(len, made[:number])) for number in range(len(made) + 1)]
    number = max(index for index, start in enumerate(starts[:-1]) if start <= at)
    following = starts[number + 1] if number + 1 < len(made) else None
    assert len(whole) == number
    assert broken == Broken(starts[number], following)


@given(st.binary())
def test_any_bytes_are_frames_or_broken(content: bytes) -> None:
    """Whatever stands in a file, reading ends in order."""
    ends = read(content)
    assert not content or isinstance(ends[-1], Broken)
