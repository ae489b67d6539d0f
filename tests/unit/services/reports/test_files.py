"""Files are kept beside the draft, each once."""

from dataclasses import replace

from records.dialog.values import Chose, Complaint, Move, Said
from records.model import Attachment, FileKind
from services.reports.drafts import drop, open_draft
from services.reports.steps import take_step
from services.reports.values import Dialog, File, Input
from storage.embedded.store import EmbeddedStore
from tests.unit.services.reports.town import FORMS, LAN, NOW, ONCE, dialog, give_all, sent

PHOTO = File(
    kind=FileKind.PHOTO, reference="file-1", identity="unique-1", name="anh.jpg", size=2000
)


async def send(store: EmbeddedStore, shown: Dialog, file: File) -> Dialog:
    """Send a file into the chat."""
    given = Input(draft=shown.draft.id, given=file)
    return dialog(await take_step(store, FORMS, LAN, given, NOW))


async def kept(store: EmbeddedStore) -> list[Attachment]:
    """Return the files that are kept."""
    async with store.begin() as tx:
        return await tx.find(Attachment)


async def at_evidence(store: EmbeddedStore) -> Dialog:
    """Go to the question that takes files."""
    opened = await open_draft(store, FORMS, LAN, ONCE, NOW)
    return dialog(await give_all(store, opened, Chose("done"), Said("Xong việc"), Move.SKIP))


async def test_each_file_is_kept_once(town: EmbeddedStore) -> None:
    """An album comes photo by photo; the same one again counts once."""
    shown = await at_evidence(town)
    other = replace(PHOTO, reference="file-2", identity="unique-2")
    for file in (PHOTO, other, replace(PHOTO, reference="file-1-again")):
        shown = await send(town, shown, file)
    files = await kept(town)
    assert [file.reference for file in files] == ["file-1", "file-2"]
    report = sent(await give_all(town, shown, Move.DONE_CHOOSING, Move.CONFIRM)).report
    assert report.answers["evidence"] == tuple(file.id for file in files)


async def test_a_file_that_is_not_taken_is_not_kept(town: EmbeddedStore) -> None:
    """Neither one too large, nor one where words are asked for."""
    shown = await at_evidence(town)
    large = await send(town, shown, replace(PHOTO, size=10**9))
    assert large.objection is not None
    assert large.objection.complaint is Complaint.FILE_TOO_LARGE
    forbidden = replace(PHOTO, kind=FileKind.DOCUMENT, name="bangtinh.exe")
    refused = await send(town, shown, forbidden)
    assert refused.objection is not None
    assert refused.objection.complaint is Complaint.FILE_KIND
    assert await kept(town) == []


async def test_a_cancelled_draft_takes_its_files_with_it(town: EmbeddedStore) -> None:
    """What nobody sends is not kept."""
    shown = await send(town, await at_evidence(town), PHOTO)
    await drop(town, LAN, shown.draft.id, NOW)
    assert await kept(town) == []
