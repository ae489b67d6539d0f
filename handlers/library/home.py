"""The entries of /start: by role, at most six, with how many wait behind each."""

from handlers.core.dependencies import Dependencies
from handlers.core.screen import Button, Rows
from handlers.digest.buttons import OpenDigest
from handlers.library.buttons import OpenDocuments
from handlers.reports.buttons import OpenReporting, OpenSent
from handlers.review.buttons import OpenWaiting
from handlers.tasks.buttons import OpenTasks
from records.model import Person, Role
from services.reports.asked import asked_of
from services.review.decisions import waiting


async def entries(deps: Dependencies, person: Person) -> Rows:
    """Return the entries of a person, two abreast."""
    texts, now = deps.texts, deps.now()
    owed = len(await asked_of(deps.store, person.id, now))
    found = [
        Button(texts.label("home_tasks"), OpenTasks(0, 0)),
        Button(texts.label("home_reports", n=owed), OpenReporting(0, 1)),
        Button(texts.label("home_sent"), OpenSent(0, 0)),
        Button(texts.label("documents"), OpenDocuments(0, 1)),
    ]
    if person.role is not Role.OFFICER:
        lying = len(await waiting(deps.store, person.id, now))
        found += [
            Button(texts.label("home_review", n=lying), OpenWaiting(0)),
            Button(texts.label("home_digest"), OpenDigest(person.unit, 1)),
        ]
    return tuple(tuple(found[at : at + 2]) for at in range(0, len(found), 2))
