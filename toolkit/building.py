"""From the plain data of a definition to the form model.

The data has passed schemas/form.schema.json; what is left to refuse here is contradiction:
a key twice, a rule about a key that does not exist.
"""

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from toolkit import marks, rulebook, words
from toolkit.findings import Severity
from toolkit.form import (
    Block,
    Earlier,
    Field,
    Form,
    Indicator,
    Measure,
    Pair,
    Role,
    Rule,
    Table,
    cell_key,
)
from toolkit.tree import Contradiction, Node, Path, walk


def build(data: Mapping[str, Any], definition: str) -> Form:
    """Return the form a definition describes.

    Args:
        data: the definition as plain data, of the shape form.schema.json demands.
        definition: its canonical text, kept for digests.

    Raises:
        Contradiction: a key stands twice, or something names a key, unit or table not defined.
    """
    measures = {name: _measure(name, entry) for name, entry in data["units"].items()}
    _refuse_head(data)
    taken: set[str] = set()
    for part in ("head", "foot"):
        for index, entry in enumerate(data[part]):
            _take(entry["key"], (part, index), taken)
            taken.add(entry["key"])
    tables: list[Table] = []
    blocks: dict[str, Block] = {}
    trees: list[_Tree] = []
    rules: list[tuple[Rule, Path]] = []
    for index, entry in enumerate(data["tables"]):
        path: Path = ("tables", index)
        if entry["name"] in {*_own_sheets(), *(other.name for other in tables)}:
            raise Contradiction(path, words.say("definition.sheet", name=entry["name"]))
        own = list(_trees(entry, path))
        for tree in own:
            _take(tree.block.key, tree.path, blocks)
            _refuse_tree(tree, taken)
            blocks[tree.block.key] = tree.block
            rules += rulebook.implied(tree.rows, tree.columns)
        trees += own
        title = entry.get("title", data["name"])
        tables.append(Table(entry["key"], entry["name"], title, tuple(tree.block for tree in own)))
    indicators = {i.key: i for i in _indicators(trees, measures)}
    _refuse_circles(indicators)
    _refuse_elsewhere(indicators)
    rules += [
        (rule, ("units",)) for rule in rulebook.implausible(indicators.values(), data["formats"])
    ]
    head, foot = _fields(data["head"]), _fields(data["foot"])
    levels = [level for f in head if f.role is Role.UNIT_LEVEL for level in f.options]
    for index, entry in enumerate(data["rules"]):
        path = ("rules", index)
        rules += [(rule, path) for rule in rulebook.written(entry, path, blocks)]
        _refuse_unknown(entry.get("except_levels", ()), levels, path)
    for rule, path in rules:
        _refuse_unknown((*rule.keys, rule.anchor), indicators, path)
    _refuse_unknown(data.get("one_office", ()), {rule.code for rule, _ in rules}, ("one_office",))
    return Form(
        edition=data["edition"],
        name=data["name"],
        issued_by=data["issued_by"],
        first_year=data["years"]["from"],
        last_year=data["years"].get("to"),
        tables=tuple(tables),
        indicators=indicators,
        rules=tuple(rule for rule, _ in rules),
        formats={code: Severity(severity) for code, severity in data["formats"].items()},
        one_office=frozenset(data.get("one_office", ())),
        head=head,
        foot=foot,
        guide=tuple(data["guide"]),
        earlier=_earlier(data.get("earlier", {}), indicators),
        definition=definition,
    )


@dataclass(frozen=True, slots=True)
class _Tree:
    """A block and the trees it is made of, with where it stands in the definition."""

    block: Block
    table: Mapping[str, Any]
    path: Path
    rows: Sequence[Node]
    columns: Sequence[Node]


def _trees(table: Mapping[str, Any], path: Path) -> Iterator[_Tree]:
    """Yield the blocks of a table; one that names none is a block itself."""
    if "blocks" not in table:
        yield _tree({**table, "label": ""}, table, path)
    for index, entry in enumerate(table.get("blocks", ())):
        yield _tree(entry, table, (*path, "blocks", index))


