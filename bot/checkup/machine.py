"""The machine: its time zone, disk, the rights of folders, and the programs that read files."""

import os
import shutil
import stat
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.checkup.finding import Finding, fine, remark, wrong
from knowledge.reading.programs import ANTIWORD, TESSERACT, installed
from vietnamese.zone import ZONE

NAME: Final = "Asia/Ho_Chi_Minh"
"""What the zone database calls the zone of Vietnam."""

FREE_SHARE: Final = 0.10
"""Of the disk: below it journals and backups may soon find no room."""

MEGABYTE: Final = 1_000_000

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
"""Rights of whoever is not the owner."""

PROGRAMS: Final = (
    (ANTIWORD, "reads .doc of Word 97-2003", "apt install antiword"),
    (TESSERACT, "reads scanned pages", "apt install tesseract-ocr tesseract-ocr-vie"),
)


def zone(now: datetime) -> Finding:
    """Compare the machine's zone with that of the assistant, who does not depend on it."""
    own = now.astimezone()
    if own.utcoffset() == now.astimezone(ZONE).utcoffset():
        return fine("time zone", f"{NAME}, the machine's too")
    said = f"the assistant goes by {NAME}, logs of the machine by {own:%Z}; to have one: "
    return remark("time zone", said + f"timedatectl set-timezone {NAME}")


def disk(folder: Path) -> Finding:
    """Look at the room on the disk of a folder that may still have to be made."""
    usage = shutil.disk_usage(_there(folder))
    said = f"{usage.free // MEGABYTE} MB free of {usage.total // MEGABYTE} MB"
    if usage.free < FREE_SHARE * usage.total:
        return wrong("disk", f"{said}: make room, or set DATA_DIR to a larger disk")
    return fine("disk", said)


def rights(data: Path, settings: Path) -> list[Finding]:
    """Look at who may read the data and the file with the token."""
    return [_folder(data), *_secret(settings)]


def programs() -> list[Finding]:
    """Look for the programs without which some kinds of files cannot be read."""
    return [
        fine(name, use) if installed(name) else remark(name, f"missing, {use}; to have it: {how}")
        for name, use, how in PROGRAMS
    ]


def _folder(data: Path) -> Finding:
    if not data.exists():
        able = os.access(_there(data), os.W_OK | os.X_OK)
        made = fine("folder", f"{data} is made at the first start")
        return (
            made if able else wrong("folder", f"{data} cannot be made: create it, or set DATA_DIR")
        )
    if not data.is_dir() or not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return wrong("folder", f"{data} cannot be written to: chown it to who runs the assistant")
    if data.stat().st_mode & OTHERS:
        return wrong("folder", f"others of this machine may enter {data}: chmod 700 {data}")
    return fine("folder", f"{data} is its owner's alone")


def _secret(settings: Path) -> list[Finding]:
    if not settings.exists():
        return []
    if settings.stat().st_mode & OTHERS:
        return [wrong("secrets", f"others may read {settings}: chmod 600 {settings}")]
    return [fine("secrets", f"{settings} is its owner's alone")]


def _there(folder: Path) -> Path:
    """Return the folder, or the nearest above it that exists."""
    whole = folder.absolute()
    return next(one for one in (whole, *whole.parents) if one.exists())
