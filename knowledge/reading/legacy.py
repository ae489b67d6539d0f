"""The byte tables of the Vietnamese encodings from before Unicode, and decoding by them.

Sources: TCVN 5712:1993 (VN3, with the free places of VN1) for TCVN3; RFC 1456 for VISCII; Mozilla's
table of x-viet-vps for VPS; the published VNI-Windows table; Python's own codec for windows-1258.
"""

import re
import unicodedata
from enum import Enum
from functools import cache
from typing import Final


class Legacy(Enum):
    """An encoding in which Vietnamese was written before Unicode."""

    TCVN3 = "TCVN3"
    """ABC, fonts .VnTime and the like: small letters only, a font ending in H shows capitals."""
    VNI = "VNI"
    """Two bytes for a letter with its tone."""
    VPS = "VPS"
    VISCII = "VISCII"
    WINDOWS_1258 = "windows-1258"
    """Letters and combining tones."""


_TCVN3_HIGH: Final = (
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"  # A0
    "°±²³´àảãáạẲằẳẵắẴ"  # B0
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"  # C0
    "éẹềểễếệìỉỄẾỒĩíịò"  # D0
    "Ổỏõóọồổỗốộờởỡớợù"  # E0
    "ỖủũúụừửữứựỳỷỹýỵỐ"  # F0
)

_VPS_LOW: Final = {
    **dict(zip(range(0x02, 0x07), "ẠẬẶẸỆ", strict=True)),
    **dict(zip(range(0x10, 0x16), "ỊỌỘỢỤỰ", strict=True)),
    0x19: "Ỵ",
    0x1C: "Ẫ",
    0x1D: "Ữ",
}
_VPS_HIGH: Final = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"  # 80
    "Ế‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ"  # 90
    "\u00a0ắằẳẵặỠớÙờởỡŨỨợỪ"  # A0
    "ổỬỲỸÍÌộỈĨÓửữÒỎÕự"  # B0
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹ"  # C0
    "ƯỦồốÔỏơÈừứÚũưÝẺß"  # D0
    "àáâãảạăçèéêẽìíîĩ"  # E0
    "ẴĐòóôõöƠụùúủüỶẼỳ"  # F0
)

_VISCII_LOW: Final = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII_HIGH: Final = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"  # 80
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"  # 90
    "Õắằặấầẩậẽẹếềểễệố"  # A0
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"  # B0
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"  # C0
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"  # D0
    "àáâãảăữẫèéêẻìíĩỉ"  # E0
    "đựòóôõỏọụùúũủýợỮ"  # F0
)

_VNI_TONES: Final = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_ROOFED: Final = dict(
    zip("âáàåãä", ("\u0302" + tone for tone in ("", *_VNI_TONES.values())), strict=True)
)
_VNI_BREVED: Final = dict(
    zip("êéèúüë", ("\u0306" + tone for tone in ("", *_VNI_TONES.values())), strict=True)
)
_VNI_SINGLE: Final = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR: Final = re.compile("(?i:([aeo][âáàåãä]|a[êéèúüë]|[aeouyôö][ùøûõï])|[ñôöæóòî])")

CAPITAL_CONTROLS: Final = frozenset(_VPS_LOW) | frozenset(_VISCII_LOW)
"""Control bytes that are capital letters in VPS or VISCII."""


def raw(data: bytes) -> str:
    """Return one character for each byte: what a Western Windows machine shows."""
    return data.decode("latin-1").translate(_western())


def stands_for_byte(character: str) -> bool:
    """Tell whether `character` may stand for a byte; a letter such as "ạ" is Unicode for sure."""
    place = ord(character)
    return place < 0x100 or 0xF020 <= place <= 0xF0FF or character in _western().values()


def decode(text: str, encoding: Legacy) -> str:
    """Read `text`, whose characters stand for single bytes, as `encoding`; return NFC.

    A byte may stand as its Windows-1252 character, as its Latin-1 one, or in the private range
    U+F020 to U+F0FF where Word puts the characters of symbol fonts. Other characters stay.
    """
    if encoding is Legacy.VNI:
        return _decode_vni(text.translate(_from_private()).translate(_western()))
    return unicodedata.normalize("NFC", text.translate(_table(encoding)))


def _decode_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    found = match.group()
    base = _VNI_SINGLE.get(found[0].lower(), found[0].lower())
    for marks in (_VNI_ROOFED, _VNI_BREVED, _VNI_TONES) if len(found) > 1 else ():
        mark = marks.get(found[1].lower())
        if mark is not None:
            base += mark
            break
    return base.upper() if found[0].isupper() else base


@cache
def _western() -> dict[int, str]:
    """Map C1 controls to the punctuation that Windows-1252 has there."""
    places = range(0x80, 0xA0)
    shown = {byte: bytes([byte]).decode("cp1252", errors="ignore") for byte in places}
    return {byte: character for byte, character in shown.items() if character}


@cache
def _from_private() -> dict[int, int]:
    return {0xF000 + byte: byte for byte in range(0x20, 0x100)}


@cache
def _table(encoding: Legacy) -> dict[int, str]:
    """Map each character that may stand for a byte to the letter that it means."""
    letters = {byte: chr(byte) for byte in range(0x20, 0x100)} | _letters(encoding)
    table = {0xF000 + byte: letter for byte, letter in letters.items() if byte >= 0x20}
    for byte, letter in letters.items():
        table[byte] = letter
        table[ord(_western().get(byte, chr(byte)))] = letter
    return table


def _letters(encoding: Legacy) -> dict[int, str]:
    """Map the bytes in which `encoding` departs from Latin-1 to what they mean."""
    if encoding is Legacy.TCVN3:
        return _western() | dict(zip(range(0xA0, 0x100), _TCVN3_HIGH, strict=True))
    if encoding is Legacy.VPS:
        return _VPS_LOW | dict(zip(range(0x80, 0x100), _VPS_HIGH, strict=True))
    if encoding is Legacy.VISCII:
        return _VISCII_LOW | dict(zip(range(0x80, 0x100), _VISCII_HIGH, strict=True))
    shown = {byte: bytes([byte]).decode("cp1258", "ignore") for byte in range(0x80, 0x100)}
    return {byte: character for byte, character in shown.items() if character}
