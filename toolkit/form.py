"""The form model: what an edition of the form is, whatever indicators it has.

A form holds printed tables; a table is one block, or several that stand one under the other. A
*list* block has one value column; its indicators are its lines. A *matrix* block crosses a tree
of rows with a tree of columns; its indicators are the cells, keyed ``row/column``. Everything
else in the toolkit works on the flat indicators and rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
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
    SUM = "sum"
    MAX = "max"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Operand:
    """An indicator whose value goes into one side of a comparison."""

    key: str
    last: bool = False
    """Whether last year's value is meant."""


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a comparison: an indicator, a sum or maximum of indicators, or a number."""

    kind: TermKind
    operands: tuple[Operand, ...] = ()
    number: Decimal = Decimal(0)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the indicators that go into the side."""
        return tuple(operand.key for operand in self.operands)


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
      as 0. A nil return is not skipped where the rule needs last year's figures: it says 0.
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
    except_levels: tuple[str, ...] = ()
    """Levels of office (机关层级) that the rule is not about."""

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Return the asserted comparison and its conditions."""
        return (self.holds, *self.when)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of all indicators it names, this year's or last year's."""
        return tuple(key for c in self.comparisons for term in c.terms for key in term.keys)

    @property
    def needs_last_year(self) -> bool:
        """Tell whether the rule looks at last year's figures."""
        return any(o.last for c in self.comparisons for term in c.terms for o in term.operands)


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
    column: str = ""
    """What its column is called in a matrix."""

    @property
    def computed(self) -> bool:
        """Tell whether the figure is the sum of its parts rather than entered."""
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed row of a block, or a column of a matrix; a heading has no key."""

    label: str
    level: int
    """Depth in the tree, 0 for the sections."""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One grid of a printed table: a list of lines, or a matrix of lines and columns."""

    key: str
    lines: tuple[Line, ...]
    columns: tuple[Line, ...] = ()
    label: str = ""
    """Heading above the block, where a table has several."""
    stub: str = ""
    """Heading above the labels of the rows."""

    def cell(self, line: Line, column: Line | None = None) -> str:
        """Return the key of the indicator at a line (and, in a matrix, a column); "" for none."""
        if column is None or not line.key or not column.key:
            return "" if self.columns else line.key
        return cell_key(line.key, column.key)


@dataclass(frozen=True, slots=True)
class Table:
    """One printed table, a sheet of the workbook."""

    key: str
    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the rows of all blocks."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def is_matrix(self) -> bool:
        """Tell whether the table crosses rows with columns."""
        return any(block.columns for block in self.blocks)


def cell_key(row: str, column: str) -> str:
    """Return the key of a matrix cell."""
    return f"{row}/{column}"


def row_of(key: str) -> str:
    """Return the key of an indicator's row, which is its own in a list; it names its 说明."""
    return key.partition("/")[0]


class Role(StrEnum):
    """What a field of the form's head or foot means to the record."""

    UNIT_NAME = "unit.name"
    UNIT_CODE = "unit.code"
    UNIT_LEVEL = "unit.level"
    """机关层级: some rules are not about every level of office."""
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
    options: tuple[str, ...] = ()
    """What may be chosen, where the choice is limited."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Figures that mean the same in two editions: the sum of the one, the sum of the other."""

    now: tuple[str, ...]
    then: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an edition has in common with an earlier one."""

    reason: str
    """Why all other figures cannot be compared."""
    same: bool
    """Whether a key that both editions have means the same."""
    pairs: tuple[Pair, ...]


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
    one_office: frozenset[str]
    """Codes of the rules that are about a single office, and no rules for the sum of several."""
    head: tuple[Field, ...]
    foot: tuple[Field, ...]
    guide: tuple[str, ...] = ()
    """Paragraphs of the 填报说明 sheet."""
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    """What can be compared with the figures of an earlier edition, by its name."""
    definition: str = field(default="", repr=False)
    """The definition in canonical form; names the edition's content in digests."""

    def serves(self, year: int) -> bool:
        """Tell whether returns for a year are filed in this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def held_to(self, cover: str) -> "Form":
        """Return the form with the rules that a return is held to.

        Args:
            cover: what a region's own return covers; "" for the return of a single office.
        """
        return self.for_sums if cover else self

    @cached_property
    def for_sums(self) -> "Form":
        """Return the form as it is for the sum of several offices."""
        kept = tuple(rule for rule in self.rules if rule.code not in self.one_office)
        return replace(self, rules=kept)

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
        """Yield every row of every table."""
        for table in self.tables:
            for line in table.lines:
                yield table, line

    def blocks(self) -> Iterator[tuple[Table, Block]]:
        """Yield every block of every table."""
        for table in self.tables:
            for block in table.blocks:
                yield table, block
