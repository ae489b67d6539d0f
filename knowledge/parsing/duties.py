"""Duties: which unit a directive charges with what, by when, and whom it reports to.

A clause gives one duty for each paragraph, and one more wherever a sentence, or a part of it after
a semicolon, brings another lead, other helpers, a time of its own or an output of its own. What
only reports on a duty belongs to it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.deadline import Deadline, DeadlineKind
from knowledge.model import Clause, ClauseKind, Duty, Header
from knowledge.parsing import lexicon
from knowledge.parsing.charges import Charge, charged_by, read_charge, units_of
from knowledge.parsing.data_items import ClauseData, data_of, inline_data, role_of, row_data
from knowledge.parsing.known_days import KnownDays
from knowledge.parsing.own_text import own_texts, parent_path
from knowledge.parsing.sentences import Part, parts_of
from vietnamese.text import comparable, right_tones

LONGEST_HEADING: Final = 25
"""Words of a line without an end sign that heads the items below it."""

_MARK: Final = re.compile(
    r"^\s*(?:(?:Điều|Phần|Chương|Mục)\s+[0-9IVXLC]+\s*[.:)\-–]?|[IVXLC]+\s*[.)/\-–]|"
    r"[0-9]+(?:\.[0-9]+)*\s*[.)/\-–]|[0-9]+(?:\.[0-9]+)+|[a-zđ][0-9]?\s*[.)/]|[-–+*•●])\s*"
)
_HEADING_END: Final = re.compile(r"^[\s:.*_]+")
_ENDED: Final = re.compile(r"[.;!?…][”\")]*$")
_ARTICLE: Final = re.compile(r"^\s*Điều\s+[0-9]")
_MADE_KNOWN: Final = re.compile(
    r"^(?:Chỉ thị|Nghị quyết|Kế hoạch|Công văn|Kết luận|Quy định|Quyết định|Hướng dẫn|Chương trình)"
    r"(?:\s+này)?\s+(?:(?:phải\s+|cần\s+)?được\s+)?(?:quán triệt|phổ biến|công bố|công khai)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lead:
    """Who leads where a sentence names nobody."""

    units: tuple[str, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A duty while its sentences are gathered."""

    start: int
    end: int
    lead: _Lead
    support: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    report_to: str | None = None
    report_via: str | None = None


def duties(header: Header, clauses: Sequence[Clause]) -> tuple[Duty, ...]:
    """Read the duties that the clauses give, in order.

    Who is charged in the preamble, or else the addressees, lead what names no other lead. A clause
    that reports at several times gives a duty for each.
    """
    days = KnownDays.of(header)
    texts = {clause.path: clause.text for clause in clauses}
    return tuple(
        replace(
            duty,
            what=_as_written(duty.what, texts[duty.clause]),
            deadline=days.settled(duty.deadline, texts[duty.clause]),
        )
        for duty in _Reader(header, clauses).read()
    )


def _as_written(words: str, text: str) -> str:
    """Return `words`, whose tone marks were put right, as `text` has them."""
    at = -1 if words in text else right_tones(text).find(words)
    return words if at < 0 else text[at : at + len(words)]


