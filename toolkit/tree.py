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
    above: tuple[str, ...]
    """Labels of the nodes it stands under, from the top."""
    parent: str
    """Key of the node it stands under, "" for none."""

    @property
    def level(self) -> int:
        """Return the depth in the tree."""
        return len(self.above)

    @property
    def section(self) -> str:
        """Return the label of the top-level node it belongs to, its own where it is one."""
        return (*self.above, self.label)[0]

    @property
    def key(self) -> str:
        """Return the key, "" for a heading."""
        return str(self.data.get("key", ""))

    @property
    def label(self) -> str:
        """Return the label as printed, "" for the one row of a block that needs none."""
        return str(self.data.get("label", ""))

    @property
    def below(self) -> Sequence[Mapping[str, Any]]:
        """Return the nodes right below."""
        return below(self.data)

    @property
    def children(self) -> tuple[str, ...]:
        """Return the keys of the nodes right below."""
        return tuple(row["key"] for row in self.below if "key" in row)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the keys that the row's relation is about: those it names, or the rows below."""
        return tuple(self.data.get("split", {}).get("of", self.children))

    @property
    def line(self) -> Line:
        """Return the row as it is printed."""
        return Line(self.label, self.level, self.key)


def below(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the nodes right below one: rows under a row, columns under a column."""
    found: Sequence[Mapping[str, Any]] = data.get("rows", data.get("columns", ()))
    return found


def walk(
    nodes: Sequence[Mapping[str, Any]],
    path: Path,
    above: tuple[str, ...] = (),
    parent: str = "",
) -> Iterator[Node]:
    """Yield the nodes of a tree in printed order.

    Args:
        nodes: the nodes of one level.
        path: where they stand.
        above: labels of the nodes above them, from the top.
        parent: key of the node they stand under.
    """
    for index, data in enumerate(nodes):
        node = Node(data, (*path, index), above, parent)
        yield node
        name = "rows" if "rows" in data else "columns"
        yield from walk(node.below, (*node.path, name), (*above, node.label), node.key)
