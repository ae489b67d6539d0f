"""What waits is published; what is published is replaced, taken back, withdrawn, compared."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.library.arrivals import Arrival, reread
from knowledge.library.likeness import Difference, differences
from knowledge.library.shelf import Version
from knowledge.model import Directive
from knowledge.refusals import NotInLibrary
from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId, new_id
from services.documents.reception import permit
from services.documents.refusals import VersionChanged
from services.documents.registry import Registry

_LOCK = "library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What stands in the library now, and what it took the place of."""

    file: str
    replaced: Version | None


async def publish(
    registry: Registry,
    actor: PersonId,
    arrival: str,
    replacing: str | None,
    now: datetime,
) -> Published:
    """Publish a file that waits, in the place of a document of the library if so told.

    Raises ArrivalGone, and VersionChanged where what it replaces is there no more.
    """
    async with acting(registry.store, actor, now, _LOCK) as act:
        act.require(Action.MANAGE_LIBRARY, None, "library")
        held = await registry.work(lambda: registry.arrivals.get(arrival))
        done = await _put(act, registry, held, replacing)
        await registry.work(lambda: registry.arrivals.drop(arrival))
    return done


async def restore(
    registry: Registry,
    actor: PersonId,
    version: str,
    replacing: str | None,
    now: datetime,
) -> Published:
    """Publish a version of before again; raises NotInLibrary, VersionChanged."""
    async with acting(registry.store, actor, now, _LOCK) as act:
        act.require(Action.MANAGE_LIBRARY, None, "library")
        held = await registry.work(lambda: registry.shelf.version(version))
        return await _put(act, registry, held, replacing)


async def withdraw(registry: Registry, actor: PersonId, file: str, now: datetime) -> None:
    """Take a document out of the library; raises NotInLibrary. It is kept, and can come back."""
    async with acting(registry.store, actor, now, _LOCK) as act:
        act.require(Action.MANAGE_LIBRARY, None, "library")
        await registry.change(
            lambda: registry.shelf.withdraw(file, version=new_id(), by=actor, at=now)
        )
        await act.note("document_withdraw", file)


async def versions(
    registry: Registry, actor: PersonId, file: str, now: datetime
) -> tuple[Version, ...]:
    """Return what stood in the place of a document before, the latest first."""
    await permit(registry, actor, now)
    return await registry.work(lambda: registry.shelf.versions(file))


async def withdrawn(registry: Registry, actor: PersonId, now: datetime) -> tuple[Version, ...]:
    """Return what was withdrawn, the latest first."""
    await permit(registry, actor, now)
    return await registry.work(registry.shelf.withdrawn)


async def compared(
    registry: Registry,
    actor: PersonId,
    version: str,
    current: Directive,
    now: datetime,
) -> tuple[Difference, ...]:
    """Return in which clauses a version differs from what stands now; raises NotInLibrary."""
    await permit(registry, actor, now)
    return await registry.work(lambda: _differences(registry, version, current))


async def original(registry: Registry, actor: PersonId, file: str, now: datetime) -> bytes:
    """Return the bytes of a published file as they came; raises NotInLibrary."""
    await permit(registry, actor, now)
    if not registry.shelf.holds(file):
        raise NotInLibrary(file=file)
    path = registry.shelf.folder / file
    return await registry.work(path.read_bytes)


async def _put(
    act: Acting, registry: Registry, held: Arrival | Version, replacing: str | None
) -> Published:
    shelf, version = registry.shelf, new_id()
    if replacing is not None and not _stands(registry, replacing):
        raise VersionChanged
    file = await registry.change(
        lambda: shelf.publish(
            held.path,
            held.corrections,
            replacing=replacing,
            version=version,
            by=act.actor.id,
            at=act.now,
        )
    )
    await act.note("document_publish" if replacing is None else "document_replace", file)
    kept = [one for one in await registry.work(lambda: shelf.versions(file)) if one.id == version]
    return Published(file=file, replaced=kept[0] if kept else None)


def _stands(registry: Registry, file: str) -> bool:
    return any(one.file == file for one in registry.catalogue().documents)


def _differences(registry: Registry, version: str, current: Directive) -> tuple[Difference, ...]:
    held = registry.shelf.version(version)
    return tuple(differences(reread(held.path, held.corrections), current))
