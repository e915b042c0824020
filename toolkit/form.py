"""The form model: what an edition of the form is, whatever indicators it has.

A form holds tables. A *list* table has one value column; its indicators are its lines. A
*matrix* table crosses a tree of rows with a tree of columns; its indicators are the cells,
keyed ``row/column``. Everything else in the toolkit works on the flat indicators and rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from toolkit.findings import Severity


class Relation(StrEnum):
    """How the two sides of a comparison must stand to each other."""

    EQUAL = "="
    UNEQUAL = "≠"
    AT_MOST = "≤"
    AT_LEAST = "≥"


class TermKind(StrEnum):
    """What one side of a comparison is."""

    KEY = "key"
    """The value of one indicator."""
    LAST = "last"
    """Last year's value of one indicator."""
    SUM = "sum"
    MAX = "max"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a comparison: an indicator, a sum or maximum of indicators, or a number."""

    kind: TermKind
    keys: tuple[str, ...] = ()
    number: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left relation right``."""

    left: Term
    relation: Relation
    right: Term

    @property
    def terms(self) -> tuple[Term, Term]:
        """Return both sides."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation that the figures of one return must satisfy.

    Two ways of treating blanks exist (审核关系, missing values):

    - ``split`` (a complete split; left is the reported total, right the sum of its parts): total
      and parts all blank is skipped; a blank total beside a part above 0 fails, so does a total
      above 0 whose parts are all blank; otherwise blank parts count as 0.
    - every other rule: a left side that is wholly blank is skipped, a blank right side counts
      as 0.
    """

    code: str
    severity: Severity
    holds: Comparison
    anchor: str
    """The row whose 说明 answers for the rule and whose 校验 cell shows it."""
    sentence: str
    """What is wrong, in Chinese; ``{left}`` and ``{right}`` stand for the two figures."""
    remedy: str = ""
    when: tuple[Comparison, ...] = ()
    """The rule applies only where all of these hold; blanks count as 0 here."""
    split: bool = False

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Return the asserted comparison and its conditions."""
        return (self.holds, *self.when)

    @property
    def needs_last_year(self) -> bool:
        """Tell whether the rule looks at last year's figures."""
        return any(t.kind is TermKind.LAST for c in self.comparisons for t in c.terms)


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measurement (计量单位) and what figures in it look like."""

    name: str
    decimals: int = 0
    """Decimal places a figure may have; 0 for counts."""
    plausible_to: Decimal | None = None
    """A figure above this is more likely a slip of the unit (元 for 万元)."""
    signed: bool = False
    """Whether a figure below 0 is lawful (增/减 columns)."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of the form."""

    key: str
    label: str
    """As printed; for a matrix cell the labels of row and column."""
    name: str
    """What it is called in a sentence: the label without numbering and brackets, unambiguous."""
    measure: Measure
    table: str
    section: str
    """Printed label of the top-level section the figure stands in."""
    help: str = ""
    parts: tuple[str, ...] = ()
    """Keys of a complete split; not empty exactly for a computed total."""

    @property
    def computed(self) -> bool:
        """Tell whether the figure is the sum of its parts rather than entered."""
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed row of a table, or a column of a matrix; a heading has no key."""

    label: str
    level: int
    """Depth in the tree, 0 for the sections."""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One printed table."""

    key: str
    name: str
    lines: tuple[Line, ...]
    columns: tuple[Line, ...] = ()

    def cell(self, line: Line, column: Line | None = None) -> str:
        """Return the key of the indicator at a line (and, in a matrix, a column); "" for none."""
        if column is None or not line.key or not column.key:
            return "" if self.columns else line.key
        return f"{line.key}/{column.key}"


class Role(StrEnum):
    """What a field of the form's head or foot means to the record."""

    UNIT_NAME = "unit.name"
    UNIT_CODE = "unit.code"
    YEAR = "year"
    NIL = "nil"
    """零报告: the office states that it has nothing to report."""
    DATE = "date"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Field:
    """A field outside the tables: unit, year, 零报告 above them, the sign-off below."""

    key: str
    label: str
    role: Role
    help: str = ""


@dataclass(frozen=True, eq=False)
class Form:
    """One edition of the form; equal only to itself, so that what follows from it can be kept."""

    edition: str
    name: str
    issued_by: str
    first_year: int
    last_year: int | None
    tables: tuple[Table, ...]
    indicators: Mapping[str, Indicator]
    """All figures by key, in printed order."""
    rules: tuple[Rule, ...]
    """Rules implied by the tree first, then the written ones; each group in printed order."""
    formats: Mapping[str, Severity]
    """How strict the edition is about each format code (F1 …)."""
    head: tuple[Field, ...]
    foot: tuple[Field, ...]
    guide: tuple[str, ...] = ()
    """Paragraphs of the 填报说明 sheet."""
    definition: str = field(default="", repr=False)
    """The definition in canonical form; names the edition's content in digests."""

    def serves(self, year: int) -> bool:
        """Tell whether returns for a year are filed in this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Return the fields of head and foot by key."""
        return {f.key: f for f in (*self.head, *self.foot)}

    @cached_property
    def entered(self) -> tuple[Indicator, ...]:
        """Return the figures people type, in printed order."""
        return tuple(i for i in self.indicators.values() if not i.computed)

    @cached_property
    def totals(self) -> tuple[Indicator, ...]:
        """Return the computed totals, innermost first, so that each finds its parts ready."""
        ordered: list[Indicator] = []
        waiting = [i for i in self.indicators.values() if i.computed]
        while waiting:
            keys = {i.key for i in waiting}
            ready = [i for i in waiting if keys.isdisjoint(i.parts)]
            ordered += ready
            waiting = [i for i in waiting if i not in ready]
        return tuple(ordered)

    @cached_property
    def rules_by_anchor(self) -> Mapping[str, tuple[Rule, ...]]:
        """Return the rules of each anchor row, strictest first."""
        rows: dict[str, list[Rule]] = {}
        for rule in sorted(self.rules, key=lambda rule: rule.severity.rank):
            rows.setdefault(rule.anchor, []).append(rule)
        return {anchor: tuple(rules) for anchor, rules in rows.items()}

    @cached_property
    def sections(self) -> Mapping[str, tuple[Indicator, ...]]:
        """Return the figures of each top-level section, in printed order."""
        sections: dict[str, list[Indicator]] = {}
        for indicator in self.indicators.values():
            sections.setdefault(indicator.section, []).append(indicator)
        return {name: tuple(members) for name, members in sections.items()}

    def listed(self) -> Iterator[tuple[Table, Line]]:
        """Yield every printed row of every table."""
        for table in self.tables:
            for line in table.lines:
                yield table, line
