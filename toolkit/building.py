"""From the plain data of a definition to the form model.

The data has passed schemas/form.schema.json; what is left to refuse here is contradiction:
a key twice, a rule about a key that does not exist.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from toolkit import marks, rulebook, words
from toolkit.findings import Severity
from toolkit.form import Field, Form, Indicator, Measure, Role, Rule, Table
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
    tables: dict[str, Table] = {}
    indicators: dict[str, Indicator] = {}
    rules: list[tuple[Rule, Path]] = []
    for index, entry in enumerate(data["tables"]):
        path: Path = ("tables", index)
        rows = list(walk(entry["rows"], (*path, "rows")))
        columns = list(walk(entry.get("columns", ()), (*path, "columns")))
        table = Table(
            entry["key"],
            entry["name"],
            tuple(node.line for node in rows),
            tuple(node.line for node in columns),
        )
        if table.key in tables:
            raise Contradiction(path, words.say("definition.twice", key=table.key))
        if table.name in {*_own_sheets(), *(other.name for other in tables.values())}:
            raise Contradiction(path, words.say("definition.sheet", name=table.name))
        tables[table.key] = table
        # A row's key names its 说明 too, so it is unique in the form; a column's in its table.
        for nodes, names in ((rows, taken), (columns, set[str]())):
            for node in nodes:
                _take(node.key, node.path, names)
                _refuse_loose(node)
        indicators |= {i.key: i for i in _indicators(entry, rows, columns, measures)}
        rules += rulebook.implied(rows, columns)
    _refuse_circles(indicators)
    _refuse_elsewhere(indicators)
    rules += [
        (rule, ("units",)) for rule in rulebook.implausible(indicators.values(), data["formats"])
    ]
    for index, entry in enumerate(data["rules"]):
        path = ("rules", index)
        rules += [(rule, path) for rule in rulebook.written(entry, path, tables)]
    for rule, path in rules:
        rulebook.refuse_unknown(rule, path, indicators)
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
    if related and not named and not 0 < len(node.children) == len(node.data.get("rows", ())):
        name = node.key or node.data["label"]
        raise Contradiction(node.path, words.say("definition.parts", key=name))


def _measure(name: str, entry: Mapping[str, Any]) -> Measure:
    bound = entry.get("plausible_to")
    if bound is not None and not math.isfinite(bound):
        raise Contradiction(("units", name), words.say("definition.bound", unit=name))
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
    rows: Sequence[Node],
    columns: Sequence[Node],
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


def _name(label: str) -> str:
    """Return a label without what stands around its name."""
    return re.sub(words.entry("definition.around_name"), "", label)


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


def _parts(node: Node) -> tuple[str, ...]:
    return node.parts if "complete" in node.data.get("split", ()) else ()
