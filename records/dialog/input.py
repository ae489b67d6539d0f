"""An input into the answer a field keeps: words, a tapped choice, a file."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from records.dialog.choices import NO, YES, Meant, meant, yes_or_no
from records.dialog.fit import (
    FINEST_PLACES,
    LARGEST_FIGURE,
    TEXTS,
    WRONG_KIND,
    canonical,
)
from records.dialog.values import Attached, Chose, Complaint, Objection
from records.forms.model import Direction, Field, FieldType
from records.model import Answer, FileKind
from vietnamese.amounts import read_amount
from vietnamese.dates import Prefer, read_date
from vietnamese.keyboard import as_meant
from vietnamese.personal_data import personal_numbers
from vietnamese.text import fold, nfc, syllables

LARGEST_FILE: Final = 20
"""Megabytes (of 2^20 bytes): beyond it Telegram does not hand a file to a bot."""
DOCUMENT_ENDINGS: Final = frozenset({
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "txt", "csv",
    "jpg", "jpeg", "png", "heic", "webp", "mp3", "m4a", "ogg", "oga", "wav", "mp4", "mov",
    "zip", "rar", "7z",
})  # fmt: skip
"""What a document's name may end in: papers, pictures, sound, film, archives; no programs."""

_MEGABYTE: Final = 2**20
_SIDES: Final = {
    Direction.ANY: Prefer.NEAREST,
    Direction.PAST: Prefer.PAST,
    Direction.FUTURE: Prefer.FUTURE,
}
_SCALES: Final = {
    "nghin": Decimal(10) ** 3,
    "ngan": Decimal(10) ** 3,
    "trieu": Decimal(10) ** 6,
    "ty": Decimal(10) ** 9,
    "ti": Decimal(10) ** 9,
}
"""Of a unit such as "triệu đồng", by its first word, folded."""
_SCALE_TYPED: Final = re.compile(r"(?<![a-z])(?:nghin|ngan|k|trieu|tr|ty|ti)(?![a-z])")
_BETWEEN: Final = re.compile(r"[,;+\n]|\bv[a\u00e0]\b", re.IGNORECASE)
"""Commas and the like, and the word for "and" with its mark or without."""
_UNSEEN: Final = frozenset({"Cc", "Cs", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that make no mark: trimmed at both ends of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An answer as it would be kept; `certain` is false where it is to be asked back first."""

    answer: Answer
    certain: bool = True


Read = Reading | Objection


def read_said(field: Field, text: str, taken: Answer, today: date) -> Read:
    """Read typed words; `taken` is what the field holds, for several choices.

    What cannot be read is tried again as a keyboard without its conversion would have it.
    """
    read = _read(field, text, taken, today)
    if not isinstance(read, Objection) or field.type in TEXTS:
        return read
    meant_by_keys = as_meant(text, fewest=1)
    return read if meant_by_keys == text else _read(field, meant_by_keys, taken, today)


def _read(field: Field, text: str, taken: Answer, today: date) -> Read:
    read: Reading | Objection | None = None
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            kept = tidy(text)
            read = Reading(answer=kept, certain=not personal_numbers(kept))
        case FieldType.NUMBER | FieldType.PERCENT | FieldType.SCORE:
            read = _amount(field, text)
        case FieldType.DATE:
            read = _day(field, text, today)
        case FieldType.YES_NO:
            said = yes_or_no(text)
            read = None if said is None else Reading(answer=said)
        case FieldType.CHOICE:
            read = _one(field, text)
        case FieldType.CHOICES:
            read = _several(field, text, held(taken))
    return read or Objection(complaint=WRONG_KIND[field.type])


def read_choice(field: Field, chose: Chose, taken: Answer) -> Read:
    """Read a tap; of several choices or files it adds one or takes it away."""
    known = chose.key in {choice.key for choice in field.choices}
    match field.type:
        case FieldType.YES_NO if chose.key in (YES, NO):
            return Reading(answer=chose.key == YES)
        case FieldType.CHOICE if known:
            return Reading(answer=chose.key)
        case FieldType.CHOICES if known:
            return Reading(answer=_toggled(field, held(taken), chose.key))
        case FieldType.FILES if chose.key in held(taken):
            return Reading(answer=tuple(one for one in held(taken) if one != chose.key))
        case FieldType.YES_NO | FieldType.CHOICE | FieldType.CHOICES:
            return Objection(complaint=Complaint.NOT_A_CHOICE)
    return Objection(complaint=Complaint.NOT_NOW)


def read_file(field: Field, file: Attached, taken: Answer) -> Read:
    """Take a file beside those taken before; the same one again changes nothing."""
    if field.type is not FieldType.FILES:
        return Objection(complaint=WRONG_KIND[field.type])
    if file.size > LARGEST_FILE * _MEGABYTE:
        return Objection(complaint=Complaint.FILE_TOO_LARGE, bound=str(LARGEST_FILE))
    ending = file.name.rpartition(".")[2].lower() if "." in file.name else ""
    if file.kind is FileKind.DOCUMENT and ending not in DOCUMENT_ENDINGS:
        return Objection(complaint=Complaint.FILE_KIND, bound=ending or None)
    files = held(taken)
    if file.id in files:
        return Reading(answer=files)
    if len(files) >= field.most_files:
        return Objection(complaint=Complaint.TOO_MANY_FILES, bound=str(field.most_files))
    return Reading(answer=(*files, file.id))


def held(answer: Answer) -> tuple[str, ...]:
    """Return what a field of several choices or files holds so far."""
    return answer if isinstance(answer, tuple) else ()


def tidy(text: str) -> str:
    """Return a text as it is kept: NFC, no control characters but line ends, trimmed."""
    seen = "".join(
        letter
        for letter in text.replace("\r\n", "\n")
        if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs")
    )
    marks = [at for at, letter in enumerate(seen) if unicodedata.category(letter) not in _UNSEEN]
    return nfc(seen[marks[0] : marks[-1] + 1]) if marks else ""


def figure_of(value: Decimal) -> Read:
    """Keep a number; one too large or too fine for any figure is none."""
    if abs(value) > LARGEST_FIGURE:
        return Objection(complaint=Complaint.TOO_LARGE, bound=canonical(LARGEST_FIGURE))
    rounded = round(value, FINEST_PLACES)
    if rounded != value:
        return Objection(complaint=Complaint.NOT_A_NUMBER)
    return Reading(answer=canonical(rounded))


def _day(field: Field, text: str, today: date) -> Reading | None:
    read = read_date(text, today, _SIDES[field.direction])
    return None if read is None else Reading(answer=read.day.isoformat(), certain=read.certain)


def _one(field: Field, text: str) -> Reading | None:
    choice = meant(text, field.choices)
    return None if choice is None else Reading(answer=choice.key, certain=choice.certain)


def _amount(field: Field, text: str) -> Read | None:
    """Read a number into the field's own unit: "1,5 tỷ" of triệu đồng is 1500."""
    amount = read_amount(text)
    if amount is None:
        return None
    words = syllables(fold(field.unit or ""))
    scale = _SCALES.get(words[0]) if words else None
    value, certain = amount.value, amount.certain and _same_unit(field, amount.unit)
    if scale is not None and _SCALE_TYPED.search(fold(text)):
        value = value / scale
        certain = certain and abs(value) >= 1
    read = figure_of(value)
    return read if isinstance(read, Objection) else Reading(answer=read.answer, certain=certain)


def _same_unit(field: Field, typed: str | None) -> bool:
    """Tell whether a typed unit may be the field's; one that is missing always may."""
    if typed is None:
        return True
    if typed == "%" or field.type is FieldType.PERCENT:
        return typed == "%" and (field.type is FieldType.PERCENT or field.unit == "%")
    if field.unit is None:
        return True
    words, own = fold(typed).split(), fold(field.unit).split()
    return set(words) <= set(own) or set(own) <= set(words)


def _toggled(field: Field, taken: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Add a choice or take it away; what is taken stands in the form's order."""
    now = set(taken) ^ {key}
    return tuple(choice.key for choice in field.choices if choice.key in now)


def _several(field: Field, text: str, chosen: tuple[str, ...]) -> Reading | None:
    """Read one label, or several with commas between; each adds a choice or takes it away."""
    whole = meant(text, field.choices)
    if whole is None or not whole.certain:
        named = _each(field, text) or ([] if whole is None else [whole])
    else:
        named = [whole]
    for choice in named:
        chosen = _toggled(field, chosen, choice.key)
    return Reading(answer=chosen) if named else None


def _each(field: Field, text: str) -> list[Meant]:
    """Return what each part between commas means; nothing if one of them means nothing."""
    parts = [meant(part, field.choices) for part in _BETWEEN.split(nfc(text)) if part.strip()]
    return [] if None in parts else [one for one in parts if one is not None]


def corrects(field: Field, text: str) -> bool:
    """Tell whether words beside a doubtful figure are another figure, and no reason."""
    amount = read_amount(text)
    if amount is None:
        return False
    return amount.unit is None or (field.unit is not None and _same_unit(field, amount.unit))
