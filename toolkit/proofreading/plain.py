"""A passage as it is compared: no spaces, plain digits, full-width signs; and the way back."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from toolkit import values
from toolkit.narrative import Passage, Quote
from toolkit.proofreading import language

_SIGNS = {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "?": "？", "!": "！", "％": "%"}
_QUOTES = {'"': "”", "„": "”", "″": "”", "＂": "”", "「": "“", "」": "”", "『": "“", "』": "”"}
# A comma between digits that groups thousands; it may be full-width.
_THOUSANDS = re.compile(r"(?<![0-9.])[1-9][0-9]{0,2}(?:，[0-9]{3})+(?![0-9])")

SENTENCE = "。！？\n"
STOP = SENTENCE + "；"
CLAUSE = STOP + "，："
PAUSE = CLAUSE + "、（）"
"""Signs that end a sentence, and smaller and smaller parts of one."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text of a passage."""

    passage: Passage
    text: str
    places: tuple[int, ...]
    """Of each character its place in the passage's own text."""
    ends: dict[str, list[int]]
    """Where what SENTENCE, STOP, CLAUSE and PAUSE end begins and ends: behind their signs."""

    def quote(self, start: int, end: int) -> Quote:
        """Return a stretch of the plain text as it is written; it is not empty."""
        first, last = self.places[start], self.places[end - 1] + 1
        return Quote(self.passage, first, last, " ".join(self.passage.text[first:last].split()))

    def start(self, signs: str, place: int) -> int:
        """Return where the sentence, or the part of one, begins that a place is in."""
        before = self.ends[signs]
        found = bisect_right(before, place)
        return before[found - 1] if found else 0

    def end(self, signs: str, place: int) -> int:
        """Return where the sentence, or the part of one, ends that a place is in."""
        behind = self.ends[signs]
        found = bisect_right(behind, place)
        return behind[found] - 1 if found < len(behind) else len(self.text)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield where the sentences begin and end."""
        start = 0
        for end in self.ends[SENTENCE]:
            yield start, end - 1
            start = end
        yield start, len(self.text)


@cache
def _written() -> dict[str, str]:
    """Return what each character becomes; "" for one that is left out."""
    table = values.table()
    dropped = dict.fromkeys((sign for sign in table["ignored"] if sign != "\n"), "")
    digits: dict[str, str] = table["plain"]
    return dropped | digits | {"，": "，"} | _SIGNS | _QUOTES


def plain(passage: Passage) -> Plain:
    """Return the plain text of a passage."""
    written = _written()
    # A placeholder ends what stands before it, and says nothing itself.
    told = language.pattern("figure.placeholder").sub(
        lambda found: "。" + " " * (len(found[0]) - 1), passage.text
    )
    signs = ((written.get(char, char), place) for place, char in enumerate(told))
    kept = [(char, place) for char, place in signs if char]
    text = "".join(char for char, _ in kept)
    text = _THOUSANDS.sub(lambda found: found[0].replace("，", ","), text)
    ends = {
        signs: [place + 1 for place, char in enumerate(text) if char in signs]
        for signs in (SENTENCE, STOP, CLAUSE, PAUSE)
    }
    return Plain(passage, text, tuple(place for _, place in kept), ends)


def between(starts: Sequence[int], first: int, last: int) -> range:
    """Return the numbers of those in a rising sequence that are at least one and below another."""
    return range(bisect_left(starts, first), bisect_left(starts, last))
