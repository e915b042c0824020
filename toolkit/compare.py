"""Year on year: this year's figures beside those of an earlier one.

Which figures of an earlier edition mean the same is for the definition to say; nothing is
matched because it looks alike.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import takewhile
from typing import Protocol, TypeVar

from toolkit import text, words
from toolkit.findings import Number
from toolkit.form import Form, Pair, row_of
from toolkit.record import Figures

_WIDE = Context(prec=100)
"""Holds the growth from the smallest figure there can be to the largest."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of this year's form, or several whose sum alone can be compared."""

    keys: tuple[str, ...]
    then: tuple[str, ...]
    """Figures of the earlier form that mean the same; empty where none do."""
    this: Number | None
    last: Number | None
    note: str = ""
    """What to bear in mind when comparing."""
    reason: str = ""
    """Why there is nothing to compare with; "" where there is."""

    @property
    def difference(self) -> Number | None:
        """Return by how much the figure grew; None where either year has none."""
        return difference(self.this, self.last)

    @property
    def percent(self) -> Decimal | None:
        """Return the growth in per cent, to one decimal; None where it would mean nothing."""
        return percent(self.this, self.last)


def difference(this: Number | None, last: Number | None) -> Number | None:
    """Return by how much a figure grew; None where either year has none."""
    if this is None or last is None:
        return None
    return text.exact(Decimal(this) - Decimal(last))


def percent(this: Number | None, last: Number | None) -> Decimal | None:
    """Return a figure's growth in per cent, to one decimal; None where it would mean nothing."""
    grown = difference(this, last)
    if grown is None or last is None or last <= 0:
        return None
    growth = Decimal(grown) / Decimal(last) * 100
    # ``plus`` takes the sign from a fall that is rounded away.
    return _WIDE.plus(growth.quantize(Decimal("0.1"), ROUND_HALF_UP, _WIDE))


def compare(form: Form, this: Figures, edition: str, last: Figures) -> tuple[Row, ...]:
    """Return each figure of a form beside that of an earlier year, in printed order.

    Every indicator stands in exactly one row.

    Args:
        form: this year's edition.
        this: this year's figures.
        edition: the name of the earlier year's edition.
        last: the earlier year's figures, all that its edition has.
    """
    found = {key: pair for pair in pairs(form, edition, last) for key in pair.now}
    rows: dict[tuple[str, ...], Row] = {}
    for key in form.indicators:
        pair = found.get(key)
        if pair is None:
            rows[(key,)] = Row((key,), (), this[key], None, reason=_reason(form, edition))
        elif pair.now not in rows:
            sums = total(this, pair.now), total(last, pair.then)
            rows[pair.now] = Row(pair.now, pair.then, *sums, note=pair.note)
    return tuple(rows.values())


def pairs(form: Form, edition: str, then: Container[str]) -> tuple[Pair, ...]:
    """Return which figures of a form and of an earlier edition mean the same.

    Args:
        form: this year's edition.
        edition: the name of the earlier one, which may be the same.
        then: the keys that the earlier edition has.
    """
    if edition == form.edition:
        return tuple(Pair((key,), (key,)) for key in form.indicators)
    earlier = form.earlier.get(edition)
    if earlier is None:
        return ()
    # A key that a written pair speaks of is not compared with itself besides.
    spoken = {key for pair in earlier.pairs for key in (*pair.now, *pair.then)}
    alike = form.indicators if earlier.same else ()
    same = (Pair((key,), (key,)) for key in alike if key in then and key not in spoken)
    return (*earlier.pairs, *same)


def _reason(form: Form, edition: str) -> str:
    earlier = form.earlier.get(edition)
    if earlier is None:
        return words.say("compare.unlisted", now=form.edition, then=edition)
    return earlier.reason


def total(figures: Figures, keys: Iterable[str]) -> Number | None:
    """Add figures of one table up; blanks alone are no figure."""
    filled = [value for key in keys if (value := figures.get(key)) is not None]
    return text.exact(sum(filled)) if filled else None


# ---------------------------------------------------------------- what rows are called


@dataclass(frozen=True, slots=True)
class Name:
    """What a row of a comparison is called."""

    printed: str
    """What the printed row is called; "" in a list, where it has but one figure."""
    figure: str
    """What the figure is called in its printed row."""

    @property
    def whole(self) -> str:
        """Return both in one."""
        return words.say("definition.between").join(filter(None, (self.printed, self.figure)))


class Named(Protocol):
    """Whatever stands for a figure of the form, or for several together."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the figures."""


Rows = TypeVar("Rows", bound=Named)


def names(form: Form, rows: Iterable[Rows]) -> Mapping[Rows, Name]:
    """Return what rows are called; several figures in one with what they share said once."""
    single = _names(form)
    return {row: _together([single[key] for key in row.keys]) for row in rows}


def _names(form: Form) -> Mapping[str, Name]:
    """Return the name of every indicator; what all figures of a printed row share is the row's."""
    between = words.say("definition.between")
    labels = {key: indicator.name.split(between) for key, indicator in form.indicators.items()}
    paths: dict[str, list[Sequence[str]]] = defaultdict(list)
    for key, path in labels.items():
        paths[row_of(key)].append(path[:-1] if row_of(key) != key else ())
    shared = {key: _shared(paths[row_of(key)]) for key in labels}
    return {
        key: Name(between.join(path[: shared[key]]), between.join(path[shared[key] :]))
        for key, path in labels.items()
    }


def _shared(paths: Iterable[Sequence[str]]) -> int:
    """Return how many labels several paths have in common from the beginning."""
    return sum(
        1 for _ in takewhile(lambda labels: len(set(labels)) == 1, zip(*paths, strict=False))
    )


def _together(members: Sequence[Name]) -> Name:
    if len(members) == 1:
        return members[0]
    printed = dict.fromkeys(member.printed for member in members)
    figures = dict.fromkeys(member.figure for member in members)
    if len(figures) == 1:
        return Name(_joined(printed), members[0].figure)
    if len(printed) == 1:
        return Name(members[0].printed, _joined(figures))
    return Name("", _joined(member.whole for member in members))


def _joined(parts: Iterable[str]) -> str:
    return words.say("compare.sum", names=words.say("text.and").join(parts))
