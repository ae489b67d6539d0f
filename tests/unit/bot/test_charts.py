"""A digest's picture: a phone's width, every name and number on it, parts told apart."""

from bot.charts import HATCHES, drawn, progress
from handlers.digest.pictures import Bar

UNITS = (
    Bar(name="Xã Đồi Thông Xanh", reported=3, due=2, late=0),
    Bar(name="Sở Nội vụ", reported=0, due=0, late=5),
)
MONTHS = (Bar(name="T10/2026", reported=7, due=1, late=2),)
LABELS = {
    "reported": "đã báo cáo",
    "due": "chưa đến hạn",
    "late": "quá hạn",
    "trend": "Theo tháng",
    "on_time": "đúng hạn",
    "came_late": "chậm",
    "missing": "không có",
}
PNG = b"\x89PNG\r\n\x1a\n"


def test_a_picture_fits_a_phone() -> None:
    """1,080 wide, with or without months, for one unit or a dozen."""
    for units, months in ((UNITS, MONTHS), (UNITS[:1], ()), (UNITS * 6, MONTHS * 7)):
        picture = progress("Tỉnh Thử", units, months, LABELS)
        assert picture.startswith(PNG)
        assert int.from_bytes(picture[16:20]) == 1080


def test_names_and_numbers_stand_on_it() -> None:
    """Units, months, titles, the names of the parts, and each number that is not nought."""
    figure = drawn("Tỉnh Thử", UNITS, MONTHS, LABELS)
    said = [
        text.get_text() for axes in figure.axes for text in (*axes.texts, *axes.get_yticklabels())
    ]
    said += [axes.get_title(loc="left") for axes in figure.axes]
    named = [
        text.get_text()
        for panel in figure.subfigs
        for legend in panel.legends
        for text in legend.get_texts()
    ]
    for word in ("Xã Đồi Thông Xanh", "Sở Nội vụ", "T10/2026", "Tỉnh Thử", "Theo tháng", "3", "7"):
        assert word in said
    assert "0" not in said
    assert set(LABELS.values()) - {"Theo tháng"} == set(named)


def test_parts_are_told_apart_without_colour() -> None:
    """By their hatching."""
    assert len(set(HATCHES)) == len(HATCHES)
    figure = drawn("Tỉnh Thử", UNITS, (), LABELS)
    assert {patch.get_hatch() for patch in figure.axes[0].patches} == set(HATCHES)


def test_numbers_never_run_into_one_another() -> None:
    """Where a part is too narrow for its number, all three stand behind the bar, in order."""
    bars = (
        Bar(name="T10/2026", reported=80, due=5, late=21),
        Bar(name="T11/2026", reported=200, due=0, late=100),
    )
    (axes,) = drawn("Tỉnh Thử", bars, (), LABELS).axes
    said = [text.get_text().strip() for text in axes.texts if text.get_text()]
    assert sorted(said) == ["100", "200", "80 · 5 · 21"]


def test_words_stay_on_the_picture() -> None:
    """Names, numbers and legend, however long the bars and the names are."""
    units = tuple(
        Bar(name="Phường Nguyễn Thị Minh Kh…", reported=700, due=1, late=size) for size in (1, 300)
    )
    figure = drawn("Ủy ban nhân dân tỉnh Lâm Sơn, ngày 20/11/2026", units, MONTHS, LABELS)
    figure.draw_without_rendering()
    words = [text for panel in figure.subfigs for one in panel.legends for text in one.get_texts()]
    for axes in figure.axes:
        words += [text for text in (*axes.texts, *axes.get_yticklabels()) if text.get_text()]
    edges = [text.get_window_extent() for text in words]
    assert len(edges) > 10
    assert min(edge.x0 for edge in edges) >= 0
    assert max(edge.x1 for edge in edges) <= 1080
