"""Words that speak to the assistant are told from an account of what was done."""

import pytest

from vietnamese.appeals import is_appeal


@pytest.mark.parametrize(
    "said",
    [
        "Hạn nộp báo cáo dân vận là ngày nào?",
        "han nop bao cao la ngay nao",
        "Chỉ thị 33 quy định gì về đối thoại ?",
        "ai chủ trì việc này",
        "cho tôi hỏi mẫu báo cáo ở đâu",
        "Tôi muốn xin gia hạn việc này",
        "nhắc tôi 15h mai họp",
        "xin gia hạn đến 15/12",
        "thoát",
        "Quay lại",
        "báo cáo",
        "có phải báo cáo cả quý không ạ",
        "việc này làm thế nào",
        "trợ lý ơi, mở báo cáo quý",
    ],
)
def test_questions_and_orders_speak_to_the_assistant(said: str) -> None:
    """With a question mark or without, accented or not, polite or short."""
    assert is_appeal(said)


@pytest.mark.parametrize(
    "said",
    [
        "Đã rà soát 5 tổ",
        "Đã tổ chức 3 hội nghị đối thoại với 210 người tham dự",
        "Chưa có vướng mắc gì",
        "Không có",
        "không",
        "12",
        "Thiếu kinh phí, xin hỗ trợ thêm 20 triệu đồng",
        "Đề nghị cấp trên xem xét bố trí cán bộ",
        "Mô hình 3 không: không rác, không tảo hôn, không tệ nạn",
        "Thiếu số liệu quý III",
        "Báo cáo chưa nêu số hộ; đề nghị bổ sung",
        "Tìm việc làm cho 5 hộ nghèo",
        "Hỗ trợ 12 hộ làm nhà",
        "Lũ cuốn cầu",
        "Xã An Hòa Mới",
        "Nhân dân còn hỏi về giá đền bù: bao giờ trả, ai trả?\nĐã trả lời tại hội nghị ngày 12/11.",
    ],
)
def test_an_account_is_an_answer(said: str) -> None:
    """What was done, what is lacking, a name, a figure: none of it is asked back."""
    assert not is_appeal(said)
