"""What a person is asked to report: his obligations, and one of them."""

from datetime import datetime

from records.actor import acting
from records.ids import PeriodKey, PersonId, TaskId
from records.obligations.ledger import obligation_on, office_of
from records.obligations.obligation import Obligation, pressing
from records.store import Store
from services.reports.refusals import TaskClosed
from services.reports.rights import required_unit, task_of
from services.tasks.own import tasks_of
from services.tasks.refusals import UnknownTask


async def asked_of(store: Store, person: PersonId, now: datetime) -> list[Obligation]:
    """Return the reports that are asked of a person now, for himself or as a deputy.

    Arrears first, the newest first, however old; then what is due, the soonest first.
    """
    async with acting(store, person, now) as act:
        mine = await tasks_of(act.tx, person, now)
    wanted = [one for task in mine for one in task.owed if one.wanted and not one.early]
    return sorted(wanted, key=pressing)


async def asked_on(
    store: Store, person: PersonId, task: TaskId, period: PeriodKey | None, now: datetime
) -> Obligation:
    """Return one period of a task that a person reports on.

    Raises UnknownTask, NotAllowed, TaskClosed for what a closed task asks for no more, and
    NotAPeriod, NotOfTask, EndedBeforeTask for a period that the task does not have.
    """
    async with acting(store, person, now) as act:
        held = await task_of(act, task)
        if held is None:
            raise UnknownTask
        unit = await required_unit(act, held, period)
        office = await office_of(act.tx, now, (held,))
        found = await obligation_on(act.tx, held, unit, period, office)
        if found is None:
            raise TaskClosed(title=held.title)
        return found