class _Reader:
    """Walks the clauses with what the clauses around say."""

    def __init__(self, header: Header, clauses: Sequence[Clause]) -> None:
        self._own = [(clause, right_tones(text)) for clause, text in own_texts(clauses)]
        self._items: Mapping[str, list[Clause]] = _children(clauses)
        self._leads: dict[str, _Lead] = {}
        self._silent: set[str] = set()
        self._is_law = any(_ARTICLE.match(clause.text) for clause in clauses)
        self._orders = not self._is_law and header.type in lexicon.ordering_kinds()
        self._general = _general_lead(header, clauses)
        free = {ClauseKind.PREAMBLE, ClauseKind.CLOSING}
        self._is_letter = all(clause.kind in free for clause in clauses)

    def read(self) -> Iterator[Duty]:
        for clause, own in self._own:
            if clause.kind is ClauseKind.PREAMBLE:
                if self._is_letter:  # it asks in its paragraphs, without any clause
                    lines = [line for line in own.split("\n") if line.strip()]
                    yield from self._paragraphs(clause, lines, _Lead(), ClauseData())
                continue
            container = parent_path(clause.path)
            if container in self._silent or _is_background(clause):
                self._silent.add(clause.path)
                continue
            if role_of(_unmarked(own)) is not None:
                continue
            lead = self._leads.get(container or "", self._general)
            if clause.kind is ClauseKind.ROW:
                yield from _of_row(clause, own)
                continue
            yield from self._clause(clause, own, lead)

    def _clause(self, clause: Clause, own: str, lead: _Lead) -> Iterator[Duty]:
        if clause.kind is ClauseKind.CLOSING:
            lead = _Lead() if self._is_law else replace(self._general, units=())
        named, body = _split_heading(clause, own)
        if named:
            lead = _Lead(units=named)
        lines = [line for line in body.split("\n") if line.strip()]
        data = data_of([*(line for line in lines if role_of(line)), *self._data_lines(clause.path)])
        lines = [line for line in lines if role_of(line) is None]
        if data and not lines and clause.heading:
            lines = [clause.heading]
        items = [item for item in self._items.get(clause.path, []) if not _is_data(item)]
        lead = _led_in(lines, lead) if items else lead
        self._leads[clause.path] = lead
        if items and _only_heads(lines):
            return
        if clause.kind is ClauseKind.SECTION:
            lead = _Lead()
        yield from self._paragraphs(clause, lines, lead, data)

    def _data_lines(self, path: str) -> list[str]:
        return [_unmarked(item.text) for item in self._items.get(path, []) if _is_data(item)]

    def _paragraphs(
        self, clause: Clause, lines: Sequence[str], lead: _Lead, data: ClauseData
    ) -> Iterator[Duty]:
        if data and lines:
            yield _with_data(clause, lines, lead, data)
            return
        for line in lines:
            if line.rstrip().endswith(":"):  # it leads over to the paragraphs below
                lead = _led_in([line], lead)
                continue
            text, inline = inline_data(line)
            if inline:
                yield _with_data(clause, [text], lead, inline)
                continue
            drafts, last = self._drafts(clause, text, lead)
            if clause.kind is not ClauseKind.CLOSING:  # there each paragraph stands alone
                lead = last
            for draft in drafts:
                yield from _finished(clause, text, draft)

    def _drafts(self, clause: Clause, text: str, lead: _Lead) -> tuple[list[_Draft], _Lead]:
        """Gather the sentences of a paragraph into duties; give the lead after the last."""
        drafts: list[_Draft] = []
        listed: int | None = None
        """Where units begin whose list goes on over a semicolon."""
        for each in parts_of(text):
            part = each if listed is None else replace(each, start=listed)
            led = bool(lead.units) and not lead.inherited
            charge = read_charge(text[part.start : part.end], led=led)
            if charge.lead:
                lead = _Lead(units=charge.lead)
            elif charge.passive:
                lead = self._general
            listed = part.start if charge.names_only else None
            if charge.names_only or (charge.tells and not drafts):
                continue
            if drafts and not _starts_duty(drafts[-1], charge, part, lead):
                drafts[-1] = _joined(drafts[-1], charge, part)
                continue
            led_by = self._general if _asks_all_to_report(charge, lead) else lead
            if self._is_duty(clause, charge, led_by, text):
                drafts.append(_new(charge, part, led_by))
        return drafts, lead

    def _is_duty(self, clause: Clause, charge: Charge, lead: _Lead, text: str) -> bool:
        """Tell whether a sentence that begins a paragraph charges anybody."""
        if lead.units:
            return True
        if _MADE_KNOWN.match(text):
            return True
        ordered = clause.kind in {ClauseKind.CLAUSE, ClauseKind.ITEM} and self._orders
        return ordered and charge.commands


def _asks_all_to_report(charge: Charge, lead: _Lead) -> bool:
    """Tell whether nobody is named and a report is due: "Báo cáo gửi về … chậm nhất ngày …"."""
    dated = charge.report_to is not None and _has_own_time(charge.deadlines)
    return dated and not lead.units


# What stands around a clause


def _children(clauses: Sequence[Clause]) -> dict[str, list[Clause]]:
    held: dict[str, list[Clause]] = {}
    for clause in clauses:
        container = parent_path(clause.path)
        if container is not None:
            held.setdefault(container, []).append(clause)
    return held


def _general_lead(header: Header, clauses: Sequence[Clause]) -> _Lead:
    """Read whom the preamble charges; the addressees where it charges nobody."""
    preamble = [clause.text for clause in clauses if clause.kind is ClauseKind.PREAMBLE]
    charged = charged_by(preamble[0]) if preamble else ()
    return _Lead(units=charged or header.addressed_to, inherited=True)


def _is_background(clause: Clause) -> bool:
    """Tell whether a heading says that nothing is charged below: "Mục đích, yêu cầu"."""
    first = clause.heading or _unmarked(clause.text).split("\n")[0]
    plain = re.sub(r"[^\w\s]|\bvà\b", " ", comparable(first))
    return " ".join(plain.split()) in lexicon.background()


def _is_data(item: Clause) -> bool:
    return role_of(_unmarked(item.text)) is not None


def _unmarked(text: str) -> str:
    return _MARK.sub("", text, count=1)


def _split_heading(clause: Clause, own: str) -> tuple[tuple[str, ...], str]:
    """Take mark and heading off a clause's own text; give the units that the heading names."""
    body = _unmarked(own)
    if clause.heading and body.startswith(clause.heading):
        rest = _HEADING_END.sub("", body[len(clause.heading) :])
        named = units_of(clause.heading) or _led_in([f"{clause.heading}:"], _Lead()).units
        if named or rest.strip() or clause.kind is not ClauseKind.ITEM:
            return named, rest
    return (), body


