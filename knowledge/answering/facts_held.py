"""Keep of the passages found those that hold the kind of fact a question asks for."""

from typing import Final

from knowledge.answering import expected
from knowledge.answering.catalogue import Catalogue
from knowledge.answering.cues import asks_how_long, states_to_judge
from knowledge.answering.duties import named_unit
from knowledge.answering.papers import kinds_named
from knowledge.answering.ranking import Ranked
from knowledge.answering.understanding import Question
from knowledge.searching import Passage
from vietnamese.text import comparable, fold, syllables

_SIGNATURE: Final = "signature"


def holding_passages(
    question: Question, catalogue: Catalogue, ranked: list[Ranked]
) -> list[Ranked]:
    """Return the entries that hold what is asked for: a day, a sum, a count, a name."""
    if states_to_judge(question.folded):
        return ranked
    tests = expected.expectations_of(question.folded)
    if question.wants_day:
        length = asks_how_long(question.folded)
        tests.append(expected.names_a_time if length else expected.names_a_day)
    elif expected.asks_for_a_date(question.folded) and not kinds_named(question.folded):
        tests.append(expected.names_own_date)
    asked = comparable(question.plain)
    thing = expected.counted_thing(question.folded)

    def holds(entry: Ranked) -> bool:
        text = catalogue.text(entry.passage)
        return (
            all(test(text.plain) for test in tests)
            and (thing is None or expected.holds_count(text.settled, thing))
            and expected.speaks_of_money(asked, text.settled)
            and _names_what_is_named(question, catalogue, entry.passage)
            and _is_of_year(question, catalogue, entry.passage)
            and (not question.wants_day or _is_due_for(question, catalogue, entry.passage))
        )

    return [entry for entry in ranked if holds(entry)]


def _names_what_is_named(question: Question, catalogue: Catalogue, passage: Passage) -> bool:
    """Tell whether a passage speaks of the law, and names the holder of the office, asked about."""
    text = catalogue.text(passage)
    law = expected.law_named(comparable(question.plain), bare=question.bare)
    if law is not None:
        context = syllables(fold(passage.context))
        if not any(expected.holds_law(words, law) for words in (text.words, context)):
            return False
    office = expected.office_asked_for(question.folded)
    return office is None or (
        passage.clause == _SIGNATURE and expected.names_holder(text.plain, office)
    )


def _is_of_year(question: Question, catalogue: Catalogue, passage: Passage) -> bool:
    """Tell whether what a passage says may hold in each year that a question names.

    It does where its document names the year or years around it, or where it is said for each.
    """
    return all(
        catalogue.names_year_in(passage.file, int(year))
        or expected.is_for_every_year(catalogue.text(passage).plain)
        for year in expected.years_named(question.folded)
    )


def _is_due_for(question: Question, catalogue: Catalogue, passage: Passage) -> bool:
    """Tell whether a deadline is of the reporting period and the units that a question names."""
    text = catalogue.text(passage)
    if not expected.report_periods(question.folded) <= expected.report_periods(text.plain):
        return False
    words = " ".join(text.words)
    unit = named_unit(question, catalogue)
    if unit is None:
        return all(body in words for body in question.bodies)
    return unit in words or any(
        charge.file == passage.file and passage.clause.startswith(charge.duty.clause)
        for charge in catalogue.charges(unit)
    )
