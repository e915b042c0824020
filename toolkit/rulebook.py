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
    Block,
    Comparison,
    Indicator,
    Operand,
    Relation,
    Rule,
    Term,
    TermKind,
    cell_key,
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
                    yield _placed(rule, column=column.key), node.path
    for node in columns:
        for rule in _tree_rules(node):
            for row in rows:
                if row.key:
                    yield _placed(rule, row=row.key), node.path


def _tree_rules(node: Node) -> Iterator[Rule]:
    error, warning = Severity.ERROR, Severity.WARNING
    own, parts = _key(node.key), _terms(TermKind.SUM, node.parts)
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
        total, most = _key(covers["total"]), _terms(TermKind.MAX, node.parts)
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
    return _terms(TermKind.KEY, (key,))


def _terms(kind: TermKind, keys: Iterable[str]) -> Term:
    return Term(kind, tuple(Operand(key) for key in keys))


def _term(entry: Any) -> Term:
    if isinstance(entry, str) or (isinstance(entry, Mapping) and "last" in entry):
        return Term(TermKind.KEY, (_operand(entry),))
    if isinstance(entry, Mapping):
        ((kind, operands),) = entry.items()
        return Term(TermKind(kind), tuple(map(_operand, operands)))
    return Term(TermKind.NUMBER, number=Decimal(str(entry)))


def _operand(entry: Any) -> Operand:
    return Operand(entry) if isinstance(entry, str) else Operand(entry["last"], last=True)


def _comparison(entry: Mapping[str, Any]) -> Comparison:
    return Comparison(_term(entry["left"]), Relation(entry["relation"]), _term(entry["right"]))


def written(entry: Mapping[str, Any], path: Path, blocks: Mapping[str, Block]) -> Iterator[Rule]:
    """Yield a written rule, once for each row or column of a matrix where it says so.

    Args:
        entry: the rule in the definition.
        path: where it stands.
        blocks: the form's blocks by key.

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
        except_levels=tuple(entry.get("except_levels", ())),
    )
    if "each" not in entry:
        yield rule
        return
    along_columns = entry["each"]["along"] == "columns"
    for key in _each(entry["each"], path, blocks):
        yield _placed(rule, column=key) if along_columns else _placed(rule, row=key)


def _each(entry: Mapping[str, Any], path: Path, blocks: Mapping[str, Block]) -> Sequence[str]:
    """Return the keys of the rows or columns that a rule stands for."""
    block = blocks.get(entry["block"])
    if block is None:
        raise Contradiction(path, words.say("definition.unknown", key=entry["block"]))
    if not block.columns:
        raise Contradiction(path, words.say("definition.each", key=block.key))
    lines = block.columns if entry["along"] == "columns" else block.lines
    keys = [line.key for line in lines if line.key]
    for key in entry.get("of", ()):
        if key not in keys:
            raise Contradiction(path, words.say("definition.unknown", key=key))
    return [key for key in keys if key in entry.get("of", keys)]


def _placed(rule: Rule, *, row: str = "", column: str = "") -> Rule:
    """Return a rule about the rows of one column (or the columns of one row) as one about cells."""

    def cell(key: str) -> str:
        return cell_key(row or key, column or key)

    def placed(term: Term) -> Term:
        return replace(term, operands=tuple(replace(o, key=cell(o.key)) for o in term.operands))

    def both(comparison: Comparison) -> Comparison:
        return replace(comparison, left=placed(comparison.left), right=placed(comparison.right))

    return replace(
        rule,
        holds=both(rule.holds),
        anchor=cell(rule.anchor),
        when=tuple(both(condition) for condition in rule.when),
    )
