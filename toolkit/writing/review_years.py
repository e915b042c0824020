"""The figures of two years on the review page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from toolkit import compare, text, words
from toolkit.compare import Row
from toolkit.form import Form
from toolkit.swings import Share, YearOnYear
from toolkit.writing.review_figures import signed


class Kind(StrEnum):
    """Which rows are shown."""

    FIGURES = "figures"
    """Those with a figure other than 0 in either year."""
    SWINGS = "swings"
    """Those that changed much."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class YearRow:
    """A figure of both years as the page shows it."""

    name: str
    measure: str
    this: str
    last: str
    difference: str
    percent: str
    note: str
    kinds: tuple[Kind, ...]
    """With which rows it is shown."""


def sections(form: Form, yearly: YearOnYear) -> Sequence[tuple[str, Sequence[YearRow]]]:
    """Return the figures of both years, those of each section of the form together.

    Args:
        form: the edition that is merged.
        yearly: the figures of both years.
    """
    names = compare.names(form, yearly.rows)
    swung = {swing.row for swing in yearly.swings}
    grouped = groupby(yearly.rows, lambda row: form.indicators[row.keys[0]].section)
    return [
        (section, [_row(form, row, names[row].whole, row in swung) for row in rows])
        for section, rows in grouped
    ]


def _row(form: Form, row: Row, name: str, swung: bool) -> YearRow:
    measure = form.indicators[row.keys[0]].measure.name
    belongs = {Kind.FIGURES: bool(row.this or row.last), Kind.SWINGS: swung, Kind.ALL: True}
    kinds = tuple(kind for kind, there in belongs.items() if there)
    if row.reason:
        unequal = words.say("page.years.unequal")
        return YearRow(name, measure, text.show(row.this), "", unequal, "", row.note, kinds)
    difference = "" if row.difference is None else signed(row.difference)
    percent = "" if row.percent is None else ("+" if row.percent > 0 else "") + f"{row.percent:f}%"
    shown = text.show(row.this), text.show(row.last)
    return YearRow(name, measure, *shown, difference, percent, row.note, kinds)


def reasons(yearly: YearOnYear) -> Sequence[str]:
    """Return why figures cannot be compared, each reason once."""
    counts = Counter(row.reason for row in yearly.rows if row.reason)
    return [words.say("page.years.reasons", count=n, reason=told) for told, n in counts.items()]


def share(one: Share) -> str:
    """Return what a unit has to do with a swing."""
    said = words.say("page.years.said", explanation=one.explanation) if one.explanation else ""
    figures: Mapping[str, str] = {"last": text.show(one.last), "this": text.show(one.this)}
    return words.say("page.years.share", name=one.name, said=said, **figures)
