"""From the plain data of a definition to the form model, with the rules the tree implies.

The data has passed schemas/form.schema.json; what is left to refuse here is contradiction:
a key twice, a rule about a key that does not exist.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from toolkit import words
from toolkit.findings import Severity
from toolkit.form import (
    Comparison,
    Field,
    Form,
    Indicator,
    Line,
    Measure,
    Relation,
    Role,
    Rule,
    Table,
    TableKind,
    Term,
    TermKind,
)

Path = tuple[str | int, ...]


class Contradiction(Exception):
    """A definition of the right shape that cannot be meant; carries the path of the node."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the path so that the loader can name the line."""
        self.path = path
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class _Node:
    """One row (or column) of a definition's tree, with where it stands."""

    data: Mapping[str, Any]
    path: Path
    level: int
    section: str
    parent: str

    @property
    def key(self) -> str:
        return str(self.data.get("key", ""))

    @property
    def children(self) -> tuple[str, ...]:
        return tuple(row["key"] for row in self.data.get("rows", ()) if "key" in row)

    @property
    def line(self) -> Line:
        return Line(self.data["label"], self.level, self.key)


def build(data: Mapping[str, Any], definition: str) -> Form:
    """Return the form a definition describes.

    Args:
        data: the definition as plain data, of the shape form.schema.json demands.
        definition: its canonical text, kept for digests.

    Raises:
        Contradiction: a key stands twice, or something names a key, unit or table not defined.
    """
    measures = {name: _measure(name, entry) for name, entry in data["units"].items()}
    taken: set[str] = set()
    for part in ("head", "foot"):
        for index, entry in enumerate(data[part]):
            _take(entry["key"], (part, index), taken)
    tables: dict[str, Table] = {}
    indicators: dict[str, Indicator] = {}
    rules: list[tuple[Rule, Path]] = []
    for index, entry in enumerate(data["tables"]):
        path: Path = ("tables", index)
        rows = list(_walk(entry["rows"], (*path, "rows")))
        columns = list(_walk(entry.get("columns", ()), (*path, "columns")))
        table = Table(
            entry["key"],
            TableKind(entry["kind"]),
            entry["name"],
            tuple(node.line for node in rows),
            tuple(node.line for node in columns),
        )
        if table.key in tables:
            raise Contradiction(path, words.say("definition.twice", key=table.key))
        tables[table.key] = table
        # A row's key names its 说明 too, so it is unique in the form; a column's in its table.
        for nodes, names in ((rows, taken), (columns, set[str]())):
            for node in nodes:
                _take(node.key, node.path, names)
                _refuse_loose(node)
        indicators |= {i.key: i for i in _indicators(entry, rows, columns, measures)}
        rules += _implied(rows, columns)
    rules += [(rule, ("units",)) for rule in _implausible(indicators.values(), data["formats"])]
    for index, entry in enumerate(data["rules"]):
        path = ("rules", index)
        rules += [(rule, path) for rule in _written(entry, path, tables)]
    for rule, path in rules:
        _refuse_unknown(rule, path, indicators)
    return Form(
        edition=data["edition"],
        name=data["name"],
        issued_by=data["issued_by"],
        first_year=data["years"]["from"],
        last_year=data["years"].get("to"),
        tables=tuple(tables.values()),
        indicators=_told_apart(indicators),
        rules=tuple(rule for rule, _ in rules),
        formats={code: Severity(severity) for code, severity in data["formats"].items()},
        head=_fields(data["head"]),
        foot=_fields(data["foot"]),
        guide=tuple(data["guide"]),
        definition=definition,
    )


def _take(key: str, path: Path, taken: set[str]) -> None:
    if key in taken:
        raise Contradiction(path, words.say("definition.twice", key=key))
    if key:
        taken.add(key)


def _refuse_loose(node: _Node) -> None:
    """Refuse relations of a row to rows that are not there or have no figures."""
    if "within" in node.data and not node.parent:
        raise Contradiction(node.path, words.say("definition.parent", key=node.key))
    related = "split" in node.data or "covers" in node.data
    if related and len(node.children) < len(node.data["rows"]):
        name = node.key or node.data["label"]
        raise Contradiction(node.path, words.say("definition.parts", key=name))


