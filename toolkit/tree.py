"""The tree of a definition: rows and columns with the place they stand at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.form import Line

Path = tuple[str | int, ...]
"""Where a node stands in a definition: names and numbers from the top."""


class Contradiction(Exception):
    """A definition of the right shape that cannot be meant; carries the path of the node."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the path so that the loader can name the line."""
        self.path = path
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Node:
    """One row (or column) of a definition's tree, with where it stands."""

    data: Mapping[str, Any]
    path: Path
    level: int
    section: str
    parent: str

    @property
    def key(self) -> str:
        """Return the key, "" for a heading."""
        return str(self.data.get("key", ""))

    @property
    def children(self) -> tuple[str, ...]:
        """Return the keys of the rows right below."""
        return tuple(row["key"] for row in self.data.get("rows", ()) if "key" in row)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the keys that the row's relation is about: those it names, or the rows below."""
        return tuple(self.data.get("split", {}).get("of", self.children))

    @property
    def line(self) -> Line:
        """Return the row as it is printed."""
        return Line(self.data["label"], self.level, self.key)


def walk(
    rows: Sequence[Mapping[str, Any]],
    path: Path,
    level: int = 0,
    section: str = "",
    parent: str = "",
) -> Iterator[Node]:
    """Yield the rows of a tree in printed order."""
    for index, row in enumerate(rows):
        top = section or row["label"]
        node = Node(row, (*path, index), level, top, parent)
        yield node
        yield from walk(row.get("rows", ()), (*node.path, "rows"), level + 1, top, node.key)
