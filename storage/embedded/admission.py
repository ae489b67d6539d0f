"""Records from elsewhere on their way into an empty store: each is looked at before it counts."""

from records.codec import from_json, to_json
from records.kinds import Record, key_of
from records.refusals import AlreadyThere, UnreadableRecord
from records.store import Entry
from storage.embedded.rows import Rows, no_rows


class Admission:
    """Fills rows that nobody else sees yet."""

    def __init__(self) -> None:
        self.contents = no_rows()

    def take(self, entry: Entry) -> None:
        """Take a record; raises UnreadableRecord, or AlreadyThere if there is one like it."""
        name, key, text = entry
        rows = self.contents.get(name)
        if rows is None:
            raise UnreadableRecord(kind=name, field="")
        record: Record = from_json(rows.kind, text)
        if key_of(record) != key:
            raise UnreadableRecord(kind=name, field=rows.described.key)
        own = to_json(record)
        _check(rows, key, own)
        rows.put(key, own)


def _check(rows: Rows, key: str, text: bytes) -> None:
    described = rows.described
    if key in rows:
        raise AlreadyThere(kind=described.name, field=described.key)
    for field, value in rows.lookups(text):
        taken = field in described.unique and rows.holder(field, value) is not None
        if taken and value is not None:
            raise AlreadyThere(kind=described.name, field=field)
