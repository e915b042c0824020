"""The table that a report is held against: its printed figures, by indicator or as sums."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit import text, words
from toolkit.findings import Number
from toolkit.form import Form, Relation, TermKind
from toolkit.proofreading.phrases import Keys
from toolkit.proofreading.remarks import TableCell
from toolkit.record import Figures, Source


@dataclass(frozen=True)
class Reference:
    """A table of figures.

    What counts is what the reader of the report sees: of a total the printed one, right or not.
    Where its parts add up to something else, the table is wrong, and the text may have either.
    """

    form: Form
    figures: Figures
    """As they are printed."""
    computed: Figures
    """Totals as the sums of their parts."""
    sources: Mapping[str, Source]

    def figure(self, of: Keys) -> Number | None:
        """Return the figure of an indicator, or the sum of several; None where all are blank."""
        return _sum(self.figures, of)

    def may_be(self, of: Keys) -> set[Number | None]:
        """Return what the text may say: the printed figure, or what its parts add up to."""
        return {_sum(self.figures, of), _sum(self.computed, of)}

    def cell(self, of: Keys) -> TableCell:
        """Return where the figure stands and what it is called."""
        source = self.sources.get(of[0], Source()) if len(of) == 1 else Source()
        return TableCell(label(self.form, of), self.figure(of), source.sheet, source.cell)

    def hint(self, of: Keys, said: Number) -> str:
        """Return whose figure the text may have taken: the sum of the parts, or a neighbour's."""
        if len(of) > 1 or not said:
            return ""
        for terms in _sums(self.form, of[0]):
            if len(terms) > 1 and self.figure(terms) == said:
                return words.say("proofread.hint.sum", label=label(self.form, terms))
        section = self.form.sections[self.form.indicators[of[0]].section]
        same = [one for one in section if one.key != of[0] and self.figures.get(one.key) == said]
        if len(same) != 1:
            return ""
        return words.say("proofread.hint.other", label=same[0].name)


def _sum(figures: Figures, of: Keys) -> Number | None:
    there = [value for key in of if (value := figures.get(key)) is not None]
    return text.exact(sum(map(Decimal, there))) if there else None


def label(form: Form, of: Keys) -> str:
    """Return what an indicator, or a sum of some, is called."""
    first = form.indicators[of[0]].name
    return first if len(of) == 1 else words.say("proofread.sum", first=first, count=len(of))


def place(cell: TableCell) -> str:
    """Return where a figure of the table stands, "" where that is not known."""
    if not cell.cell:
        return ""
    return words.say("proofread.cell", sheet=cell.sheet, cell=cell.cell)


def _sums(form: Form, key: str) -> Iterator[Keys]:
    """Yield the sums that the rules hold an indicator against."""
    for rule in form.rules:
        left, right = rule.holds.terms
        if left.keys == (key,) and right.kind is TermKind.SUM and not rule.needs_last_year:
            yield right.keys


@dataclass(frozen=True, slots=True)
class Parts:
    """Indicators that another one is made of."""

    of: Keys
    overlap: bool
    """Whether one thing may count in several of them, so that they add up to more."""


def parts_of(form: Form, key: str) -> tuple[Parts, ...]:
    """Return what the rules say that an indicator is made of."""
    found: list[Parts] = []
    sides = [
        (rule.holds.relation, *rule.holds.terms)
        for rule in form.rules
        if not rule.needs_last_year and not rule.when
    ]
    for relation, left, right in sides:
        if left.kind is TermKind.SUM and right.keys == (key,):
            found.append(Parts(left.keys, overlap=False))
        elif relation is Relation.EQUAL and left.keys == (key,) and right.kind is TermKind.SUM:
            found.append(Parts(right.keys, overlap=False))
    bounded = {parts.of for parts in found}
    for relation, left, right in sides:
        whole = relation is Relation.AT_MOST and left.keys == (key,)
        if whole and right.kind is TermKind.SUM and right.keys not in bounded:
            found.append(Parts(right.keys, overlap=True))
    return tuple(found)
