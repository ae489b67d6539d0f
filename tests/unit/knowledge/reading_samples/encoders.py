"""Write Vietnamese in the encodings from before Unicode: tables by letter, for the readers' tests.

Rows are the vowels a ă â e ê i o ô ơ u ư y, each plain, acute, grave, hook, tilde, dot below; then
đ. Where a letter is ASCII its place holds "--".
"""

import unicodedata
from collections.abc import Callable

_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_SMALL = [
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES
] + ["đ"]

_TCVN3 = """
-- B8 B5 B6 B7 B9  A8 BE BB BC BD C6  A9 CA C7 C8 C9 CB  -- D0 CC CE CF D1  AA D5 D2 D3 D4 D6
-- DD D7 D8 DC DE  -- E3 DF E1 E2 E4  AB E8 E5 E6 E7 E9  AC ED EA EB EC EE  -- F3 EF F1 F2 F4
AD F8 F5 F6 F7 F9  -- FD FA FB FC FE  AE
"""
_TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", range(0xA1, 0xA8), strict=True))

_VPS_SMALL = """
-- E1 E0 E4 E3 E5  E6 A1 A2 A3 A4 A5  E2 C3 C0 C4 C5 C6  -- E9 E8 C8 EB CB  EA 89 8A 8B CD 8C
-- ED EC CC EF CE  -- F3 F2 D5 F5 86  F4 D3 D2 B0 87 B6  D6 A7 A9 AA AB AE  -- FA F9 FB DB F8
DC D9 D8 BA BB BF  -- 9A FF 9B CF 9C  C7
"""
_VPS_CAPITALS = """
-- C1 80 81 82 02  88 8D 8E 8F F0 04  C2 83 84 85 1C 03  -- C9 D7 DE FE 05  CA 90 93 94 95 06
-- B4 B5 B7 B8 10  -- B9 BC BD BE 11  D4 96 97 98 99 12  F7 9D 9E 9F A6 13  -- DA A8 D1 AC 14
D0 AD AF B1 1D 15  -- DD B2 FD B3 19  F1
"""
_VISCII_SMALL = """
-- E1 E0 E4 E3 D5  E5 A1 A2 C6 C7 A3  E2 A4 A5 A6 E7 A7  -- E9 E8 EB A8 A9  EA AA AB AC AD AE
-- ED EC EF EE B8  -- F3 F2 F6 F5 F7  F4 AF B0 B1 B2 B5  BD BE B6 B7 DE FE  -- FA F9 FC FB F8
DF D1 D7 D8 E6 F1  -- FD CF D6 DB DC  F0
"""
_VISCII_CAPITALS = """
-- C1 C0 C4 C3 80  C5 81 82 02 05 83  C2 84 85 86 06 87  -- C9 C8 CB 88 89  CA 8A 8B 8C 8D 8E
-- CD CC 9B CE 98  -- D3 D2 99 A0 9A  D4 8F 90 91 92 93  B4 95 96 97 B3 94  -- DA D9 9C 9D 9E
BF BA BB BC FF B9  -- DD 9F 14 19 1E  D0
"""
_VNI = """
a aù aø aû aõ aï  aê aé aè aú aü aë  aâ aá aà aå aã aä  e eù eø eû eõ eï  eâ eá eà eå eã eä
i í ì æ ó ò  o où oø oû oõ oï  oâ oá oà oå oã oä  ô ôù ôø ôû ôõ ôï  u uù uø uû uõ uï
ö öù öø öû öõ öï  y yù yø yû yõ î  ñ
"""


def _table(small: str, capitals: str = "") -> dict[str, int]:
    letters = list(zip(_SMALL, small.split(), strict=True))
    if capitals:
        letters += zip(map(str.upper, _SMALL), capitals.split(), strict=True)
    return {letter: int(code, 16) for letter, code in letters if code != "--"}


def _by_table(table: dict[str, int]) -> Callable[[str], bytes]:
    def encode(text: str) -> bytes:
        return b"".join(
            bytes([table[letter]]) if letter in table else letter.encode("cp1252")
            for letter in text
        )

    return encode


def tcvn3(text: str) -> bytes:
    """Write TCVN3: a capital with a tone becomes its small letter, for a font of capitals."""
    table = _table(_TCVN3) | _TCVN3_CAPITALS
    known = "".join(
        letter if letter in table or letter.lower() not in table else letter.lower()
        for letter in text
    )
    return _by_table(table)(known)


def vps(text: str) -> bytes:
    """Write VPS, capitals in control characters included."""
    return _by_table(_table(_VPS_SMALL, _VPS_CAPITALS))(text)


def viscii(text: str) -> bytes:
    """Write VISCII."""
    return _by_table(_table(_VISCII_SMALL, _VISCII_CAPITALS))(text)


def vni(text: str) -> bytes:
    """Write VNI-Windows: marks follow their letter, in its case."""
    letters = dict(zip(_SMALL, _VNI.split(), strict=True))
    letters |= {small.upper(): codes.upper() for small, codes in letters.items()}
    return "".join(letters.get(letter, letter) for letter in text).encode("cp1252")


def windows_1258(text: str) -> bytes:
    """Write windows-1258: letters with their roof or horn, tones after them."""
    parted = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks if mark in _TONES and mark)
        parted.append(
            unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones)) + tones
        )
    return "".join(parted).encode("cp1258")


ENCODERS = {
    "TCVN3": tcvn3,
    "VNI": vni,
    "VPS": vps,
    "VISCII": viscii,
    "windows-1258": windows_1258,
}
