"""One file on the command line: how the library would read it."""

import json
from pathlib import Path

from bot.commands.library import line
from knowledge.library.intake import take
from knowledge.parsing.exchange import as_json


def check(path: Path) -> str:
    """Read a file and say what was found in it; it is not kept."""
    directive = take(path)
    found = ", ".join(
        f"{len(entries)} {name}"
        for name, entries in (
            ("clauses", directive.clauses),
            ("citations", directive.citations),
            ("duties", directive.duties),
        )
    )
    return f"{line(directive)}: {found}"


def shown(path: Path) -> str:
    """Return a file's parsed form as JSON."""
    return json.dumps(as_json(take(path)), ensure_ascii=False, indent=2)
