"""Read a vocabulary file so that a mistake in it is told with its line."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from vietnamese.refusals import Refusal
from vietnamese.text import nfc


@dataclass(eq=False, kw_only=True)
class VocabularyMistake(Refusal):
    """An entry of a vocabulary file that cannot be used. `line` counts from 1.

    `what` names the rule that is broken: `syntax`, `not a table`, `not a list`, `not text`,
    `empty`, `twice`, `unknown key`, `missing key`, `not a share`.
    """

    file: str
    line: int
    what: str
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value of a vocabulary file and where it stands."""

    file: str
    node: yaml.Node

    def mistake(self, what: str, entry: str = "") -> VocabularyMistake:
        """Make the refusal that names this place."""
        line = self.node.start_mark.line + 1
        return VocabularyMistake(file=self.file, line=line, what=what, entry=entry)

    def text(self) -> str:
        """Return the value as text in NFC; anything else is a mistake.

        A word that YAML takes for a truth value or a number ("no", "24") is text here.
        """
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.mistake("not text")
        value = nfc(self.node.value).strip()
        if not value:
            raise self.mistake("empty")
        return value

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts, each of which may stand there once."""
        texts: list[str] = []
        for cell in self.cells():
            value = cell.text()
            if value in texts:
                raise cell.mistake("twice", value)
            texts.append(value)
        return tuple(texts)

    def cells(self) -> list["Cell"]:
        """Return the members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.mistake("not a list")
        if not self.node.value:
            raise self.mistake("empty")
        return [Cell(file=self.file, node=node) for node in self.node.value]

    def rows(self) -> Iterator[tuple[str, "Cell"]]:
        """Yield the keys and values of a table; a key that comes twice is a mistake."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.mistake("not a table")
        seen = set()
        for key_node, node in self.node.value:
            key = Cell(file=self.file, node=key_node)
            name = key.text()
            if name in seen:
                raise key.mistake("twice", name)
            seen.add(name)
            yield name, Cell(file=self.file, node=node)

    def table(self, *, needed: frozenset[str], allowed: frozenset[str]) -> dict[str, "Cell"]:
        """Return a table that has all `needed` keys and none beyond `allowed`."""
        table = dict(self.rows())
        for name, cell in table.items():
            if name not in allowed:
                raise cell.mistake("unknown key", name)
        for name in sorted(needed - table.keys()):
            raise self.mistake("missing key", name)
        return table

    def share(self) -> float:
        """Return a number between 0 and 1, both excluded."""
        try:
            value = float(self.text())
        except ValueError:
            raise self.mistake("not a share", self.text()) from None
        if not 0 < value < 1:
            raise self.mistake("not a share", self.text())
        return value

    def is_table(self) -> bool:
        """Tell whether the value is a table."""
        return isinstance(self.node, yaml.MappingNode)

    def is_list(self) -> bool:
        """Tell whether the value is a list."""
        return isinstance(self.node, yaml.SequenceNode)


def read_sheet(file: str, text: str) -> Cell | None:
    """Read the text of a vocabulary file; None where it holds comments only."""
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise VocabularyMistake(file=file, line=line, what="syntax") from fault
    except yaml.reader.ReaderError as fault:
        line = text[: fault.position].count("\n") + 1
        raise VocabularyMistake(file=file, line=line, what="syntax") from fault
    return None if node is None else Cell(file=file, node=node)


def _composed(text: str) -> yaml.Node | None:
    """Compose with libyaml, ten times as fast; the other one says in which line a fault is."""
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)
