"""Reads 160 malformed rosters, each in a process held to time and memory, and counts what comes."""

import io
import json
import os
import random
import resource
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook

from bot.texts import Texts
from services.people.roster import COLUMNS
from services.sheets.refusals import SheetRefused
from services.sheets.rows import read_sheet

FILES: Final = 160
SECONDS: Final = 30
"""For one file, to its table or its refusal."""

HEAD: Final = ("TT", "Họ tên", "Chức vụ", "Đơn vị", "Vai trò", "Telegram id")
SHEET: Final = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """A file as somebody may send it."""

    name: str
    content: bytes


def rosters(seed: int = 1) -> Iterator[Malformed]:
    """Give the 160: torn and flipped files, hostile parts, tables of no sense."""
    rng = random.Random(seed)  # noqa: S311 - the same files in every run
    whole, plain = _workbook(_lines(rng)), _csv(_lines(rng))
    spoil: Sequence[Callable[[random.Random, bytes], bytes]] = (_cut, _flipped, _zeroed, _doubled)
    for number in range(FILES // 2):
        way = spoil[number % len(spoil)]
        yield Malformed(name=f"hong{number}.xlsx", content=way(rng, whole))
        if number < FILES // 4:
            yield Malformed(name=f"hong{number}.csv", content=way(rng, plain))
    parts = (_part, _deep, _entities, _merged, _swollen, _noise)
    for number in range(FILES // 4):
        part = parts[number % len(parts)]
        ending = "csv" if part is _noise else "xlsx"
        yield Malformed(name=f"la{number}.{ending}", content=part(rng, whole))


def _lines(rng: random.Random) -> list[list[object]]:
    people: list[list[object]] = [
        [
            n,
            f"Lò Thị {n}",
            "Công chức",
            rng.choice(["Xã An Hòa", "Sở Nội vụ", None]),
            None,
            77000 + n,
        ]
        for n in range(1, 40)
    ]
    title: list[list[object]] = [["DANH SÁCH"], list(HEAD), ["I", "Xã An Hòa"]]
    return [*title, *people, ["Tổng cộng: 39"]]


def _workbook(lines: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _csv(lines: Sequence[Sequence[object]]) -> bytes:
    rows = (";".join("" if one is None else str(one) for one in line) for line in lines)
    return "\r\n".join(rows).encode("utf-8-sig")


# --- whole files -----------------------------------------------------------------------------


def _cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content))]


def _flipped(rng: random.Random, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(rng.choice((1, 8, 200))):
        spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def _zeroed(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + bytes(min(512, len(content) - at)) + content[at + 512 :]


def _doubled(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + content[: rng.randrange(len(content))] + content[at:]


# --- parts of a workbook ---------------------------------------------------------------------


def _with(whole: bytes, name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as held, zipfile.ZipFile(made, "w", 8) as spoilt:
        for one in held.namelist():
            spoilt.writestr(one, content if one == name else held.read(one))
    return made.getvalue()


def _part(rng: random.Random, whole: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        name = rng.choice(held.namelist())
        return _with(whole, name, _flipped(rng, held.read(name)))


def _sheet(rows: str, after: str = "", before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'{before}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return data.encode()


def _deep(rng: random.Random, whole: bytes) -> bytes:
    depth = rng.choice((1_000, 100_000))
    return _with(whole, SHEET, _sheet("<row>" * depth + "</row>" * depth))


def _entities(_rng: random.Random, whole: bytes) -> bytes:
    names = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    before = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{names}]>'
    return _with(whole, SHEET, _sheet("<row><c><v>&e9;</v></c></row>", before=before))


def _merged(rng: random.Random, whole: bytes) -> bytes:
    count = rng.choice((6_000, 200_000))
    ranges = "".join(f'<mergeCell ref="A{n}:XFD{n + 9}"/>' for n in range(1, count))
    return _with(whole, SHEET, _sheet("", f"<mergeCells>{ranges}</mergeCells>"))


def _swollen(rng: random.Random, whole: bytes) -> bytes:
    value = "9" * rng.choice((5_000, 3_000_000))
    rows = f'<row r="1048576"><c r="XFD1048576"><v>{value}</v></c></row>'
    return _with(whole, SHEET, _sheet(rows * rng.choice((1, 6))))


def _noise(rng: random.Random, _whole: bytes) -> bytes:
    letters = '";,\t\n|=+@\0ạữ⁹\u200b' if rng.random() < 0.5 else '";\n='
    return "".join(rng.choices(letters, k=rng.choice((10, 5_000, 200_000)))).encode()


# --- reading them ----------------------------------------------------------------------------


def outcome(texts: Texts, given: Malformed) -> str:
    """Return "taken", or the name of the refusal, which is worded in one line."""
    try:
        read_sheet(given.content, given.name, COLUMNS)
    except SheetRefused as refused:
        said = texts.refusal(refused).strip()
        return type(refused).__name__ if said and "\n" not in said else "refused without a sentence"
    return "taken"


def held(texts: Texts, given: Malformed) -> tuple[str, float, int]:
    """Read in a process of its own; return the outcome, seconds and MiB."""
    began = time.monotonic()
    got, put = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        said = outcome(texts, given)
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        os.write(put, json.dumps([said, size]).encode())
        os._exit(0)
    os.close(put)
    with os.fdopen(got, "rb") as answer:
        told = answer.read()
    _, status = os.waitpid(child, 0)
    endless = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
    said, size = json.loads(told) if told else ("without end" if endless else "crash", 0)
    return said, time.monotonic() - began, size


def main() -> None:
    """Print the table of outcomes."""
    texts = Texts()
    seen = [(given.name, *held(texts, given)) for given in rosters(int((*sys.argv, "1")[1]))]
    counts = Counter(said for _, said, _, _ in seen)
    print(f"malformed rosters: {len(seen)}")
    for said, count in counts.most_common():
        print(f"  {said}: {count}")
    print(f"slowest: {max(seconds for *_, seconds, _ in seen):.1f} s")
    print(f"largest: {max(size for *_, size in seen)} MiB")


if __name__ == "__main__":
    main()
