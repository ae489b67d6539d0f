"""What a message brings into a dialog."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Document, Location, Message, PhotoSize, Video, Voice

from handlers.reports.messages import given, number_in, reference
from records.dialog.values import Said
from records.model import FileKind
from services.reports.values import File


def message(**content: object) -> Message:
    """Return a message of a private chat."""
    at = datetime(2026, 11, 5, tzinfo=UTC)
    return Message(message_id=5, date=at, chat=Chat(id=7, type="private"), **content)  # type: ignore[arg-type]


def file(**content: object) -> File:
    """Return the file that a message brings."""
    found = given(message(**content))
    assert isinstance(found, File)
    return found


def test_words_are_words() -> None:
    """As they were typed."""
    assert given(message(text=" 1.250 ")) == Said(" 1.250 ")


def test_of_a_picture_the_largest_is_taken() -> None:
    """Telegram gives several sizes of each."""
    sizes = [
        PhotoSize(file_id=f"id{n}", file_unique_id=f"u{n}", width=n, height=n, file_size=n)
        for n in (90, 320)
    ]
    photo = file(photo=sizes)
    assert (photo.kind, photo.reference, photo.identity) == (FileKind.PHOTO, "id320", "u320")


def test_documents_voices_and_films_come_with_their_names() -> None:
    """A name says whether the file is taken."""
    paper = Document(file_id="d", file_unique_id="ud", file_name="bc.pdf", file_size=9)
    assert (file(document=paper).kind, file(document=paper).name) == (FileKind.DOCUMENT, "bc.pdf")
    voice = Voice(file_id="v", file_unique_id="uv", duration=3)
    assert file(voice=voice).kind is FileKind.VOICE
    film = Video(file_id="f", file_unique_id="uf", width=1, height=1, duration=1)
    assert (file(video=film).kind, file(video=film).name) == (FileKind.DOCUMENT, "")


def test_anything_else_is_a_file_that_is_not_taken() -> None:
    """A place on the map answers no question."""
    place = Location(longitude=105.8, latitude=21.0)
    assert file(location=place) == File(
        kind=FileKind.DOCUMENT, reference="", identity="", name="", size=0
    )


@pytest.mark.parametrize("written", [None, "", "8:5", "7:", "7:x", "x"])
def test_a_message_of_another_chat_is_not_redrawn(written: str | None) -> None:
    """Nor is one whose reference means nothing."""
    assert number_in(7, written) is None
    assert number_in(7, reference(7, 5)) == 5
