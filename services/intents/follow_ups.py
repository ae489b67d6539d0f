"""Whether words need what was said before them: "thế ai phối hợp?", "còn Sở Nội vụ?"."""

import re
from datetime import date
from typing import Final

from records.model import Scope
from services.intents.sheet import load_sheet
from services.intents.slots import Slot, read_slots
from services.intents.speech import Speech
from services.intents.values import Around, FollowKind, FollowUp
from vietnamese.text import fold, nfc

WHOLLY: Final = 0.99
"""Share that must be explained: words that name a subject of their own leave what was before."""

LONGEST: Final = 14
"""Syllables; what is longer says by itself what it is about."""

MOST_NAMED: Final = 8
"""Syllables of a name."""

_TAIL: Final = r"(?:thì sao|thi sao|sao|thì thế nào|thi the nao)(?:\s+(?:ạ|anh|em|bạn|vậy|a|vay))?"
_ASKING: Final = frozenset({"gi", "nao"})
"""Syllables of a question of its own, which no name bears."""

_ANOTHER: Final = re.compile(
    rf"(?:thế còn|vậy còn|còn|the con|vay con|con|thế|the)\s+(.+?)(?:\s+(?:{_TAIL}|nữa|nua))?"
    rf"|(.+?)\s+{_TAIL}",
    re.IGNORECASE,
)


def follow_up(text: str, around: Around, today: date) -> FollowUp | None:
    """Return what a text asks of what was said before; None where it stands for itself."""
    typed = nfc(text)
    sheet, whole = load_sheet(), Speech.of(typed)
    if len(whole) > LONGEST:
        return None
    slots = read_slots(typed, whole, around, today)
    speech = whole.without(sheet.asides)
    words = {at for at, one in enumerate(speech.shown) if one}
    passing = speech.on(sheet.silent) | speech.on(sheet.cues)
    named = frozenset[int]().union(*slots.places.values())
    best = None
    for kind, phrases in sheet.follow_ups.items():
        place = speech.on(phrases)
        told = len((place | passing) & words)
        if place and told >= WHOLLY * len(words) and (best is None or len(place) > best[0]):
            best = (len(place), kind)
    if best is not None:
        return FollowUp(kind=best[1], named=slots.named)
    apart = {slot for slot in slots.places if slot is not Slot.DOCUMENT}
    kinds = frozenset(
        at for at, one in enumerate(speech.folded) if one in " ".join(slots.named.kinds).split()
    )
    if (apart or kinds) and words <= named | kinds | passing:
        return FollowUp(kind=None, named=slots.named)
    return None


def named_anew(text: str) -> str | None:
    """Return what "còn Sở Tư pháp thì sao?" names; None where it is not worded so.

    "còn nợ báo cáo gì?" names nothing: it is a question of its own.
    """
    match = _ANOTHER.fullmatch(" ".join(nfc(text).split()).strip(" ?.!"))
    named = None if match is None else match[1] or match[2]
    if named is None or len(named.split()) > MOST_NAMED:
        return None
    return None if _ASKING & set(fold(named).split()) else named


OF_DOCUMENT: Final = frozenset({FollowKind.SIGNER, FollowKind.ISSUED, FollowKind.RECIPIENTS})
"""What is asked of a document and not of a clause."""

PARTS: Final = frozenset({"signature", "header", "recipients", "addressed_to"})
"""Names of the parts of a document that are no clauses."""


_OF_WORK: Final = re.compile(r"\b(?:lam|han|nop|xong|thuc hien|bao cao|cham nhat|hoan thanh)\b")


def asked_of(text: str, kind: FollowKind, before: Scope, around: Around, today: date) -> FollowKind:
    """Return what is meant after what was said: "ngày nào" after who signed is no deadline."""
    if kind is not FollowKind.WHEN or _OF_WORK.search(fold(text)):
        return kind
    of_document = is_of_document(before.said, around, today) or before.clause in PARTS
    return FollowKind.ISSUED if of_document else kind


def names_matter(text: str) -> bool:
    """Tell whether words say what is asked about: "hạn nộp báo cáo" does, "hạn nộp" not."""
    return "bao cao" in fold(text)


def is_of_document(said: str, around: Around, today: date) -> bool:
    """Tell whether words of before asked about a document as a whole."""
    found = follow_up(said, around, today)
    return found is not None and found.kind in OF_DOCUMENT
