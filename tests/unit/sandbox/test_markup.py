"""Markup becomes text and entities as Telegram makes them, and goes back to HTML unharmed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markup.entities import CannotParse, Entity, Formatted, settle, units
from sandbox.markup.formatting import typed
from sandbox.markup.html import TAGS, parse_html
from sandbox.markup.markdown import parse_markdown, parse_markdown_v2
from sandbox.markup.rendering import to_html

TAGS_TYPED = (
    "<b> </b> <i> </i> <pre> </pre> </> <a§href='http://x.vn'> </a> <blockquote§expandable>"
    " </blockquote> <code§class='language-c'> </code> <span§class= 'tg-spoiler' </span"
)
PIECES = st.sampled_from(
    [tag.replace("§", " ") for tag in TAGS_TYPED.split()]
    + list("<>* _`~|[]()>!\\\n😀")
    + ["&amp;", "&#", "&#0;", "ủy ban", "```", "||", "**>"]
)
SOURCES = st.one_of(st.lists(PIECES).map("".join), st.text())
KINDS = sorted(set(TAGS.values()) - {"text_link", "custom_emoji", "date_time"})


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>đậm</b> thường", "đậm thường", [("bold", 0, 3)]),
        ("😀<i>x</i>", "😀x", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b>a</b><b>b</b>", "ab", [("bold", 0, 2)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("  <b> a </b> ", "a", [("bold", 0, 1)]),
        ("&lt;b&gt; &amp; &quot;&#273;&copy;", '<b> & "đ&copy;', []),
        ("<blockquote expandable>a\nb</blockquote>", "a\nb", [("expandable_blockquote", 0, 3)]),
        ("<blockquote>a<b>b</b></blockquote>", "ab", [("blockquote", 0, 2), ("bold", 1, 1)]),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ("<span class='tg-spoiler'>a</span>", "a", [("spoiler", 0, 1)]),
        ('<a href="không">a</a>', "a", []),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    """Offsets and lengths count UTF-16 units of the trimmed text."""
    read = settle(parse_html(source))
    assert read.text == text
    assert [(one.kind, one.offset, one.length) for one in read.entities] == entities


def test_attributes_reach_the_entity() -> None:
    """A link keeps its address, code its language, a moment its time."""
    source = (
        '<a href="https://x.vn?a=1&amp;b=2">a</a>'
        '<pre><code class="language-python">b</code></pre>'
        '<tg-time unix="1647531900" format="wDT">c</tg-time>'
    )
    extras = [one.extra for one in settle(parse_html(source)).entities]
    assert extras == [
        {"url": "https://x.vn?a=1&b=2"},
        {"language": "python"},
        {"unix_time": 1647531900, "date_time_format": "wDT"},
    ]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        (
            "*đậm _cả hai_* __gạch__",
            "đậm cả hai gạch",
            [("bold", 0, 10), ("italic", 4, 6), ("underline", 11, 4)],
        ),
        (r"1\.5 \> 1", "1.5 > 1", []),
        ("`a*b`", "a*b", [("code", 0, 3)]),
        ("```py\nx=1```", "x=1", [("pre", 0, 3)]),
        (r"[x](http://a.vn/\)b)", "x", [("text_link", 0, 1)]),
        (">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 3)]),
        (">a\n>b||", "a\nb", [("expandable_blockquote", 0, 3)]),
        ("||ẩn|| ~bỏ~", "ẩn bỏ", [("spoiler", 0, 2), ("strikethrough", 3, 2)]),
    ],
)
def test_markdown_becomes_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    """Version 2 nests, quotes and escapes."""
    read = settle(parse_markdown_v2(source))
    assert read.text == text
    assert [(one.kind, one.offset, one.length) for one in read.entities] == entities


def test_the_first_markdown_is_still_read() -> None:
    """Version 1 knows five signs and no nesting."""
    read = settle(parse_markdown("*a* _b_ `c` [d](http://x.vn) \\_"))
    assert read.text == "a b c d _"
    assert [one.kind for one in read.entities] == ["bold", "italic", "code", "text_link"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/hoi@danvan_bot chỉ thị 33", [("bot_command", "/hoi@danvan_bot")]),
        (
            "nhờ @danvan_bot xem https://a.vn/b?c.",
            [("mention", "@danvan_bot"), ("url", "https://a.vn/b?c")],
        ),
        ("thư a.b@tinh.gov.vn #danvan", [("email", "a.b@tinh.gov.vn"), ("hashtag", "#danvan")]),
        ("33/CT-TTg và 1/2", []),
        ("#33", []),
    ],
)
def test_commands_and_addresses_are_found(text: str, found: list[tuple[str, str]]) -> None:
    """What nobody marks is marked by Telegram, but no number of a document is a command."""
    raw = text.encode("utf-16-le")
    shown = [
        (one.kind, raw[one.offset * 2 : one.end * 2].decode("utf-16-le"))
        for one in typed(text).entities
    ]
    assert shown == found


@given(SOURCES)
def test_no_text_breaks_a_parser(source: str) -> None:
    """Any text is read or refused; what is read has its entities within it."""
    for parse in (parse_html, parse_markdown, parse_markdown_v2):
        try:
            read = settle(parse(source))
        except CannotParse:
            continue
        size = units(read.text)
        assert all(0 <= one.offset < one.end <= size for one in read.entities)
        assert read.text == read.text.strip()


@st.composite
def formatted(draw: st.DrawFn) -> Formatted:
    """Draw a text with entities anywhere in it, as a bot may send them."""
    letters = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"'😀\n")
    text = draw(st.text(letters, min_size=1).filter(str.strip)).strip()
    size = units(text)
    borders = [units(text[:place]) for place in range(len(text) + 1)]
    entities = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted(draw(st.tuples(st.sampled_from(borders), st.sampled_from(borders))))
        entities.append(Entity(kind=draw(st.sampled_from(KINDS)), offset=start, length=end - start))
    assert size == borders[-1]
    return settle(Formatted(text, tuple(entities)))


@given(formatted())
def test_html_goes_there_and_back(original: Formatted) -> None:
    """What is written as HTML says letter by letter what it said before, in the same style."""
    again = settle(parse_html(to_html(original)))
    assert again.text == original.text
    assert _styles(again) == _styles(original)


def _styles(read: Formatted) -> list[set[str]]:
    """Return the kinds that lie over each unit of a text."""
    return [
        {one.kind for one in read.entities if one.offset <= place < one.end}
        for place in range(units(read.text))
    ]


def test_html_for_the_page_is_harmless() -> None:
    """Text is escaped, and a link leads only where links may lead."""
    link = Entity(kind="text_link", offset=0, length=8, extra={"url": "javascript:alert(1)"})
    assert to_html(Formatted("<script>", (link,))) == "&lt;script&gt;"
