"""An officer's desk: an office with three tasks, his phone, and what is done on it."""

from dataclasses import dataclass
from pathlib import Path
from struct import pack

from tests.e2e.assistant import Assistant
from tests.e2e.office import Office
from tests.e2e.phone import Phone, Shown

REVIEW = "Rà soát tổ dân vận"
RULES = "Sửa quy chế dân chủ"
DIALOGUE = "Đối thoại với Nhân dân"
PICTURE = b"\x89PNG\r\n\x1a\n" + pack(">I4sIIBBBBB", 13, b"IHDR", 320, 200, 8, 2, 0, 0, 0)
"""The head of a picture, by which Telegram knows one."""


@dataclass(slots=True)
class Desk:
    """An office with its assistant."""

    office: Office
    assistant: Assistant
    data: Path

    @property
    def officer(self) -> Phone:
        """Return the officer's phone."""
        return self.office.officer

    async def again(self) -> None:
        """Cut the power and start anew."""
        await self.assistant.kill()
        await self.assistant.start()


async def tapped(phone: Phone, label: str, then: str) -> Shown:
    """Tap, and wait until the screen shows what comes of it."""
    await phone.taps(label)
    return await phone.sees(then)


async def typed(phone: Phone, words: str, then: str) -> Shown:
    """Write, and wait until the screen shows what comes of it."""
    await phone.says(words)
    return await phone.sees(then)


async def opened(desk: Desk, title: str) -> Shown:
    """Open the detailed report on a task."""
    await typed(desk.officer, "/baocao", "Cần báo cáo")
    await tapped(desk.officer, title, "Biểu mẫu")
    return await tapped(desk.officer, "Báo cáo chi tiết", "Câu 1/")
