"""Tell Vietnamese spelling from other strings of letters: how a decoding is judged."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_ONSETS: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES: Final = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y ych yn ynh yt yêm yên yêng yêt yêu
"""
_KNOWN_ONSETS: Final = frozenset(["", *_ONSETS.split()])
_KNOWN_RIMES: Final = frozenset(_RIMES.split())
"""Rimes of written Vietnamese without their tones."""

_LONGEST: Final = len("nghiêng")
_FRONT: Final = frozenset("eêiy")
_BEFORE_FRONT: Final = frozenset({"k", "gh", "ngh"})
_BEFORE_BACK: Final = frozenset({"c", "g", "ng"})
"""The same sounds are written k, gh, ngh before front vowels and c, g, ng before the others."""

_TONES: Final = "\u0301\u0300\u0309\u0303\u0323"
_STOPPED: Final = re.compile(r"(?:c|ch|p|t)$")
_STOPPED_TONES: Final = frozenset({"", "\u0301", "\u0323"})
_WORD: Final = re.compile(r"[^\W\d_]+")
_SIGN_IN_WORD: Final = re.compile(r"[a-zA-ZÀ-ỹ][¡-¿×÷]|[¡-¿×÷][a-zA-ZÀ-ỹ]|\ufffd")
"""A sign of the Latin-1 range, or a lost character, that touches a letter."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many of the words with letters beyond ASCII are Vietnamese, of how many."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where there is nothing to judge."""
        return self.right / self.total if self.total else 1.0


def verdict(text: str) -> Verdict:
    """Judge the words of `text` (NFC) that have a letter beyond ASCII.

    A sign such as "®" inside a word counts as a wrong word: that is how TCVN3 looks undecoded.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    wrong_signs = sum(1 for _ in _SIGN_IN_WORD.finditer(text))
    return Verdict(sum(map(is_syllable, words)), len(words) + wrong_signs)


@lru_cache(maxsize=16_384)
def is_syllable(word: str) -> bool:
    """Tell whether `word` (NFC) is one Vietnamese syllable, small, capital or with one capital."""
    if len(word) > _LONGEST or not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tone = "".join(character for character in parts if character in _TONES)
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    if len(tone) > 1 or (_STOPPED.search(bare) and tone not in _STOPPED_TONES):
        return False
    return any(bare[:cut] in _KNOWN_ONSETS and _fits(bare, cut) for cut in range(4))


def _fits(bare: str, cut: int) -> bool:
    """Tell whether the rest of `bare` is a rime that may follow; "gi" lends it its vowel."""
    onset, rime = bare[:cut], bare[cut:]
    if onset == "gi":
        return rime in _KNOWN_RIMES or f"i{rime}" in _KNOWN_RIMES
    front = rime[:1] in _FRONT
    wrong = _BEFORE_BACK if front else _BEFORE_FRONT
    return rime in _KNOWN_RIMES and onset not in wrong
