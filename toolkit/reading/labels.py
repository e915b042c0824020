"""Labels as they are compared: spaces, widths, quotes and numbering make no difference."""

import re
from functools import cache, lru_cache

from toolkit import text, words

LONGEST = 200
"""No label is longer; longer texts are not compared and not kept in memory."""

_REMARK = re.compile(r"\([^()]*\)$")
_COLON = re.compile("[:：]")
# Retyped as people like, and never what tells two labels apart.
_PUNCTUATION = str.maketrans(dict.fromkeys("“”‘’\"',.:;/／"))


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile(words.entry("reading.numbering"))


def bare(label: str) -> str:
    """Return a label as it is compared; "" for what is no label."""
    return _bare(label) if len(label) <= LONGEST else ""


@lru_cache(maxsize=4096)  # every return of a year holds the same labels
def _bare(label: str) -> str:
    squeezed = text.squeeze(label)
    named = _numbering().sub("", squeezed, count=1) or squeezed
    return named.translate(_PUNCTUATION) or named


def spellings(label: str) -> set[str]:
    """Return a printed label as it may stand in a file: with and without its closing remark."""
    full = bare(label)
    return {full, core(full)}


def core(compared: str) -> str:
    """Return a label, as it is compared, without its closing remark."""
    return _REMARK.sub("", compared) or compared


def inline(content: str) -> tuple[str, str]:
    """Return the label before a colon, to be compared, and the text behind it."""
    label, _, behind = _COLON.sub(":", content, count=1).partition(":")
    return bare(label), behind.strip()
