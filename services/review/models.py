"""The "Dân vận khéo" models of the units one may see: listed, searched, shown."""

from dataclasses import dataclass
from datetime import datetime

from records.actor import Acting, acting
from records.forms.files import Forms
from records.forms.model import NEEDED_FIELD, Purpose
from records.ids import PersonId
from records.model import Report, ReportState
from records.store import Store
from vietnamese.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model as its last report tells it."""

    report: Report
    unit: str

    @property
    def name(self) -> str:
        """Return the model's name."""
        name = self.report.answers.get(NEEDED_FIELD[Purpose.MODEL])
        return name if isinstance(name, str) else ""


async def models(
    store: Store, forms: Forms, reader: PersonId, now: datetime, words: str = ""
) -> list[Model]:
    """Return the models of the units in the reader's scope, newest first.

    `words`, accents and case aside, must all stand in the name, the unit or the answers.
    """
    async with acting(store, reader, now) as act:
        seen = act.scope
        found = [
            Model(report=one, unit=act.tree.name(one.unit))
            for one in await told_of(act, forms, Purpose.MODEL)
            if one.unit in seen and one.state in (ReportState.SUBMITTED, ReportState.ACCEPTED)
        ]
    wanted = fold(words).split()
    fitting = [one for one in found if all(word in _searched(one) for word in wanted)]
    latest: dict[tuple[str, str], Model] = {}
    for one in sorted(fitting, key=lambda model: model.report.submitted):
        latest[(one.report.unit, fold(one.name))] = one
    return sorted(latest.values(), key=lambda model: model.report.submitted, reverse=True)


async def told_of(act: Acting, forms: Forms, purpose: Purpose) -> list[Report]:
    """Return every report in a form of this purpose."""
    ids = sorted(forms.ids(purpose))
    return [one for form in ids for one in await act.tx.find(Report, {"form": form})]


def _searched(model: Model) -> str:
    told = [value for value in model.report.answers.values() if isinstance(value, str)]
    return fold(" ".join([model.name, model.unit, *told]))
