"""Duties are assigned on the phone: proposed, corrected, confirmed, told, changed, withdrawn."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from records.ids import PersonId
from records.model import Address, Cadence, DueRule, Person, Role, SupportRule, Task, TaskState
from storage.embedded.store import EmbeddedStore
from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.office import COMMUNE, PROVINCE, UNITS, WARD
from tests.e2e.phone import Phone, Shown, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(slots=True, kw_only=True)
class Desk:
    """A province whose assistant runs."""

    admin: Phone
    lan: Phone
    """An officer of the commune."""
    mai: Phone
    """The head of the ward."""
    assistant: Assistant
    data: Path

    async def again(self) -> None:
        """Cut the power and start anew."""
        await self.assistant.kill()
        await self.assistant.start()

    async def tasks(self) -> list[Task]:
        """Cut the power and read what is kept."""
        await self.assistant.kill()
        store = await EmbeddedStore.open(self.data / "records")
        async with store.begin() as tx:
            found = await tx.find(Task)
        await store.close()
        return found


@pytest_asyncio.fixture(loop_scope="module")
async def desk(town: Town, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a province with an admin, a commune and a ward."""
    phones = [await town.phone(name) for name in ("Thu", "Lan", "Mai")]
    places = (
        ("admin", PROVINCE, Role.ADMIN),
        ("lan", COMMUNE, Role.OFFICER),
        ("mai", WARD, Role.SUPERVISOR),
    )
    store = await EmbeddedStore.open(tmp_path / "records")
    async with store.begin() as tx:
        for unit in UNITS:
            await tx.add(unit)
        for phone, (name, unit_id, role) in zip(phones, places, strict=True):
            address = Address(channel="telegram", value=str(phone.id))
            await tx.add(
                Person(
                    id=PersonId(name),
                    name=str(phone.person["first_name"]),
                    unit=unit_id,
                    role=role,
                    addresses=(address,),
                )
            )
    await store.close()
    running = serving(town, tmp_path)
    await running.start()
    admin, lan, mai = phones
    for phone in (lan, mai):
        # Telegram lets a bot write only to those who have written to it.
        await phone.says("/start")
        await phone.sees("Trợ lý Dân vận")
    yield Desk(admin=admin, lan=lan, mai=mai, assistant=running, data=tmp_path)
    await running.kill()


async def begun(phone: Phone, title: str) -> None:
    """Begin a free task of that title."""
    await phone.says("/giaoviec")
    await phone.sees("Giao việc")
    await phone.taps("Việc khác")
    await phone.sees("gõ tên việc")
    await phone.says(title)
    await phone.sees("Đề xuất giao việc")


async def pressed_again(town: Town, phone: Phone, shown: Shown, label: str) -> None:
    """Send the press of a button as it was on a message that looks otherwise by now."""
    button = shown.button(label)
    assert button is not None
    sender = {"id": phone.id, "is_bot": False, "first_name": phone.person["first_name"]}
    chat = {"id": phone.chat, "type": "private"}
    message = {"message_id": shown.id, "date": 1, "chat": chat, "text": "…"}
    query = {"id": "again", "from": sender, "message": message, "data": button["callback_data"]}
    await town.update({"callback_query": query | {"chat_instance": "1"}})


async def charged(phone: Phone, *names: str) -> None:
    """Choose the lead units of a proposal."""
    await phone.taps("Chủ trì")
    for name in names:
        await phone.taps(name)
    await phone.taps("Xong")
    await phone.sees("Đề xuất giao việc")


async def test_a_free_task_reaches_those_it_is_for(desk: Desk) -> None:
    """Titled, charged, dated and confirmed on the phone; the officer is told and finds it."""
    await begun(desk.admin, "Báo cáo tình hình tiếp công dân")
    await charged(desk.admin, "Xã An Hòa")
    await desk.admin.taps("Kỳ và hạn")
    await desk.admin.says("31/12")
    await desk.admin.sees("hết ngày 31/12")
    await desk.admin.taps("Giao việc")
    await desk.admin.sees("Đã giao")
    told = await desk.lan.sees("được giao nhiệm vụ mới")
    assert "Báo cáo tình hình tiếp công dân" in told.text
    assert "📝 Báo cáo" in told.labels
    assert not any("nhiệm vụ mới" in one.text for one in desk.mai.messages)
    await desk.lan.says("/nhiemvu")
    await desk.lan.sees("Nhiệm vụ cần báo cáo (1)")
    (task,) = await desk.tasks()
    assert (task.lead, task.cadence, task.due is not None) == (COMMUNE, Cadence.ONCE, True)


async def test_a_typed_deadline_is_read_as_a_whole(desk: Desk) -> None:
    """Both days of a year, the hour's own day, and a day that is over is said to be."""
    await begun(desk.admin, "Báo cáo sơ kết")
    await desk.admin.taps("Kỳ và hạn")
    await desk.admin.says("trước ngày 15/6 và 15/12 hằng năm")
    await desk.admin.sees("hết ngày 14/6, 14/12")
    await desk.admin.taps("Kỳ và hạn")
    await desk.admin.says("20/12/2025")
    await desk.admin.sees("đã qua")
    await desk.admin.says("rằm tháng chạp")
    await desk.admin.sees("chưa đọc được hạn")
    await desk.admin.says("trước 17h ngày 20/12")
    shown = await desk.admin.sees("“trước 17h ngày 20/12” → hết ngày 20/12")
    assert "một lần" in shown.text


