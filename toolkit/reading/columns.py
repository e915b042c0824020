"""Which column of a sheet is which column of a block, by the two witnesses it has.

They are its key in the row of keys and its heading, read together with the headings above it.
Where both agree, the column is certain wherever it has moved to; else the heading decides, if it
can mean only one column.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from toolkit import marks
from toolkit.reading.headings import Above, Run
from toolkit.reading.labels import core
from toolkit.reading.vocabulary import Leaf, Pattern, Vocabulary


class How(StrEnum):
    """Which witness named a row, a column, or a cell."""

    KEY = "key"
    """The key, and the label agrees."""
    LABEL = "label"
    """The label alone."""
    SIMILAR = "similar"
    """A label that is nearly the one of the form, alone or beside the key."""
    DOUBT = ""
    """Neither: they contradict each other."""


def weaker(one: How, other: How) -> How:
    """Return how a cell is known whose row is known one way and whose column another."""
    return one if one is other else max(one, other, key=list(How).index)


class Place(NamedTuple):
    """A column of a block, and where it stands on a sheet."""

    leaf: Leaf
    columns: tuple[int, ...]
    """Several where its heading spans them."""
    how: How
    keyed: bool
    """Whether it has a key, right or wrong; a list's one column needs none."""
    heading: Above
    contrary: Leaf | None = None
    """What its key says, where that is something else."""
    reported: int | None = None
    """Its column of 原报数."""
    contenders: tuple[Above, ...] = ()
    """The headings of which it cannot be told which one means it."""


class Columns(NamedTuple):
    """What stands under a run of headings for a block that they fit."""

    pattern: Pattern
    fit: float
    """The share of the block's columns that are there; more where the block is named too."""
    places: tuple[Place, ...]
    figures: frozenset[int]
    """The columns of a sheet that hold the block's figures."""
    others: Mapping[int, Above]
    """Columns that the block does not have, with their headings."""

    def contended(self, others: Mapping[int, Above]) -> "Columns":
        """Return what stands under the headings of a list where nobody can tell which is meant.

        Args:
            others: the columns that may be meant as well as its own, with their headings.
        """
        (place,) = self.places
        own = place.contenders or (place.heading,)
        told = tuple(dict.fromkeys((*own, *others.values())))
        beside = {**dict.fromkeys(place.columns[1:], place.heading), **others}
        doubt = place._replace(columns=place.columns[:1], how=How.DOUBT, contenders=told)
        return self._replace(
            places=(doubt,), figures=frozenset(doubt.columns), others={**self.others, **beside}
        )


def columns(run: Run, pattern: Pattern, known: Vocabulary) -> Columns | None:
    """Return the columns of a block under a run of headings, None where there are none of them.

    Args:
        run: the headings.
        pattern: the block.
        known: the vocabulary of its form.
    """
    if run.labels.isdisjoint(map(core, pattern.named)):
        return None
    keys, named = _keys(run, pattern, known)
    places = [*_joined(_places(run, pattern, known, keys))]
    if pattern.is_list and len(stub(run, pattern)) != 1:
        return None  # the words that head a list say little where one of them stands alone
    sure = {place.leaf for place in places if place.how is not How.DOUBT}
    strangers = [p for p in places if p.how is How.DOUBT and p.leaf in sure]
    places = [place for place in places if place not in strangers]
    if not places:
        return None
    more = {c: _named(p) for p in places[1:] for c in p.columns} if pattern.is_list else {}
    places = places[:1] if more else places
    figures = frozenset(column for place in places for column in place.columns)
    reported = _reported(run, pattern, known)
    told = {leaf: column for column, leaf in reported.items()}
    fit = len({place.leaf for place in places}) / len(pattern.columns)
    found = Columns(
        pattern,
        fit + named + (pattern.label in run.labels),
        tuple(place._replace(reported=told.get(place.leaf)) for place in places),
        figures,
        {c: _named(place) for place in strangers for c in place.columns}
        | _others(run, known, min(figures), figures | reported.keys()),
    )
    return found.contended(more) if more or places[0].contenders else found


def _named(place: Place) -> Above:
    """Return the heading that tells a column from others under the same one."""
    return place.contenders[-1] if place.contenders else place.heading


def _keys(run: Run, pattern: Pattern, known: Vocabulary) -> tuple[Mapping[int, Leaf], bool]:
    """Return what the keys above columns say, and whether they are known to be the block's."""
    blocks = {key for key in run.keys.values() if key in known.patterns}
    keys = {column: key for column, key in run.keys.items() if key not in blocks}
    if blocks - {pattern.block.key}:
        return {}, False
    if not blocks and any(
        key.removeprefix(marks.REPORTED) not in pattern.columns for key in keys.values()
    ):
        return {}, False
    said = {c: pattern.columns[key] for c, key in keys.items() if key in pattern.columns}
    return said, bool(blocks)


