"""Numbers that name a citizen are found; figures, papers and offices' lines are not."""

import pytest

from vietnamese.personal_data import personal_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ông Pó, 0912345678", ("0912345678",)),
        ("gọi 0912.345.678 hoặc +84 912 345 678", ("0912.345.678", "+84 912 345 678")),
        ("CCCD 001085012345", ("001085012345",)),
        ("căn cước công dân số: 034 085 012 345", ("034 085 012 345",)),
        ("so dinh danh 096123456789 cua ba Lan", ("096123456789",)),
        ("CMND số 123456789", ("123456789",)),
        ("hỗ trợ 123456789 đồng", ()),
        ("kinh phí 1.250.000.000 đồng", ()),
        ("đường dây nóng 02438256666", ()),
        ("999085012345", ()),
        ("công văn 0912/UBND ngày 05/11/2026", ()),
        ("", ()),
    ],
)
def test_numbers_of_citizens(text: str, numbers: tuple[str, ...]) -> None:
    """As typed, each once."""
    assert personal_numbers(text) == numbers
