"""What of a directive is a unit's: the duties that name it, as bodies stand today."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Directive, Duty
from records.actor import Acting
from records.model import Succession, Task
from services.units.resolution import by_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """A duty that names the asker's unit; whether it leads, and the task made of it."""

    duty: Duty
    leads: bool
    task: Task | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """What of a directive is a unit's."""

    unit: str
    items: tuple[Charged, ...]


async def charged(act: Acting, directive: Directive) -> Charges:
    """Return the duties of a directive that name the asker's unit, or its whole kind."""
    unit = act.actor.unit
    sure = by_name(act.tree, await act.tx.find(Succession))
    led = await act.tx.find(Task, {"lead": unit})
    tasks = [*led, *await act.tx.find(Task, {"support": unit})]
    made = {
        one.origin.clause: one
        for one in tasks
        if one.origin is not None and one.origin.file == directive.file
    }

    def holds(names: Sequence[str]) -> bool:
        return any(unit in sure(name) for name in names)

    items = [
        Charged(duty=duty, leads=holds(duty.lead), task=made.get(duty.clause))
        for duty in directive.duties
        if holds(duty.lead) or holds(duty.support) or duty.clause in made
    ]
    return Charges(unit=act.tree.name(unit), items=tuple(items))
