"""The one catalogue of what the program says, schemas/words.toml."""

import tomllib
from functools import cache
from typing import Any

from toolkit import resources


@cache
def catalogue() -> dict[str, Any]:
    """Return the whole catalogue, read once."""
    with resources.data("schemas", "words.toml").open("rb") as file:
        return tomllib.load(file)


def entry(path: str) -> Any:
    """Return the node of the catalogue at a dotted path, for example ``finding.F1``.

    Raises:
        KeyError: the catalogue has no such node.
    """
    node: Any = catalogue()
    for part in path.split("."):
        node = node[part]
    return node


def say(path: str, /, **context: object) -> str:
    """Return the Chinese text at a dotted path with its placeholders filled.

    Raises:
        KeyError: the catalogue has no such text, or the text names a placeholder not given.
    """
    return str(entry(path)).format(**context)
