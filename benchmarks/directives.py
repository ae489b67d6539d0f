"""How well directives are parsed: precision, recall and F1 per field against a hand-made truth.

    python -m benchmarks.directives

Reads `directives/` and `gold/documents.json` in `$ACCEPTANCE_DATA` (default `../shared`).
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final, TypeAlias

from knowledge.parsing import parse
from knowledge.parsing.exchange import as_json
from knowledge.reading.source import Source
from vietnamese.text import fold, nfc

Row: TypeAlias = Mapping[str, object]
Pair: TypeAlias = tuple[Row, Row]
"""The true document and the parsed one."""

SINGLE: Final = ("number", "type", "issuer", "place", "date", "title", "signer", "signer_role")
LISTS: Final = ("recipients", "addressed_to")
SPEED_CLAUSES: Final = 20_000

_BROKEN_HYPHEN: Final = re.compile(r"(?<=\w)-[ \t]*\r?\n\s*(?=\w)")
_SIGNS: Final = re.compile(r"[\W_]+$")


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, of how many given, of how many true."""

    right: int
    given: int
    true: int

    def __str__(self) -> str:
        """Give precision, recall and F1, or say that there was nothing to find."""
        if not self.given and not self.true:
            return "   –      –      –     (none)"
        precision = self.right / self.given if self.given else 0.0
        recall = self.right / self.true if self.true else 0.0
        f1 = 2 * self.right / (self.given + self.true)
        return (
            f"{precision:6.3f} {recall:6.3f} {f1:6.3f}  {self.right} of {self.given} / {self.true}"
        )


def counted(keys: Callable[[Row], Iterable[Hashable]], pairs: Sequence[Pair]) -> Score:
    """Match what `keys` takes out of each document, one to one."""
    right = given = true = 0
    for truth, parsed in pairs:
        wanted, got = Counter(keys(truth)), Counter(keys(parsed))
        right += sum((wanted & got).values())
        given += sum(got.values())
        true += sum(wanted.values())
    return Score(right, given, true)


def normalise(text: object) -> str:
    """Return NFC text on one line, a hyphen broken by a line end closed up."""
    return " ".join(_BROKEN_HYPHEN.sub("-", nfc(str(text))).split())


def rows(document: Row, field: str) -> list[Row]:
    """Return a list field's objects."""
    found = document.get(field)
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def words(value: object) -> list[str]:
    """Return the strings of a list field."""
    return [str(item) for item in value] if isinstance(value, list) else []


def single(field: str) -> Callable[[Row], list[str]]:
    """Take a header field; null counts as nothing given."""
    return lambda row: [normalise(row[field]).casefold()] if row.get(field) else []


def listed(field: str) -> Callable[[Row], list[str]]:
    """Take the entries of a header list."""
    return lambda row: [normalise(entry).casefold() for entry in words(row.get(field))]


def keyed(field: str, *names: str) -> Callable[[Row], list[Hashable]]:
    """Take the named values of each object of a field."""
    return lambda row: [
        tuple(normalise(item.get(name) or "").casefold() for name in names)
        for item in rows(row, field)
    ]


def same_span(truth: Row, parsed: Row) -> bool:
    """Tell whether two units start and end alike, as far as the shorter words reach."""
    starts = [normalise(row["starts"]).split() for row in (truth, parsed)]
    ends = [_SIGNS.sub("", normalise(row["ends"])).split() for row in (truth, parsed)]
    length = min(map(len, starts))
    tail = min(map(len, ends))
    return starts[0][:length] == starts[1][:length] and ends[0][-tail:] == ends[1][-tail:]


def spans(field: str, name: str, pairs: Sequence[Pair]) -> Score:
    """Score units or footnotes: the same `name` (path or anchor), start and end."""
    right = given = true = 0
    for truth, parsed in pairs:
        wanted, got = rows(truth, field), rows(parsed, field)
        left = list(got)
        for row in wanted:
            match = next((r for r in left if r[name] == row[name] and same_span(row, r)), None)
            if match is not None:
                left.remove(match)
                right += 1
        given += len(got)
        true += len(wanted)
    return Score(right, given, true)


def leads(task: Row) -> frozenset[str]:
    """Return the leading units without case, diacritics or tone placement."""
    return frozenset(fold(normalise(unit)) for unit in words(task.get("lead")))


