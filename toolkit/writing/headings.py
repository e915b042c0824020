"""The head of a table of sums: what it is, for whom and what year, how many units are in it."""

from typing import NamedTuple

from toolkit import words
from toolkit.form import Table
from toolkit.merge import Summary
from toolkit.roster import Cover
from toolkit.writing.sheets import NAME_LIMIT, Sheet
from toolkit.writing.style import Look


class Span(NamedTuple):
    """The columns that a head stands above."""

    first: int
    last: int
    width: float
    """Of all of them together."""


def sheet_name(name: str, cover: Cover) -> str:
    """Return the name of a sheet with the sums of a cover."""
    if cover is Cover.ALL:
        return name
    more = words.say("summary.sheet.cover", cover=cover.label)
    return name[: NAME_LIMIT - len(more)] + more


def title(summary: Summary, cover: Cover = Cover.ALL) -> str:
    """Return what the sums of a whole form are called; the region goes before its name."""
    return _covering(summary.region.name + summary.form.name, summary, cover)


def of_form(sheet: Sheet, span: Span, summary: Summary, cover: Cover) -> None:
    """Write title and year of the sums of a whole form into the first two rows of a sheet."""
    year = words.say("sheet.year", year=summary.year)
    _write(sheet, span, title(summary, cover), year)


def of_table(sheet: Sheet, span: Span, table: Table, summary: Summary, cover: Cover) -> None:
    """Write the same above one of several tables, whose name begins with its number."""
    year = words.say("sheet.year", year=summary.year)
    _write(sheet, span, _covering(table.title, summary, cover), summary.region.name + year)


def counted(summary: Summary, cover: Cover) -> str:
    """Return how many of how many units are in the sums, and how many adjustments."""
    listed = summary.roster.expected if summary.roster else ()
    units = summary.units - sum(not cover.has(one.scope) for one in listed)
    told = words.say("summary.counted", counted=summary.sums[cover].counted, units=units)
    added = sum(cover.has(one.scope) for one in summary.adjustments)
    return told + (words.say("summary.adjusted", count=added) if added else "")


def _covering(name: str, summary: Summary, cover: Cover) -> str:
    """Return a title that says what is covered; without a roster nobody knows."""
    return words.say("summary.title", name=name, cover=cover.label if summary.roster else "")


def _write(sheet: Sheet, span: Span, title: str, subtitle: str) -> None:
    sheet.heading(0, *span[:2], title, span.width)
    sheet.across(1, *span[:2], subtitle, Look.SUBTITLE)
    sheet.height(1, 20)
