"""Directives in the layouts that offices print, and in those that copying leaves of them."""

import datetime

import pytest

from knowledge.model import ClauseKind, Directive
from knowledge.parsing import parse
from knowledge.reading.source import Source


def read(text: str, **meta: str) -> Directive:
    """Parse a text as if it had been read from a file."""
    return parse(Source(name="van-ban.txt", text=text, meta=meta))


def paths(directive: Directive) -> list[str]:
    """List the paths of all clauses in order."""
    return [clause.path for clause in directive.clauses]


def text_of(directive: Directive, path: str) -> str:
    """Return the text of one clause on one line."""
    return next(" ".join(c.text.split()) for c in directive.clauses if c.path == path)


PARTY_DIRECTIVE = """\
TỈNH ỦY BÌNH MINH
*
Số 15-CT/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Bình Minh, ngày 05 tháng 3 năm 2022
CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về đổi mới công tác tiếp dân
-----
Thời gian qua việc tiếp dân có chuyển biến. Tuy nhiên còn hạn chế:
- Lịch tiếp dân chưa công khai;
- Trả lời đơn còn chậm.
Để khắc phục, Ban Thường vụ Tỉnh ủy yêu cầu:
1- Người đứng đầu cấp ủy tiếp dân mỗi tháng một buổi.
2- Văn phòng Tỉnh ủy
2.1- Công khai lịch tiếp dân.
2.2- Theo dõi việc trả lời đơn.
3- Tổ chức thực hiện
a) Ban Dân vận Tỉnh ủy hướng dẫn.
b) Ủy ban Kiểm tra Tỉnh ủy giám sát.
Chỉ thị này phổ biến đến chi bộ.
Nơi nhận:
- Ban Bí thư (báo cáo),
- Lưu Văn phòng Tỉnh ủy.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Lê Thị Hoa Mai
"""


class TestPartyDirective:
    """A chỉ thị in the Party's form, its two columns one under the other."""

    directive = read(PARTY_DIRECTIVE)

    def test_its_header_says_who_issued_it_where_and_when(self) -> None:
        """Number, kind, standing body, place, date, title, signer and role are read."""
        header = self.directive.header
        assert (header.number, header.type, header.type_shown) == ("15-CT/TU", "chỉ thị", True)
        assert header.issuer == "Ban Thường vụ Tỉnh ủy"
        assert (header.place, header.date) == ("Bình Minh", datetime.date(2022, 3, 5))
        assert header.title == "về đổi mới công tác tiếp dân"
        assert (header.signer, header.signer_role) == ("Lê Thị Hoa Mai", "Bí thư")
        assert header.recipients == ("Ban Bí thư (báo cáo)", "Lưu Văn phòng Tỉnh ủy")

    def test_numbers_may_be_closed_by_a_dash(self) -> None:
        """`1-` and `2.1-` open clauses as `1.` does; letters stand below them."""
        assert paths(self.directive) == [
            "preamble", "1", "2", "2.1", "2.2", "3", "3.a", "3.b", "closing",
        ]  # fmt: skip

    def test_dashes_of_the_preamble_are_no_units(self) -> None:
        """A list above the first numbered clause belongs to the preamble."""
        assert "chưa công khai" in text_of(self.directive, "preamble")