def _led_in(lines: Sequence[str], lead: _Lead) -> _Lead:
    """Let the last line before the items name who leads them: "Giao Sở Nội vụ:"."""
    if not lines:
        return lead
    named = units_of(lines[-1])
    if named:
        return _Lead(units=named)
    if lines[-1].rstrip().endswith(":"):
        last = list(parts_of(lines[-1]))[-1:]
        charge = read_charge(lines[-1][last[0].start : last[0].end], led=False) if last else None
        if charge is not None and charge.lead:
            return _Lead(units=charge.lead)
    return lead


def _only_heads(lines: Sequence[str]) -> bool:
    """Tell whether a clause's own lines only lead over to its items."""
    if not lines:
        return True
    last = lines[-1].rstrip()
    if len(lines) == 1 and (last.endswith(":") or units_of(last)):
        return True
    return len(lines) == 1 and not _ENDED.search(last) and len(last.split()) <= LONGEST_HEADING


# One duty or two


_OWN_TIME: Final = frozenset(
    set(DeadlineKind) - {DeadlineKind.SPAN, DeadlineKind.ON_EVENT, DeadlineKind.PERIODIC}
)


def _starts_duty(draft: _Draft, charge: Charge, part: Part, lead: _Lead) -> bool:
    """Tell whether a sentence or part is a duty apart from the one before it."""
    if _keys(lead.units) != _keys(draft.lead.units) or charge.has_output:
        return True
    if charge.tells or charge.goes_on:
        return False
    timed = _has_own_time(charge.deadlines)
    own_time = timed and not _only_times(charge)
    if timed and _has_own_time(draft.deadlines):
        return own_time
    if charge.reports and not draft.report_to:
        return False
    kinds = {deadline.kind for deadline in charge.deadlines}
    return (
        own_time
        or (charge.opens_with_support and not _share(charge.support, draft.support))
        or (DeadlineKind.ON_EVENT in kinds and part.opens)
        or (DeadlineKind.SPAN in kinds and bool(draft.deadlines))
    )


def _has_own_time(deadlines: Sequence[Deadline]) -> bool:
    return any(deadline.kind in _OWN_TIME for deadline in deadlines)


def _share(names: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether a unit is in both lists, in full or shortened: "Mặt trận (Tổ quốc)"."""
    return any(
        one.startswith(other) or other.startswith(one)
        for one in _keys(names)
        for other in _keys(others)
    )


def _keys(names: Sequence[str]) -> set[str]:
    return {comparable(name) for name in names}


_TIME_ONLY: Final = re.compile(
    r"^(?:thời (?:gian|hạn)|hoàn thành|xong trước|tiến độ)", re.IGNORECASE
)


def _only_times(charge: Charge) -> bool:
    """Tell whether a sentence only says when: "Hoàn thành trước ngày 30/6/2026."."""
    return _TIME_ONLY.match(charge.text) is not None


def _new(charge: Charge, part: Part, lead: _Lead) -> _Draft:
    return _Draft(
        start=part.start,
        end=part.end,
        lead=lead,
        support=charge.support,
        deadlines=charge.deadlines,
        report_to=charge.report_to,
        report_via=charge.report_via,
    )


def _joined(draft: _Draft, charge: Charge, part: Part) -> _Draft:
    """Add a sentence to a duty; a span of years gives way to a time to act by."""
    kept = draft.deadlines
    if charge.deadlines and all(one.kind is DeadlineKind.SPAN for one in kept):
        kept = charge.deadlines
    return replace(
        draft,
        end=part.end,
        support=draft.support + tuple(n for n in charge.support if n not in draft.support),
        deadlines=kept,
        report_to=draft.report_to or charge.report_to,
        report_via=draft.report_via or charge.report_via,
    )


# The duty as it is given


def _finished(clause: Clause, text: str, draft: _Draft) -> Iterator[Duty]:
    for deadline in draft.deadlines or (None,):
        yield Duty(
            clause=clause.path,
            what=text[draft.start : draft.end],
            lead=draft.lead.units,
            support=tuple(name for name in draft.support if name not in draft.lead.units),
            deadline=deadline,
            report_to=draft.report_to,
            report_via=draft.report_via,
            lead_inherited=draft.lead.inherited and bool(draft.lead.units),
        )


def _of_row(clause: Clause, own: str) -> Iterator[Duty]:
    """Make the duty of a table's row whose columns say who leads."""
    what, *cells = own.split("\n")
    data = row_data(cells)
    if data.lead:
        yield _with_data(clause, [_unmarked(what)], _Lead(), data)


def _with_data(clause: Clause, lines: Sequence[str], lead: _Lead, data: ClauseData) -> Duty:
    """Make the one duty of a clause whose labels give its units and time."""
    text = "\n".join(lines)
    charge = read_charge(text, led=True)
    inherited = lead.inherited and not data.lead and not charge.lead
    leads = data.lead or charge.lead or lead.units
    return Duty(
        clause=clause.path,
        what=text,
        lead=leads,
        support=data.support,
        deadline=data.deadline or next(iter(charge.deadlines), None),
        report_to=charge.report_to,
        report_via=charge.report_via,
        lead_inherited=inherited and bool(leads),
    )