async def test_a_duty_of_a_directive_is_proposed_with_its_words(desk: Desk) -> None:
    """The clause, the quote and the deadline come from the text; the admin names today's unit."""
    await desk.admin.says("/giaoviec")
    await desk.admin.taps("Từ văn bản")
    listed = await desk.admin.sees("Chọn văn bản giao việc")
    await desk.admin.taps(next(label for label in listed.labels if "5. Kế hoạch" in label))
    await desk.admin.sees("trước ngày 05/11")
    await desk.admin.taps("7")
    shown = await desk.admin.sees("Đề xuất giao việc")
    assert "Văn bản còn ghi: Trưởng các phòng, ban, đơn vị trực thuộc" in shown.text
    assert "“trước ngày 05/11” → hạn gần nhất hết ngày 04/11" in shown.text
    await desk.admin.taps("Giao việc")
    await desk.admin.notices("Chưa có đơn vị")
    await charged(desk.admin, "Phường Bình An")
    await desk.admin.taps("Giao việc")
    done = await desk.admin.sees("Đã giao")
    await desk.mai.sees("được giao nhiệm vụ mới")
    await desk.mai.taps("Xem điều khoản căn cứ")
    await desk.mai.sees("hằng năm gửi báo cáo kết quả")
    await desk.admin.presses(done, "Việc khác của văn bản này")
    await desk.admin.sees("✅ đã giao")
    (task,) = await desk.tasks()
    assert task.rule == DueRule(dates=((11, 4),))
    assert task.due_text == "trước ngày 05/11"
    assert task.origin is not None
    assert task.origin.clause == "III.1"
    assert len(task.origin.version) == 64


async def test_a_whole_level_is_charged_with_one_tap(desk: Desk) -> None:
    """Every commune and ward gets a task of its own, and each is told."""
    await begun(desk.admin, "Rà soát mô hình Dân vận khéo")
    await desk.admin.taps("Chủ trì")
    await desk.admin.taps("Toàn bộ xã, phường (2)")
    await desk.admin.taps("Xong")
    await desk.admin.taps("Giao việc")
    await desk.admin.sees("cho 2 đơn vị")
    await desk.lan.sees("được giao nhiệm vụ mới")
    await desk.mai.sees("được giao nhiệm vụ mới")
    assert {task.lead for task in await desk.tasks()} == {COMMUNE, WARD}


async def test_supporting_units_are_asked_or_only_told(desk: Desk) -> None:
    """The rule is chosen in assigning, stands on the card, and decides who has a report to send."""
    await begun(desk.admin, "Việc phối hợp")
    await charged(desk.admin, "Xã An Hòa")
    await desk.admin.taps("Phối hợp", "Phường Bình An", "Xong")
    await desk.admin.sees("Phường Bình An (được hỏi báo cáo)")
    await desk.admin.taps("Đơn vị phối hợp: chỉ báo tin")
    await desk.admin.sees("Phường Bình An (chỉ được báo tin)")
    await desk.admin.taps("✅ Giao việc")
    told = await desk.mai.sees("được giao nhiệm vụ mới")
    assert "(chỉ được báo tin)" in told.text
    assert told.button("📝 Báo cáo") is None
    await desk.mai.says("/baocao")
    await desk.mai.sees("Báo cáo")
    (task,) = await desk.tasks()
    assert (task.support, task.support_rule) == ((WARD,), SupportRule.TOLD)


async def test_a_power_cut_does_not_lose_a_proposal(desk: Desk) -> None:
    """After each step the next process goes on where the last one stood."""
    await begun(desk.admin, "Tập huấn dân vận")
    await desk.again()
    await desk.admin.taps("Chủ trì")
    await desk.again()
    await desk.admin.says("an hoa")
    await desk.admin.sees("kết quả tìm")
    await desk.admin.taps("Xã An Hòa")
    await desk.again()
    await desk.admin.taps("Xong")
    await desk.admin.taps("Giao việc")
    await desk.admin.sees("Đã giao")
    assert [task.lead for task in await desk.tasks()] == [COMMUNE]


async def test_a_second_tap_assigns_nothing_more(desk: Desk, town: Town) -> None:
    """A tap that comes again is answered politely; the same duty is asked about before it goes."""
    await begun(desk.admin, "Tổng hợp ý kiến")
    await charged(desk.admin, "Xã An Hòa")
    proposal = desk.admin.last
    await desk.admin.presses(proposal, "✅ Giao việc")
    await desk.admin.sees("Đã giao")
    await pressed_again(town, desk.admin, proposal, "✅ Giao việc")
    await begun(desk.admin, "tổng hợp ý kiến")
    answers = [call["params"] for call in await town.calls("answerCallbackQuery")]
    said = [one.get("text", "") for one in answers if one["callback_query_id"] == "again"]
    assert len(said) == 1
    assert "đã đóng" in said[0]
    await charged(desk.admin, "Xã An Hòa")
    await desk.admin.taps("✅ Giao việc")
    await desk.admin.sees("còn hiệu lực ở: Xã An Hòa")
    await desk.admin.taps("Xong")
    await desk.admin.sees("Đề xuất giao việc")
    assert len(await desk.tasks()) == 1