def _walk(
    rows: Sequence[Mapping[str, Any]],
    path: Path,
    level: int = 0,
    section: str = "",
    parent: str = "",
) -> Iterator[_Node]:
    """Yield the rows of a tree in printed order."""
    for index, row in enumerate(rows):
        top = section or row["label"]
        node = _Node(row, (*path, index), level, top, parent)
        yield node
        yield from _walk(row.get("rows", ()), (*node.path, "rows"), level + 1, top, node.key)


def _measure(name: str, entry: Mapping[str, Any]) -> Measure:
    bound = entry.get("plausible_to")
    return Measure(
        name,
        entry.get("decimals", 0),
        None if bound is None else Decimal(str(bound)),
        entry.get("signed", False),
    )


def _fields(entries: Sequence[Mapping[str, Any]]) -> tuple[Field, ...]:
    return tuple(
        Field(entry["key"], entry["label"], Role(entry["role"]), entry.get("help", ""))
        for entry in entries
    )


def _indicators(
    table: Mapping[str, Any],
    rows: Sequence[_Node],
    columns: Sequence[_Node],
    measures: Mapping[str, Measure],
) -> Iterator[Indicator]:
    """Yield the figures of a table: its lines, or in a matrix its cells."""
    for row in rows:
        if not row.key:
            continue
        unit = row.data.get("unit", table.get("unit", ""))
        if unit not in measures:
            raise Contradiction(row.path, words.say("definition.unit", unit=unit, key=row.key))
        shared = (measures[unit], table["key"], row.section, row.data.get("help", ""))
        if not columns:
            label = row.data["label"]
            yield Indicator(row.key, label, _name(label), *shared, parts=_parts(row))
            continue
        for column in columns:
            if not column.key:
                continue
            parts = [f"{row.key}/{part}" for part in _parts(column)]
            parts = parts or [f"{part}/{column.key}" for part in _parts(row)]
            label = _crossing(row.data["label"], column.data["label"])
            name = _crossing(_name(row.data["label"]), _name(column.data["label"]))
            yield Indicator(f"{row.key}/{column.key}", label, name, *shared, tuple(parts))


# Numbering and 其中 before a label, a remark in brackets behind it.
_AROUND_NAME = re.compile(
    r"^(其中：|（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.)+|（[^（）]*）$"
)


def _name(label: str) -> str:
    return _AROUND_NAME.sub("", label)


def _crossing(row: str, column: str) -> str:
    return words.say("definition.cell", row=row, column=column)


