"""What Tesseract read becomes lines in reading order, its section numbers put right by sequence."""

import pytest

from knowledge.reading.scans import lines_of_table, with_sections_in_order


def word(text: str, line: tuple[int, int], left: int, top: int, sure: float = 95) -> str:
    """Return a word of Tesseract's table."""
    block, number = line
    fields = (5, 1, block, 1, number, 1, left, top, 20 * len(text), 40, sure, text)
    return "\t".join(map(str, fields))


def test_two_columns_of_a_heading_come_one_after_the_other() -> None:
    """Whichever blocks Tesseract made of them; a rule that it took for signs is dropped."""
    table = "\n".join(
        [
            word("CỘNG HÒA XÃ HỘI CHỦ", (1, 1), 1300, 100),
            word("ỦY BAN NHÂN DÂN", (2, 1), 300, 102),
            word("NGHĨA VIỆT NAM", (1, 2), 1350, 170),
            word("¬—", (1, 3), 1350, 215, 30),
            word("XÃ TÂN PHÚ", (2, 2), 350, 190),
        ]
    )
    assert lines_of_table(table.encode()).split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "XÃ TÂN PHÚ",
        "CỘNG HÒA XÃ HỘI CHỦ",
        "NGHĨA VIỆT NAM",
    ]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("I. MỤC ĐÍCH\nI. NHIỆM VỤ\nIl. TỔ CHỨC", "I. MỤC ĐÍCH\nII. NHIỆM VỤ\nIII. TỔ CHỨC"),
        ("I. MỤC ĐÍCH\n1. Mục đích\nII. NHIỆM VỤ", "I. MỤC ĐÍCH\n1. Mục đích\nII. NHIỆM VỤ"),
    ],
)
def test_a_misread_section_number_is_put_right(read: str, right: str) -> None:
    """Only headings in capitals count; clauses keep their numbers."""
    assert with_sections_in_order(read) == right