STATE_PLAN = """\
   ỦY BAN NHÂN DÂN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   TỈNH AN HÒA                       Độc lập - Tự do - Hạnh phúc
   Số: 48/KH-UBND                  An Hòa, ngày 09 tháng 02 năm 2023

                              KẾ HOẠCH
              Thực hiện công tác dân vận chính quyền năm 2023
                       trên địa bàn tỉnh An Hòa

     Căn cứ Nghị quyết số 12-NQ/TU ngày 05/01/2023 của Ban Chấp hành Đảng bộ
tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
     I. MỤC ĐÍCH, YÊU CẦU
     1. Mục đích
     - Nâng cao nhận thức của cán bộ, công chức, viên chức về công tác vận động
quần chúng trong giai đoạn
2021 - 2025 và những năm tiếp theo.
     - Rà soát quy trình theo Quyết định số
33. Các đơn vị tự kiểm tra.
     2. Yêu cầu
     Việc triển khai phải thiết thực, tránh hình thức.
     II. NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU VỀ CẢI CÁCH HÀNH CHÍNH VÀ
ĐỐI THOẠI VỚI NGƯỜI DÂN
     1. Đối với các sở, ban, ngành
     a) Tổ chức đối thoại:
     - Mỗi quý một lần;
     + Có biên bản;
     + Có trả lời;
     - Công khai kết quả.
     b) Niêm yết thủ tục.
     2. Đối với cấp huyện
     a) Giải quyết đơn thư.
     III. TỔ CHỨC THỰC HIỆN
     Sở Nội vụ theo dõi, tổng hợp báo cáo trước ngày 10/12 hằng năm.
     Các sở, ban, ngành căn cứ Kế hoạch này xây dựng kế hoạch cụ thể.
     Trên đây là Kế hoạch thực hiện công tác dân vận năm 2023./.

   Nơi nhận:                                  TM. ỦY BAN NHÂN DÂN
   - Thường trực Tỉnh ủy (b/c);                  KT. CHỦ TỊCH
   - Các sở, ban, ngành;                        PHÓ CHỦ TỊCH
   - Ủy ban nhân dân các huyện,
   thành phố;
   - Lưu: VT, NC.
                                               Trần Văn Bình An
"""


class TestStatePlan:
    """A kế hoạch as text is taken out of a page with its columns side by side."""

    directive = read(STATE_PLAN)

    def test_columns_side_by_side_are_told_apart(self) -> None:
        """The heading's left and right halves give issuer, number, place and date."""
        header = self.directive.header
        assert header.number == "48/KH-UBND"
        assert header.issuer == "Ủy ban nhân dân tỉnh An Hòa"
        assert (header.place, header.date) == ("An Hòa", datetime.date(2023, 2, 9))
        assert header.title == (
            "Thực hiện công tác dân vận chính quyền năm 2023 trên địa bàn tỉnh An Hòa"
        )

    def test_the_signature_beside_the_copies_is_read_apart(self) -> None:
        """A deputy signs in the chairman's place: his role is the one under KT."""
        header = self.directive.header
        assert (header.signer, header.signer_role) == ("Trần Văn Bình An", "Phó Chủ tịch")
        assert header.recipients == (
            "Thường trực Tỉnh ủy (b/c)",
            "Các sở, ban, ngành",
            "Ủy ban nhân dân các huyện, thành phố",
            "Lưu: VT, NC",
        )

    def test_numbering_that_starts_again_belongs_to_the_new_section(self) -> None:
        """Sections, clauses, letters, dashes and plus signs nest as they are marked."""
        assert paths(self.directive) == [
            "preamble", "I", "I.1", "I.1.-1", "I.1.-2", "I.2", "II", "II.1", "II.1.a",
            "II.1.a.-1", "II.1.a.-1.+1", "II.1.a.-1.+2", "II.1.a.-2", "II.1.b", "II.2", "II.2.a",
            "III", "closing",
        ]  # fmt: skip

    def test_figures_at_the_start_of_a_line_open_no_clause(self) -> None:
        """A span of years or a number cut off from its document goes on with the sentence."""
        assert "giai đoạn 2021 - 2025" in text_of(self.directive, "I.1.-1")
        assert "Quyết định số 33. Các đơn vị" in text_of(self.directive, "I.1.-2")

    def test_a_heading_over_two_lines_is_one_heading(self) -> None:
        """Capitals go on in the next line; titles of sections are headings."""
        headings = {clause.path: clause.heading for clause in self.directive.clauses}
        assert headings["II"] == (
            "NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU VỀ CẢI CÁCH HÀNH CHÍNH VÀ ĐỐI THOẠI VỚI NGƯỜI DÂN"
        )
        assert headings["II.1"] == "Đối với các sở, ban, ngành"

    def test_a_section_of_plain_paragraphs_keeps_them(self) -> None:
        """Under a title the paragraphs are the section's; only the farewell is the closing."""
        assert "Sở Nội vụ theo dõi" in text_of(self.directive, "III")
        assert text_of(self.directive, "closing").startswith("Trên đây là Kế hoạch")


