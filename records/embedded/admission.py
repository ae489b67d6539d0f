"""Records from elsewhere on their way into an empty store: each is looked at before it counts."""

from records.codec import from_json, to_json
from records.embedded.tables import Tables
from records.kinds import Record, key_of
from records.refusals import AlreadyThere, UnreadableRecord
from records.store import Entry


class Admission:
    """Fills tables that nobody else sees yet."""

    def __init__(self) -> None:
        self.tables = Tables()

    def take(self, entry: Entry) -> None:
        """Take a record; raises UnreadableRecord, or AlreadyThere if there is one like it."""
        name, key, text = entry
        table = self.tables.by_name.get(name)
        if table is None:
            raise UnreadableRecord(kind=name, field="")
        record: Record = from_json(table.kind, text)
        if key_of(record) != key:
            raise UnreadableRecord(kind=name, field=table.described.key)
        own = to_json(record)
        self._check(name, key, own)
        table.rows.put(key, own)

    def _check(self, name: str, key: str, text: bytes) -> None:
        table = self.tables.by_name[name]
        if key in table.rows.texts:
            raise AlreadyThere(kind=name, field=table.described.key)
        for field, value in table.lookups(text):
            taken = field in table.described.unique and table.holder(field, value) is not None
            if taken and value is not None:
                raise AlreadyThere(kind=name, field=field)
