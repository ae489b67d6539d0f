"""Documents and answers for the tests of conversations."""

from datetime import date
from typing import Any

from knowledge.answering.values import Quote
from knowledge.model import Citation, Clause, ClauseKind, Directive, Footnote, Header, NamedCitation

LONG = "Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan thực hiện. "


def directive(file: str = "ke-hoach.md", **changes: Any) -> Directive:
    """Make a plan with two sections, a point, a footnote and citations."""
    facts: dict[str, Any] = {
        "header": Header(
            number="175/KH-UBND",
            type="kế hoạch",
            issuer="Ủy ban nhân dân tỉnh",
            date=date(2023, 11, 5),
            title="Thực hiện công tác dân vận",
            signature_text="CHỦ TỊCH\nTrần A",
        ),
        "clauses": (
            Clause(path="preamble", kind=ClauseKind.PREAMBLE, text="Thực hiện Chỉ thị 33/CT-TTg"),
            Clause(path="I", kind=ClauseKind.SECTION, text="I. MỤC ĐÍCH", heading="MỤC ĐÍCH"),
            Clause(path="II", kind=ClauseKind.SECTION, text="II. NHIỆM VỤ\n1. Rà soát\na) Ngay"),
            Clause(path="II.1", kind=ClauseKind.CLAUSE, text="1. Rà soát\na) Ngay"),
            Clause(path="II.1.a", kind=ClauseKind.ITEM, text="a) Ngay"),
            Clause(path="II.2", kind=ClauseKind.CLAUSE, text="2. " + LONG * 100),
        ),
        "footnotes": (Footnote(mark="1", anchor="I", text="Nghị quyết số 25-NQ/TW"),),
        "citations": (
            Citation(number="33/CT-TTg", clause="preamble", issuer="Thủ tướng Chính phủ"),
            Citation(number="33/CT-TTg", clause="II.1", date=date(2021, 11, 26)),
        ),
        "named_citations": (NamedCitation(name="Luật Dân chủ cơ sở", clause="I"),),
    }
    return Directive(file=file, **{**facts, **changes})


def quote(file: str = "ke-hoach.md", clause: str = "II.1.a", **changes: Any) -> Quote:
    """Make a quote of that plan."""
    facts: dict[str, Any] = {
        "number": "175/KH-UBND",
        "issued": date(2023, 11, 5),
        "issuer": "Ủy ban nhân dân tỉnh",
        "type": "kế hoạch",
        "text": "a) Ngay",
        "score": 1.0,
        "ordinal": 4,
    }
    return Quote(file=file, clause=clause, **{**facts, **changes})