OFFICIAL_LETTER = """\
UBND TỈNH AN HÒA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc
Số:      /SNV-XDCQ An Hòa, ngày     tháng 4 năm 2024
V/v báo cáo kết quả công tác dân vận
chính quyền quý I năm 2024

Kính gửi:
- Các sở, ban, ngành;
- Ủy ban nhân dân các huyện, thị xã.

Thực hiện Công văn số 512/UBND-NC của Ủy ban nhân dân tỉnh, Sở Nội vụ đề nghị các đơn vị:
1) Báo cáo kết quả quý I.
2) Gửi về Sở Nội vụ chậm nhất ngày 12/4/2024.
Đề nghị các cơ quan, đơn vị quan tâm thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
(Đã ký)
Ngô Thị Lan
"""


class TestOfficialLetter:
    """A công văn whose two columns ran together and whose number and day were left blank."""

    directive = read(OFFICIAL_LETTER)

    def test_what_was_left_blank_is_none(self) -> None:
        """No number and no day are guessed; the place stands all the same."""
        header = self.directive.header
        assert (header.number, header.date, header.place) == (None, None, "An Hòa")

    def test_the_subject_under_the_number_is_the_title(self) -> None:
        """V/v goes on until "Kính gửi"."""
        header = self.directive.header
        assert header.title == "V/v báo cáo kết quả công tác dân vận chính quyền quý I năm 2024"
        assert (header.type, header.issuer) == ("công văn", "Sở Nội vụ")

    def test_addressees_are_listed_one_by_one(self) -> None:
        """Each dash of "Kính gửi" is one addressee, without its closing sign."""
        assert self.directive.header.addressed_to == (
            "Các sở, ban, ngành",
            "Ủy ban nhân dân các huyện, thị xã",
        )

    def test_numbers_closed_by_a_bracket_are_clauses(self) -> None:
        """`1)` opens a clause; the request below is the closing."""
        assert paths(self.directive) == ["preamble", "1", "2", "closing"]
        assert self.directive.clauses[1].kind is ClauseKind.CLAUSE


DECISION = """\
ỦY BAN NHÂN DÂN
TỈNH AN HÒA
-------
|
CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số: 07/2021/QĐ-UBND
|
An Hòa, ngày 13
tháng 7 năm 2021
|
QUYẾT ĐỊNH
BAN HÀNH QUY CHẾ DÂN CHỦ TRONG
CƠ QUAN HÀNH CHÍNH
ỦY BAN NHÂN DÂN TỈNH AN HÒA
Căn cứ Luật Tổ chức chính quyền địa phương;
Xét đề nghị của Giám đốc Sở Nội vụ.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế dân chủ trong cơ quan hành chính.
Điều 2. Hiệu lực thi hành
1. Quyết định này có hiệu lực từ ngày 01/8/2021.
2. Bãi bỏ Quyết định số 11/2016/QĐ-UBND.
Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đỗ Văn Cường
QUY CHẾ
DÂN CHỦ TRONG CƠ QUAN HÀNH CHÍNH
(Ban hành kèm theo Quyết định số 07/2021/QĐ-UBND ngày 13/7/2021)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc thực hiện dân chủ.
Điều 2. Nguyên tắc
1. Tôn trọng quyền làm chủ.
a) Công khai;
b) Minh bạch.
2. Giữ kỷ luật.
Chương II
TỔ CHỨC THỰC HIỆN
Điều 3. Trách nhiệm thi hành
Các cơ quan thi hành Quy chế này.
"""


