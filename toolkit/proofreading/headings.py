"""The headings of a report: under which a passage stands, and whether their numbers follow (X6)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from toolkit import numerals, words
from toolkit.narrative import Passage, Story
from toolkit.proofreading import language
from toolkit.proofreading.plain import Plain, plain
from toolkit.proofreading.remarks import Remark, remark

_STOP = re.compile("[。；：，\n]")
_LONGEST = 40
"""Characters of the longest heading that goes on in the same paragraph."""
_LISTS = 8
"""Lists on one level that may still go on."""
_SURE = 2
"""Levels that begin with their first number, wherever they stand; a list may begin anywhere."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number before a heading, an item or a sentence."""

    level: int
    """From 0."""
    number: int
    sign: str
    """The number as it is written."""
    start: int
    """Where it begins in the plain text; below 0 where Word prints it."""
    end: int


@cache
def _levels() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, language.entry("heading.levels")))


def _numbers(text: Plain) -> Iterator[Numbered]:
    """Yield the numbers of a passage from left to right, that which Word prints first."""
    printed = plain(Passage(text.passage.numbering, 0)).text
    found = [
        Numbered(level, number, match[0], match.start() - len(printed), match.end() - len(printed))
        for level, pattern in enumerate(_levels())
        for match in pattern.finditer(printed + text.text)
        if (number := _number(match["n"])) is not None
    ]
    yield from sorted(found, key=lambda one: one.start)


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() else numerals.read(said)


# ---------------------------------------------------------------- where a passage stands


def paths(texts: Sequence[Plain]) -> tuple[tuple[str, ...], ...]:
    """Return of each passage the headings that it stands under, its own among them."""
    open_: list[tuple[int, str]] = []
    found: list[tuple[str, ...]] = []
    for text in texts:
        if text.passage.story is Story.BODY:
            if language.pattern("heading.annex").search(text.text):
                open_.clear()
            heading = _heading(text)
            if heading is not None:
                level, said = heading
                open_ = [entry for entry in open_ if entry[0] < level]
                open_.append((level, said))
        found.append(tuple(said for _, said in open_))
    return tuple(found)


def _heading(text: Plain) -> tuple[int, str] | None:
    """Return the level and the words of the heading that a passage begins with, None for none."""
    number = next(_numbers(text), None)
    if number is None or number.start > 0 or number.level == len(_levels()) - 1:
        return None
    whole = text.passage.numbering + text.passage.text
    end = language.pattern("heading.ends").search(whole)
    said = " ".join(whole[: end.start() if end else len(whole)].split())
    upper = number.level < _SURE or text.passage.level > 0
    if len(said) > _LONGEST or not (upper or len(text.text) <= _LONGEST):
        return None
    return number.level, said


# ---------------------------------------------------------------- X6


@dataclass(slots=True)
class _Counted:
    """How far the lists on each level have counted."""

    open: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """By level the last number of each list that may go on, and how it was written; the list in
    which a number stood last comes first."""

    def before(self, level: int) -> tuple[int, str]:
        """Return the last number on a level, 0 for none."""
        return next(iter(self.open.get(level, ())), (0, ""))

    def follows(self, found: Numbered) -> bool:
        """Count a number, and tell whether it follows one on its level, or begins a list."""
        self.open = {level: lists for level, lists in self.open.items() if level <= found.level}
        lists = self.open.setdefault(found.level, [])
        last = self.before(found.level)[0]
        goes_on = [place for place, (number, _) in enumerate(lists) if number == found.number - 1]
        begins = found.number == 1 and last != 1
        if goes_on:
            del lists[: goes_on[0] + 1]
        elif not begins and last and found.number >= last:
            del lists[0]
        lists.insert(0, (found.number, found.sign))
        del lists[_LISTS:]
        return bool(goes_on) or begins or (not last and found.level >= _SURE)


def faults(texts: Sequence[Plain]) -> Iterator[Remark]:
    """Yield the numbers that skip or repeat (X6).

    A list may begin within another one, which goes on behind it; so may one that strayed there.
    """
    counted = _Counted()
    for text in texts:
        if text.passage.story is not Story.BODY:
            continue
        if language.pattern("heading.annex").search(text.text):
            counted = _Counted()
        for found in _numbers(text):
            before = counted.before(found.level)
            if counted.follows(found):
                continue
            start = max(found.start, 0)
            end = min(_end(text, max(found.end, 0)), start + _LONGEST)
            yield remark(
                "X6",
                text.quote(start, max(end, start + 1)),
                why=_why(found, before),
                sign=found.sign,
            )


def _why(found: Numbered, before: tuple[int, str]) -> str:
    number, sign = before
    if not number:
        return words.say("proofread.numbering.first", sign=found.sign)
    kind = "same" if found.number == number else "back" if found.number < number else "skip"
    return words.say(f"proofread.numbering.{kind}", sign=found.sign, before=sign)


def _end(text: Plain, start: int) -> int:
    stop = _STOP.search(text.text, start)
    return stop.start() if stop else len(text.text)
