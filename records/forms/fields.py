"""Read one field of a form: which keys each type takes, and what they may say."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from records.forms.lines import Cell, Table
from records.forms.model import NO_NUMBER, SOME, Choice, Condition, Direction, Field, FieldType
from records.forms.refusals import (
    BoundsUpsideDown,
    CumulativeAndAdditive,
    KeyNotForType,
    MissingKey,
    NameTaken,
    NoSuchAnswer,
    NoSuchValue,
    NotAskedByChoice,
    NotComparable,
    NotEarlier,
    OutOfBounds,
    ScoreWithoutPoints,
    TooFewChoices,
)
from records.model import Outcome

FIELD_KEY_LIMIT: Final = 12
CHOICE_KEY_LIMIT: Final = 12
"""Characters: both go with a draft's id into the 64 bytes of a button."""
SHARED_LIMIT: Final = 40
"""Characters of the name of a figure that forms share; it goes into no button."""

QUESTION_LIMIT: Final = 600
HELP_LIMIT: Final = 600
"""Characters: a question, its help and the answer read back stay one message of 4,096."""
LABEL_LIMIT: Final = 60
"""Characters of a line's name in the summary."""
CHOICE_LABEL_LIMIT: Final = 40
"""Characters of a button that a phone shows whole."""
UNIT_LIMIT: Final = 20
"""Characters after a number."""
MOST_CHOICES: Final = 20
"""Buttons under one question that are still read."""
LONGEST_TEXT: Final = 4000
"""Characters of an answer: a message that is sent has at most 4,096."""
HIGHEST_SCORE: Final = 1000
"""Points of one criterion, far beyond any sheet."""
MOST_FILES: Final = 20
"""Files of one answer: two albums."""

OUTCOME: Final = "outcome"
"""The key of the field that says what a report comes to; its choices are those of `Outcome`."""

_NEEDED: Final = ("key", "type", "label", "question")
_COMMON: Final = ("help", "required", "condition")
_TEXTS: Final = ("shortest", "longest", "remembered", "fresh")
_FIGURES: Final = (
    "least",
    "most",
    "whole",
    "cumulative",
    "shared",
    "not_above",
    "remembered",
    "fresh",
)
_OWN: Final[Mapping[FieldType, tuple[str, ...]]] = {
    FieldType.TEXT: _TEXTS,
    FieldType.LONG_TEXT: _TEXTS,
    FieldType.NUMBER: (*_FIGURES, "unit", "additive"),
    FieldType.PERCENT: _FIGURES,
    FieldType.CHOICE: ("choices", "remembered", "fresh"),
    FieldType.CHOICES: ("choices", "remembered", "fresh"),
    FieldType.YES_NO: (
        "remembered",
        "fresh",
    ),
    FieldType.DATE: ("direction", "remembered", "fresh"),
    FieldType.SCORE: ("least", "most", "whole", "remembered", "fresh"),
    FieldType.FILES: ("most_files",),
}
"""The keys that mean something for a type, beside those of every field."""

FIELD_KEYS: Final = tuple(
    dict.fromkeys([*_NEEDED, *_COMMON, *(key for own in _OWN.values() for key in own)])
)
"""Every key a field may have, of whatever type."""

_NOTHING: Final = Decimal(0)
_WHOLE_SHARE: Final = Decimal(100)

_OF_CHOICE: Final = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_YES_NO: Final = ("yes", "no")


def read_field(cell: Cell, above: Mapping[str, Field]) -> Field:
    """Read a field that stands under those `above`; FormMistake names what cannot be."""
    table = cell.table(needed=_NEEDED, allowed=FIELD_KEYS[len(_NEEDED) :])
    key = table["key"].name(FIELD_KEY_LIMIT)
    if key in above:
        raise NameTaken(**table["key"].place, given=key)
    type_ = FieldType(table["type"].one_of(tuple(FieldType)))
    for name, value in table.items():
        if name not in _NEEDED + _COMMON + _OWN[type_]:
            raise KeyNotForType(**value.place, type=type_)
    facts = _spoken(table) | _figures(table, type_, above) | _texts(table)
    if type_ in _OF_CHOICE:
        facts["choices"] = _choices(cell, table)
    if "condition" in table:
        facts["condition"] = _condition(table["condition"], above)
    if "fresh" in table:
        facts["fresh"] = _condition(table["fresh"], above)
    field = Field(key=key, type=type_, **facts)
    _judge_outcome(field, table)
    return field


def _spoken(table: Table) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "label": table["label"].words(LABEL_LIMIT),
        "question": table["question"].text(QUESTION_LIMIT),
    }
    if "help" in table:
        facts["help"] = table["help"].text(HELP_LIMIT)
    if "unit" in table:
        facts["unit"] = table["unit"].words(UNIT_LIMIT)
    if "direction" in table:
        facts["direction"] = Direction(table["direction"].one_of(tuple(Direction)))
    if "most_files" in table:
        facts["most_files"] = table["most_files"].whole(1, MOST_FILES)
    truths = ("required", "whole", "remembered", "cumulative", "additive")
    return facts | {name: table[name].truth() for name in truths if name in table}


def _figures(table: Table, type_: FieldType, above: Mapping[str, Field]) -> dict[str, Any]:
    facts: dict[str, Any] = _bounds(table, type_)
    if "shared" in table:
        facts["shared"] = _shared(table["shared"], above)
    if "not_above" in table:
        facts["not_above"] = _compared(table["not_above"], type_, above)
    both = all(name in table and table[name].truth() for name in ("cumulative", "additive"))
    if both:
        raise CumulativeAndAdditive(**table["additive"].place)
    return facts


