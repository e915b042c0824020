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
_AFTERTHOUGHT = re.compile(r",([^(),0-9]{1,3})$")
"""A word behind a comma, such as a unit (收到申请数，件); it says what a closing remark says."""
COLON = re.compile("[:：]")
NEXT_FIELD = re.compile(r"\t+|\s+(?=[^\s:：]{2,12}\s*[:：])")
"""White space in front of a word with a colon: where the next field of a line begins."""
_KEPT = 10_000
"""Characters of which it is kept what they become; no honest file has as many."""
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
    """Return what makes other forms of characters plain, and drops marks nobody sees."""
    unseen: dict[str, str | None] = {
        char: None for char in _table()["ignored"] if not char.isprintable()
    }
    forms = f"{_table()['forms']} {_table()['shapes']}".split()
    return str.maketrans(unseen | {other: one[0] for one in forms for other in one[1:]})


@cache
def _ignored() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_table()['ignored'])}]+")


class _Plain(dict[int, str]):
    """What each character of a label becomes, kept as they come: one table is faster than three."""

    def __missing__(self, char: int) -> str:
        """Return what a character becomes."""
        plain = text.squeeze(chr(char)).translate(_forms())
        if len(self) < _KEPT:
            self[char] = plain
        return plain


_PLAIN = _Plain()


def bare(label: str) -> str:
    """Return a label as it is compared; "" for what is no label."""
    return _bare(label) if len(label) <= LONGEST else ""


@lru_cache(maxsize=4096)  # every return of a year holds the same labels
def _bare(label: str) -> str:
    squeezed = _AFTERTHOUGHT.sub(r"(\1)", label.translate(_PLAIN))
    named = _numbering().sub("", squeezed, count=1) or squeezed
    return _ignored().sub("", named) or named


def spellings(label: str) -> set[str]:
    """Return a printed label as it may stand in a file: with and without its closing remark."""
    full = bare(label)
    return {full, core(full)}


@lru_cache(maxsize=4096)  # as above
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


def slips(label: str) -> set[str]:
    """Return what similar labels have in common: the core, whole and without any one character.

    Args:
        label: as it is compared.
    """
    whole = core(label)
    return {whole, *(whole[:place] + whole[place + 1 :] for place in range(len(whole)))}


def inline(content: str) -> tuple[str, str]:
    """Return the label before a colon, compared without its remark, and the text behind it."""
    found = COLON.search(content)
    if found is None:
        return core(bare(content)), ""
    return core(bare(content[: found.start()])), content[found.end() :].strip()
