"""Texts as a workbook sent back shows them: in one line, and without what cannot be done in it."""

import re

from toolkit import text, words
from toolkit.findings import Finding

_CUT = "…"
_PLACEHOLDER = re.compile(r"\{\w+\}")


def one_line(content: str, limit: int) -> str:
    """Return a text without line breaks, cut to a length that can be shown."""
    joined = " ".join(text.printable(content).split())
    return joined if len(joined) <= limit else joined[: limit - 1] + _CUT


def problem(found: Finding) -> str:
    """Return what is wrong, without what should be done to the file that came in."""
    entry: dict[str, str] = words.entry("finding").get(found.code, {})
    said = map(re.escape, _PLACEHOLDER.split(entry.get("remedy", "")))
    return re.sub(".*".join(said) + r"\Z", "", found.message, count=1, flags=re.DOTALL)