def _tree(entry: Mapping[str, Any], table: Mapping[str, Any], path: Path) -> _Tree:
    rows = list(walk(entry["rows"], (*path, "rows")))
    columns = list(walk(entry.get("columns", ()), (*path, "columns")))
    lines, heads = (tuple(node.line for node in nodes) for nodes in (rows, columns))
    block = Block(entry["key"], lines, heads, entry.get("label", ""), entry.get("stub", ""))
    return _Tree(block, table, path, rows, columns)


def _take(key: str, path: Path, taken: Container[str]) -> None:
    if key in taken:
        raise Contradiction(path, words.say("definition.twice", key=key))


def _refuse_unknown(named: Iterable[str], known: Container[str], path: Path) -> None:
    """Refuse names of what the form does not have."""
    for name in named:
        if name not in known:
            raise Contradiction(path, words.say("definition.unknown", key=name))


def _refuse_tree(tree: _Tree, taken: set[str]) -> None:
    """Refuse a block whose keys stand twice, or whose rows cannot be meant.

    A row's key names its 说明 too, so it is unique in the form; a column's in its block.
    """
    for nodes, names in ((tree.rows, taken), (tree.columns, set[str]())):
        for node in nodes:
            if node.key:
                _take(node.key, node.path, names)
                names.add(node.key)
            _refuse_loose(node)
            if not node.label and not (tree.columns and len(tree.rows) == 1):
                raise Contradiction(node.path, words.say("definition.label", key=node.key))
    for node in tree.rows if tree.columns else ():
        if not node.key and not node.below:
            raise Contradiction(node.path, words.say("definition.empty", label=node.label))
    if tree.columns and not any(node.key for node in tree.columns):
        raise Contradiction(tree.path, words.say("definition.columns", key=tree.block.key))


def _refuse_circles(indicators: Mapping[str, Indicator]) -> None:
    """Refuse totals that are parts of themselves."""
    open_totals = {key: indicator for key, indicator in indicators.items() if indicator.computed}
    while ready := [k for k, i in open_totals.items() if open_totals.keys().isdisjoint(i.parts)]:
        for key in ready:
            del open_totals[key]
    for key in open_totals:
        raise Contradiction(("tables",), words.say("definition.circle", key=key))


def _refuse_elsewhere(indicators: Mapping[str, Indicator]) -> None:
    """Refuse totals with parts in another table: each table is a sheet that stands alone."""
    for key, indicator in indicators.items():
        for part in indicator.parts:
            if part in indicators and indicators[part].table != indicator.table:
                reason = words.say("definition.elsewhere", key=key, part=part)
                raise Contradiction(("tables",), reason)


def _refuse_head(data: Mapping[str, Any]) -> None:
    """Refuse years that run backwards, and fields that say the same or leave out who reports."""
    if data["years"].get("to", data["years"]["from"]) < data["years"]["from"]:
        raise Contradiction(("years",), words.say("definition.years"))
    roles = Counter(entry["role"] for entry in (*data["head"], *data["foot"]))
    for role in Role:
        needed = role is Role.UNIT_NAME
        if role is not Role.CONTACT and not needed <= roles[role] <= 1:
            raise Contradiction(("head",), words.say("definition.role", role=role))


def _own_sheets() -> tuple[str, str]:
    """Return the sheets that every workbook has beside its tables."""
    return words.say("sheet.guide"), marks.META_SHEET


def _refuse_loose(node: Node) -> None:
    """Refuse relations of a row to rows that are not there or have no figures."""
    if "within" in node.data and not node.parent:
        raise Contradiction(node.path, words.say("definition.parent", key=node.key))
    related = "split" in node.data or "covers" in node.data
    named = "of" in node.data.get("split", ())
    if related and not named and not 0 < len(node.children) == len(node.below):
        name = node.key or node.label
        raise Contradiction(node.path, words.say("definition.parts", key=name))


def _measure(name: str, entry: Mapping[str, Any]) -> Measure:
    bound = entry.get("plausible_to")
    if bound is not None and not math.isfinite(bound):
        raise Contradiction(("units", name), words.say("definition.bound", unit=name))
    return Measure(
        entry.get("name", name),
        entry.get("decimals", 0),
        None if bound is None else Decimal(str(bound)),
        entry.get("signed", False),
    )