class TestDecision:
    """A quyết định with articles, a heading torn by table cells, and a regulation attached."""

    directive = read(DECISION)

    def test_a_heading_torn_into_cells_is_put_together(self) -> None:
        """Motto and date broken over two lines are known; the authority is no part of the title."""
        header = self.directive.header
        assert header.number == "07/2021/QĐ-UBND"
        assert (header.type, header.date) == ("quyết định", datetime.date(2021, 7, 13))
        assert header.title == "BAN HÀNH QUY CHẾ DÂN CHỦ TRONG CƠ QUAN HÀNH CHÍNH"
        assert header.issuer == "Ủy ban nhân dân tỉnh An Hòa"

    def test_articles_hold_their_clauses(self) -> None:
        """Điều, khoản: `Điều 2.1`."""
        found = paths(self.directive)
        assert found[:6] == [
            "preamble", "Điều 1", "Điều 2", "Điều 2.1", "Điều 2.2", "Điều 3",
        ]  # fmt: skip

    def test_what_is_attached_stands_apart(self) -> None:
        """The regulation below the signature has its own articles under its own name."""
        found = paths(self.directive)
        assert found[6:] == [
            "Quy chế", "Chương I", "Chương I.Điều 1", "Chương I.Điều 2",
            "Chương I.Điều 2.1", "Chương I.Điều 2.1.a",
            "Chương I.Điều 2.1.b", "Chương I.Điều 2.2", "Chương II",
            "Chương II.Điều 3",
        ]  # fmt: skip

    def test_a_chapter_takes_its_title_from_the_line_below(self) -> None:
        """Chương I, then its title."""
        chapter = next(c for c in self.directive.clauses if c.path == "Chương I")
        assert (chapter.kind, chapter.heading) == (ClauseKind.SECTION, "QUY ĐỊNH CHUNG")


WRAPPED = """\
Kính gửi: Các phòng, ban trực thuộc; Ủy ban nhân dân các xã, phường.

Thực hiện chương trình công tác năm, Chủ tịch Ủy ban nhân dân

huyện yêu cầu các đơn vị triển khai các nội dung sau:

1. Nắm tình hình Nhân dân ở cơ sở, nhất là các tổ chức chính trị

- xã hội và vùng có đạo; báo cáo theo quy định tại khoản

2. Mục này áp dụng cho cả các tổ dân phố trên địa bàn1.

2. Xây dựng mô hình điển hình theo Hướng dẫn số 05-

HD/BDV ngày 3/5/2022 và kế hoạch của cấp trên, gửi báo cáo về

1 Theo Thông báo của Thường trực Huyện ủy.
 Phòng Nội vụ trước ngày 20 hằng tháng.

3. Phòng Tài chính bảo đảm kinh phí và hướng dẫn quyết toán đủ.

Yêu cầu các đơn vị nghiêm túc thực hiện Công văn này.
"""


class TestWrappedText:
    """Every line wrapped and parted by blank lines, a footnote at the foot of a page."""

    directive = read(WRAPPED)

    def test_wrapped_lines_open_no_units(self) -> None:
        """A compound's dash and a clause number cited at a line end go on with the sentence."""
        assert paths(self.directive) == ["preamble", "1", "2", "3", "closing"]
        assert "chính trị - xã hội" in text_of(self.directive, "1")
        assert "tại khoản 2. Mục này" in text_of(self.directive, "1")

    def test_a_hyphen_broken_by_the_line_end_closes_up(self) -> None:
        """A number torn in two is whole again."""
        assert "05-HD/BDV" in text_of(self.directive, "2")

    def test_a_footnote_leaves_the_sentence_it_interrupts(self) -> None:
        """The sentence goes on over the page; the note hangs where its glued digit stood."""
        assert "gửi báo cáo về Phòng Nội vụ trước" in text_of(self.directive, "2")
        (note,) = self.directive.footnotes
        assert (note.mark, note.anchor) == ("1", "1")
        assert note.text == "1 Theo Thông báo của Thường trực Huyện ủy."
        assert text_of(self.directive, "1").endswith("trên địa bàn.")
        assert note.at == len(text_of(self.directive, "1")) - 1

    def test_a_letter_without_heading_names_itself(self) -> None:
        """Its own words give the kind, semicolons part the addressees, the preamble the issuer."""
        header = self.directive.header
        assert (header.type, header.type_shown) == ("công văn", True)
        assert header.addressed_to == (
            "Các phòng, ban trực thuộc",
            "Ủy ban nhân dân các xã, phường",
        )
        assert header.issuer == "Chủ tịch Ủy ban nhân dân huyện"


