"""The house stands as its drawing says."""

import ast
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_room_is_under_the_import_contracts() -> None:
    """A new top-level package must be placed in a layer before it is used."""
    contracts = _project()["tool"]["importlinter"]
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert rooms == set(contracts["root_packages"])
    layered = {
        room.strip() for layer in contracts["contracts"][0]["layers"] for room in layer.split("|")
    }
    assert rooms - layered == {"sandbox"}


def test_every_module_says_its_job_first() -> None:
    """The first line of a module is a sentence about it."""
    silent = [
        str(path.relative_to(ROOT))
        for room in _project()["tool"]["importlinter"]["root_packages"]
        for path in (ROOT / room).rglob("*.py")
        if not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []


def test_each_dependency_has_its_reason() -> None:
    """docs/architecture.md says of every runtime dependency why it is there."""
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").lower()
    for line in _project()["project"]["dependencies"]:
        name = line.split(">")[0].split("[")[0].strip()
        assert f"`{name}`" in architecture, f"{name} has no line in docs/architecture.md"


def test_no_handler_opens_a_transaction() -> None:
    """Reads and writes of records are use cases and queries; a handler calls them."""
    opened = []
    for path in (ROOT / "handlers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            begun = isinstance(node, ast.Attribute) and ast.unparse(node).endswith(
                ("store.begin", ".tx")
            )
            acted = isinstance(node, ast.ImportFrom) and any(
                one.name in {"acting", "Transaction", "Acting"} for one in node.names
            )
            if begun or acted:
                opened.append(f"{path.relative_to(ROOT)}: {ast.unparse(node)}")
    assert opened == []
