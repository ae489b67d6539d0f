"""Judges the fields of any request by the specification, and gives each value its type."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.refusals import BadRequest
from sandbox.spec import Field, Form, Limit, Spec
from sandbox.values import JsonObject

ARRAY: Final = "Array of "
INTEGER_BITS: Final = 63
"""Telegram's integers are signed 64-bit."""

TRUE_WORDS: Final = frozenset({"true", "yes", "1"})
"""In a form post; every other word is false."""

MISSING_WORDS: Final = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "file_id": "file_id is empty",
    "user_id": "invalid user_id specified",
    "commands": "can't parse commands JSON object",
}
"""Telegram's own words for a required field that is not there."""

LIMIT_WORDS: Final = {
    ("InlineKeyboardButton", "callback_data"): "BUTTON_DATA_INVALID",
    ("CopyTextButton", "text"): "BUTTON_COPY_TEXT_INVALID",
    ("answerCallbackQuery", "text"): "MESSAGE_TOO_LONG",
    ("BotCommand", "command"): "BOT_COMMAND_INVALID",
    ("BotCommand", "description"): "BOT_COMMAND_DESCRIPTION_INVALID",
    ("InlineQueryResultArticle", "id"): "RESULT_ID_INVALID",
    ("setMyCommands", "commands"): "BOT_COMMANDS_TOO_MUCH",
    ("setWebhook", "secret_token"): "secret token is too long",
}
"""Telegram's own words for a value outside its limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime: str
    content: bytes


class Mismatch(Exception):
    """A value is not of the type that the specification asks for."""


class Reader:
    """Reads the values of requests against one version of the Bot API."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def request(self, form: Form, given: Mapping[str, Any]) -> JsonObject:
        """Return the known fields of `given`, typed; unknown ones are ignored, as Telegram does.

        Raises BadRequest in Telegram's words.
        """
        taken: JsonObject = {}
        for field in form.fields.values():
            value = _decoded(field, given.get(field.name))
            if value is None:
                if field.required:
                    raise BadRequest(
                        MISSING_WORDS.get(field.name, f'parameter "{field.name}" is required')
                    )
                continue
            try:
                taken[field.name] = self._field(form, field, value, loose=True)
            except Mismatch as mismatch:
                raise BadRequest(_worded(field, mismatch)) from mismatch
        return taken

    def value(self, value: object, kinds: Iterable[str]) -> object:
        """Return a JSON value read as the first of `kinds` that fits; raises Mismatch."""
        return self._any(value, tuple(kinds), loose=False)

    def _field(self, form: Form, field: Field, value: object, *, loose: bool) -> object:
        read = self._any(value, field.types, loose=loose)
        if field.limit and not _judged_after_parsing(form, field):
            _check_limit(form, field, field.limit, read)
        return read

    def _any(self, value: object, kinds: tuple[str, ...], *, loose: bool) -> object:
        """Read `value` as the first fitting kind; the last one's complaint stands for all."""
        last = Mismatch("value is of the wrong type")
        for kind in self._likely(value, kinds):
            try:
                return self._one(value, kind, loose=loose)
            except Mismatch as mismatch:
                last = mismatch
        raise last

    def _likely(self, value: object, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Keep the kinds that an object's `type` or required fields point to, if any do."""
        if not isinstance(value, dict) or len(kinds) == 1:
            return kinds
        told = value.get("type", value.get("source"))
        if isinstance(told, str):
            suffix = "".join(part.capitalize() for part in told.split("_"))
            named = [kind for kind in kinds if suffix and kind.endswith(suffix)]
            if not named and all(self._is_told_by_type(kind) for kind in kinds):
                raise Mismatch(f"unknown type {told!r}")
            kinds = tuple(sorted(named, key=len)) or kinds
        whole = [kind for kind in kinds if self._is_whole(value, kind)]
        whole.sort(key=lambda kind: -len(value.keys() & self._spec.types[kind].fields.keys()))
        return tuple(whole) or kinds

    def _is_told_by_type(self, kind: str) -> bool:
        form = self._spec.types.get(kind)
        field = form.fields.get("type") if form else None
        return field is not None and field.required

    def _is_whole(self, value: JsonObject, kind: str) -> bool:
        form = self._spec.types.get(kind)
        return form is not None and all(
            field.name in value for field in form.fields.values() if field.required
        )

    def _one(self, value: object, kind: str, *, loose: bool) -> object:
        if kind.startswith(ARRAY):
            if not isinstance(value, list):
                raise Mismatch("array expected")
            return [self._any(item, (kind.removeprefix(ARRAY),), loose=False) for item in value]
        if kind == "Boolean":
            return _boolean(value, loose=loose)
        plain = _PLAIN.get(kind)
        return plain(value) if plain else self._object(value, kind)

    def _object(self, value: object, kind: str) -> object:
        form = self._spec.types[kind]
        if kind == "KeyboardButton" and isinstance(value, str):
            value = {"text": value}  # Telegram takes a plain label for a button
        if not isinstance(value, dict):
            raise Mismatch("object expected")
        if form.subtypes:
            return self._any(value, form.subtypes, loose=False)
        taken: JsonObject = {}
        for field in form.fields.values():
            inner = value.get(field.name)
            if inner is None:
                if field.required:
                    raise Mismatch(f'{_spoken(kind)}: can\'t find field "{field.name}"')
                continue
            try:
                taken[field.name] = self._field(form, field, inner, loose=False)
            except Mismatch as mismatch:
                raise Mismatch(f'{_spoken(kind)}: field "{field.name}": {mismatch}') from mismatch
        return taken


def _decoded(field: Field, value: object) -> object:
    """Take the JSON text of an object or array out of a form's text; absent is None."""
    texts = {"String", "Integer", "Float", "Boolean", "InputFile"}
    if not isinstance(value, str) or texts & set(field.types):
        return None if value == "" and "String" not in field.types else value
    if not value.strip():
        return None
    try:
        return json.loads(value, parse_constant=_no_constant)
    except (ValueError, RecursionError) as broken:
        raise BadRequest(f"can't parse {_spoken(field.name)} JSON object") from broken


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _judged_after_parsing(form: Form, field: Field) -> bool:
    """Tell whether the limit counts the text that is left when its markup is taken out."""
    return ("parse_mode" in form.fields and field.name in {"text", "caption", "message_text"}) or (
        f"{field.name}_parse_mode" in form.fields
    )


def _check_limit(form: Form, field: Field, limit: Limit, value: object) -> None:
    size = _size(value, limit.unit)
    if size is not None and not limit.least <= size <= limit.most:
        short = "too short" if size < limit.least else "too long"
        raise BadRequest(
            LIMIT_WORDS.get((form.name, field.name), f"{_spoken(field.name)} is {short}")
        )


def _size(value: object, unit: str) -> int | None:
    """Return the length of `value` in `unit`; None where the unit does not apply."""
    if isinstance(value, list):
        return len(value) if unit == "items" else None
    if not isinstance(value, str):
        return None
    return len(value.encode()) if unit == "bytes" else len(value.encode("utf-16-le")) // 2


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Mismatch("integer expected")
    try:
        number = int(value)
    except ValueError as broken:
        raise Mismatch("integer expected") from broken
    if abs(number) >> INTEGER_BITS:
        raise Mismatch("integer is out of range")
    return number


def _float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Mismatch("number expected")
    try:
        return float(value)
    except (ValueError, OverflowError) as broken:
        raise Mismatch("number expected") from broken


def _string(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Mismatch("string expected")
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError as broken:
        raise Mismatch("strings must be encoded in UTF-8") from broken
    return text


def _boolean(value: object, *, loose: bool) -> bool:
    if isinstance(value, bool):
        return value
    if loose and isinstance(value, str | int):
        return str(value).lower() in TRUE_WORDS
    raise Mismatch("boolean expected")


def _worded(field: Field, mismatch: Mismatch) -> str:
    """Say which field was wrong, in the form of Telegram's complaints."""
    if field.name == "reply_markup":
        return f"can't parse reply markup: {mismatch}"
    return f"can't parse {_spoken(field.name)}: {mismatch}"


def _upload(value: object) -> Upload:
    if not isinstance(value, Upload):
        raise Mismatch("file expected")
    return value


_PLAIN: Final[Mapping[str, Callable[[object], object]]] = {
    "Integer": _integer,
    "Float": _float,
    "String": _string,
    "InputFile": _upload,
}


def _spoken(name: str) -> str:
    """Spell a field or type name in words: reply_markup, InlineKeyboardButton."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.replace("_", " ").strip()
