"""What somebody can name when he speaks of his work."""

from knowledge.catalogue import Catalogue, facts_of
from records.actor import Acting
from records.forms.files import Forms
from records.forms.model import Purpose
from records.model import Person, Role, Task, TaskState
from services.intents.values import Around, Known
from services.own_work.figures import known_figures


async def around(act: Acting, forms: Forms, catalogue: Catalogue) -> Around:
    """Return the units, people, tasks, figures and documents that words may mean.

    Every unit and person can be named; what may be told of them is asked where it is told.
    """
    people = [one for one in await act.tx.find(Person) if one.active]
    return Around(
        units=tuple(
            Known(id=unit, names=tuple(dict.fromkeys((act.tree.name(unit), act.tree.short(unit)))))
            for unit in act.tree.units
            if act.tree.standing(unit)
        ),
        people=tuple(Known(id=one.id, names=(one.name,)) for one in people),
        tasks=await _tasks(act, forms),
        figures=known_figures(forms),
        documents=documents(catalogue),
    )


def documents(catalogue: Catalogue) -> tuple[Known, ...]:
    """Return the documents of the library by number and title."""
    found = []
    for one in catalogue.documents:
        facts = facts_of(one)
        names = (f"{facts.type or ''} số {facts.number}" if facts.number else None, facts.title)
        found.append(Known(id=facts.file, names=tuple(n for n in (*names, facts.digest_of) if n)))
    return tuple(found)


async def _tasks(act: Acting, forms: Forms) -> tuple[Known, ...]:
    """Return the open tasks of the units the asker sees, by their title and their form's."""
    found = [one for one in await act.tx.find(Task) if one.state is TaskState.OPEN]
    seen = [
        one
        for one in found
        if act.actor.role is Role.ADMIN
        or act.actor.id in one.assignees
        or not act.scope.isdisjoint((one.lead, *one.support))
    ]
    plain = forms.ids(Purpose.PROGRESS)
    return tuple(
        Known(
            id=one.id,
            names=(one.title, forms[one.form].title)
            if one.form in forms and one.form not in plain
            else (one.title,),
        )
        for one in seen
    )