RESOLUTION = """\
HUYỆN ỦY ĐỨC AN
*
Số 09-NQ/HU
ĐẢNG CỘNG SẢN VIỆT NAM
Đức An, ngày 12 tháng 10 năm 2021

NGHỊ QUYẾT
của Ban Chấp hành Đảng bộ huyện về xây dựng nông thôn mới
*
I- TÌNH HÌNH
Kết quả đạt khá1. Còn hạn chế:
1- Về nhận thức: chưa đầy đủ.
2- Về tổ chức
- Thiếu cán bộ (2 xã);
- Thiếu kinh phí[2].
II- NHIỆM VỤ
A. Nhiệm vụ chung
1- Tuyên truyền sâu rộng.
B. Nhiệm vụ cụ thể
1- Mặt trận Tổ quốc:
• Vận động hiến đất.
• Giám sát cộng đồng.
2- Đoàn thanh niên
c) Làm đường hoa.
a) Dọn vệ sinh.
III- TỔ CHỨC THỰC HIỆN
1- Ban Dân vận Huyện ủy chủ trì theo dõi.
2- Các chi bộ, đảng bộ cơ sở xây dựng chương trình.
Nghị quyết này phổ biến đến chi bộ./.
T/M BAN CHẤP HÀNH
BÍ THƯ
(Đã ký)
Võ Thành Nhân
Nơi nhận:
- Tỉnh ủy (để báo cáo),
- Lưu VPHU.
1 Số liệu đến tháng 9 năm 2021.
[2] Theo báo cáo của các xã.
PHỤ LỤC 1
Danh mục công trình
1. Đường liên xã.
2. Nhà văn hóa.
"""


class TestResolution:
    """A nghị quyết: Roman sections with a dash, capitals inside, notes and annex at the end."""

    directive = read(RESOLUTION)

    def test_sections_capitals_and_bullets_nest(self) -> None:
        """I- holds A., which holds 1-, which holds bullets; letters out of order are kept."""
        assert paths(self.directive) == [
            "I", "I.1", "I.2", "I.2.-1", "I.2.-2", "II", "II.A", "II.A.1", "II.B", "II.B.1",
            "II.B.1.•1", "II.B.1.•2", "II.B.2", "II.B.2.c", "II.B.2.a", "III", "III.1", "III.2",
            "closing", "Phụ lục 1", "Phụ lục 1.1", "Phụ lục 1.2",
        ]  # fmt: skip

    def test_notes_at_the_end_hang_where_they_are_called(self) -> None:
        """A glued digit and a bracketed number are calls; a plain count is none."""
        assert [(note.mark, note.anchor) for note in self.directive.footnotes] == [
            ("1", "I"),
            ("2", "I.2.-2"),
        ]
        assert "Thiếu cán bộ (2 xã);" in text_of(self.directive, "I.2.-1")

    def test_the_signature_may_stand_above_the_copies(self) -> None:
        """Whichever comes first, the body ends there."""
        header = self.directive.header
        assert (header.signer, header.signer_role) == ("Võ Thành Nhân", "Bí thư")
        assert header.recipients == ("Tỉnh ủy (để báo cáo)", "Lưu VPHU")

    def test_the_kind_s_line_below_may_hold_issuer_and_title(self) -> None:
        """What stands before "về" is the issuer, the rest the title."""
        header = self.directive.header
        assert header.type == "nghị quyết"
        assert header.title == "về xây dựng nông thôn mới"
        assert header.issuer == "Ban Chấp hành Đảng bộ huyện"


