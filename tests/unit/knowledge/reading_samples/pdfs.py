"""Write small PDFs: text with a Unicode map at given places, pictures, annotations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text. Places are in points from the lower left corner of an A4 page."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; `picture` is its width and height, `note` an annotation's text."""

    texts: tuple[Text, ...] = ()
    picture: tuple[float, float] | None = None
    note: str | None = None


def paragraph(*lines: str) -> Page:
    """Return a page with `lines` one under the other."""
    return Page(texts=tuple(Text(line, y=780 - 16 * at) for at, line in enumerate(lines)))


def pdf(*pages: Page) -> bytes:
    """Return a PDF of `pages`."""
    letters = sorted({letter for page in pages for text in page.texts for letter in text.text})
    codes = {letter: number for number, letter in enumerate(letters, 1)}
    objects = [b"", b"", _font(), _descendant(), _descriptor(), _map(codes)]
    objects += [
        _stream(
            b"/Type /XObject /Subtype /Image /Width 1 /Height 1 "
            b"/ColorSpace /DeviceGray /BitsPerComponent 8",
            b"\x80",
        )
    ]
    kids = []
    for page in pages:
        kids.append(len(objects) + 1)
        objects += _page(page, codes, len(objects) + 1)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    references = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{references}] /Count {len(kids)} >>".encode()
    return archive(objects)


def _page(page: Page, codes: dict[str, int], number: int) -> list[bytes]:
    drawn = [
        f"BT /F {text.size} Tf 1 0 0 1 {text.x} {text.y} Tm "
        f"<{''.join(f'{codes[letter]:04X}' for letter in text.text)}> Tj ET"
        for text in page.texts
    ]
    if page.picture:
        drawn.append(f"q {page.picture[0]} 0 0 {page.picture[1]} 0 0 cm /P Do Q")
    note = f"/Annots [{number + 2} 0 R]" if page.note else ""
    head = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R {note} "
        "/Resources << /Font << /F 3 0 R >> /XObject << /P 7 0 R >> >> >>"
    )
    said = (page.note or "").encode("utf-16-be").hex()
    annotation = (
        f"<< /Type /Annot /Subtype /FreeText /Rect [50 700 200 750] /Contents <FEFF{said}> >>"
    )
    return [head.encode(), _stream(b"", "\n".join(drawn).encode()), annotation.encode()]


def _font() -> bytes:
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
    )


def _descendant() -> bytes:
    return (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /DW 500 /FontDescriptor 5 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )


def _descriptor() -> bytes:
    return (
        b"<< /Type /FontDescriptor /FontName /Sample /Flags 4 /FontBBox [0 -200 1000 900] "
        b"/ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )


def _map(codes: dict[str, int]) -> bytes:
    pairs = "\n".join(
        f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
        for letter, code in codes.items()
    )
    return _stream(
        b"",
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
            "/CMapName /Sample def /CMapType 2 def "
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{len(codes)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
        ).encode(),
    )


def _stream(head: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def archive(objects: list[bytes]) -> bytes:
    """Return the file that holds these objects, the catalogue first."""
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(written)
