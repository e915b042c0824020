"""Tables of one workbook that claim the same figures: blank copies, and forms of their own.

Copies that agree are one form. Where many figures differ, or the heads name different offices or
years, there are several forms, and nobody can tell which one is meant.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from toolkit import text, words
from toolkit.findings import Finding, Severity, finding
from toolkit.form import Form, Role
from toolkit.reading.areas import Area
from toolkit.reading.cells import Placed, extras
from toolkit.reading.claims import Claim
from toolkit.reading.conflicts import Rivals, agree
from toolkit.reading.fields import Margin, fields
from toolkit.reading.pages import Page, Spot, at, called, from_row
from toolkit.reading.vocabulary import Vocabulary

_MANY = 5
_SHARE = 3
"""Forms are several where so many figures differ, and one of so many that are filled in."""
_WHOSE = frozenset({Role.UNIT_NAME, Role.UNIT_CODE, Role.YEAR})
"""The fields of the head that tell forms apart."""


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """An area, and what its rows claim to be."""

    area: Area
    claims: Sequence[Claim]

    @property
    def last(self) -> int:
        """Return the last row of the table."""
        return max((claim.number for claim in self.claims), default=self.area.run.bottom)


class Held(NamedTuple):
    """A table and its cells."""

    table: Table
    placed: Sequence[Placed]

    @property
    def page(self) -> Page:
        """Return the page that it stands on."""
        return self.table.area.page

    @property
    def top(self) -> Spot:
        """Return where it begins."""
        return Spot(self.page.sheet, self.table.area.top, self.table.area.left)

    @property
    def keys(self) -> set[str]:
        """Return the figures that it claims."""
        return {one.key for one in self.placed}


def of_the_form(tables: Sequence[Table], known: Vocabulary) -> Iterator[Table]:
    """Yield the tables with their claims, without those that copy what has its keys elsewhere.

    Offices add working sheets of the same layout without keys; what is sent in is the form
    itself.

    Args:
        tables: all tables of the workbook.
        known: the vocabulary of the form.
    """

    def table_of(claim: Claim) -> str:
        return known.patterns[claim.row.block].table.key

    if all(one.area.page.key_column for one in tables):
        yield from (one for one in tables if one.claims)
        return
    keyed = {table_of(c) for one in tables if one.area.page.key_column for c in one.claims}
    for one in tables:
        kept = [c for c in one.claims if one.area.page.key_column or table_of(c) not in keyed]
        if kept:
            yield Table(one.area, kept)


# ---------------------------------------------------------------- blank copies


def without_blank(
    held: Sequence[Held], form: Form, known: Vocabulary
) -> tuple[Sequence[Held], Sequence[Finding]]:
    """Return the tables without blank copies of what is filled in elsewhere, and what is said.

    Args:
        held: the tables with the form's rows.
        form: the edition.
        known: its vocabulary.
    """
    if max(Counter(key for one in held for key in one.keys).values(), default=0) < 2:
        return held, ()
    explained = Counter(said for one in held for said in _explained(one))
    filled = {one.table for one in held if not _is_blank(one, explained, form, known)}
    pages = {table.area.page for table in filled}
    elsewhere = _keys(one for one in held if one.table in filled)
    # A table that is blank in two forms belongs to the one in which anything is filled in.
    beside = elsewhere | _keys(one for one in held if one.page in pages)
    blank = [
        one
        for one in held
        if one.table not in filled and one.keys <= (elsewhere if one.page in pages else beside)
    ]
    told = {one.page: one for one in reversed(blank)}
    found = [at(finding("R91", table=called(page.sheet)), one.top) for page, one in told.items()]
    left_out = {one.table for one in blank}
    return [one for one in held if one.table not in left_out], found[::-1]


def _keys(held: Iterable[Held]) -> set[str]:
    return set[str]().union(*(one.keys for one in held))


def _is_blank(
    one: Held, explained: Mapping[tuple[str, str], int], form: Form, known: Vocabulary
) -> bool:
    """Tell whether nothing was filled in in a table that does not stand in others too.

    The formulas of totals are in a blank form, and explanations may be left from a filled one.
    """
    for placed in one.placed:
        cell = placed.value.cell
        of_total = form.indicators[placed.key].computed and cell is not None and cell.formula
        if placed.value.filled and not of_total:
            return False
        if any(found.severity is Severity.ERROR for found in placed.findings):
            return False  # a figure may stand in another column
    return all(explained[said] > 1 for said in _explained(one)) and not any(
        extras(one.table.area, one.table.claims, known)
    )


def _explained(one: Held) -> set[tuple[str, str]]:
    """Return the explanations in a table, with the figures they stand beside."""
    return {
        (placed.key, placed.explanation.cell.raw)
        for placed in one.placed
        if placed.explanation and placed.explanation.cell and placed.explanation.filled
    }


# ---------------------------------------------------------------- several forms


def several(
    held: Sequence[Held], rivals: Rivals, form: Form, known: Vocabulary
) -> tuple[Collection[str], Sequence[Finding]]:
    """Return the figures of which there are several forms, and what is said of these.

    Args:
        held: the tables with the form's rows.
        rivals: the cells that claim to be each indicator.
        form: the edition.
        known: its vocabulary.
    """
    if not rivals:
        return (), ()
    owner = {id(placed): one for one in held for placed in one.placed}
    claimed: dict[str, dict[int, Placed]] = {}
    for key, found in rivals.items():
        tables = {id(owner[id(placed)].table): placed for placed in reversed(found)}
        if len(tables) > 1:
            claimed[key] = tables
    if not claimed:
        return (), ()
    own = [one for one in held if any(id(one.table) in tables for tables in claimed.values())]
    differ = sum(not agree([*t.values()], form.indicators[key]) for key, t in claimed.items())
    filled = sum(any(one.value.filled for one in t.values()) for t in claimed.values())
    many = differ >= _MANY and differ * _SHARE >= filled
    if not many and not _of_different_offices(own, held, form, known):
        return (), ()
    return claimed.keys(), (finding("R92", places=words.say("text.and").join(_named(own))),)


def _of_different_offices(
    own: Sequence[Held], held: Sequence[Held], form: Form, known: Vocabulary
) -> bool:
    """Tell whether the heads of tables that claim the same figures contradict each other."""
    heads = [(one.keys, head) for one in own if (head := _head(one, held, form, known))]
    return any(
        _contradict(role, said, there[role])
        for (keys, here), (others, there) in combinations(heads, 2)
        if not keys.isdisjoint(others)
        for role, said in here.items()
        if role in there
    )


def _head(one: Held, held: Iterable[Held], form: Form, known: Vocabulary) -> Mapping[Role, str]:
    """Return what the lines right above a table say of whose it is."""
    page, area = one.page, one.table.area
    before = (o.table.last for o in held if o.page is page and o.table.last < area.top)
    last = max(before, default=0)
    rows = [number for number in page.rows if last < number < area.top]
    found = fields(Margin(page, rows, area.top, area.left, area.asides.get("verdict")), form, known)
    entries = ((form.fields[key].role, entry.content) for key, entry in found.items())
    return {role: said for role, said in entries if role in _WHOSE and said}


def _contradict(role: Role, one: str, other: str) -> bool:
    """Tell whether two heads say different things; a short name is a part of the full one."""
    if role is Role.YEAR:
        years = {text.read_year(one), text.read_year(other)}
        return None not in years and len(years) > 1
    first, second = text.squeeze(one), text.squeeze(other)
    return first not in second and second not in first


def _named(own: Sequence[Held]) -> Iterator[str]:
    """Yield what forms are called, those on one sheet by the rows where they begin."""
    for page in dict.fromkeys(one.page for one in own):
        starts: list[Held] = []
        seen: set[str] = set()
        for one in (one for one in own if one.page is page):
            if not starts or not seen.isdisjoint(one.keys):
                starts.append(one)
                seen = set()
            seen |= one.keys
        if len(starts) == 1:
            yield called(page.sheet)
        else:
            yield from (from_row(one.top) for one in starts)