def _told_apart(indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """Put the section before names that several indicators share."""
    counts = Counter(indicator.name for indicator in indicators.values())
    return {
        key: indicator
        if counts[indicator.name] == 1
        else replace(indicator, name=_crossing(_name(indicator.section), indicator.name))
        for key, indicator in indicators.items()
    }


def _parts(node: _Node) -> tuple[str, ...]:
    return node.children if "complete" in node.data.get("split", ()) else ()


def _implied(rows: Sequence[_Node], columns: Sequence[_Node]) -> Iterator[tuple[Rule, Path]]:
    """Yield the rules that follow from the trees; in a matrix each stands once per crossing."""
    for node in rows:
        for rule in _tree_rules(node):
            if not columns:
                yield rule, node.path
            for column in columns:
                if column.key:
                    yield _placed(rule, "{key}/" + column.key), node.path
    for node in columns:
        for rule in _tree_rules(node):
            for row in rows:
                if row.key:
                    yield _placed(rule, row.key + "/{key}"), node.path


def _tree_rules(node: _Node) -> Iterator[Rule]:
    error, warning = Severity.ERROR, Severity.WARNING
    own, parts = _key(node.key), Term(TermKind.SUM, node.children)
    if "within" in node.data:
        yield _worded("within", node.data["within"], error, own, _key(node.parent), node.key)
    split = node.data.get("split", {})
    if "complete" in split:
        rule = _worded("complete", split["complete"], error, own, parts, node.key)
        yield replace(rule, holds=Comparison(own, Relation.EQUAL, parts), split=True)
    if "open" in split:
        yield _worded("open_over", split["open"], error, parts, own, node.key)
        yield _worded("open_under", split["open"], warning, own, parts, node.key)
    if "covers" in node.data:
        covers = node.data["covers"]
        total, most = _key(covers["total"]), Term(TermKind.MAX, node.children)
        yield _worded("cover_max", covers["max"], error, most, total, covers["total"])
        yield _worded("cover_sum", covers["sum"], error, total, parts, covers["total"])


def _worded(kind: str, code: str, severity: Severity, left: Term, right: Term, anchor: str) -> Rule:
    """Return a rule ``left ≤ right`` with the words the catalogue has for its kind."""
    holds = Comparison(left, Relation.AT_MOST, right)
    text: Mapping[str, str] = words.entry(f"rule.{kind}")
    return Rule(code, severity, holds, anchor, text["sentence"], text["remedy"])


def _implausible(indicators: Iterable[Indicator], formats: Mapping[str, str]) -> Iterator[Rule]:
    """Yield F7 for every figure whose unit has a plausible upper bound."""
    for indicator in indicators:
        bound = indicator.measure.plausible_to
        if bound is not None:
            limit = Term(TermKind.NUMBER, number=bound)
            yield _worded(
                "implausible",
                "F7",
                Severity(formats["F7"]),
                _key(indicator.key),
                limit,
                indicator.key,
            )


def _key(key: str) -> Term:
    return Term(TermKind.KEY, (key,))


def _term(entry: Any) -> Term:
    if isinstance(entry, str):
        return _key(entry)
    if isinstance(entry, Mapping):
        ((kind, keys),) = entry.items()
        return Term(TermKind(kind), (keys,) if isinstance(keys, str) else tuple(keys))
    return Term(TermKind.NUMBER, number=Decimal(str(entry)))


def _comparison(entry: Mapping[str, Any]) -> Comparison:
    return Comparison(_term(entry["left"]), Relation(entry["relation"]), _term(entry["right"]))


def _written(entry: Mapping[str, Any], path: Path, tables: Mapping[str, Table]) -> Iterator[Rule]:
    """Yield a written rule, once for each row or column of a matrix where it says so."""
    holds = _comparison(entry)
    anchor = entry.get("anchor", "")
    if not anchor:
        if holds.left.kind is not TermKind.KEY:
            raise Contradiction(path, words.say("definition.anchor", code=entry["code"]))
        anchor = holds.left.keys[0]
    rule = Rule(
        entry["code"],
        Severity(entry["severity"]),
        holds,
        anchor,
        entry["sentence"],
        entry.get("remedy", ""),
        tuple(_comparison(condition) for condition in entry.get("when", ())),
    )
    if "each" not in entry:
        yield rule
        return
    table = tables.get(entry["each"]["table"])
    if table is None:
        raise Contradiction(path, words.say("definition.unknown", key=entry["each"]["table"]))
    if not table.columns:
        raise Contradiction(path, words.say("definition.each", key=table.key))
    along_columns = entry["each"]["along"] == "columns"
    for line in table.columns if along_columns else table.lines:
        if line.key:
            yield _placed(rule, "{key}/" + line.key if along_columns else line.key + "/{key}")


def _placed(rule: Rule, pattern: str) -> Rule:
    """Return a rule about rows (or columns) of a matrix as one about its cells."""

    def placed(term: Term) -> Term:
        return replace(term, keys=tuple(pattern.format(key=key) for key in term.keys))

    def both(comparison: Comparison) -> Comparison:
        return replace(comparison, left=placed(comparison.left), right=placed(comparison.right))

    return replace(
        rule,
        holds=both(rule.holds),
        anchor=pattern.format(key=rule.anchor),
        when=tuple(both(condition) for condition in rule.when),
    )


def _refuse_unknown(rule: Rule, path: Path, indicators: Mapping[str, Indicator]) -> None:
    named = [key for c in rule.comparisons for term in c.terms for key in term.keys]
    for key in (*named, rule.anchor):
        if key not in indicators:
            raise Contradiction(path, words.say("definition.unknown", key=key))
