"""The rules of a definition: implied by its trees and units, or written out.

In a matrix a rule about rows stands once for every column, and one about columns once for every
row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from toolkit import words
from toolkit.findings import Severity
from toolkit.form import (
    Comparison,
    Indicator,
    Relation,
    Rule,
    Table,
    Term,
    TermKind,
)
from toolkit.tree import Contradiction, Node, Path


def implied(rows: Sequence[Node], columns: Sequence[Node]) -> Iterator[tuple[Rule, Path]]:
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


def _tree_rules(node: Node) -> Iterator[Rule]:
    error, warning = Severity.ERROR, Severity.WARNING
    own, parts = _key(node.key), Term(TermKind.SUM, node.parts)
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
        total, most = _key(covers["total"]), Term(TermKind.MAX, node.parts)
        yield _worded("cover_max", covers["max"], error, most, total, covers["total"])
        yield _worded("cover_sum", covers["sum"], error, total, parts, covers["total"])


def _worded(kind: str, code: str, severity: Severity, left: Term, right: Term, anchor: str) -> Rule:
    """Return a rule ``left ≤ right`` with the words the catalogue has for its kind."""
    holds = Comparison(left, Relation.AT_MOST, right)
    text: Mapping[str, str] = words.entry(f"rule.{kind}")
    return Rule(code, severity, holds, anchor, text["sentence"], text["remedy"])


def implausible(indicators: Iterable[Indicator], formats: Mapping[str, str]) -> Iterator[Rule]:
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


def written(entry: Mapping[str, Any], path: Path, tables: Mapping[str, Table]) -> Iterator[Rule]:
    """Yield a written rule, once for each row or column of a matrix where it says so.

    Args:
        entry: the rule in the definition.
        path: where it stands.
        tables: the form's tables by key.

    Raises:
        Contradiction: it has no anchor, or is for each line of what is no matrix.
    """
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


def refuse_unknown(rule: Rule, path: Path, indicators: Mapping[str, Indicator]) -> None:
    """Refuse a rule that names a figure which the form does not have.

    Raises:
        Contradiction: it does.
    """
    named = [key for c in rule.comparisons for term in c.terms for key in term.keys]
    for key in (*named, rule.anchor):
        if key not in indicators:
            raise Contradiction(path, words.say("definition.unknown", key=key))
