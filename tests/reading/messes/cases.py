"""A mess of a return of one edition: the workbook it makes, and what may be read in each format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from openpyxl.worksheet.worksheet import Worksheet

from tests.reading.messes.bench import Bench, bench
from tests.reading.messes.conversions import SEEN, TEXTS, WORKBOOKS
from tests.reading.messes.every import MESSES
from tests.reading.messes.formulas import totals_typed
from tests.reading.messes.oracle import Expected
from tests.reading.messes.registry import Mess
from toolkit import definition
from toolkit.form import Form


@dataclass(frozen=True, eq=False)
class Case:
    """A mess of a return of one edition."""

    mess: Mess
    form: Form
    turn: int
    """Its place among all."""

    def __str__(self) -> str:
        """Return what the test is called."""
        return f"{self.mess.name}-{self.form.edition}"

    @property
    def kinds(self) -> Sequence[str]:
        """Return the formats that it is saved in; those that are much alike take turns.

        What happens to a workbook without keys goes through only one of all.
        """
        if self.mess.after:
            return [*self.mess.after]
        seen = [kind for kind in SEEN if kind in self.mess.kinds]
        if self.mess.keyless:
            return _in_turn((*WORKBOOKS, *seen), self.turn)
        return ["xlsx", "xls", *_in_turn(("ods", "fods"), self.turn), *_in_turn(seen, self.turn)]


def _in_turn(kinds: Sequence[str], turn: int) -> Sequence[str]:
    return [kinds[turn % len(kinds)]] if kinds else []


@dataclass(frozen=True)
class Made:
    """The workbook that a mess makes."""

    data: bytes
    expected: Expected
    beyond: Sequence[str]
    """The figures and fields that do not stand on the first sheet."""
    torn: Sequence[str]
    """The figures in rows that a word processor shifts."""

    def expected_in(self, kind: str) -> Expected:
        """Return what may be read once it is saved in a format."""
        if kind in WORKBOOKS:
            return self.expected
        expected = self.expected.seen()
        if kind in TEXTS:
            return expected.without(self.beyond)
        return expected.unsure(self.torn) if kind == "docx" else expected


def cases() -> Iterator[Case]:
    """Yield every mess of every edition."""
    benches = [bench(definition.load(edition)) for edition in definition.editions()]
    suited = [(mess, one.form) for mess in MESSES for one in benches if mess.suits(one)]
    for turn, (mess, form) in enumerate(suited):
        yield Case(mess, form, turn)


@cache
def made(case: Case, *, seen: bool = False, sparsely: bool = False) -> Made:
    """Return the workbook that a mess makes.

    Args:
        case: the mess and the edition.
        seen: whether it is saved in a format that holds only what is seen, where every total is
            typed.
        sparsely: whether most of its cells are blank.
    """
    on = bench(case.form, sparsely=sparsely)
    if seen:
        totals_typed(on)
    case.mess.happen(on)
    return Made(on.saved(), on.expected(), [*_beyond(on)], [*_torn(on)])


def _beyond(on: Bench) -> Iterator[str]:
    """Yield the figures and fields on other sheets than the first.

    What was pasted elsewhere stands on the first.
    """
    others = [sheet.title for sheet in on.book][1:]
    for key, cell in {**on.figures, **on.fields}.items():
        if cell.parent.title in others:
            yield key


def _torn(on: Bench) -> Iterator[str]:
    """Yield the figures below a merged range in which rows are hidden.

    LibreOffice leaves hidden rows out of a page but counts them in what a cell spans, and so a
    word processor lets the cell reach into the rows below.
    """
    places = {(sheet.title, row) for sheet in on.book for row in _below_hidden(sheet)}
    for key, cell in on.figures.items():
        if (cell.parent.title, cell.row) in places:
            yield key


def _below_hidden(sheet: Worksheet) -> Iterator[int]:
    hidden = {row for row, one in sheet.row_dimensions.items() if one.hidden}
    for one in sheet.merged_cells.ranges:
        inside = range(one.min_row, one.max_row + 1)
        if one.min_row < one.max_row:
            below = (row for row in range(one.max_row + 1, one.max_row + 9) if row not in hidden)
            yield from (row for row, _ in zip(below, hidden.intersection(inside), strict=False))
