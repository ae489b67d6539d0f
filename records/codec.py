"""Records as JSON and back: one form for every store, backup and checksum."""

from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from records.kinds import Record
from records.refusals import UnreadableRecord

R = TypeVar("R", bound=Record)


def to_json(record: Record) -> bytes:
    """Return a record as compact UTF-8 JSON, the same bytes for equal records.

    Raises UnreadableRecord if a value is none of its field, or is one that JSON cannot hold.
    """
    try:
        return _adapter(type(record)).dump_json(record, warnings="error")
    except PydanticSerializationError:
        raise UnreadableRecord(kind=type(record).__name__, field="") from None


def from_document(kind: type[R], document: object) -> R:
    """Return the record that a document holds; raises UnreadableRecord."""
    try:
        record: R = _adapter(kind).validate_python(document)
    except ValidationError as error:
        raise _unreadable(kind, error) from None
    return record


def from_json(kind: type[R], text: bytes | str) -> R:
    """Return the record that JSON holds; raises UnreadableRecord."""
    try:
        record: R = _adapter(kind).validate_json(text)
    except ValidationError as error:
        raise _unreadable(kind, error) from None
    return record


_ADAPTERS: Final[dict[str, TypeAdapter[Any]]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    """Build the reader and writer of a kind once: building takes milliseconds."""
    name = kind.__name__
    if name not in _ADAPTERS:
        _ADAPTERS[name] = TypeAdapter(kind)
    return _ADAPTERS[name]


def _unreadable(kind: type, error: ValidationError) -> UnreadableRecord:
    """Name the field that is wrong, never its value: it may be somebody's report."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return UnreadableRecord(kind=kind.__name__, field=".".join(str(part) for part in first["loc"]))
