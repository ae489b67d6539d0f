"""What one sentence charges whom with: who leads, who supports, who is reported to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.deadline import Deadline, DeadlineKind
from knowledge.parsing import lexicon
from knowledge.parsing.deadlines import find_deadlines
from knowledge.parsing.receivers import TOWARDS, report
from knowledge.parsing.titles import outside_titles
from knowledge.parsing.units import Words, end_of_units, units_at

LONGEST_NAME_REST: Final = 6
"""Syllables by which an unknown name may go on up to the act that follows it."""

LONGEST_CIRCUMSTANCE: Final = 40
"""Words before the subject: "Căn cứ chức năng, nhiệm vụ được giao, các sở …"."""

LONGEST_BASIS: Final = 150
"""Words of "Thực hiện Kế hoạch số …" before the issuer asks for something."""

NEAR_THE_OPENING: Final = 6
"""Words before "phối hợp" that still open the sentence: "Chủ động phối hợp, tạo điều kiện để"."""

_BASES: Final = (["thực", "hiện"], ["căn", "cứ"], ["tiếp", "theo"], ["xét", "đề"], ["theo", "đề"])
"""Openings of the basis on which an issuer asks; only its own words of charge end it."""

_BACK: Final = (["xem", "đây"], ["coi", "đây"], ["lấy", "đây"], ["xem", "đó"], ["coi", "đó"])
_TOGETHER: Final = frozenset(
    ["chặt", "chẽ", "với", "cùng", "và", "tốt", "đồng", "bộ", "thường", "xuyên", "hiệu", "quả", ","]
)
_CONDITIONS: Final = frozenset({"để", "cho"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What a sentence, or a part of one between semicolons, says of a duty.

    `lead` is () where it names nobody to lead; `commands` tells that it opens with an act.
    """

    text: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    report_to: str | None = None
    report_via: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    commands: bool = False
    reports: bool = False
    has_output: bool = False
    goes_on: bool = False
    """Opens with "đồng thời", or points back: "xem đây là …"."""
    opens_with_support: bool = False
    tells: bool = False
    """Says what is or was, and charges nobody."""
    names_only: bool = False
    """Nothing but units: a heading over what follows."""
    passive: bool = False
    """A paper is to be sent ("Văn bản góp ý gửi về …"): whoever was asked sends it."""


def read_charge(text: str, *, led: bool) -> Charge:
    """Read one sentence or part; `led` says that a unit already leads here by name."""
    words = Words(text)
    lead, after, subject_tells = _lead(words)
    subject_tells = (
        subject_tells
        or lexicon.longest(lexicon.silent(), words.forms, 0) > 0
        or ("thi hành" in text and _ENFORCED.search(text) is not None)
    )
    goes_on = words.forms[:2] in (["đồng", "thời"], *_BACK)
    start = _first_act(words, after)
    support, at_start = _support(words, start, steers=led or bool(lead))
    report_to, report_via, by_report = report(words)
    return Charge(
        text=text,
        lead=lead,
        support=tuple(name for name in support if name not in lead),
        report_to=report_to,
        report_via=report_via,
        deadlines=_deadlines(text),
        commands=words.is_act(start) or lexicon.longest(lexicon.acts(), words.forms, start) > 0,
        reports=by_report,
        has_output=lexicon.longest(lexicon.outputs(), _without_commas(words, start), 0) > 0,
        goes_on=goes_on,
        opens_with_support=at_start,
        tells=subject_tells,
        names_only=bool(lead) and _is_end(words, after),
        passive=not lead and _PAPER_SENT.match(text) is not None,
    )


_PAPER_SENT: Final = re.compile(
    r"(?:Văn bản|Báo cáo|Ý kiến|Kết quả|Hồ sơ|Danh sách|Bản|Phiếu|Số liệu|Kế hoạch|Sản phẩm)"
    r"[^.;:,]{0,60}?\s(?:xin\s+|đề nghị\s+|được\s+)?(?:gửi|nộp|báo cáo)(?!\w)"
)
_ENFORCED: Final = re.compile(
    r"(?:chịu trách nhiệm|có trách nhiệm|căn cứ|tổ chức)?[^.;]{0,20}?\bthi hành\s+"
    r"(?:các\s+)?(?:quyết định|nghị quyết|chỉ thị|quy chế|quy định|kế hoạch|thông tư|"
    r"nghị định|văn bản)"
    r"\s+này\W*$",
    re.IGNORECASE,
)
"""How a decision ends: it enters into force for all, and charges none with anything of its own."""


