"""What a form's tables look like in a file: the labels of their rows and columns, and the keys.

A list is a block with one column, headed by the word that stands above its figures. Any label may
carry its unit (收到申请数（件）), and the heading of a list its year (2018年统计数).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import NamedTuple

from toolkit import marks, words
from toolkit.form import Block, Form, Line, Table
from toolkit.reading import additions
from toolkit.reading.additions import Units, with_unit
from toolkit.reading.labels import bare, core, similar, slips, spellings


class Leaf(NamedTuple):
    """A row or a column that has figures."""

    block: str
    """Key of its block."""
    key: str
    """Its own key; "" for the one column of a list."""
    label: str
    """As it is compared; "" for the one row of a block that has none."""
    above: tuple[str, ...]
    """The labels it stands under, from the top, as they are compared, without remarks."""
    name: str
    """As printed, with as many of the labels above it as tell it from all others."""


@dataclass(frozen=True, eq=False, slots=True)
class Pattern:
    """A block as it is looked for."""

    block: Block
    table: Table
    label: str
    """The heading above the block, as it is compared; "" for none."""
    stub: str
    """What stands above the labels of its rows, as it is compared; "" for nothing."""
    columns: Mapping[str, Leaf]
    """By key, in printed order."""
    named: Mapping[str, tuple[Leaf, ...]]
    """Its columns by label; a label may stand under several headings."""

    @property
    def is_list(self) -> bool:
        """Tell whether the block is a list: its headings are words of ours, not the form's."""
        return not self.block.columns


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """Every label and key of a form, each with what it may stand for."""

    patterns: Mapping[str, Pattern]
    """By the key of the block."""
    rows: Mapping[str, Leaf]
    """Rows with figures by their keys."""
    named: Mapping[str, tuple[Leaf, ...]]
    """Rows with figures by label; a label may stand in several places."""
    slips: Mapping[str, tuple[Leaf, ...]]
    """The same rows by what labels similar to theirs have in common with them."""
    keys: frozenset[str]
    """The keys of rows and blocks, which stand in the key column."""
    column_keys: frozenset[str]
    """What stands in the rows of keys above the figures of matrices."""
    unlabelled: Mapping[str, Leaf]
    """The rows that have no label, by the blocks of which each is the only row."""
    levels: Mapping[str, tuple[int, str] | None]
    """Every label that stands left of figures, with its depth and without its closing remark;
    None where its depth is not certain.
    """
    headings: frozenset[str]
    """What stands above figures in this form."""
    above: frozenset[str]
    """All that, and the headings of ours."""
    spanning: frozenset[str]
    """Headings that stand above several columns."""
    own: Mapping[str, str]
    """The names of the columns that every sheet has (label, value, explanation …), by heading."""
    fields: Mapping[str, str]
    """Keys of head and foot fields by label."""
    titles: frozenset[str]
    """Names and titles of the tables."""
    stubs: frozenset[str]
    """What stands above the labels of rows."""
    narrowest: float
    """The fewest columns of a block whose rows have nothing above their labels."""
    year: int | None
    """The year of the return; None where that is not known."""
    silent: frozenset[str]
    """Headings that add nothing to the one above them: its unit, the year of the return."""

    def rivals(self, heading: str) -> bool:
        """Tell whether a heading that the form does not have may be that of a list's figures."""
        return additions.rivals(heading, self.year)

    def decide(self, label: str, path: Sequence[str], fits: Mapping[str, float]) -> Leaf | None:
        """Return the one row that a label means; None if that is not certain.

        Args:
            label: as it is compared.
            path: the labels it stands under, from the top.
            fits: how well the headings above fit each block that can be meant, by its key.
        """
        found = [row for row in self.named.get(label, ()) if row.block in fits]
        if len(found) > 1:
            best = max(fits[row.block] for row in found)
            found = [row for row in found if fits[row.block] == best]
        if len(found) > 1:  # all that stands above decides; else the section alone does
            whole = [row for row in found if row.above == tuple(path[: len(row.above)])]
            section = [row for row in found if row.above[:1] == tuple(path[:1])]
            found = whole if len(whole) == 1 else section
        return found[0] if len(found) == 1 else None

    def near(self, label: str, path: Sequence[str], fits: Collection[str]) -> Leaf | None:
        """Return the one row whose label is similar; None if it is the label of something else.

        Args:
            label: as it is compared.
            path: the labels it stands under, from the top; the row must be of the same section.
            fits: the blocks that can be meant.
        """
        if label in self.levels or label in self.above or label in self.titles:
            return None
        likely = {row for slip in slips(label) for row in self.slips.get(slip, ())}
        found = [row for row in likely if row.block in fits and similar(label, row.label)]
        found = [row for row in found if row.above[:1] in {(), tuple(path[:1])}]
        return found[0] if len(found) == 1 else None