def _places(
    run: Run, pattern: Pattern, known: Vocabulary, keys: Mapping[int, Leaf]
) -> Iterator[Place]:
    """Yield the columns of a sheet that are columns of a block, or say they are."""
    for column, above in run.columns.items():
        if column in run.asides:
            continue
        key = keys.get(column)
        keyed = pattern.is_list or key is not None
        heading = next((a for a in reversed(above) if a.own and a.label in pattern.named), None)
        named = pattern.named[heading.label] if heading else ()
        leaf = _meant(named, above) or (key if key in named else None)
        if heading and leaf and (told := _divided(above, heading, pattern, known)):
            yield Place(leaf, (column,), How.DOUBT, keyed, heading, contenders=(heading, told))
        elif heading and leaf:
            agree = pattern.is_list or key is leaf
            how = How.KEY if agree else How.LABEL
            yield Place(leaf, (column,), how, keyed, heading, None if agree else key)
        elif key and (unknown := _unknown(above, known)):
            yield Place(key, (column,), How.DOUBT, keyed, unknown, key)


def _divided(
    above: Sequence[Above], heading: Above, pattern: Pattern, known: Vocabulary
) -> Above | None:
    """Return the heading below that of a list that says that only a part is meant, None for none.

    What stands there and is no word of the form may be another year, a quarter, or anything.
    """
    below = (one for one in above if one.own and one.row > heading.row and pattern.is_list)
    return next((o for o in below if o.label not in known.above | known.silent), None)


def _meant(found: Sequence[Leaf], above: Sequence[Above]) -> Leaf | None:
    """Return the one column of a label that all headings above it, or else the last, allow."""
    if len(found) == 1:
        return found[0]
    labels = {core(one.label) for one in above}
    whole = [leaf for leaf in found if labels.issuperset(leaf.above)]
    deepest = max((len(leaf.above) for leaf in whole), default=0)
    whole = [leaf for leaf in whole if len(leaf.above) == deepest]
    last = whole or [leaf for leaf in found if labels.issuperset(leaf.above[-1:])]
    return last[0] if len(last) == 1 else None


def _joined(places: Iterator[Place]) -> Iterator[Place]:
    """Yield places, neighbours under one heading joined to one."""
    last: Place | None = None
    for place in places:
        if last and place.leaf is last.leaf and _continues(last, place):
            how, keyed = min(last.how, place.how, key=list(How).index), last.keyed or place.keyed
            last = last._replace(columns=(*last.columns, *place.columns), how=how, keyed=keyed)
            continue
        if last:
            yield last
        last = place
    if last:
        yield last


def _continues(last: Place, place: Place) -> bool:
    """Tell whether a place is under the same merged heading as the last, or under its copy."""
    if last.contenders or place.contenders:
        return False
    repeated = place.how is How.LABEL and not place.keyed
    return place.columns[0] == last.columns[-1] + 1 and (repeated or place.heading == last.heading)


def _unknown(above: Sequence[Above], known: Vocabulary) -> Above | None:
    """Return the last heading in a column that the form does not have, None for none."""
    own = (one for one in reversed(above) if one.own and one.label not in known.above)
    return next(own, None)


def _reported(run: Run, pattern: Pattern, known: Vocabulary) -> Mapping[int, Leaf]:
    """Return what is reported in each column of 原报数, as far as that is certain."""
    found: dict[int, Leaf] = {}
    for column, aside in run.asides.items():
        if known.own[aside.label] != "reported":
            continue
        above = run.columns[column]
        key = run.keys.get(column, "").removeprefix(marks.REPORTED)
        heading = next((a for a in reversed(above) if a.own and a.label in pattern.named), None)
        if pattern.is_list:
            key = ""
        elif not key and heading:
            leaf = _meant(pattern.named[heading.label], above)
            key = leaf.key if leaf else ""
        if key in pattern.columns:
            found[column] = pattern.columns[key]
    return found


def _others(run: Run, known: Vocabulary, first: int, taken: Collection[int]) -> dict[int, Above]:
    """Return the columns right of the first figures whose headings the form does not have.

    A column of 原报数 is one of them where it is not certain what is reported in it.
    """
    others: dict[int, Above] = {}
    for column, above in run.columns.items():
        aside = run.asides.get(column)
        reported = aside if aside and known.own[aside.label] == "reported" else None
        found = reported if aside else _unknown(above, known)
        if found and column >= first and column not in taken:
            others[column] = found
    return others


def stub(run: Run, pattern: Pattern) -> Mapping[int, Sequence[int]]:
    """Return the headings above the labels of a block's rows, each with the columns it spans."""
    found: dict[int, list[int]] = {}
    for column, above in run.columns.items():
        for one in above:
            if one.own and one.label == pattern.stub:
                found.setdefault(one.column, []).append(column)
    return found


def asides(run: Run, known: Vocabulary) -> Mapping[str, int]:
    """Return the columns beside the figures by their names in the catalogue, each named once."""
    found: dict[str, set[int]] = {}
    for heading in run.asides.values():
        found.setdefault(known.own[heading.label], set()).add(heading.column)
    return {name: column for name, (column, *more) in found.items() if not more}