def charged_by(text: str) -> tuple[str, ...]:
    """Read whom a preamble charges: "… yêu cầu các cấp ủy, tổ chức đảng thực hiện tốt …"."""
    words = Words(text)
    for index in range(len(words) - 1, -1, -1):
        count = lexicon.longest(lexicon.charges(), words.forms, index)
        names = units_at(words, index + count) if count else []
        if names and not words.form(index - 1).startswith(("theo", "xét")):
            return tuple(name.name for name in names)
    return _asked_by_letter(words)


_SENT_FOR: Final = frozenset(
    {"góp", "tham", "cho", "thực", "biết", "để", "nghiên", "phối", "triển"}
)
"""How it goes on after whom a paper is sent to: "gửi đến các cơ quan góp ý"."""


def _asked_by_letter(words: Words) -> tuple[str, ...]:
    """Read whom a paper is sent to for their part: "gửi đến các cơ quan, đơn vị góp ý"."""
    for index in range(len(words)):
        if words.form(index) != "gửi":
            continue
        start = index + 1
        while words.form(start) in TOWARDS:
            start += 1
        names = units_at(words, start)
        if names and words.form(end_of_units(words, start)) in _SENT_FOR:
            return tuple(name.name for name in names)
    return ()


def units_of(text: str) -> tuple[str, ...]:
    """Read `text` as a list of units and nothing else, as headings give it; () otherwise."""
    words = Words(text)
    start = lexicon.longest(lexicon.heading_openers(), words.forms, 0)
    names = units_at(words, start)
    after = end_of_units(words, start)
    if names and words.form(after) == "(":
        after = next((i + 1 for i in range(after, len(words)) if words.form(i) == ")"), after)
    return tuple(name.name for name in names) if names and _is_end(words, after) else ()


def _is_end(words: Words, index: int) -> bool:
    return all(form in ".:;-–" for form in words.forms[index:])


# Who leads


def _lead(words: Words) -> tuple[tuple[str, ...], int, bool]:
    """Read who is charged, the index after the names, and whether the sentence only tells."""
    after_basis = words.forms[:2] in _BASES
    for index in _subject_places(words, after_basis=after_basis):
        charge = _charge_verb(words, index)
        if charge is not None:
            names = units_at(words, charge)
            return tuple(n.name for n in names), end_of_units(words, charge), False
        found = _subject(words, index) if index == 0 or not after_basis else None
        if found is not None:
            return found
    return (), 0, False


def _subject_places(words: Words, *, after_basis: bool) -> Iterator[int]:
    """Yield where a subject may stand: first, or after a circumstance and its comma."""
    yield 0
    circumstance = lexicon.longest(lexicon.circumstances(), words.forms, 0)
    if circumstance or after_basis:
        reach = LONGEST_BASIS if after_basis else LONGEST_CIRCUMSTANCE
        for index in range(min(reach, len(words) - 1)):
            if words.form(index) in {",", ":", ";"}:
                yield index + 1
        yield circumstance


def _charge_verb(words: Words, index: int) -> int | None:
    """Read "Giao", "Ủy ban nhân dân tỉnh yêu cầu" and give where the charged units start."""
    for start in (index, end_of_units(words, index)):
        count = lexicon.longest(lexicon.charges(), words.forms, start)
        if not count or not units_at(words, start + count):
            continue
        # "Phân công đồng chí chủ tịch …" is itself an act; "Phân công Sở Nội vụ …" is a charge.
        if words.form(start) == "phân" and not words.is_capital(start + count):
            continue
        return start + count
    return None


def _subject(words: Words, index: int) -> tuple[tuple[str, ...], int, bool] | None:
    """Read units as subject of the sentence: they open it, and an act follows."""
    names = units_at(words, index)
    if not names or not (index == 0 or words.is_capital(index) or words.form(index) == "các"):
        return None
    if index == 0 and not words.is_capital(0) and words.form(0) not in {"các", "những", "từng"}:
        return None
    end = end_of_units(words, index)
    told = lexicon.longest(lexicon.telling(), words.forms, end)
    if told:
        described = _described(words, end)
        if described is None:
            return (), end, True
        whole = words.text[
            words.places[words.at(names[-1].start)][0] : words.places[described[0] - 1][1]
        ]
        return (*(name.name for name in names[:-1]), whole), described[1], False
    aside = words.form(end) == "," and (
        words.is_act(end + 1) or lexicon.longest(lexicon.circumstances(), words.forms, end + 1) > 0
    )
    if _is_end(words, end) or words.form(end) in {":", "(", "-"} or words.is_act(end) or aside:
        return tuple(name.name for name in names), end, False
    return _longer_subject(words, end, [name.name for name in names])


_STANDING: Final = re.compile(
    r"là (?:(?:cơ quan|đơn vị|bộ phận|đầu mối|phòng|ban) )+"
    r"(?:thường trực|đầu mối|chủ trì|tham mưu|tổng hợp)"
)
"""A rôle, not a fact: "Phòng Kinh tế là cơ quan thường trực, xây dựng …"."""