@cache
def of(form: Form, year: int | None = None) -> Vocabulary:
    """Return the vocabulary of a form.

    Args:
        form: the form.
        year: the year of the return, where headings name one.
    """
    patterns = {block.key: _pattern(block, table, form, year) for table, block in form.blocks()}
    lines = [line for _, line in form.listed()]
    units = additions.units(form)
    rows = [row for table, block in form.blocks() for row in _rows(table, block, form)]
    fields = {label: f.key for f in form.fields.values() for label in spellings(f.label)}
    own = {bare(word): name for name, word in words.entry("sheet.columns").items()}
    own |= dict.fromkeys(_of_last_year(form), "last_year")
    lists = [pattern for pattern in patterns.values() if pattern.is_list]
    own |= {label: "value" for pattern in lists for label in pattern.named}
    headings = frozenset(label for one in patterns.values() for label in _headings(one))
    return Vocabulary(
        patterns=patterns,
        rows={row.key: row for row in rows},
        named=_by_label(rows, {line.key: line.label for line in lines}, units),
        slips=_by_slip(rows),
        keys=frozenset({*patterns, *(row.key for row in rows)}),
        column_keys=_column_keys(patterns.values()),
        unlabelled={row.block: row for row in rows if not row.label},
        levels=_levels(lines, units),
        headings=headings,
        above=headings | own.keys(),
        spanning=frozenset(
            label
            for _, block in form.blocks()
            for column in block.columns
            if not column.key
            for label in spellings(column.label)
        ),
        own=own,
        fields=fields,
        titles=frozenset(bare(name) for t in form.tables for name in (t.name, t.title)),
        stubs=frozenset(pattern.stub for pattern in patterns.values()) - {""},
        narrowest=min((len(p.columns) for p in patterns.values() if not p.stub), default=inf),
        year=year,
        silent=frozenset(additions.silent(units, year)),
    )


def _pattern(block: Block, table: Table, form: Form, year: int | None) -> Pattern:
    own = words.entry("sheet.columns")
    if block.columns:
        columns = [*_leaves(block.columns, block.key)]
        printed = {column.key: column.label for column in block.columns}
        stub = block.stub
        named = _by_label(columns, printed, additions.units(form, block))
    else:
        columns = [Leaf(block.key, "", bare(own["value"]), (), own["value"])]
        stub = own["label"]
        named = dict.fromkeys(additions.headed(own["value"], block, form, year), (*columns,))
    return Pattern(
        block,
        table,
        core(bare(block.label)),
        bare(stub),
        {leaf.key: leaf for leaf in columns},
        named,
    )


def _rows(table: Table, block: Block, form: Form) -> Iterator[Leaf]:
    for row in _leaves(block.lines, block.key):
        indicator = form.indicators.get(row.key)
        yield row._replace(name=indicator.name if indicator else row.name or table.name)


def _leaves(lines: Sequence[Line], block: str) -> Iterator[Leaf]:
    """Yield the rows or columns of a block that have figures."""
    paths: list[tuple[str, ...]] = []
    path: list[str] = []
    for line in lines:
        path = [*path[: line.level], line.label]
        paths.append(tuple(path))
    for line, whole in zip(lines, paths, strict=True):
        if line.key:
            above = tuple(core(bare(label)) for label in whole[:-1])
            yield Leaf(block, line.key, bare(line.label), above, _told_apart(whole, paths))


def _told_apart(path: tuple[str, ...], paths: Sequence[tuple[str, ...]]) -> str:
    """Return the end of a path that no other path ends in."""
    for count in range(1, len(path) + 1):
        tail = path[-count:]
        if sum(other[-count:] == tail for other in paths) == 1:
            return words.say("definition.between").join(tail)
    return words.say("definition.between").join(path)


def _by_label(
    leaves: Iterable[Leaf], printed: Mapping[str, str], units: Units
) -> dict[str, tuple[Leaf, ...]]:
    """Return rows or columns by every spelling of their labels; those without one are left out."""
    named: dict[str, tuple[Leaf, ...]] = {}
    for leaf in leaves:
        for label in with_unit(printed[leaf.key], units[leaf.key]) if leaf.label else ():
            named[label] = (*named.get(label, ()), leaf)
    return named


def _by_slip(rows: Iterable[Leaf]) -> dict[str, tuple[Leaf, ...]]:
    found: dict[str, tuple[Leaf, ...]] = {}
    for row in rows:
        for slip in slips(row.label) if row.label else ():
            found[slip] = (*found.get(slip, ()), row)
    return found


def _levels(lines: Iterable[Line], units: Units) -> dict[str, tuple[int, str] | None]:
    levels: dict[str, set[tuple[int, str]]] = {}
    for line in lines:
        whole = bare(line.label)
        for label in with_unit(line.label, units.get(line.key, ())) if line.label else ():
            levels.setdefault(label, set()).add((line.level, core(whole)))
    return {label: found.pop() if len(found) == 1 else None for label, found in levels.items()}


def _of_last_year(form: Form) -> Iterator[str]:
    """Yield what stands above last year's figures beside a matrix, column by column."""
    for column in {indicator.column for indicator in form.indicators.values()} - {""}:
        yield bare(words.say("sheet.last_year", column=column))


def _column_keys(patterns: Iterable[Pattern]) -> frozenset[str]:
    matrices = [pattern for pattern in patterns if not pattern.is_list]
    columns = {key for pattern in matrices for key in pattern.columns}
    blocks = {pattern.block.key for pattern in matrices}
    return frozenset({*blocks, *columns, *(marks.REPORTED + key for key in columns)})


def _headings(pattern: Pattern) -> Iterator[str]:
    """Yield everything that stands above the figures of a block."""
    yield from filter(None, (pattern.label, pattern.stub))
    yield from pattern.named
    for column in pattern.block.columns:
        yield from spellings(column.label)