async def test_words_between_taps_are_still_a_question(desk: Desk) -> None:
    """Only a step that asks for words takes them."""
    await begun(desk.admin, "Tổng hợp ý kiến")
    await desk.admin.says("Ai chủ trì hướng dẫn, đôn đốc Chỉ thị 33-CT/TU?")
    await desk.admin.sees("Ban Dân vận Tỉnh ủy")


async def test_a_withdrawn_task_is_told_and_gone_from_the_list(desk: Desk) -> None:
    """Asked once, then done; the officer is told, and an old button does no harm."""
    await begun(desk.admin, "Việc rút lại")
    await charged(desk.admin, "Xã An Hòa")
    await desk.admin.taps("✅ Giao việc")
    told = await desk.lan.sees("được giao nhiệm vụ mới")
    await desk.admin.says("/nhiemvu")
    await desk.admin.taps("Việc rút lại")
    card = await desk.admin.sees("Xã An Hòa")
    await desk.admin.taps("Rút nhiệm vụ")
    await desk.admin.sees("Rút nhiệm vụ “Việc rút lại”?")
    await desk.admin.taps("Rút nhiệm vụ")
    await desk.admin.sees("Đã rút")
    await desk.lan.sees("đã được rút")
    await desk.lan.says("/nhiemvu")
    await desk.lan.sees("Hiện không có nhiệm vụ nào")
    await desk.lan.presses(told, "📝 Báo cáo")
    assert card.id
    (task,) = await desk.tasks()
    assert task.state is TaskState.WITHDRAWN


async def test_a_typed_deadline_changes_a_task(desk: Desk) -> None:
    """Words that are no day are asked for again; what was understood is read back before it is set.

    The officer hears of the change.
    """
    await begun(desk.admin, "Việc đổi hạn")
    await charged(desk.admin, "Xã An Hòa")
    await desk.admin.taps("✅ Giao việc")
    await desk.lan.sees("được giao nhiệm vụ mới")
    await desk.admin.says("/nhiemvu")
    await desk.admin.taps("Việc đổi hạn")
    await desk.admin.taps("Sửa hạn")
    await desk.admin.sees("Xin đồng chí gõ")
    await desk.admin.says("bao giờ cũng được")
    await desk.admin.sees("chưa đọc được hạn")
    await desk.admin.says("chậm nhất ngày 20 tháng cuối quý")
    await desk.admin.sees("Trợ lý hiểu hạn mới là")
    await desk.admin.taps("Đúng")
    await desk.admin.sees("Báo cáo: hằng quý")
    await desk.lan.sees("có thay đổi")
    (task,) = await desk.tasks()
    assert (task.cadence, task.rule) == (Cadence.QUARTERLY, DueRule(day_of_month=20))


async def test_a_typed_title_is_taken_once(desk: Desk) -> None:
    """What is typed after it is a question, and no third title."""
    await begun(desk.admin, "Việc đổi tên")
    await charged(desk.admin, "Xã An Hòa")
    await desk.admin.taps("✅ Giao việc")
    await desk.lan.sees("được giao nhiệm vụ mới")
    await desk.admin.says("/nhiemvu")
    await desk.admin.taps("Việc đổi tên", "Sửa tên")
    await desk.admin.sees("Xin đồng chí gõ")
    await desk.admin.says("Việc đã đổi tên")
    await desk.admin.sees("Việc đã đổi tên")
    await desk.admin.says("Chỉ thị 33-CT/TU nói về việc gì?")
    await desk.admin.sees("33-CT/TU")
    (task,) = await desk.tasks()
    assert task.title == "Việc đã đổi tên"


async def test_an_officer_assigns_nothing(desk: Desk) -> None:
    """The command is refused in one sentence."""
    await desk.lan.says("/giaoviec")
    await desk.lan.sees("ngoài phạm vi")


async def test_a_supervisor_reaches_no_further_than_his_subtree(desk: Desk) -> None:
    """The head of a ward finds the ward and nothing beside it."""
    await begun(desk.mai, "Việc của phường")
    await desk.mai.taps("Chủ trì")
    shown = await desk.mai.sees("Chọn đơn vị chủ trì")
    assert not any("Xã An Hòa" in label for label in shown.labels)
    await desk.mai.says("an hoa")
    await desk.mai.sees("Không tìm thấy")
    await desk.mai.taps("Phường Bình An")
    await desk.mai.taps("Xong")
    await desk.mai.taps("✅ Giao việc")
    await desk.mai.sees("Đã giao")
    assert [task.lead for task in await desk.tasks()] == [WARD]
