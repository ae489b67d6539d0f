"""A directive goes out, everybody sees his part first and says so; who has not is known."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from records.ids import PersonId, UnitId
from records.model import Address, Person, Role, Unit, UnitName
from tests.e2e.clockwork import assistant_at
from tests.e2e.phone import Town
from vietnamese.zone import ZONE

pytestmark = pytest.mark.asyncio(loop_scope="module")

CENTRE = "Trung tâm Phục vụ - Kiểm soát thủ tục hành chính tỉnh"
"""A body that a shipped plan charges by its name."""

THURSDAY = datetime(2026, 11, 5, 9, 0, tzinfo=ZONE)


async def test_a_directive_is_sent_out_and_acknowledged(town: Town, tmp_path: Path) -> None:
    """Preview, sending, one's own clause first, whose it is, who is missing, the reminder."""
    admin, head = await town.phone("Thu"), await town.phone("Hùng")
    for phone in (admin, head):
        await phone.says("/start")
    unit = Unit(id=UnitId("snv"), kind="trung tâm", names=(UnitName(text=CENTRE),))
    async with assistant_at(town, tmp_path, THURSDAY) as work:
        async with work.store.begin() as tx:
            await tx.add(replace(unit, id=UnitId("top"), names=(UnitName(text="Tỉnh Thử"),)))
            await tx.add(unit)
            for key, phone, home, role in (
                ("thu", admin, "top", Role.ADMIN),
                ("hung", head, "snv", Role.SUPERVISOR),
            ):
                address = Address(channel="telegram", value=str(phone.id))
                await tx.add(
                    Person(
                        id=PersonId(key),
                        name=key.title(),
                        unit=UnitId(home),
                        role=role,
                        addresses=(address,),
                    )
                )
        await admin.says("/phobien")
        await admin.sees("Chưa phổ biến văn bản nào")
        await admin.taps("Phổ biến văn bản", "5. Kế hoạch", "Tất cả đơn vị")
        preview = await admin.sees("3 đơn vị, 2 người")
        assert "1 đơn vị được nêu trong văn bản" in preview.text
        assert "Phần của từng đơn vị" in preview.text
        await admin.presses(preview, "📣 Phổ biến")
        await admin.sees("0 người đã quán triệt, 2 chưa")
        await work.passes(minutes=1)
        told = await head.sees("Văn bản cần quán triệt")
        assert "Phần của đơn vị đồng chí" in told.text
        await head.presses(told, "của đơn vị tôi?")
        await head.sees("có phải việc của đơn vị")
        await head.taps("Cần hỏi lại")
        await head.notices("cần hỏi lại")
        await head.taps("Quay lại văn bản")
        assert "cần hỏi lại" in (await head.sees("Phần của đơn vị đồng chí")).text
        await work.goes_to(THURSDAY.replace(day=9))
        reminder = await head.sees("chưa xác nhận đã quán triệt")
        await head.presses(reminder, "Đã quán triệt")
        await head.notices("Đã ghi nhận")
        await head.sees("đã quán triệt tất cả")
        await admin.says("/phobien")
        await admin.sees("1 người đã quán triệt, 1 chưa")
        await admin.taps("1. ")
        state = await admin.sees("Đơn vị có ý kiến")
        assert "Hung" in state.text
        assert "cần hỏi lại" in state.text
        await admin.taps("Nhắc người chưa quán triệt")
        await admin.notices("1 người")
        await head.says("/phobien")
        await head.sees("ngoài phạm vi")
