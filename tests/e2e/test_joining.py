"""People come in and the office is run from the phone: links, rosters, units, the log."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from openpyxl import load_workbook

from records.ids import PersonId, UnitId
from records.kinds import Record
from records.model import Address, AuditEntry, Membership, Person, Role, Succession, Unit, UnitName
from services.sheets.rows import write_sheet
from storage.embedded.store import EmbeddedStore
from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.office import PROVINCE, UNITS, WARD
from tests.e2e.phone import Phone, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

INTERIOR = Unit(
    id=UnitId("noivu"),
    kind="sở",
    names=(UnitName(text="Sở Nội vụ"),),
    parents=(Membership(parent=PROVINCE),),
)
TABLE = """Tên đơn vị;Loại;Trực thuộc
Xã Mường Mới;xã;Tỉnh Thử
Tỉnh Thử;tỉnh;
"""


@dataclass(slots=True, kw_only=True)
class Office:
    """An assistant that was just set up, and its first admin."""

    admin: Phone
    lan: Phone
    """An officer of the department, where units stand already."""
    assistant: Assistant
    data: Path

    async def again(self) -> None:
        """Cut the power and start anew."""
        await self.assistant.kill()
        await self.assistant.start()

    async def kept(self, kind: type[Record]) -> list[Record]:
        """Cut the power and read what is kept."""
        await self.assistant.kill()
        store = await EmbeddedStore.open(self.data / "records")
        async with store.begin() as tx:
            found: list[Record] = await tx.find(kind)
        await store.close()
        return found

    async def people(self) -> dict[str, Person]:
        """Cut the power and return who is in, by name."""
        return {one.name: one for one in await self.kept(Person) if isinstance(one, Person)}


@pytest_asyncio.fixture(loop_scope="module")
async def office(town: Town, tmp_path: Path) -> AsyncIterator[Office]:
    """Give an office that has nothing but its first admin."""
    admin = await town.phone("Thu")
    running = serving(town, tmp_path, ADMIN_IDS=str(admin.id), QUESTIONS_OPEN="false")
    await running.start()
    await admin.says("/start")
    await admin.sees("Trợ lý Dân vận")
    yield Office(admin=admin, lan=admin, assistant=running, data=tmp_path)
    await running.kill()


@pytest_asyncio.fixture(loop_scope="module")
async def province(town: Town, tmp_path: Path) -> AsyncIterator[Office]:
    """Give an office in which a few units stand already, with an officer."""
    admin, lan = [await town.phone(name) for name in ("Thu", "Lan")]
    address = Address(channel="telegram", value=str(lan.id))
    store = await EmbeddedStore.open(tmp_path / "records")
    async with store.begin() as tx:
        for unit in (*UNITS, INTERIOR):
            await tx.add(unit)
        await tx.add(
            Person(
                id=PersonId("lan"),
                name="Lan",
                unit=INTERIOR.id,
                role=Role.OFFICER,
                addresses=(address,),
            )
        )
    await store.close()
    running = serving(town, tmp_path, ADMIN_IDS=str(admin.id), QUESTIONS_OPEN="false")
    await running.start()
    await admin.says("/start")
    await admin.sees("Trợ lý Dân vận")
    yield Office(admin=admin, lan=lan, assistant=running, data=tmp_path)
    await running.kill()


async def invited(admin: Phone, unit: str, role: str = "Cán bộ báo cáo") -> str:
    """Make an invitation on the phone, and return the parameter of its link."""
    await admin.says("/moi")
    await admin.taps("Mời một người")
    await admin.sees("gõ một phần tên")
    await admin.says(unit)
    await admin.taps(f"✅ {unit}")
    await admin.taps(role, "7 ngày")
    shown = await admin.sees("Đường dẫn mời")
    button = shown.button("Sao chép")
    assert button is not None
    link = button["copy_text"]["text"]
    assert link in shown.text
    match = re.fullmatch(r"https://t\.me/\w+\?start=(i_[\w-]{22})", link)
    assert match is not None
    return match[1]


async def test_who_has_a_link_comes_in_and_sees_his_menu(province: Office, town: Town) -> None:
    """He corrects his name, stands where he was invited to, and the admin hears of it."""
    start = await invited(province.admin, "Xã An Hòa")
    mai = await town.phone("Mai")
    await mai.says(f"/start {start}")
    await mai.sees("Xã An Hòa")
    await mai.says("Lò Thị Mai")
    await mai.sees("Họ tên: Lò Thị Mai")
    await mai.taps("Vào với tên Lò Thị Mai")
    await mai.sees("đã vào Trợ lý Dân vận")
    await province.admin.sees("Lò Thị Mai (Xã An Hòa) đã vào trợ lý")
    menus = [
        call["params"]
        for call in await town.calls("setMyCommands")
        if str(mai.id) in str(call["params"].get("scope"))
    ]
    assert "baocao" in str(menus[-1])
    assert "nhatky" not in str(menus[-1])
    await mai.says("/moi")
    await mai.sees("ngoài phạm vi")
    held = (await province.people())["Lò Thị Mai"]
    assert (held.role, [one.value for one in held.addresses]) == (Role.OFFICER, [str(mai.id)])


async def test_a_link_is_for_one_and_not_for_ever(province: Office, town: Town) -> None:
    """Used, unknown and taken back are one sentence each; who is in is told so."""
    start = await invited(province.admin, "Sở Nội vụ")
    mai, hung = await town.phone("Mai"), await town.phone("Hùng")
    await province.lan.says(f"/start {start}")
    await province.lan.sees("đã có quyền sử dụng")
    await mai.says(f"/start {start}")
    await mai.taps("Vào với tên Mai")
    await mai.sees("đã vào")
    await hung.says(f"/start {start}")
    await hung.sees("đã được dùng")
    await hung.says("/start i_AAAAAAAAAAAAAAAAAAAAAA")
    await hung.sees("không đúng")
    await hung.says("/nhiemvu")
    await hung.sees("/dangky")


async def test_an_invitation_is_taken_back(province: Office, town: Town) -> None:
    """Its link leads nowhere from then on."""
    start = await invited(province.admin, "Xã An Hòa")
    await province.admin.taps("Hủy lời mời này")
    await province.admin.notices("Đã hủy")
    hung = await town.phone("Hùng")
    await hung.says(f"/start {start}")
    await hung.sees("hết hạn")


async def test_of_two_who_race_for_a_link_one_wins(province: Office, town: Town) -> None:
    """Both had it open; the other is told that it was used."""
    start = await invited(province.admin, "Xã An Hòa")
    phones = [await town.phone(name) for name in ("Mai", "Hùng")]
    for phone in phones:
        await phone.says(f"/start {start}")
        await phone.sees("Xã An Hòa")
    await asyncio.gather(*(phone.taps("Vào với tên") for phone in phones))
    refused = [phone for phone in phones if "đã được dùng" in phone.transcript]
    assert len(refused) == 1
    people = await province.people()
    assert len({"Mai", "Hùng"} & people.keys()) == 1


async def test_a_stranger_asks_and_is_let_in(province: Office, town: Town) -> None:
    """He learns nothing but how to ask; a power cut between question and answer loses nothing."""
    stranger = await town.phone("Tòng")
    for words in ("xin chào", "/baocao", "/donvi", "hạn nộp báo cáo"):
        await stranger.says(words)
        await stranger.sees("/dangky")
    await stranger.says("/dangky")
    await stranger.sees("họ tên đầy đủ")
    await stranger.says("Tòng Văn Bình")
    await stranger.sees("chức vụ và đơn vị")
    await province.again()
    await stranger.says("công chức, xã An Hòa")
    await stranger.sees("Đã gửi đề nghị")
    await province.admin.sees("Tự giới thiệu: công chức, xã An Hòa")
    await stranger.says("/dangky")
    await stranger.sees("đang chờ")
    await province.admin.taps("Cấp quyền")
    await province.admin.sees("Tỉnh Thử")
    await province.admin.says("an hoa")
    await province.admin.taps("✅ Xã An Hòa", "Lãnh đạo theo dõi")
    await province.admin.sees("Đã cấp quyền")
    await stranger.sees("đã được cấp quyền")
    await stranger.says("/donvi")
    await stranger.sees("Xã An Hòa")


async def test_a_stranger_is_turned_down_politely(province: Office, town: Town) -> None:
    """He is told, and may ask again."""
    stranger = await town.phone("Tòng")
    await stranger.says("/dangky")
    await stranger.taps("Tòng")
    await stranger.says("nơi khác")
    await stranger.sees("Đã gửi")
    asked = await province.admin.sees("Tự giới thiệu")
    await province.admin.presses(asked, "Từ chối")
    await stranger.sees("chưa được chấp thuận")
    await province.admin.sees("Đã từ chối")
    await stranger.says("/dangky")
    await stranger.sees("họ tên đầy đủ")
    await stranger.taps("Thôi")
    await stranger.sees("/dangky")


HEAD = ("Họ tên", "Chức vụ", "Đơn vị", "Vai trò", "Telegram id")


async def test_a_roster_is_taken_whole_or_not_at_all(province: Office, town: Town) -> None:
    """Mistakes by row first; then people and links, handed back as a file."""
    admin, lan = province.admin, await town.phone("Lan")
    good = ("Nguyễn Thị Lan", "Trưởng phòng", "Sở Nội vụ", "lãnh đạo", str(lan.id))
    await admin.says("/nhapdanhsach")
    await admin.sees("Nhập danh sách")
    wrong = write_sheet(HEAD, [good, ("Mai", "", "Xã Lạ", "vua", "")])
    await admin.uploads(wrong, "ds.xlsx")
    told = await admin.sees("Có 1 dòng sai")
    assert "Dòng 3: không có đơn vị “Xã Lạ”" in told.text
    assert "không có vai trò “vua”" in told.text
    await admin.uploads(b"PK\x03\x04", "ds.xlsx")
    await admin.sees("Không đọc được tệp")
    await admin.says("nhập đi")
    await admin.sees("chỉ nhận bảng")
    right = write_sheet(HEAD, [good, ("Lò Thị Mai", "", "Xã An Hòa", "", "")])
    await admin.uploads(right, "ds.xlsx")
    plan = await admin.sees("Xem trước danh sách")
    assert "Cấp quyền ngay 1 người: Nguyễn Thị Lan." in plan.text
    await province.again()
    await admin.taps("✅ Nhập")
    await admin.sees("cấp quyền 1 người, mời 1 người")
    book = load_workbook(BytesIO(await file_of(admin, "duong-dan-moi.xlsx")))
    _, (name, unit, link, _) = book.worksheets[0].iter_rows(values_only=True)
    assert (name, unit) == ("Lò Thị Mai", "Xã An Hòa")
    start = str(link).partition("start=")[2]
    mai = await town.phone("Mai")
    await mai.says(f"/start {start}")
    await mai.taps("Vào với tên Lò Thị Mai")
    await mai.sees("đã vào")
    people = await province.people()
    assert people["Nguyễn Thị Lan"].role is Role.SUPERVISOR
    assert people["Lò Thị Mai"].role is Role.OFFICER


async def file_of(phone: Phone, name: str) -> bytes:
    """Return the file of this name that the bot sent."""
    shown = await phone.sees_file(name)
    return await phone.downloads(shown.message["document"]["file_id"])


async def test_the_template_is_a_table_that_is_taken(province: Office) -> None:
    """Its columns are those that are read; only its example unit is not there."""
    await province.admin.says("/nhapdanhsach")
    await province.admin.taps("Tệp mẫu")
    template = await file_of(province.admin, "danh-sach-can-bo.xlsx")
    await province.admin.uploads(template, "mau.xlsx")
    told = await province.admin.sees("dòng sai")
    assert "không có đơn vị “UBND xã Bản Hạ”" in told.text


async def test_units_change_with_their_days(province: Office) -> None:
    """Added, renamed, merged; the former name stays."""
    admin = province.admin
    await admin.says("/donvi binh an")
    await admin.taps("Phường Bình An", "Thêm đơn vị")
    await admin.sees("Thêm đơn vị trực thuộc")
    await admin.says("Phòng Tư pháp")
    await admin.sees("Loại: phòng")
    await admin.taps("Lên cấp trên")
    await admin.sees("Đơn vị trực thuộc: 1")
    await admin.taps("Đổi tên")
    await admin.sees("Đổi tên Phường Bình An")
    await admin.says("Phường Bình An Mới từ ngày 01/3/2026")
    await admin.sees("Tên cũ: Phường Bình An")


async def test_a_merger_is_said_step_by_step(province: Office) -> None:
    """Who takes over, by what decision, from when; a power cut between loses nothing."""
    admin = province.admin
    await admin.says("/donvi binh an")
    await admin.taps("Phường Bình An", "Sáp nhập", "Đơn vị tiếp nhận")
    await admin.sees("gõ một phần tên")
    await admin.says("an hoa")
    await admin.taps("✅ Xã An Hòa")
    await admin.sees("Tiếp nhận: Xã An Hòa")
    await province.again()
    await admin.says("Nghị quyết 12/NQ-HĐND, từ ngày 01/7/2026")
    await admin.sees("Từ ngày: 01/7/2026")
    await admin.taps("Xác nhận")
    await admin.sees("tiếp nhận.")
    held = [one for one in await province.kept(Unit) if isinstance(one, Unit)]
    assert {one.id: str(one.ended) for one in held if one.ended} == {WARD: "2026-06-30"}


async def test_former_bodies_get_their_successors(province: Office) -> None:
    """Their names are typed as directives have them; they count once they are confirmed."""
    admin = province.admin
    await admin.says("/donvi")
    await admin.taps("Cơ quan đã thay đổi")
    await admin.sees("Chưa ghi cơ quan nào")
    await admin.taps("Thêm")
    await admin.sees("gõ tên cơ quan cũ")
    await admin.says("huyện ủy; thành ủy")
    await admin.sees("Tên cũ: huyện ủy, thành ủy")
    await admin.taps("Đơn vị tiếp nhận", "Sở Nội vụ")
    await admin.sees("Tiếp nhận: Sở Nội vụ")
    await admin.says("Kết luận 127-KL/TW")
    await admin.sees("Căn cứ: Kết luận 127-KL/TW")
    await admin.taps("Xác nhận")
    await admin.sees("Chờ xác nhận")
    await admin.taps("Xác nhận")
    await admin.sees("Đã xác nhận")
    (held,) = [one for one in await province.kept(Succession) if isinstance(one, Succession)]
    assert held.predecessors == ("huyện ủy", "thành ủy")
    assert held.confirmed_by is not None


async def test_people_are_found_and_changed(province: Office) -> None:
    """A role is given, access ends; each change is told and stands in the log."""
    admin, lan = province.admin, province.lan
    await lan.says("/start")
    await lan.sees("Trợ lý")
    await admin.says("/nguoi lan")
    await admin.taps("1. Lan", "Thành lãnh đạo", "Đồng ý")
    await admin.sees("Vai trò: lãnh đạo theo dõi")
    await lan.sees("Quyền sử dụng của đồng chí đã thay đổi")
    await lan.says("/nguoi")
    await lan.sees("ngoài phạm vi")
    await admin.taps("Dừng quyền sử dụng", "Đồng ý")
    await admin.sees("đã thôi sử dụng")
    await lan.says("/nhiemvu")
    await lan.sees("/dangky")
    await admin.says("/nhatky")
    log = await admin.sees("Nhật ký")
    for words in ("dừng quyền sử dụng: Lan", "đổi vai trò: Lan", "Lan quản lý người sử dụng ⛔"):
        assert words in log.text
    entries = [one for one in await province.kept(AuditEntry) if isinstance(one, AuditEntry)]
    assert [one.actor for one in entries if not one.allowed] == ["lan"]


async def test_a_deputy_is_named_for_some_days(province: Office) -> None:
    """By the admin in words; the deputy is told, and the person sees it and can end it."""
    admin = province.admin
    await admin.says("/nguoi lan")
    await admin.taps("1. Lan", "Thành lãnh đạo", "Đồng ý")
    await admin.taps("Người thay")
    await admin.sees("họ tên người thay")
    await admin.says("Quản trị viên từ hôm nay đến 31/12")
    await admin.sees("Trợ lý hiểu là đồng chí Quản trị viên")
    await admin.taps("Đúng")
    await admin.sees("Người thay: Quản trị viên")
    await admin.sees("thay mặt đồng chí Lan")
    await province.lan.says("/uyquyen")
    await province.lan.sees("Đang ủy quyền cho Quản trị viên")
    await province.lan.says("Ai đó ngày mai")
    await province.lan.sees("Không tìm thấy")
    await province.lan.says("Ai đó")
    await province.lan.sees("ngày đầu và ngày cuối")
    await province.lan.says("/uyquyen")
    await province.lan.taps("Thôi ủy quyền")
    await province.lan.sees("lãnh đạo theo dõi")
    assert (await province.people())["Lan"].stand_ins == ()


async def test_the_last_admin_cannot_shut_himself_out(province: Office) -> None:
    """One sentence, and nothing changes."""
    await province.admin.says("/nguoi quan tri")
    await province.admin.taps("1. Quản trị viên", "Dừng quyền sử dụng", "Đồng ý")
    await province.admin.notices("ít nhất một quản trị viên")
    admin = (await province.people())["Quản trị viên"]
    assert (admin.active, admin.role) == (True, Role.ADMIN)


async def test_a_second_start_makes_no_second_admin(office: Office) -> None:
    """Nor a second unit; the admin renamed both meanwhile."""
    await office.admin.says("/donvi")
    await office.admin.taps("Đổi tên")
    await office.admin.says("Tỉnh Thử")
    await office.admin.sees("Tỉnh Thử")
    await office.again()
    await office.admin.says("/donvi")
    await office.admin.sees("Tỉnh Thử")
    assert len(await office.kept(Unit)) == 1
    assert len(await office.people()) == 1


async def test_units_come_in_by_a_table(office: Office) -> None:
    """Parents further down count too; the preview says what would be, the tap does it."""
    await office.admin.says("/donvi")
    await office.admin.taps("Nhập từ bảng")
    await office.admin.sees("Nhập bảng đơn vị")
    await office.admin.uploads(TABLE.encode("utf-8-sig"), "don-vi.csv")
    await office.admin.sees("Thêm 2 đơn vị")
    await office.admin.taps("✅ Nhập")
    await office.admin.sees("thêm 2")
    await office.admin.says("/donvi mường mới")
    await office.admin.taps("Xã Mường Mới")
    await office.admin.sees("Thuộc: Tỉnh Thử")
