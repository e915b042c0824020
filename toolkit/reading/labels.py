"""Labels as they are compared: spaces, widths, quotes and numbering make no difference."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from toolkit import resources, text, words

LONGEST = 200
"""No label is longer; longer texts are not compared and not kept in memory."""

_REMARK = re.compile(r"\([^()]*\)$")
_COLON = re.compile("[:：]")
_SURE = 4
"""A shorter label that differs in one character may as well be another one."""


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile(words.entry("reading.numbering"))


@cache
def _table() -> Mapping[str, Any]:
    with resources.data("schemas", "labels.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _forms() -> dict[int, str | None]:
    """Return what makes the traditional forms of characters plain, and drops marks nobody sees."""
    unseen: dict[str, str | None] = {
        char: None for char in _table()["ignored"] if not char.isprintable()
    }
    forms = (one for one in _table()["forms"].split())
    return str.maketrans(unseen | {other: one[0] for one in forms for other in one[1:]})


@cache
def _ignored() -> dict[int, str | None]:
    return str.maketrans(dict.fromkeys(_table()["ignored"]))


def bare(label: str) -> str:
    """Return a label as it is compared; "" for what is no label."""
    return _bare(label) if len(label) <= LONGEST else ""


@lru_cache(maxsize=4096)  # every return of a year holds the same labels
def _bare(label: str) -> str:
    squeezed = text.squeeze(label).translate(_forms())
    named = _numbering().sub("", squeezed, count=1) or squeezed
    return named.translate(_ignored()) or named


def spellings(label: str) -> set[str]:
    """Return a printed label as it may stand in a file: with and without its closing remark."""
    full = bare(label)
    return {full, core(full)}


def core(compared: str) -> str:
    """Return a label, as it is compared, without its closing remark."""
    return _REMARK.sub("", compared) or compared


def similar(one: str, other: str) -> bool:
    """Tell whether labels, as they are compared, differ in a remark or in one character at most.

    A scanner that misreads a character makes such labels, and so does a slip in typing.
    """
    short, long = sorted((core(one), core(other)), key=len)
    if short == long:
        return True
    if len(short) < _SURE or len(long) > len(short) + 1:
        return False
    pairs = enumerate(zip(short, long, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def inline(content: str) -> tuple[str, str]:
    """Return the label before a colon, to be compared, and the text behind it."""
    label, _, behind = _COLON.sub(":", content, count=1).partition(":")
    return bare(label), behind.strip()
