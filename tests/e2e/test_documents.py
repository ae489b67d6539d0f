"""An admin sends a directive from the phone; from that second the others are answered from it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import pytest
import pytest_asyncio

from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.phone import Phone, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """ỦY BAN NHÂN DÂN
XÃ BẢN MẪU
Số: 45/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bản Mẫu, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Tổ chức ngày hội bánh chưng của xã
-----
Thực hiện Chỉ thị số 33-CT/TU ngày 06/6/2023 của Ban Thường vụ Tỉnh ủy, Ủy ban nhân dân xã yêu cầu:

1. Ban Văn hóa xã chủ trì tổ chức ngày hội bánh chưng, báo cáo kết quả trước ngày {day} hằng năm.

2. Các thôn treo cờ, vệ sinh đường làng trước ngày hội.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Mẫu
"""
QUESTION = "Ngày hội bánh chưng báo cáo kết quả trước ngày nào?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An assistant with an admin and somebody who asks."""

    admin: Phone
    lan: Phone
    assistant: Assistant
    data: Path


@pytest_asyncio.fixture(loop_scope="module")
async def office(town: Town, tmp_path: Path) -> AsyncIterator[Office]:
    """Give an assistant on the shipped library, its admin, and an officer who may ask."""
    admin, lan = await town.phone("Thu"), await town.phone("Lan")
    running = serving(town, tmp_path, ADMIN_IDS=str(admin.id))
    await running.start()
    await admin.says("/start")
    await admin.sees("Trợ lý Dân vận")
    yield Office(admin=admin, lan=lan, assistant=running, data=tmp_path)
    await running.kill()


def plan(day: str = "20/11") -> str:
    """Return the plan's text with this deadline."""
    return PLAN.format(day=day)


def word_file(text: str) -> bytes:
    """Return a text as .docx, a paragraph a line."""
    document, made = docx.Document(), BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


async def published(office: Office, content: bytes, name: str, how: str = "Công bố") -> None:
    """Send a file and publish it."""
    await office.admin.says("/tailieu")
    await office.admin.sees("Thư viện văn bản")
    await office.admin.uploads(content, name)
    await office.admin.sees("45/KH-UBND")
    await office.admin.taps(how)
    await office.admin.sees("Đã công bố")


async def test_a_file_is_previewed_published_replaced_and_taken_back(office: Office) -> None:
    """The officer is answered from the new version alone, and from the old once it is back."""
    admin, lan = office.admin, office.lan
    await admin.says("/tailieu")
    await admin.sees("chưa bấm Công bố thì chưa ai thấy")
    await admin.uploads(word_file(plan()), "ke-hoach-45.docx")
    shown = await admin.sees("45/KH-UBND")
    assert "12/3/2026" in shown.text
    assert "33-CT/TU" in shown.text
    await lan.says(QUESTION)
    await lan.sees("")
    assert "20/11" not in lan.last.text
    await admin.taps("✔️ Công bố")
    await admin.sees("Đã công bố")
    assert "📣 Phổ biến" in admin.last.labels
    assert "📌 Giao việc" in admin.last.labels
    await lan.says(QUESTION)
    await lan.sees("20/11")
    await admin.uploads(word_file(plan("05/10")), "KH 45 sua.docx")
    await admin.sees("Thư viện đã có")
    await admin.taps("✔️ Công bố thay")
    await admin.sees("Bản cũ không còn được trích")
    await lan.says(QUESTION)
    answer = await lan.sees("05/10")
    assert "20/11" not in answer.text
    await admin.taps("Khác gì bản cũ?")
    difference = await admin.sees("Khác bản trước")
    assert "20/11" in difference.text
    assert "05/10" in difference.text
    await admin.taps("Lấy lại bản trước này")
    await admin.sees("Đã công bố")
    await lan.says(QUESTION)
    await lan.sees("20/11")
