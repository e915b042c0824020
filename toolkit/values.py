"""The one table of what texts in value cells mean, schemas/values.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from toolkit import resources


@cache
def table() -> Mapping[str, Any]:
    """Return the whole table, read once."""
    with resources.data("schemas", "values.toml").open("rb") as file:
        return tomllib.load(file)
