"""One file on the command line: how the library would read it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.commands.library import line
from knowledge.library.intake import take
from knowledge.parsing.doubts import Doubt, DoubtKind, doubts
from knowledge.parsing.exchange import as_json


def check(path: Path) -> str:
    """Read a file and say what was found in it and what to look at; it is not kept."""
    directive = take(path)
    found = ", ".join(
        f"{len(entries)} {name}"
        for name, entries in (
            ("clauses", directive.clauses),
            ("citations", directive.citations),
            ("duties", directive.duties),
            ("tables", directive.tables),
            ("footnotes", directive.footnotes),
            ("lines of pages left out", directive.furniture),
        )
        if entries or name in {"clauses", "citations", "duties"}
    )
    return "\n".join([f"{line(directive)}: {found}", *map(_worded, doubts(directive))])


def _worded(doubt: Doubt) -> str:
    """Say in English what to look at."""
    return f"  {_LOOK_AT[doubt.kind].format(where=doubt.where, words=doubt.words)}"


_LOOK_AT: Final[Mapping[DoubtKind, str]] = {
    DoubtKind.UNREAD: "a part of the file was not read: {words}",
    DoubtKind.RECOGNISED: "read from pictures by a machine, annexes without duties: pages {words}",
    DoubtKind.GAP: "before {where} the list leaves out {words}",
    DoubtKind.REPEAT: "{where} stands twice: “{words}”",
    DoubtKind.GLUED: "{where}: words without a blank: “{words}”",
    DoubtKind.NO_SUCH_DAY: "{where}: there is no such day: “{words}”",
    DoubtKind.TABLE: "{where}: a table that charges nobody: {words}",
    DoubtKind.LEFT_OUT: "taken for a part of the page, not of the text: “{words}”",
}


def shown(path: Path) -> str:
    """Return a file's parsed form as JSON."""
    return json.dumps(as_json(take(path)), ensure_ascii=False, indent=2)
