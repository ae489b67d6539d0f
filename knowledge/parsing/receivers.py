"""To whom a sentence has something reported, and through whom."""

from typing import Final

from knowledge.parsing.units import Words, one_unit_at

LONGEST_REPORT: Final = 16
"""Words between "báo cáo" and the body that gets the report."""

TOWARDS: Final = frozenset({"với", "cho", "về", "gửi", "lên", "đến", "tới"})
"""Words that stand between a report and who gets it."""

_ENDS: Final = frozenset(".;:!?…")


def report(words: Words) -> tuple[str | None, str | None, bool]:
    """Read the body that gets a report, the one it goes through, and whether it is a report."""
    for index in range(len(words) - 1):
        place = _addressee(words, index)
        if place is not None:
            end, name = place
            return name, _via(words, end), words.form(index) != "tham"
    return None, None, _mentions_report(words)


def _mentions_report(words: Words) -> bool:
    pairs = zip(words.forms, words.forms[1:], strict=False)
    return ("báo", "cáo") in pairs


def _addressee(words: Words, index: int) -> tuple[int, str] | None:
    pair = words.forms[index : index + 2]
    if pair == ["báo", "cáo"] and words.form(index + 2) != "viên":
        return _after_report(words, index + 2)
    if pair == ["phản", "ánh"] or words.form(index) == "gửi":
        return _capital_unit(words, index + (2 if pair == ["phản", "ánh"] else 1))
    if pair == ["tham", "mưu"]:
        found = _capital_unit(words, index + 2)
        considers = found is not None and words.forms[found[0] : found[0] + 2] == ["xem", "xét"]
        return found if considers else None
    return None


def _after_report(words: Words, start: int) -> tuple[int, str] | None:
    """Find the body a report goes to: next to "báo cáo", or after "về", "với", "gửi"."""
    for index in range(start, min(start + LONGEST_REPORT, len(words))):
        if words.form(index) in _ENDS:
            return None
        if words.form(index) in {"qua", "của"}:
            continue
        if index > start and words.form(index - 1) not in TOWARDS:
            continue
        unit = one_unit_at(words, index)
        if unit is not None:
            return words.at(unit.end), unit.name
    return None


def _capital_unit(words: Words, start: int) -> tuple[int, str] | None:
    index = start
    while words.form(index) in TOWARDS or words.form(index) in {"kịp", "thời"}:
        index += 1
    unit = one_unit_at(words, index) if words.is_capital(index) else None
    return (words.at(unit.end), unit.name) if unit else None


def _via(words: Words, start: int) -> str | None:
    """Read "(qua Ban Dân vận Tỉnh ủy)" near behind the body that gets the report."""
    for index in range(start, min(start + LONGEST_REPORT, len(words))):
        if words.form(index) in _ENDS:
            return None
        if words.form(index) == "qua":
            unit = one_unit_at(words, index + 1)
            return unit.name if unit else None
    return None
