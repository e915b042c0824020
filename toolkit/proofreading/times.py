"""Which year a figure of a text is of, and whether it is of the past at all."""

import re

from toolkit.proofreading import language

_NEAR = 8
"""Characters before a figure that may say that it is a change."""


class NotOfAYear(Exception):
    """A figure speaks of several years, of a change, or of what is to be done."""


def governing(sentence: str, clause: str, words: str) -> int | None:
    """Return the year that a figure is said to be of, None where none is named.

    Args:
        sentence: the sentence up to the figure.
        clause: the clause up to the words about the figure.
        words: these words up to the figure.

    Raises:
        NotOfAYear: the figure is no count of one year.
    """
    if language.pattern("year.since").search(sentence):
        raise NotOfAYear
    for name in ("year.last", "year.plan"):
        if language.pattern(name).search(clause):
            raise NotOfAYear
    if language.pattern("year.changed").search(clause):
        raise NotOfAYear
    if language.pattern("figure.bound").search(clause + words):
        raise NotOfAYear
    found = named(sentence)
    return found[-1][0] if found else None


def is_change(content: str, place: int) -> bool:
    """Tell whether a figure says by how much something grew or fell.

    Args:
        content: a text.
        place: where the figure begins.
    """
    return bool(language.pattern("year.changed").search(content, max(place - _NEAR, 0), place))


def named(content: str) -> list[tuple[int, int]]:
    """Return the years that a text names as the time of what it says, each with its place.

    Years in the titles and numbers of documents are not among them, nor those that something is
    compared with.
    """
    compared = language.pattern("year.compared")
    bare = language.pattern("year.aside").sub(lambda aside: "\0" * len(aside[0]), content)
    return [
        (int(found[1]), found.start())
        for found in language.pattern("year.named").finditer(bare)
        if not compared.search(bare[: found.start()])
    ]


def period(content: str) -> re.Match[str] | None:
    """Find where a text says for which year its figures are."""
    return language.pattern("year.period").search(content)
