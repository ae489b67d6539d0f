"""The header, put together from what stands above, in and below the body."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from knowledge.document_kinds import document_kinds, kind_symbols
from knowledge.model import Clause, ClauseKind, Header
from knowledge.parsing.front import Front
from knowledge.parsing.issuer import issuer_of
from knowledge.parsing.layout import joined, without_calls
from knowledge.parsing.tail import Tail
from vietnamese.text import comparable

OFFICIAL_LETTER: Final = "công văn"
"""What is addressed ("Kính gửi") and names no kind (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

_ITSELF: Final = re.compile(
    r"(?<!\w)(công văn|kế hoạch|chỉ thị|nghị quyết|quyết định|hướng dẫn|kết luận|thông tri|"
    r"quy định|quy chế|chương trình|đề án|thông báo|công điện|thông tư|nghị định|"
    r"luật|pháp lệnh) này(?!\w)",
    re.IGNORECASE,
)
_SYMBOL: Final = re.compile(r"\d[-/]([^\W\d_]+)[-/]")


def header_of(front: Front, tail: Tail, clauses: Sequence[Clause], body: str) -> Header:
    """Return what is known of a document; `body` is its text between heading and signature."""
    kind, shown = _kind(front, body)
    title = joined(front.title).strip("*_ ") or None
    return Header(
        number=front.number,
        type=kind,
        type_shown=shown,
        issuer=issuer_of(
            of=front.of,
            block=front.block,
            acts=_acting(clauses),
            behalf=tail.behalf,
            text=body,
        ),
        place=front.place,
        date=front.date,
        title=title,
        signer=tail.signer,
        signer_role=tail.signer_role,
        recipients=tail.recipients,
        addressed_to=front.addressed_to,
        heading_text="\n".join(front.printed) or None,
        addressed_text="\n".join(front.printed_address) or None,
        recipients_text=tail.recipients_text,
        signature_text=tail.signature_text,
    )


def _acting(clauses: Sequence[Clause]) -> list[str]:
    """Return the paragraphs in which the issuer is likely to act, the likeliest first."""
    paragraphs = [
        paragraph
        for kind in (ClauseKind.PREAMBLE, ClauseKind.CLOSING)
        for clause in clauses
        if clause.kind is kind
        for paragraph in reversed(without_calls(clause.text).split("\n"))
    ]
    return paragraphs[:MOST_ACTING]


MOST_ACTING: Final = 12
"""Paragraphs in which the issuer is looked for."""


def _kind(front: Front, body: str) -> tuple[str | None, bool]:
    """Return the kind of document, and whether the text says it rather than the form."""
    if front.kind:
        return front.kind, True
    named = Counter(comparable(found) for found in _ITSELF.findall(body))
    if front.addressed:
        return OFFICIAL_LETTER, OFFICIAL_LETTER in named
    symbol = _SYMBOL.search(front.number or "")
    if symbol:
        printed = kind_symbols().get(symbol[1].upper())
        for kind in document_kinds():
            if printed in kind.symbols:
                return kind.name, False
    if named:
        return named.most_common(1)[0][0], True
    return (OFFICIAL_LETTER, False) if front.number else (None, False)
