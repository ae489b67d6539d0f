"""The public Vietnamese legal retrieval set in $ACCEPTANCE_DATA, as files and questions."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DATA: Final = Path(os.environ.get("ACCEPTANCE_DATA", "../shared")) / "alqac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the set and the files that answer it."""

    text: str
    files: frozenset[str]


def articles() -> list[tuple[str, str]]:
    """Return each article's id and text."""
    lines = (DATA / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row["id"], row["text"]) for row in map(json.loads, lines)]


def questions() -> list[Question]:
    """Return the questions of the development part."""
    lines = (DATA / "questions.dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Question(text=row["question"], files=frozenset(f"{name}.txt" for name in row["relevant"]))
        for row in map(json.loads, lines)
    ]


def laid_out(folder: Path) -> Path:
    """Write each article into a file of its own, named by its id; return the folder."""
    folder.mkdir(parents=True)
    for name, text in articles():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
