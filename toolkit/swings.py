"""Year on year: the merged figures beside those of the year before, and swings to explain (M6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit import compare, like_for_like, text, words
from toolkit.compare import Row
from toolkit.decisions import Decisions
from toolkit.findings import Finding, Number, finding
from toolkit.form import Form
from toolkit.like_for_like import Basis
from toolkit.merge import Summary
from toolkit.previous import Previous
from toolkit.questions import Question
from toolkit.reading.summaries import Table
from toolkit.sums import Both

_PERCENT = 50
"""A change of at least so many per cent is listed for explanation."""
_LEAST = 5
"""Smaller changes are no swing, whatever they are in per cent: few cases vary by chance."""
_NAMED = 3
"""So many units are named for a swing."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a unit has to do with a swing."""

    name: str
    this: Number | None
    last: Number | None
    explanation: str
    """The 说明 the unit gave in that row."""


@dataclass(frozen=True, slots=True)
class Swing:
    """A change that somebody has to explain."""

    row: Row
    shares: tuple[Share, ...]
    """The units with the largest changes in the same direction."""
    question: Question
    """M6, about the first indicator of the row."""

    @property
    def finding(self) -> Finding:
        """Return M6."""
        return self.question.finding


@dataclass(frozen=True)
class YearOnYear:
    """The merged figures beside those of the year before."""

    last: Table
    """The sums of the year before."""
    rows: tuple[Row, ...]
    swings: tuple[Swing, ...]
    basis: str = ""
    """That only some of the units are compared so far, a Chinese sentence; "" for all of them."""
    alike: bool = True
    """Whether both years are of the same units, as far as anybody knows; otherwise nothing is
    concluded from their figures."""

    @property
    def settled(self) -> bool:
        """Tell whether every swing is explained."""
        return not any(one.finding.open for one in self.swings)


def year_on_year(summary: Summary, known: Previous, decisions: Decisions) -> YearOnYear | None:
    """Hold the merged figures of the whole region against those of the year before.

    Args:
        summary: what merging found.
        known: what is known of earlier years.
        decisions: what people decided; they may have explained a swing.

    Returns:
        None where nothing of the year before is known.
    """
    found = like_for_like.basis(known, summary.year, summary.roster, summary.adopted)
    if found is None:
        return None
    form, last = summary.form, found.total
    rows = compare.compare(form, summary.whole.totals, last.form, last.values)
    moved = [row for row in rows if _swings(row)] if found.alike else []
    return YearOnYear(
        last,
        rows,
        tuple(_swing(form, found.units, row, decisions) for row in moved),
        _told(found, summary.counted),
        found.alike,
    )


def _told(found: Basis, counted: int) -> str:
    if not found.waiting:
        return ""
    told = "like" if found.alike else "unlike"
    return words.say(f"swings.{told}", counted=counted, waiting=found.waiting)


def _swings(row: Row) -> bool:
    """Tell whether a figure changed much, or from nothing to something, or back."""
    change = Decimal(row.difference or 0)
    if not change or not row.this or not row.last:
        return bool(change)
    much = row.percent is None or abs(row.percent) >= _PERCENT
    return much and abs(change) >= _LEAST


def _swing(form: Form, units: Sequence[Both], row: Row, decisions: Decisions) -> Swing:
    grown = (row.difference or 0) > 0
    shares = sorted((_share(one, row) for one in units), key=_change, reverse=grown)
    moved = tuple(one for one in shares if _change(one) and (_change(one) > 0) == grown)[:_NAMED]
    told = [
        words.say("swings.share", name=one.name, this=text.show(one.this), last=text.show(one.last))
        for one in moved
    ]
    names = compare.names(form, [row])
    found = finding(
        "M6",
        key=row.keys[0],
        value=row.this,
        label=names[row].whole,
        this=text.show(row.this),
        last=text.show(row.last),
        shares=words.say("swings.shares", shares="；".join(told)) if told else "",
    )
    figures = f"{text.spell_out(row.this)}/{text.spell_out(row.last)}"
    return Swing(row, moved, decisions.answered(Question(found, figures=figures)))


def _share(unit: Both, row: Row) -> Share:
    this = unit.this.record if unit.this else None
    return Share(
        unit.name,
        compare.total(this.values, row.keys) if this else None,
        compare.total(unit.last, row.then),
        this.explanation(row.keys[0]) if this else "",
    )


def _change(share: Share) -> Decimal:
    return Decimal(share.this or 0) - Decimal(share.last or 0)