def deadline_kind(task: Row) -> str:
    """Return the kind of a duty's deadline, nothing where there is none."""
    deadline = task.get("deadline")
    return str(deadline["kind"]) if isinstance(deadline, Mapping) else ""


def strict_duties(row: Row) -> list[Hashable]:
    """Take clause, leading units and kind of deadline of each duty."""
    return [(str(task["clause"]), leads(task), deadline_kind(task)) for task in rows(row, "tasks")]


def lenient_duties(pairs: Sequence[Pair]) -> Score:
    """Score duties of the same clause that share a leading unit."""
    right = given = true = 0
    for truth, parsed in pairs:
        wanted, left = rows(truth, "tasks"), rows(parsed, "tasks")
        given, true = given + len(left), true + len(wanted)
        for task in sorted(wanted, key=lambda task: len(leads(task))):
            fits = [r for r in left if r["clause"] == task["clause"] and leads(r) & leads(task)]
            if fits:
                left.remove(max(fits, key=lambda r: len(leads(r) & leads(task))))
                right += 1
    return Score(right, given, true)


def read_pairs(data: Path) -> list[Pair]:
    """Parse every directive that the truth describes."""
    truths: list[Row] = json.loads((data / "gold" / "documents.json").read_text(encoding="utf-8"))
    pairs: list[Pair] = []
    for truth in truths:
        path = data / "directives" / str(truth["file"])
        text = path.read_text(encoding="utf-8", errors="replace")
        pairs.append((truth, as_json(parse(Source(name=path.name, text=text)))))
    return pairs


def tables(pairs: Sequence[Pair]) -> dict[str, Score]:
    """Score every field."""
    scores = {
        "clauses (path, start, end)": spans("clauses", "path", pairs),
        "clauses (path, kind)": counted(keyed("clauses", "path", "kind"), pairs),
        "clause headings": counted(
            lambda row: [
                (str(unit["path"]), normalise(unit["heading"]))
                for unit in rows(row, "clauses")
                if unit.get("heading")
            ],
            pairs,
        ),
        "footnotes (anchor, start, end)": spans("footnotes", "anchor", pairs),
    }
    for field in SINGLE:
        scores[field] = counted(single(field), pairs)
    for field in LISTS:
        scores[field] = counted(listed(field), pairs)
    citation = ("number", "clause")
    scores["citations (number, clause)"] = counted(keyed("citations", *citation), pairs)
    scores["  and date"] = counted(keyed("citations", *citation, "date"), pairs)
    scores["  and issuer"] = counted(keyed("citations", *citation, "issuer"), pairs)
    scores["citations without number"] = counted(
        keyed("citations_unnumbered", "name", "clause"), pairs
    )
    scores["duties (strict)"] = counted(strict_duties, pairs)
    scores["duties (clause, a lead)"] = lenient_duties(pairs)
    return scores


def speed() -> float:
    """Return how many clauses a second are parsed in one long document."""
    clause = "{n}. Giao cơ quan thứ {n} chủ trì, phối hợp với các đơn vị liên quan thực hiện:\n"
    item = "- Thực hiện hằng năm, báo cáo kết quả trước ngày 05/11.\n"
    count = SPEED_CLAUSES // 2
    text = "".join(clause.format(n=1 + at % 250) + item for at in range(count))
    start = perf_counter()
    parsed = parse(Source(name="long.txt", text=text))
    return len(parsed.clauses) / (perf_counter() - start)


def main() -> None:
    """Print the figures, or say plainly that there is nothing to measure against."""
    data = Path(os.environ.get("ACCEPTANCE_DATA", "../shared"))
    if not (data / "gold" / "documents.json").is_file():
        print(f"no truth in {data}: set ACCEPTANCE_DATA to the folder of directives and gold")
        return
    pairs = read_pairs(data)
    print(f"{'field':32} {'prec.':>6} {'recall':>6} {'F1':>6}  right of given / true")
    for name, score in tables(pairs).items():
        print(f"{name:32} {score}")
    print(f"\nspeed: {speed():,.0f} clauses a second, one document of {SPEED_CLAUSES:,} clauses")


if __name__ == "__main__":
    main()
