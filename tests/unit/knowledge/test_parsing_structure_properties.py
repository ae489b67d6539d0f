"""What holds of every text: nothing raises, nothing is invented, nothing of a body is lost."""

import dataclasses
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.directives import read_pairs, spans
from knowledge.model import Directive
from knowledge.parsing import parse
from knowledge.parsing.exchange import as_json
from knowledge.reading.source import Source

_BROKEN_HYPHEN = re.compile(r"(?<=\w)-[ \t]*\n\s*(?=\w)")

MARKS = st.sampled_from(
    [
        "1.",
        "2.",
        "3-",
        "4)",
        "12.",
        "2.1.",
        "I.",
        "II-",
        "III/",
        "IV.",
        "A.",
        "B)",
        "a)",
        "b.",
        "đ)",
        "-",
        "+",
        "•",
        "*",
        "–",
        "Điều_1.",
        "Chương_I",
        "Mục_2.",
        "(1)",
        "i)",
        "ii)",
        "1/",
        "##",
        "**3.**",
        "Khoản_4.",
        "Phần_thứ_hai",
    ]
).map(lambda mark: mark.replace("_", " "))
WORDS = st.sampled_from(
    [
        "tỉnh",
        "Uỷ",
        "ủy",
        "ban",
        "nhân",
        "dân",
        "công",
        "tác",
        "Dân",
        "vận",
        "2021",
        "2025",
        "-",
        "33-CT/TU",
        "05-",
        "“khéo”",
        "chính",
        "trị",
        "xã",
        "hội;",
        "năm,",
        "yêu",
        "cầu:",
        "thực",
        "hiện.",
        "(nếu",
        "có)",
        "khoản",
        "3",
        "Điều",
        "hằng",
        "Hà",
        "Nội",
        "Căn",
        "cứ",
        "KẾ",
        "HOẠCH",
        "...",
        "%",
        "2024",
    ]
)
LINES = st.tuples(
    st.sampled_from(["", "", " ", "     ", "\t"]),
    st.one_of(st.just(""), MARKS),
    st.lists(WORDS, min_size=1, max_size=12),
    st.sampled_from(["\n", "\n\n", "\n", "\n \n"]),
).map(lambda line: f"{line[0]}{line[1]} {' '.join(line[2])}{line[3]}")
BODIES = st.lists(LINES, min_size=1, max_size=25).map("".join)


def read(text: str) -> Directive:
    """Parse a text as if it had been read from a file."""
    return parse(Source(name="van-ban.txt", text=text))


def normalise(text: str) -> str:
    """Bring a text to the form in which it is compared."""
    return " ".join(_BROKEN_HYPHEN.sub("-", unicodedata.normalize("NFC", text)).split())


def printed(directive: Directive) -> Iterator[str]:
    """Yield every text that a directive keeps: header parts, outermost clauses, footnotes."""
    header = directive.header
    for part in (
        header.heading_text,
        header.addressed_text,
        header.recipients_text,
        header.signature_text,
    ):
        yield part or ""
    for clause in directive.clauses:
        yield clause.text
    for note in directive.footnotes:
        yield note.text
    yield from directive.furniture


def without(body: str, furniture: tuple[str, ...]) -> str:
    """Take the lines that belong to pages out of a text, each once."""
    left = Counter(furniture)
    kept = []
    for line in body.split("\n"):
        words = " ".join(line.split())
        if left[words]:
            left[words] -= 1
        else:
            kept.append(line)
    return "\n".join(kept)


@settings(deadline=None)
@given(st.text(max_size=400))
@example("1. \udcff")
@example("�\n. a\n� b")
@example("Kính gửi:\n1\n\f2 Về\n")
def test_any_text_gives_a_directive(text: str) -> None:
    """Parsing never raises, and its result can be written down."""
    directive = read(text)
    assert as_json(directive)["file"] == "van-ban.txt"


@settings(deadline=None)
@given(st.text(alphabet="1I.-a)Đđ \n\f“(�¹[]*VỤvụ:2", max_size=300))
def test_marks_and_breaks_in_any_order_give_a_directive(text: str) -> None:
    """The signs that structure a text never make parsing fail."""
    read(text)


@given(BODIES)
@settings(deadline=None)
def test_every_clause_stands_in_the_text(body: str) -> None:
    """A clause is a run of the source's own words, in the source's order."""
    directive = read(body)
    source = normalise(without(body, directive.furniture))
    if not directive.footnotes:
        assert all(normalise(clause.text) in source for clause in directive.clauses)


@given(BODIES)
@settings(deadline=None)
def test_no_word_of_a_body_is_lost(body: str) -> None:
    """Each word stands in the header, a clause or a footnote."""
    kept = Counter(
        word for text in printed(read(body)) for word in re.findall(r"\w+", normalise(text))
    )
    assert not Counter(re.findall(r"\w+", normalise(body))) - kept


@given(BODIES)
@settings(deadline=None)
@example("ỦY BAN NHÂN DÂN\nSố: 1/KH-UBND\nKẾ HOẠCH\nVề việc\n1. Báo cáo trước ngày 01/3/2026.\n")
@example("Đảng Cộng sản Việt Nam như sau:\n1. Giao các cơ quan\n\n2\n\nthực hiện.\n2. Hết.\n")
def test_every_word_stands_in_one_place(body: str) -> None:
    """A word is in the header, an outermost clause, a footnote, or the page's furniture."""
    directive = read(body)
    paths = {clause.path for clause in directive.clauses}
    inner = [c for c in directive.clauses if any(c.path.startswith(f"{p}.") for p in paths)]
    outer = dataclasses.replace(
        directive, clauses=tuple(c for c in directive.clauses if c not in inner)
    )
    placed = Counter(
        word for text in printed(outer) for word in re.findall(r"\w+", normalise(text))
    )
    assert placed == Counter(re.findall(r"\w+", normalise(body)))


@given(BODIES)
@settings(deadline=None)
def test_clauses_nest(body: str) -> None:
    """Paths are unique; a contained unit stands in the one around it, after its mark."""
    clauses = read(body).clauses
    by_path = {clause.path: clause for clause in clauses}
    assert len(by_path) == len(clauses)
    for at, clause in enumerate(clauses):
        above = [p for p in by_path if clause.path.startswith(f"{p}.")]
        for path in above:
            assert clause.text in by_path[path].text
            assert clauses.index(by_path[path]) < at


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Giao", "Đề nghị", "Tiếp tục"]),
            st.lists(
                st.sampled_from(["các", "cơ", "quan", "đơn", "vị", "thực", "hiện", "tốt"]),
                min_size=4,
            ),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_a_plain_list_is_found_whole(sentences: list[tuple[str, list[str]]]) -> None:
    """Clauses numbered from one, each a sentence in its line, are all found."""
    text = "\n".join(
        f"{n}. {first} {' '.join(words)}." for n, (first, words) in enumerate(sentences, start=1)
    )
    found = [clause.path for clause in read(text).clauses]
    assert found == [str(n) for n in range(1, len(sentences) + 1)]


def test_real_directives_are_read_as_a_reader_reads_them(acceptance_data: Path) -> None:
    """Paths of all units agree with the hand-made truth but for three in a hundred."""
    score = spans("clauses", "path", read_pairs(acceptance_data))
    assert 2 * score.right >= 0.97 * (score.given + score.true)