def _bounds(table: Table, type_: FieldType) -> dict[str, Any]:
    """Read least and most; a percent is of 0 to 100, a score from 0, unless the file says more."""
    bounds = {name: _bound(table[name], type_) for name in ("least", "most") if name in table}
    if type_ is FieldType.SCORE and not 0 < bounds.get("most", _NOTHING) <= HIGHEST_SCORE:
        cell = table.get("most", table["type"])
        raise ScoreWithoutPoints(file=cell.file, line=cell.line, key="most")
    if type_ in (FieldType.SCORE, FieldType.PERCENT):
        bounds.setdefault("least", _NOTHING)
    if type_ is FieldType.PERCENT:
        bounds.setdefault("most", _WHOLE_SHARE)
    if "least" in bounds and "most" in bounds and bounds["least"] > bounds["most"]:
        cell = table.get("least") or table["most"]
        raise BoundsUpsideDown(**cell.place, low=str(bounds["least"]), high=str(bounds["most"]))
    return dict(bounds)


def _bound(cell: Cell, type_: FieldType) -> Decimal:
    """Read a bound; a percent has none outside 0 to 100, a score none below 0."""
    bound = cell.number()
    if type_ is FieldType.PERCENT and not _NOTHING <= bound <= _WHOLE_SHARE:
        raise OutOfBounds(**cell.place, low=str(_NOTHING), high=str(_WHOLE_SHARE))
    if type_ is FieldType.SCORE and cell.key == "least" and bound < _NOTHING:
        raise OutOfBounds(**cell.place, low=str(_NOTHING), high=str(HIGHEST_SCORE))
    return bound


def _shared(cell: Cell, above: Mapping[str, Field]) -> str:
    name = cell.name(SHARED_LIMIT)
    if any(field.shared == name for field in above.values()):
        raise NameTaken(**cell.place, given=name)
    return name


def _compared(cell: Cell, type_: FieldType, above: Mapping[str, Field]) -> str:
    key = cell.words(LABEL_LIMIT)
    if key not in above:
        raise NotEarlier(**cell.place, given=key)
    if above[key].type is not type_:
        raise NotComparable(**cell.place, given=key)
    return key


def _texts(table: Table) -> dict[str, Any]:
    names = ("shortest", "longest")
    lengths = {name: table[name].whole(1, LONGEST_TEXT) for name in names if name in table}
    shortest = lengths.get("shortest", 1)
    longest = lengths.get("longest", 1000)
    if shortest > longest:
        cell = table["shortest"]
        raise BoundsUpsideDown(**cell.place, low=str(shortest), high=str(longest))
    return dict(lengths)


def _choices(cell: Cell, table: Table) -> tuple[Choice, ...]:
    if "choices" not in table:
        raise MissingKey(file=cell.file, line=cell.line, key="choices")
    choices: list[Choice] = []
    for one in table["choices"].cells(MOST_CHOICES):
        row = one.table(needed=("key", "label"), allowed=())
        choice = Choice(
            key=row["key"].name(CHOICE_KEY_LIMIT, digit_first=True),
            label=row["label"].words(CHOICE_LABEL_LIMIT),
        )
        if choice.key in (before.key for before in choices):
            raise NameTaken(**row["key"].place, given=choice.key)
        if choice.label in (before.label for before in choices):
            raise NameTaken(**row["label"].place, given=choice.label)
        choices.append(choice)
    if len(choices) < 2:
        raise TooFewChoices(**table["choices"].place)
    return tuple(choices)


def _condition(cell: Cell, above: Mapping[str, Field]) -> Condition:
    table = cell.table(needed=("field", "values"), allowed=())
    key = table["field"].words(LABEL_LIMIT)
    if key not in above:
        raise NotEarlier(**table["field"].place, given=key)
    offered = _offered(above[key])
    if not offered:
        raise NotAskedByChoice(**table["field"].place, given=key)
    values: list[str] = []
    for one in table["values"].cells(MOST_CHOICES):
        value = one.words(LABEL_LIMIT)
        if value not in offered:
            raise NoSuchAnswer(**one.place, given=value, field=key, known=offered)
        if value in values:
            raise NameTaken(**one.place, given=value)
        values.append(value)
    if not values:
        raise MissingKey(**table["values"].place)
    return Condition(field=key, values=tuple(values))


def _offered(field: Field) -> tuple[str, ...]:
    if field.type is FieldType.YES_NO:
        return _YES_NO
    if field.type is FieldType.NUMBER:
        return (SOME, NO_NUMBER)
    return tuple(choice.key for choice in field.choices)


def _judge_outcome(field: Field, table: Table) -> None:
    """Refuse an `outcome` that a report cannot come to."""
    if field.key != OUTCOME:
        return
    if field.type is not FieldType.CHOICE:
        cell = table["type"]
        raise NoSuchValue(**cell.place, given=field.type, known=(FieldType.CHOICE,))
    rows = table["choices"].cells(MOST_CHOICES)
    for row, choice in zip(rows, field.choices, strict=True):
        if choice.key not in tuple(Outcome):
            place = row.table(needed=("key", "label"), allowed=())["key"].place
            raise NoSuchValue(**place, given=choice.key, known=tuple(Outcome))
