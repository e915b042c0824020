"""What a rule means: does it hold for these figures, and if not, in which words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit import text, words
from toolkit.findings import Number, Severity
from toolkit.form import Comparison, Form, Operand, Relation, Rule, Term, TermKind
from toolkit.record import Figures, Record

SIGNS: Mapping[Severity, str] = {
    severity: words.say(f"verdict.{severity}") for severity in Severity
}


def line(severity: Severity, code: str, sentence: str, where: str = "") -> str:
    """Return a line of the 校验 column.

    Args:
        severity: how strict what it tells of is.
        code: its code.
        sentence: what is wrong.
        where: the column of a matrix it is about, "" in a list.
    """
    told = words.say("verdict.where", where=where, sentence=sentence) if where else sentence
    return words.say("verdict.line", sign=SIGNS[severity], code=code, sentence=told)


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that does not hold, with the two figures that contradict each other."""

    rule: Rule
    left: Number | None
    right: Number | None
    blanks: tuple[str, ...] = ()
    """Keys of blank figures that were counted as 0."""
    last_blanks: tuple[str, ...] = ()
    """The same of last year's figures."""

    @property
    def sentence(self) -> str:
        """Return what is wrong, the figures filled in."""
        return self.rule.sentence.format(left=text.show(self.left), right=text.show(self.right))


@dataclass(frozen=True, slots=True)
class _Side:
    value: Number
    blanks: tuple[Operand, ...]
    wholly_blank: bool


def verdict(form: Form, broken: Violation) -> str:
    """Return the line that the sheet's 校验 cell shows for a broken rule."""
    rule = broken.rule
    where = form.indicators[rule.anchor].column
    return line(rule.severity, rule.code, broken.sentence, where)


def violations(form: Form, record: Record, last: Figures | None = None) -> Iterator[Violation]:
    """Yield the rules of a form that a record breaks, in the order of the definition.

    Args:
        form: the edition.
        record: the return.
        last: the same unit's figures of the year before; rules that need it are skipped without,
            and so are those about figures that last year's edition did not have.
    """
    for rule in form.rules:
        if record.unit.level in rule.except_levels or not _known(rule, last):
            continue
        broken = violation(rule, record, last)
        if broken is not None:
            yield broken


def violation(rule: Rule, record: Record, last: Figures | None = None) -> Violation | None:
    """Return how a record breaks a rule, None where it does not.

    Args:
        rule: the rule; what it is not about is not asked here.
        record: the return.
        last: the same unit's figures of the year before.
    """
    return _split(rule, record) if rule.split else _relation(rule, record, last)


def _known(rule: Rule, last: Figures | None) -> bool:
    """Tell whether there are the figures of last year that a rule needs."""
    return not rule.needs_last_year or (
        last is not None
        and all(
            operand.key in last
            for comparison in rule.comparisons
            for term in comparison.terms
            for operand in term.operands
            if operand.last
        )
    )


def _split(rule: Rule, record: Record) -> Violation | None:
    """Hold a reported total against its parts (see Rule on blanks)."""
    (key,), parts = rule.holds.left.keys, rule.holds.right.keys
    if key not in record.reported:
        return None  # computed from its parts, nothing to contradict them
    total = record.reported[key]
    filled = [value for part in parts if (value := record.values[part]) is not None]
    if not filled:
        return Violation(rule, total, None) if total is not None and total > 0 else None
    amount = text.exact(sum(filled))
    if total is None:
        return Violation(rule, None, amount) if any(value > 0 for value in filled) else None
    if total == amount:
        return None
    blanks = tuple(part for part in parts if record.values[part] is None)
    return Violation(rule, total, amount, blanks)


def _relation(rule: Rule, record: Record, last: Figures | None) -> Violation | None:
    left = _side(rule.holds.left, record, last)
    # That there is nothing this year is a figure of 0 to set beside last year's.
    silent = left.wholly_blank and not (record.nil and rule.needs_last_year)
    if silent or not all(_holds(c, record, last) for c in rule.when):
        return None
    right = _side(rule.holds.right, record, last)
    if _compare(left.value, rule.holds.relation, right.value):
        return None
    blanks = left.blanks + right.blanks
    this, before = (tuple(o.key for o in blanks if o.last is last) for last in (False, True))
    return Violation(rule, left.value, right.value, this, before)


def _holds(comparison: Comparison, record: Record, last: Figures | None) -> bool:
    left, right = (_side(term, record, last) for term in comparison.terms)
    return _compare(left.value, comparison.relation, right.value)


def _side(term: Term, record: Record, last: Figures | None) -> _Side:
    """Return a side's figure with blanks as 0."""
    if term.kind is TermKind.NUMBER:
        return _Side(text.exact(term.number), (), wholly_blank=False)

    def figure(operand: Operand) -> Number | None:
        return (last or {}).get(operand.key) if operand.last else record.values[operand.key]

    figures = [(operand, figure(operand)) for operand in term.operands]
    filled = [value for _, value in figures if value is not None]
    if term.kind is TermKind.MAX:
        return _Side(max(filled, default=0), (), wholly_blank=not filled)
    blanks = tuple(operand for operand, value in figures if value is None)
    return _Side(text.exact(sum(filled)), blanks, wholly_blank=not filled)


def _compare(left: Number, relation: Relation, right: Number) -> bool:
    match relation:
        case Relation.EQUAL:
            return left == right
        case Relation.UNEQUAL:
            return left != right
        case Relation.AT_MOST:
            return left <= right
        case Relation.AT_LEAST:
            return left >= right


def hint(form: Form, violation: Violation, record: Record) -> str:
    """Return a guess at how a split went wrong, in words; "" where nothing suggests itself.

    Where leaving out one part makes the reported total, that part is named: totals are
    often typed once more into the last part.
    """
    total, amount = violation.left, violation.right
    if not violation.rule.split or total is None or amount is None:
        return ""
    for key in violation.rule.holds.right.keys:
        part = record.values[key]
        if part and Decimal(amount) - Decimal(part) == total:
            return words.say("rule.hint", label=form.indicators[key].name, total=text.show(total))
    return ""
