"""Duties, who owes them and by when, as facts beside the quotation."""

from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.answering.catalogue import Catalogue, Charge
from knowledge.answering.quotations import quote
from knowledge.answering.ranking import Ranked
from knowledge.answering.understanding import Question
from knowledge.answering.values import DeadlineFact, DutyFact
from vietnamese.text import syllables


def named_unit(question: Question, catalogue: Catalogue) -> str | None:
    """Return the charged unit that the question names; None where it names none."""
    found = catalogue.units_in(syllables(question.folded))
    if not found:
        found = [unit for body in question.bodies for unit in catalogue.units_with(body)]
    return found[0] if found else None


def deadline_facts(
    question: Question, catalogue: Catalogue, ranked: Sequence[Ranked], today: date
) -> tuple[DeadlineFact, ...]:
    """Return the deadlines in the clauses quoted, best first."""
    del question
    return tuple(
        DeadlineFact(
            rule=charge.duty.deadline,
            last_day=charge.duty.deadline.last_day(today),
            units=charge.duty.lead,
            report_to=charge.duty.report_to,
            quote=quote(catalogue, entry.passage, entry.score),
        )
        for entry, charge in _charges(catalogue, ranked)
        if charge.duty.deadline is not None
    )


def charge_facts(
    question: Question, catalogue: Catalogue, ranked: Sequence[Ranked]
) -> tuple[DutyFact, ...]:
    """Return the duties in the clauses quoted, best first; of one unit where one is named."""
    unit = named_unit(question, catalogue)
    facts = []
    for entry, charge in _charges(catalogue, ranked):
        keys = {catalogue.unit_key(name) for name in (*charge.duty.lead, *charge.duty.support)}
        if unit is None or unit in keys:
            facts.append(
                DutyFact(
                    what=charge.duty.what,
                    lead=charge.duty.lead,
                    support=charge.duty.support,
                    quote=quote(catalogue, entry.passage, entry.score),
                )
            )
    return tuple(facts)


def _charges(catalogue: Catalogue, ranked: Sequence[Ranked]) -> Iterator[tuple[Ranked, Charge]]:
    """Yield the duties whose sentence stands in a passage."""
    seen = set()
    for entry in ranked:
        for at, duty in enumerate(catalogue.directives[entry.passage.file].duties):
            key = (entry.passage.file, at)
            if key not in seen and _holds(
                entry.passage.text, entry.passage.clause, duty.clause, duty.what
            ):
                seen.add(key)
                yield entry, Charge(file=entry.passage.file, duty=duty)


def _holds(text: str, clause: str, path: str, what: str) -> bool:
    inside = clause == path or path.startswith(clause + ".") or clause.startswith(path + ".")
    return inside and (what.strip() in text or what.strip()[:60] in text)
