"""Figures that contradict each other: the source is wrong, it was misread, or nobody can tell."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from toolkit import text
from toolkit.form import Rule
from toolkit.record import Record

_MADE = frozenset({text.Meaning.TIDIED, "R13"})
"""Traces of figures that are not what stood there, letter for letter."""


class Verdict(StrEnum):
    """What a contradiction tells; the value is the code of its finding, "" for the rule's own."""

    SOURCE = ""
    """All figures were read as they stood: the source contradicts itself."""
    READING = "R40"
    """One of the figures was made of something else; that may be where the mistake is."""
    UNDECIDED = "R41"
    """One of the figures could not be had: the rule cannot be judged."""


def verdict(rule: Rule, record: Record) -> Verdict:
    """Tell what it means that a record breaks a rule."""
    if any(unread(record, rule)):
        return Verdict.UNDECIDED
    return Verdict.READING if any(made(record, rule)) else Verdict.SOURCE


def unread(record: Record, rule: Rule) -> Iterator[str]:
    """Yield the keys of a rule's figures where something stands that could not be had.

    A word for nothing (无) is had: it says that there is no figure.
    """
    for key in _own(rule):
        source = record.sources.get(key)
        if source is None or record.values[key] is not None:
            continue
        if source.raw.strip() and source.done != text.Meaning.NOTHING:
            yield key


def made(record: Record, rule: Rule) -> Iterator[str]:
    """Yield the keys of a rule's figures that were made of something else than a figure."""
    for key in _own(rule):
        source = record.sources.get(key)
        if source and source.done in _MADE:
            yield key


def _own(rule: Rule) -> Iterable[str]:
    """Return the keys of the figures of the record itself that a rule looks at."""
    return dict.fromkeys(
        operand.key
        for comparison in rule.comparisons
        for term in comparison.terms
        for operand in term.operands
        if not operand.last
    )
