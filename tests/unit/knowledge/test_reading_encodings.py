"""Whatever encoding a text was written in, it is read as the Vietnamese that was meant."""

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading import read
from knowledge.reading.capitals import restore_capitals
from knowledge.reading.encodings import recognise
from knowledge.reading.layout import settle
from knowledge.reading.legacy import Legacy, decode, raw
from knowledge.reading.recovery import Piece, join, recover
from knowledge.reading.spelling import is_syllable, verdict
from knowledge.refusals import NotText, UnknownEncoding
from tests.unit.knowledge.reading_samples.encoders import ENCODERS, tcvn3, vni, vps
from tests.unit.knowledge.reading_samples.sentences import SENTENCES, TEXT

WORDS = st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=30).map(" ".join)
EXACT = [name for name in ENCODERS if name != "TCVN3"]


@pytest.mark.parametrize("name", ENCODERS)
def test_every_letter_has_its_place(name: str) -> None:
    """Each letter with each tone comes back from its bytes, capitals where they exist."""
    letters = "".join(
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưy"
        for tone in ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
    )
    letters += "đ"
    capitals = "ĂÂÊÔƠƯĐ" if name == "TCVN3" else letters.upper()
    for letter in letters + capitals:
        assert decode(raw(ENCODERS[name](letter)), Legacy(name)) == letter


@pytest.mark.parametrize("name", EXACT)
@given(text=WORDS, capitals=st.booleans())
def test_what_was_encoded_is_decoded(name: str, text: str, *, capitals: bool) -> None:
    """Decoding by the right table gives back the very text, in small letters and in capitals."""
    text = text.upper() if capitals else text
    assert decode(raw(ENCODERS[name](text)), Legacy(name)) == text


@given(text=WORDS)
def test_tcvn3_gives_small_letters_back(text: str) -> None:
    """In TCVN3 all small letters come back; a capital with a tone has no byte of its own."""
    assert decode(raw(tcvn3(text.lower())), Legacy.TCVN3) == text.lower()


@given(sentence=st.sampled_from(SENTENCES))
def test_a_line_of_capitals_in_tcvn3_is_read_in_capitals(sentence: str) -> None:
    """The capitals that TCVN3 cannot write are told by those around them."""
    typed = decode(raw(tcvn3(sentence.upper())), Legacy.TCVN3)
    assert restore_capitals(typed) == sentence.upper() != typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("TỉNH Hà TĩNH", "TỈNH HÀ TĨNH"),
        ("Số 33-CT/TU", "Số 33-CT/TU"),
        ("UBND xã và HĐND xã", "UBND xã và HĐND xã"),
        ("ở Hà Nội", "ở Hà Nội"),
        ("CôNG TáC DâN VậN ở xã", "CÔNG TÁC DÂN VẬN ở xã"),
    ],
)
def test_capitals_are_restored_only_where_the_line_says_so(typed: str, meant: str) -> None:
    """A word that does not say its case follows both neighbours; an abbreviation is none."""
    assert restore_capitals(typed) == meant


@pytest.mark.parametrize("name", EXACT)
def test_a_file_in_a_legacy_encoding_is_recognised(name: str, tmp_path: Path) -> None:
    """A .txt needs no word about its encoding."""
    file = tmp_path / "cong-van.txt"
    file.write_bytes(ENCODERS[name](TEXT))
    assert read(file).text == TEXT


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("name", ENCODERS)
def test_one_sentence_is_enough_to_recognise(name: str, sentence: str) -> None:
    """A single line of a known encoding is told from all others."""
    small = sentence.lower()
    assert recognise("a.txt", ENCODERS[name](small)).decoded() == small


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("\n", "\r\n").encode(),
        raw(vni(TEXT)).encode(),
    ],
    ids=["utf-8", "mark", "le-mark", "be-mark", "le", "be", "nfd", "crlf", "vni-saved-as-utf-8"],
)
def test_every_form_of_unicode_is_read_alike(data: bytes, tmp_path: Path) -> None:
    """With or without a mark, composed or not, from Windows or not: one text comes out."""
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert read(file).text == TEXT


def test_a_cut_file_is_still_unicode() -> None:
    """One character broken by a cut is marked as lost, the rest of a UTF-8 file stays."""
    data = TEXT.encode()
    text = recognise("a.txt", data[: data.rindex("ữ".encode()) + 2]).decoded()
    assert text == TEXT[: TEXT.rindex("ữ")] + "\ufffd"


def test_plain_ascii_with_western_quotes_is_read() -> None:
    """Text without diacritics is no legacy text, even with a few bytes beyond ASCII."""
    assert recognise("a.txt", b"Ke hoach \x93Dan van kheo\x94 nam 2024").decoded() == (
        "Ke hoach “Dan van kheo” nam 2024"
    )