MOST_DESCRIBED: Final = 4
"""Words after "được" that say which units are meant: "Các thôn được kiểm tra gửi …"."""


def _described(words: Words, end: int) -> tuple[int, int] | None:
    """Give where a name ends, and where its act starts, if what seems to tell only describes."""
    if words.form(end) == "là":
        rest = " ".join(words.forms[end : end + 8])
        found = _STANDING.match(rest)
        if found:
            return end, end + found.group().count(" ") + 1
        return None
    if words.form(end) != "được":
        return None
    for at in range(end + 2, min(end + 2 + MOST_DESCRIBED, len(words))):
        if words.form(at) in _REPORTS and not words.is_capital(at):
            return at, at
    return None


_REPORTS: Final = frozenset({"gửi", "nộp", "báo", "lập", "trình", "chuẩn"})


def _longer_subject(
    words: Words, end: int, names: list[str]
) -> tuple[tuple[str, ...], int, bool] | None:
    """Let the last name go on over unknown small words up to the act that must follow."""
    for index in range(end, min(end + LONGEST_NAME_REST + 1, len(words))):
        if words.is_act(index) and index > end:
            first = words.text.index(names[-1])
            whole = words.text[first : words.places[index - 1][1]]
            return (*names[:-1], whole), index, False
        if not words.form(index).isalpha() or words.is_function(index) or words.form(index) == "và":
            return None
    return None


# What is done


def _first_act(words: Words, after: int) -> int:
    """Skip signs and circumstances between the subject and its act."""
    index = after
    while index < len(words) and words.form(index) in {":", ",", "-", "–", "có", "trách", "nhiệm"}:
        index += 1
    if words.forms[index : index + 2] == ["đồng", "thời"]:
        index += 2
        while words.form(index) == ",":
            index += 1
    return index


def _without_commas(words: Words, start: int) -> list[str]:
    return [form for form in words.forms[start : start + 10] if form != ","]


def _support(words: Words, start: int, *, steers: bool) -> tuple[tuple[str, ...], bool]:
    """Read who helps, and whether the sentence opens with that."""
    names: list[str] = []
    opening = False
    for index in range(len(words)):
        place = _helped_at(words, index)
        found = units_at(words, place) if place is not None else []
        names += [] if found else _helpers_before(words, index)
        if found:
            names += [name.name for name in found]
            opening = opening or index - start <= NEAR_THE_OPENING
    if steers and not names:
        names = _steered(words, start)
    return tuple(dict.fromkeys(names)), opening


def _helpers_before(words: Words, index: int) -> list[str]:
    """Read the units that stand before "phối hợp" as its subject: ", Trung tâm … phối hợp,"."""
    if words.forms[index : index + 2] != ["phối", "hợp"] or words.form(index + 2) == "với":
        return []
    for start in range(index - 1, 0, -1):
        if words.form(start) in {",", ";"} and words.is_capital(start + 1):
            if end_of_units(words, start + 1) == index:
                return [name.name for name in units_at(words, start + 1)]
            return []
    return []


def _helped_at(words: Words, index: int) -> int | None:
    """Give where units may start after "phối hợp (với)", "tạo điều kiện để", "do"."""
    pair = words.forms[index : index + 2]
    if pair == ["phối", "hợp"]:
        place = index + 2
        while words.form(place) in _TOGETHER:
            place += 1
        return place
    if words.forms[index : index + 3] == ["tạo", "điều", "kiện"]:
        near = range(index + 3, min(index + 8, len(words)))
        return next((i + 1 for i in near if words.form(i) in _CONDITIONS), None)
    if words.form(index) == "do" and words.is_capital(index + 1):
        end = end_of_units(words, index + 1)
        organised = words.forms[end : end + 2] in (["tổ", "chức"], ["chủ", "trì"])
        return index + 1 if organised else None
    return None


def _steered(words: Words, start: int) -> list[str]:
    """Read the units that a chain of steering acts opens the sentence with."""
    index = start
    while count := lexicon.longest(lexicon.steering(), words.forms, index):
        index += count
        while words.form(index) in {",", "và"}:
            index += 1
    return [name.name for name in units_at(words, index)] if index > start else []


# By when


def _deadlines(text: str) -> tuple[Deadline, ...]:
    """Read the deadlines of the sentence; a period that only entitles a cited paper is none."""
    found = find_deadlines(outside_titles(text))
    firm = [one.deadline for one in found if one.deadline.kind is not DeadlineKind.SPAN]
    dated = [one for one in firm if one.kind is not DeadlineKind.PERIODIC]
    spans = [one.deadline for one in found if one.deadline.kind is DeadlineKind.SPAN]
    return tuple(dated or firm or spans[:1])
