"""What an operator is told to look at: nothing is left out or guessed in silence."""

from datetime import date

import pytest

from knowledge.deadline import Deadline, DeadlineKind, FullDate, MonthDay
from knowledge.model import Header
from knowledge.parsing import parse
from knowledge.parsing.doubts import DoubtKind, doubts
from knowledge.parsing.known_days import KnownDays
from knowledge.reading.source import Source
from vietnamese.text import right_tones

HEAD = "KẾ HOẠCH\nCông tác năm 2026\n"


def told(text: str, unread: tuple[str, ...] = ()) -> list[tuple[DoubtKind, str, str]]:
    """Return the doubts about a text."""
    directive = parse(Source(name="a.txt", text=HEAD + text, unread=unread))
    return [(doubt.kind, doubt.where, doubt.words) for doubt in doubts(directive)]


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("1. Một.\n2. Hai.\n4. Bốn.\n", DoubtKind.GAP, "4"),
        ("Điều 1. Một.\nĐiều 3. Ba.\n", DoubtKind.GAP, "Điều 3"),
        ("1. Một.\n2. Hai.\n2. Hai nữa.\n3. Ba.\n", DoubtKind.REPEAT, "2"),
        ("1. Thực hiện Kếhoạch này.\n", DoubtKind.GLUED, "1"),
        ("1. Sở Nội vụ báo cáo trước ngày 31/11 hằng năm.\n", DoubtKind.NO_SUCH_DAY, "1"),
        ("1. Theo văn bản ngày 30/02/2026 của Sở Nội vụ.\n", DoubtKind.NO_SUCH_DAY, "1"),
        ("1. Một\n\n2\n\ndòng.\n2. Hai.\n", DoubtKind.LEFT_OUT, ""),
    ],
)
def test_what_looks_wrong_is_told(text: str, kind: DoubtKind, where: str) -> None:
    """Each kind of doubt names the clause."""
    assert (kind, where) in [(one, place) for one, place, _ in told(text)]


def test_a_part_that_was_not_read_is_told() -> None:
    """What lies in the file and in no clause."""
    assert told("1. Một.\n", unread=("word/c.rtf",)) == [(DoubtKind.UNREAD, "", "word/c.rtf")]


def test_nothing_is_told_of_a_sound_text() -> None:
    """A list in order with real days is left in peace."""
    assert not told("1. Sở Nội vụ báo cáo trước ngày 05/11/2026.\na) Một;\nb) Hai.\n2. Hai.\n")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("trứơc báo caó kết qủa", "trước báo cáo kết quả"),
        ("Uỷ ban hoà giải, quý, giữa, nghiêng", "Uỷ ban hoà giải, quý, giữa, nghiêng"),
    ],
)
def test_tone_marks_on_a_wrong_vowel_are_put_right(written: str, right: str) -> None:
    """No letter is added or lost; both spellings of an open oa, oe, uy stay."""
    assert right_tones(written) == right


@pytest.mark.parametrize(
    ("title", "words", "day"),
    [
        ("Công tác dân vận năm 2026", "trước ngày 05/11", FullDate(2026, 11, 5)),
        ("Công tác dân vận năm 2026", "hằng năm, trước ngày 05/11", MonthDay(11, 5)),
        ("Công tác giai đoạn 2026 - 2030", "trước ngày 05/11", MonthDay(11, 5)),
    ],
)
def test_a_bare_day_in_the_plan_of_one_year_is_that_years(
    title: str, words: str, day: FullDate | MonthDay
) -> None:
    """Unless it is said to come again, or the plan is for several years."""
    known = KnownDays.of(Header(type="kế hoạch", title=title))
    worded = Deadline(kind=DeadlineKind.YEARLY, text="trước ngày 05/11", before=MonthDay(11, 5))
    settled = known.settled(worded, words)
    assert settled is not None
    assert settled.before == day


def test_days_from_the_issue_are_counted_from_the_day_after_it() -> None:
    """Bộ luật Dân sự 2015, Điều 147: the first day of a period does not count."""
    known = KnownDays.of(Header(date=date(2026, 1, 5)))
    words = "trong vòng 15 ngày kể từ ngày ban hành Kế hoạch này"
    settled = known.settled(Deadline(kind=DeadlineKind.ON_EVENT, text=words), words)
    assert settled is not None
    assert settled.by == FullDate(2026, 1, 20)