MARKDOWN = """\
**HUYỆN ĐOÀN ĐỨC AN**

**HƯỚNG DẪN**

**Tổ chức ngày chủ nhật xanh**

Căn cứ chương trình công tác năm, Ban Thường vụ Huyện đoàn hướng dẫn như sau:

## I. Nội dung

**1. Tuyên truyền:** Mỗi chi đoàn có một bản tin.

* Về hình thức:
- Loa truyền thanh.
- Mạng xã hội.

**2. Hành động**

a. Trồng cây
b. Thu gom rác

## II. Tổ chức thực hiện

Các chi đoàn báo cáo trước ngày 25/12.
"""


class TestMarkdown:
    """Marks dressed in Markdown are marks all the same."""

    directive = read(MARKDOWN)

    def test_stars_and_hashes_do_not_hide_marks(self) -> None:
        """Bold numbers and hashed sections open units."""
        assert paths(self.directive) == [
            "preamble", "I", "I.1", "I.1.•1", "I.1.•1.-1", "I.1.•1.-2", "I.2", "I.2.a", "I.2.b",
            "II",
        ]  # fmt: skip

    def test_headings_are_bare(self) -> None:
        """A heading stands without stars, the text keeps them."""
        headings = [c.heading for c in self.directive.clauses if c.path in ("I", "I.1", "I.2")]
        assert headings == ["Nội dung", "Tuyên truyền", "Hành động"]
        header = self.directive.header
        assert (header.type, header.title) == ("hướng dẫn", "Tổ chức ngày chủ nhật xanh")


LAW_ARTICLE = """\
Luật Hòa giải
Nguyên tắc hòa giải

Việc hòa giải theo các nguyên tắc sau đây:

1. Tôn trọng sự tự nguyện của các bên.

2. Giữ bí mật, gồm:

a) bí mật đời tư;

b) bí mật kinh doanh.

Trường hợp khác do luật định.

3. Không thu phí.
"""


class TestLawArticle:
    """A bare article: the law's name, its own title, its clauses."""

    def test_clauses_and_points_are_found_and_the_names_kept(self) -> None:
        """Both names make the title; a paragraph after points stays in its clause."""
        directive = read(LAW_ARTICLE)
        assert directive.header.title == "Luật Hòa giải: Nguyên tắc hòa giải"
        assert paths(directive) == ["preamble", "1", "2", "2.a", "2.b", "3"]
        assert text_of(directive, "2").endswith("Trường hợp khác do luật định.")


class TestFrontMatter:
    """What a digest states about itself counts before what its text says."""

    def test_stated_fields_override(self) -> None:
        """Number, date and the rest come from the front matter, the clauses from the text."""
        directive = read(
            PARTY_DIRECTIVE, number="16-CT/TU", date="2022-04-01", digest_of="Chỉ thị số 16-CT/TU"
        )
        assert directive.header.number == "16-CT/TU"
        assert directive.header.date == datetime.date(2022, 4, 1)
        assert directive.digest_of == "Chỉ thị số 16-CT/TU"
        assert directive.header.issuer == "Ban Thường vụ Tỉnh ủy"


@pytest.mark.parametrize("text", ["", " \n\f\n ", "1.", "-", "Nơi nhận:", "Số:", "�", "1", "*"])
def test_any_scrap_gives_a_directive(text: str) -> None:
    """Nothing, or next to nothing, is a directive without clauses, or with one."""
    assert len(read(text).clauses) <= 1
