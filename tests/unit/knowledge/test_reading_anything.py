"""Whatever bytes lie in a file, reading gives a source or a refusal, and nothing else."""

import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.reading import KINDS, Source, read
from knowledge.refusals import FileRefused
from tests.unit.knowledge.reading_samples.encoders import ENCODERS
from tests.unit.knowledge.reading_samples.pdfs import paragraph, pdf
from tests.unit.knowledge.reading_samples.sentences import SENTENCES, TEXT

FILE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PROCESS = settings(FILE, max_examples=20)
"""Each example may start the process that reads PDF."""

_MARKUP = (
    *("<p>", "</p>", "<td>", "<tr>", "</table>", "<table>", "<ol start=9>", "<li>", "<pre>", "</"),
    *("<sup>1</sup>", "<font face='.VnTimeH'>", "&#xd800;", "&nbsp;", "<!--", "-->", "<![if x]>"),
    *(
        "---\n",
        "a: b\n",
        "**",
        "[a](b)",
        "| a | b |\n",
        "> ",
        "# ",
        "```\n",
        "\\",
        "\f",
        "\0",
        "MẬT",
    ),
    *("<?xml version='1.0' encoding='utf-16'?>", "\u0301\u0323", "\ufffd", "\uf0b7", "\x93"),
)
SOUP = st.lists(st.sampled_from([*_MARKUP, *SENTENCES]) | st.text(max_size=9)).map("".join)
WRITTEN = st.builds(
    lambda text, encoding: text.encode(encoding, "ignore"),
    SOUP,
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "cp1252", "cp437"]),
)
LEGACY = st.builds(
    lambda name, start, end, noise: ENCODERS[name](TEXT)[start:end] + noise,
    st.sampled_from(list(ENCODERS)),
    st.integers(0, 400),
    st.integers(401, 800),
    st.binary(max_size=20),
)


def judged(file: Path, data: bytes) -> Source | FileRefused:
    """Read `data`; a result is sound in itself, and any error but a refusal fails the test."""
    file.write_bytes(data)
    try:
        source = read(file)
    except FileRefused as refusal:
        return refusal
    assert unicodedata.is_normalized("NFC", source.text)
    assert any(map(str.isalnum, source.text))
    assert not {"\0", "\r", "\x0b"} & set(source.text)
    assert source.text.encode()
    return source


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != ".pdf"])
@FILE
@given(data=st.binary(max_size=300) | WRITTEN | LEGACY)
def test_any_bytes_under_any_extension(kind: str, data: bytes, tmp_path: Path) -> None:
    """Noise, tag soup and text in any encoding give a source or a refusal."""
    judged(tmp_path / f"a{kind}", data)


@PROCESS
@given(data=st.binary(max_size=200).map(lambda noise: b"%PDF-1.7\n" + noise))
def test_any_bytes_as_a_pdf(data: bytes, tmp_path: Path) -> None:
    """Noise after the mark of a PDF is refused."""
    assert isinstance(judged(tmp_path / "a.pdf", data), FileRefused)


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """Return strategies for `data` with a few bytes changed, a stretch lost, or the end cut."""
    place = st.integers(0, len(data) - 1)
    changed = st.lists(st.tuples(place, st.integers(0, 255)), min_size=1, max_size=8).map(
        lambda changes: _changed(data, changes)
    )
    lost = st.tuples(place, st.integers(1, 60)).map(
        lambda gap: data[: gap[0]] + data[gap[0] + gap[1] :]
    )
    return changed | lost | place.map(lambda end: data[:end])


def _changed(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    copy = bytearray(data)
    for place, byte in changes:
        copy[place] = byte
    return bytes(copy)


def _word() -> bytes:
    document = Document()
    document.add_paragraph(SENTENCES[0], style="List Number")
    document.add_table(1, 2).cell(0, 0).text = SENTENCES[1]
    document.sections[0].header.paragraphs[0].text = "trang"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


WORD = _word()
PDF = pdf(paragraph(*SENTENCES[:2]))


@PROCESS
@given(data=damaged(PDF))
def test_a_damaged_pdf(data: bytes, tmp_path: Path) -> None:
    """A PDF with wrong bytes is read or refused, and takes nothing down with it."""
    judged(tmp_path / "a.pdf", data)


@FILE
@given(data=damaged(WORD))
def test_a_damaged_archive(data: bytes, tmp_path: Path) -> None:
    """A .docx whose archive is damaged is read or refused."""
    judged(tmp_path / "a.docx", data)


@FILE
@given(data=st.data())
def test_a_sound_archive_of_damaged_parts(data: st.DataObject, tmp_path: Path) -> None:
    """A .docx whose XML is damaged inside a sound archive is read or refused."""
    with zipfile.ZipFile(BytesIO(WORD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from([name for name in parts if name.startswith(("word/", "_"))]))
    parts[name] = data.draw(damaged(parts[name]))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    judged(tmp_path / "a.docx", stream.getvalue())


def test_the_samples_themselves_are_sound(tmp_path: Path) -> None:
    """What the tests above damage is read in full while it is whole."""
    assert isinstance(judged(tmp_path / "a.pdf", PDF), Source)
    assert isinstance(judged(tmp_path / "a.docx", WORD), Source)
