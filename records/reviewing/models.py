"""The "Dân vận khéo" models of the units one may see: listed, searched, shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.acting import acting
from records.ids import PersonId
from records.model import Report, ReportState
from records.store import Store
from vietnamese.text import fold

MODEL_FORM: Final = "dan_van_kheo"
"""The form that registers a model and tells of its progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model as its last report tells it."""

    report: Report
    unit: str

    @property
    def name(self) -> str:
        """Return the model's name."""
        name = self.report.answers.get("name")
        return name if isinstance(name, str) else ""


async def models(store: Store, reader: PersonId, now: datetime, words: str = "") -> list[Model]:
    """Return the models of the units in the reader's scope, newest first.

    `words`, accents and case aside, must all stand in the name, the unit or the answers.
    """
    async with acting(store, reader, now) as act:
        seen = act.scope
        found = [
            Model(report=one, unit=act.tree.name(one.unit))
            for one in await act.tx.find(Report, {"form": MODEL_FORM})
            if one.unit in seen and one.state in (ReportState.SUBMITTED, ReportState.ACCEPTED)
        ]
    wanted = fold(words).split()
    fitting = [one for one in found if all(word in _searched(one) for word in wanted)]
    latest: dict[tuple[str, str], Model] = {}
    for one in sorted(fitting, key=lambda model: model.report.submitted):
        latest[(one.report.unit, fold(one.name))] = one
    return sorted(latest.values(), key=lambda model: model.report.submitted, reverse=True)


def _searched(model: Model) -> str:
    told = [value for value in model.report.answers.values() if isinstance(value, str)]
    return fold(" ".join([model.name, model.unit, *told]))