@pytest.mark.parametrize(
    "data", [b"abc\x00def", b"%PDF-1.7 x", b"PK\x03\x04 x", b"\x01\x07\x0e" * 9]
)
def test_binary_content_is_no_text(data: bytes) -> None:
    """Bytes of another format are named as such, not shown as letters."""
    with pytest.raises(NotText):
        recognise("a.txt", data)


def test_letters_of_no_known_encoding_are_refused() -> None:
    """Text that no table turns into Vietnamese does not enter half-read."""
    with pytest.raises(UnknownEncoding):
        recognise("a.txt", "Приказ об утверждении порядка".encode("cp1251"))


def test_a_legacy_font_decodes_only_what_reads_better() -> None:
    """Unicode typed over a legacy font keeps the font's name; it stays as it is."""
    legacy = [Piece(raw(tcvn3("đề nghị nộp sổ")), ".VnTime")]
    assert join(legacy) == "đề nghị nộp sổ"
    assert join([Piece("đề nghị nộp sổ", ".VnTime")]) == "đề nghị nộp sổ"


def test_a_font_of_capitals_shows_capitals() -> None:
    """.VnTimeH draws small letters as capitals, and so they are read."""
    pieces = [
        Piece(raw(tcvn3("tỉnh ủy hà tĩnh")), ".VnTimeH"),
        Piece(raw(tcvn3(" họp")), ".VnTime"),
    ]
    assert join(pieces) == "TỈNH ỦY HÀ TĨNH họp"


def test_letters_parted_between_runs_are_joined() -> None:
    """A VNI letter whose mark begins the next run is one letter."""
    pieces = [Piece("co", "VNI-Times"), Piece("âng taùc", "VNI-Helve")]
    assert join(pieces) == "công tác"


def test_symbol_places_of_word_count_as_bytes() -> None:
    """Word keeps characters of some legacy fonts at U+F020 to U+F0FF."""
    text = "".join(chr(0xF000 + byte) for byte in tcvn3("đề nghị nộp sổ"))
    assert join([Piece(text, ".VnTime")]) == "đề nghị nộp sổ"


def test_only_the_legacy_lines_of_a_mixed_text_change() -> None:
    """Unicode lines beside legacy ones stay, with their signs and foreign words."""
    unicode = "Nhiệt độ 38°C, quán “Café Société” đóng cửa¹"
    mixed = "\n".join([unicode, raw(tcvn3(SENTENCES[0])), raw(tcvn3(SENTENCES[1])), unicode])
    assert recover(mixed).split("\n") == [unicode, *SENTENCES[:2], unicode]


@given(text=st.text())
def test_settled_text_has_no_hidden_characters(text: str) -> None:
    """After cleaning, text is NFC, and only tabs, line feeds and form feeds control it."""
    settled = settle(text)
    assert unicodedata.is_normalized("NFC", settled)
    assert not any(unicodedata.category(each) in {"Cc", "Cs"} for each in settled.translate(LAYOUT))


LAYOUT = {ord(each): " " for each in "\t\n\f"}


def test_a_lost_character_stays_visible() -> None:
    """U+FFFD says that the file lost something; a soft hyphen and a stray control say nothing."""
    assert settle("a\ufffdb\u00adc\x01d\r\ne\vf") == "a\ufffdbcd\ne\nf"


def test_a_heap_of_marks_is_cut() -> None:
    """A hundred thousand marks on one letter do not hold up the reader."""
    assert len(settle("a" + "\u0301\u0323" * 100_000)) < 50


@pytest.mark.parametrize(
    "word", ["nghiêng", "gì", "giếng", "quý", "uỷ", "ủy", "khuỷu", "Đắc", "ƯỚC"]
)
def test_vietnamese_spelling_is_known(word: str) -> None:
    """Syllables of every shape are Vietnamese."""
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["céng", "coâng", "nghà", "cễt", "tÕ", "việtt", "ữ" * 9, "cọ̀"])
def test_other_strings_are_not(word: str) -> None:
    """Misspelt, wrongly toned or irregularly capitalised strings are not."""
    assert not is_syllable(word)


def test_undecoded_text_is_judged_low() -> None:
    """Legacy text as a Western machine shows it has hardly a Vietnamese word."""
    for encode in (tcvn3, vni, vps):
        assert verdict(raw(encode(TEXT))).share < 0.4
    assert verdict(TEXT).share == 1.0


@pytest.mark.acceptance
@pytest.mark.parametrize("name", ENCODERS)
def test_real_directives_survive_every_encoding(name: str, acceptance_data: Path) -> None:
    """Each real directive, written in a legacy encoding, is read back word for word."""
    for file in sorted((acceptance_data / "directives").glob("*.txt")):
        text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
        text = "".join(each for each in text if each.isascii() or each.isalpha())
        text = text.lower() if name == "TCVN3" else text
        assert recognise(file.name, ENCODERS[name](text)).decoded() == text
