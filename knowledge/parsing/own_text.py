"""What a unit of a directive says itself, apart from the units it contains."""

from collections.abc import Iterator, Sequence

from knowledge.model import Clause


def parent_path(path: str) -> str | None:
    """Give the path of the unit that directly contains `path`; None at the top."""
    head, dot, _ = path.rpartition(".")
    return head if dot else None


def own_texts(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, str]]:
    """Yield each unit with its text, the contained units' texts replaced by a line feed."""
    children: dict[str, list[Clause]] = {}
    paths = {clause.path for clause in clauses}
    for clause in clauses:
        container = parent_path(clause.path)
        while container is not None and container not in paths:
            container = parent_path(container)
        if container is not None:
            children.setdefault(container, []).append(clause)
    for clause in clauses:
        yield clause, _without(clause.text, children.get(clause.path, []))


def _without(text: str, inner: Sequence[Clause]) -> str:
    """Cut the contained texts out, each searched after the one before."""
    kept: list[str] = []
    at = 0
    for clause in inner:
        found = text.find(clause.text, at)
        if found < 0:
            continue
        kept.append(text[at:found])
        at = found + len(clause.text)
    kept.append(text[at:])
    return "\n".join(part.strip() for part in kept if part.strip())
