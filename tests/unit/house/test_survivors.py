"""The walk over use cases with one line deleted knows which lines there are."""

import ast
from pathlib import Path
from textwrap import dedent

from benchmarks.survivors import ROOMS, Deletion, chosen, deletions

ROOT = Path(__file__).resolve().parents[3]
MODULE = dedent('''\
    """A module."""

    import os

    LIMIT = 3


    async def use(act, held):
        """A use case."""
        found: list[str]
        log.info("begun")
        if held is None:
            raise ValueError(
                "gone",
            )
        for one in held: await act.put(one)
        with act:
            await act.note("use")

            def inner():
                return 1

        return inner
    ''')


def found() -> list[Deletion]:
    """Return what is deleted of the module, from the top."""
    return sorted(deletions("a.py", MODULE), key=lambda one: one.first)


def test_each_statement_that_decides_something_is_deleted_once() -> None:
    """Docstrings, bare annotations, imports, constants, log lines and heads of blocks are not."""
    assert [one.text for one in found()] == [
        'raise ValueError( "gone", )',
        'await act.note("use")',
        "return 1",
        "return inner",
    ]


def test_a_module_without_a_statement_is_a_module_of_as_many_lines() -> None:
    """What a traceback names is where it was."""
    for one in found():
        without = one.apply(MODULE)
        ast.parse(without)
        assert without.count("\\n") == MODULE.count("\\n")
        assert without.splitlines()[one.first - 1].strip() == "pass"


def test_what_is_walked_is_there() -> None:
    """A folder that moved would be left out in silence."""
    for room in ROOMS:
        for place in (room.source, *room.unit, *room.e2e):
            assert (ROOT / place).exists(), place


def test_a_walk_can_be_kept_to_a_folder_a_module_or_a_line() -> None:
    """Each within the other; a name that only begins alike is another."""
    folder = chosen(ROOT, ["services/tasks"])
    module = chosen(ROOT, ["services/tasks/edits.py"])
    line = chosen(ROOT, [f"services/tasks/edits.py:{next(iter(module)).first}"])
    assert len(line) == 1
    assert set(line) < set(module) < set(folder)
    assert chosen(ROOT, ["records/task"]) == {}