def _fields(entries: Sequence[Mapping[str, Any]]) -> tuple[Field, ...]:
    return tuple(
        Field(
            entry["key"],
            entry["label"],
            Role(entry["role"]),
            entry.get("help", ""),
            tuple(entry.get("options", ())),
        )
        for entry in entries
    )


def _earlier(
    entries: Mapping[str, Any], indicators: Mapping[str, Indicator]
) -> Mapping[str, Earlier]:
    """Return what the edition has in common with earlier ones."""
    found: dict[str, Earlier] = {}
    for edition, entry in entries.items():
        pairs = []
        for index, pair in enumerate(entry.get("pairs", ())):
            _refuse_unknown(pair["now"], indicators, ("earlier", edition, "pairs", index))
            pairs.append(Pair(tuple(pair["now"]), tuple(pair["then"]), pair.get("note", "")))
        found[edition] = Earlier(entry["reason"], entry.get("same", False), tuple(pairs))
    return found


def _indicators(trees: Sequence[_Tree], measures: Mapping[str, Measure]) -> Iterator[Indicator]:
    """Yield the figures of a form: the lines of its lists, the cells of its matrices."""
    everywhere = [row for tree in trees for row in tree.rows]
    for tree in trees:
        for row in tree.rows:
            if not row.key:
                continue
            label = _told_apart(row, everywhere, tree.columns)
            if not tree.columns:
                measure = _measure_of(row, (row.data, tree.table), measures)
                help_ = row.data.get("help", "")
                name = _named(label)
                yield Indicator(
                    row.key, row.label, name, measure, tree.table["key"], row.section, help_,
                    _parts(row),
                )  # fmt: skip
                continue
            for column in tree.columns:
                if column.key:
                    yield _cell(tree, row, column, label, measures)


def _cell(
    tree: _Tree,
    row: Node,
    column: Node,
    row_label: Sequence[str],
    measures: Mapping[str, Measure],
) -> Indicator:
    """Return the figure where a row and a column of a matrix cross."""
    column_label = _told_apart(column, tree.columns)
    labels = [*row_label, *column_label]
    parts = [cell_key(row.key, part) for part in _parts(column)]
    parts = parts or [cell_key(part, column.key) for part in _parts(row)]
    return Indicator(
        cell_key(row.key, column.key),
        _crossing(labels),
        _named(labels),
        _measure_of(row, (column.data, row.data, tree.table), measures),
        tree.table["key"],
        tree.table["name"],
        row.data.get("help", column.data.get("help", "")),
        tuple(parts),
        _named(column_label),
    )


def _measure_of(
    row: Node, holders: Sequence[Mapping[str, Any]], measures: Mapping[str, Measure]
) -> Measure:
    """Return the measure that the first of its holders names."""
    unit = next((holder["unit"] for holder in holders if "unit" in holder), "")
    if unit not in measures:
        raise Contradiction(row.path, words.say("definition.unit", unit=unit, key=row.key))
    return measures[unit]


def _told_apart(node: Node, like: Sequence[Node], crossed: Sequence[Node] = ()) -> Sequence[str]:
    """Return the labels that tell a node from all others: its own, and as many above as needed.

    Args:
        node: a row or a column.
        like: all nodes of its kind.
        crossed: the columns a row is crossed with; a row of the same label could be taken for one.
    """
    path = _path(node)
    columns = {_name(column.label) for column in crossed}
    for count in range(1, len(path) + 1):
        tail = path[-count:]
        rivals = [n for n in like if n.key and n is not node and _same(_path(n)[-count:], tail)]
        if not rivals and (count > 1 or _name(tail[0]) not in columns):
            return tail
    return path


def _path(node: Node) -> Sequence[str]:
    return [label for label in (*node.above, node.label) if label]


def _same(labels: Sequence[str], others: Sequence[str]) -> bool:
    return [_name(label) for label in labels] == [_name(label) for label in others]


def _named(labels: Sequence[str]) -> str:
    return _crossing([_name(label) for label in labels])


@cache
def _name(label: str) -> str:
    """Return a label without what stands around its name."""
    return re.sub(words.entry("definition.around_name"), "", label)


def _crossing(labels: Sequence[str]) -> str:
    return words.say("definition.between").join(labels)


def _parts(node: Node) -> tuple[str, ...]:
    return node.parts if "complete" in node.data.get("split", ()) else ()
