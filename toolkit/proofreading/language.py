"""What the proofreader knows of the language of reports: schemas/phrases.toml, compiled."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from toolkit import resources


@cache
def _table() -> Mapping[str, Any]:
    with resources.data("schemas", "phrases.toml").open("rb") as file:
        return tomllib.load(file)


def entry(path: str) -> Any:
    """Return what stands at a dotted path of schemas/phrases.toml.

    Raises:
        KeyError: nothing does.
    """
    node: Any = _table()
    for part in path.split("."):
        node = node[part]
    return node


@cache
def pattern(path: str) -> re.Pattern[str]:
    """Return the pattern that stands at a dotted path.

    Raises:
        KeyError: nothing does.
    """
    return re.compile(entry(path))
