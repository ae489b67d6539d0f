"""Whether words need what was said before them: "thế ai phối hợp?", "còn Sở Nội vụ?"."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from services.intents.sheet import load_sheet
from services.intents.slots import Slot, read_slots
from services.intents.speech import Speech
from services.intents.values import Around, FollowUp
from vietnamese.text import fold, nfc

WHOLLY: Final = 0.99
"""Share that must be explained: words that name a subject of their own leave what was before."""

LONGEST: Final = 14
"""Syllables; what is longer says by itself what it is about."""

MOST_NAMED: Final = 8
"""Syllables of a name."""

_ASKING: Final = frozenset({"gi", "nao"})
"""Syllables of a question of its own, which no name bears."""

_ANOTHER: Final = re.compile(
    r"(?:thế còn|vậy còn|còn|the con|vay con|con|thế|the)\s+(.+?)(?:\s+(?:thì sao|thi sao|sao|thì"
    r" thế nào|nữa|nua))?",
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
    if match is None or len(match[1].split()) > MOST_NAMED:
        return None
    asks = _ASKING & set(fold(match[1]).split())
    return None if asks else match[1]


def replaced(said: str, names: Sequence[str], new: str) -> str:
    """Return a question with another name in the place of these; before it where none stands."""
    folded = "".join(fold(letter)[:1] or letter for letter in said)
    for name in sorted(names, key=len, reverse=True):
        at = folded.find(fold(name))
        if at >= 0:
            return f"{said[:at]}{new}{said[at + len(name) :]}"
    return f"{new}: {said}"
