"""What is wrong with a form's file, each kind by name, with file, line and key.

FormRefused
├── NoSuchForm              a form, or that version of it, is not among those read
└── FormMistake             file, line (from 1) and the key at fault
    ├── FormUnreadable      cannot be opened, or is no UTF-8 text
    ├── FormTooLarge        larger than a form can be
    ├── NotYaml             a fault of syntax
    ├── RepeatsByReference  an anchor or alias: a form says everything where it stands
    ├── NestedTooDeep       deeper than a form goes
    ├── BadCharacter        a control character or half of a character
    ├── WrongType           a table, list, text, number or truth value was expected
    ├── UnknownKey, MissingKey, KeyTwice, KeyNotForType
    ├── BadName, NameTaken  a name that does not fit a button, or that is in use
    ├── NoSuchValue         not one of the words that may stand here
    ├── TextTooLong, TooMany
    ├── TooFewChoices, ScoreWithoutPoints
    ├── BoundsUpsideDown, OutOfBounds
    ├── NotEarlier          names a field that does not stand above
    ├── NotAskedByChoice, NoSuchAnswer       of a condition
    ├── NotComparable, NotSummable           of a figure
    ├── CumulativeAndAdditive
    ├── BandsNotDescending, BandBeyondTotal, PointsDoNotAddUp
    ├── PurposeTaken, PurposeNeedsField
    └── VersionTwice        the same version of a form with two contents
"""

from dataclasses import dataclass

from records.refusals import RecordsRefused


class FormRefused(RecordsRefused):
    """A form that cannot be had."""


@dataclass(eq=False, kw_only=True)
class NoSuchForm(FormRefused):
    """No form `form` was read; or, where `version` is given, not that version of it."""

    form: str
    version: int | None = None


@dataclass(eq=False, kw_only=True)
class FormMistake(FormRefused):
    """A form's file cannot be used: `line` counts from 1, `key` is the one at fault or empty."""

    file: str
    line: int
    key: str = ""


class FormUnreadable(FormMistake):
    """The file cannot be opened, or its bytes are no UTF-8 text."""


@dataclass(eq=False, kw_only=True)
class FormTooLarge(FormMistake):
    """The file is larger than `limit` bytes."""

    limit: int


@dataclass(eq=False, kw_only=True)
class NotYaml(FormMistake):
    """The file breaks YAML's syntax; `reason` is the parser's word, in English."""

    reason: str


class RepeatsByReference(FormMistake):
    """An anchor (`&`) or alias (`*`) stands here."""


@dataclass(eq=False, kw_only=True)
class NestedTooDeep(FormMistake):
    """Tables and lists stand in each other more than `limit` deep."""

    limit: int


class BadCharacter(FormMistake):
    """The text holds a control character or half of a character pair."""


@dataclass(eq=False, kw_only=True)
class WrongType(FormMistake):
    """`wanted` is one of: table, list, text, number, whole number, truth."""

    wanted: str


@dataclass(eq=False, kw_only=True)
class UnknownKey(FormMistake):
    """No key of that name may stand here; `known` may."""

    known: tuple[str, ...]


class MissingKey(FormMistake):
    """A key that must stand here does not."""


class KeyTwice(FormMistake):
    """The key stands here already."""


@dataclass(eq=False, kw_only=True)
class KeyNotForType(FormMistake):
    """The key means nothing for a field of type `type`."""

    type: str


@dataclass(eq=False, kw_only=True)
class BadName(FormMistake):
    """`given` is no name: small Latin letters, digits and `_`, at most `limit`, in a button."""

    given: str
    limit: int


@dataclass(eq=False, kw_only=True)
class NameTaken(FormMistake):
    """`given` stands above already."""

    given: str


@dataclass(eq=False, kw_only=True)
class NoSuchValue(FormMistake):
    """`given` is none of `known`."""

    given: str
    known: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class TextTooLong(FormMistake):
    """A text of `length` characters where a phone shows `limit`."""

    length: int
    limit: int


@dataclass(eq=False, kw_only=True)
class TooMany(FormMistake):
    """A list of more than `limit`."""

    limit: int


class TooFewChoices(FormMistake):
    """Fewer than two choices: nothing to choose from."""


class ScoreWithoutPoints(FormMistake):
    """A score that does not say out of how many points, or out of none or too many."""


@dataclass(eq=False, kw_only=True)
class BoundsUpsideDown(FormMistake):
    """The lower bound `low` is above the upper one `high`."""

    low: str
    high: str


@dataclass(eq=False, kw_only=True)
class OutOfBounds(FormMistake):
    """A number outside `low` to `high`, both included."""

    low: str
    high: str


@dataclass(eq=False, kw_only=True)
class NotEarlier(FormMistake):
    """`given` is no field that stands above."""

    given: str


@dataclass(eq=False, kw_only=True)
class NotAskedByChoice(FormMistake):
    """A condition on `given`, which is neither a choice nor yes or no."""

    given: str


@dataclass(eq=False, kw_only=True)
class NoSuchAnswer(FormMistake):
    """A condition on the answer `given`, which the field `field` does not offer."""

    given: str
    field: str
    known: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class NotComparable(FormMistake):
    """A figure is held against `given`, which is no figure of the same type."""

    given: str


@dataclass(eq=False, kw_only=True)
class NotSummable(FormMistake):
    """A total over `given`, which is neither a number nor a score."""

    given: str


class CumulativeAndAdditive(FormMistake):
    """A figure that counts from the year's start and is also the sum of its parts."""


class BandsNotDescending(FormMistake):
    """A band that does not begin below the one before it."""


@dataclass(eq=False, kw_only=True)
class BandBeyondTotal(FormMistake):
    """A band that begins above the `most` that the total can reach."""

    most: str


@dataclass(eq=False, kw_only=True)
class PointsDoNotAddUp(FormMistake):
    """The scores of a total come to `sum`, not to the `out_of` it states."""

    sum: str
    out_of: str


@dataclass(eq=False, kw_only=True)
class PurposeTaken(FormMistake):
    """What the form is offered for, the form `other` is offered for already."""

    purpose: str
    other: str


@dataclass(eq=False, kw_only=True)
class PurposeNeedsField(FormMistake):
    """A form of this purpose asks for a text under the key `wanted`."""

    purpose: str
    wanted: str


@dataclass(eq=False, kw_only=True)
class VersionTwice(FormMistake):
    """Version `version` of form `form` stands in `other` with another content."""

    form: str
    version: int
    other: str
