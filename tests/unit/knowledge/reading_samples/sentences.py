"""Vietnamese sentences of an office, written for these tests; all letters and tones occur."""

SENTENCES = (
    "Thường trực cấp ủy họp giao ban với khối vận vào sáng thứ Hai tuần thứ nhất của tháng.",
    "Mỗi xã, phường chọn ít nhất hai mô hình khéo để giới thiệu ở hội nghị cuối năm.",
    "Bí thư chi bộ gặp gỡ từng hộ dân, nghe ý kiến và ghi vào sổ trực tiếp.",
    "Đề nghị các đồng chí nộp bản tổng hợp số liệu trước giờ nghỉ trưa.",
    "Việc chi trả hỗ trợ phải niêm yết rõ ở nhà văn hóa, không để dân chờ đợi, đi lại nhiều lần.",
    "Kỷ luật phát ngôn, giữ lời hứa với dân; những gì đã nhận thì phải làm đến cùng.",
    "Cán bộ mặc chỉnh tề, nói năng lễ độ, không quát nạt, không gây phiền nhiễu.",
    "Tổ tự quản nhắc nhở nhau dọn vệ sinh, quét ngõ xóm sạch đẹp mỗi chiều thứ Bảy.",
    "Những kiến nghị vượt thẩm quyền được chuyển lên cấp trên chậm nhất sau bảy ngày.",
    "Quỹ khuyến học tặng vở, bút và xe đạp cho học sinh vượt khó ở bản xa.",
    "Ngã ba đầu thôn hay ngập, bà con góp sỏi, cuốc xẻng rồi cùng san lấp suốt buổi.",
    "Lũ rút, thuyền chở gạo, mì, nước uống tới từng nóc nhà bị cô lập giữa đồng.",
)
TEXT = "\n".join(SENTENCES)
