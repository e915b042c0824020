"""The figures of any table: a return, a record, or a summary, whose sums are formed anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit import marks, record, text, words
from toolkit.check import check
from toolkit.findings import Finding, Number, Refused, Severity
from toolkit.form import Form, Role
from toolkit.marks import Kind, Mark
from toolkit.reading import figures, guard, sheets, xlsx
from toolkit.reading.grid import Book, Cell, Sheet
from toolkit.reading.grid import Kind as CellKind
from toolkit.reading.recognise import edition_named, metadata
from toolkit.reading.returns import Return, read_return, read_workbook
from toolkit.record import Figures, Unit

_USABLE = frozenset({text.Meaning.PLAIN, text.Meaning.TIDIED, text.Meaning.NOTHING})

Row = Mapping[int, Cell]
"""The cells of one row, by column."""


@dataclass(frozen=True)
class Table:
    """Figures for one year, of one unit or of many."""

    form: str
    year: int | None
    values: Figures
    unit: Unit = field(default_factory=Unit)
    """Who reported; nobody in particular for a summary."""
    counted: int = 1
    """How many units the figures are the sum of."""
    units: int = 1
    """How many units had reported when the summary was made."""
    blanks: Mapping[str, int] = field(default_factory=dict)
    """How many of the units counted gave no figure for an indicator, though not a nil return."""
    errors: tuple[Finding, ...] = ()
    """For which a return is to be sent back before anybody relies on its figures."""


def read_table(data: bytes) -> Table:
    """Read the figures of a return, of the JSON of a record, or of a summary.

    Args:
        data: the bytes of the file.

    Raises:
        Refused: as for read_return; R24, the detail sheet of a summary cannot be added up.
    """
    if guard.is_json(data):
        return _one(read_return(data))
    book = xlsx.read(data)
    known = metadata(book)
    if known.get(Mark.KIND) == Kind.SUMMARY:
        return _many(book, known)
    return _one(read_workbook(book))


def _one(returned: Return) -> Table:
    told = returned.record
    found = (*returned.findings, *check(edition_named(told.form), told))
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    return Table(told.form, told.year, told.values, told.unit, errors=errors)


def _many(book: Book, known: Mapping[str, str]) -> Table:
    """Add up the detail sheet of a summary; its own sums are not looked at."""
    form = edition_named(known.get(Mark.FORM, ""))
    sheet = _details(book)
    columns, below = _columns(sheet, form)
    rows = _units(sheet, columns, below)
    units = [_figures(sheet, form, columns, row) for row in rows]
    nils = [columns.get(Role.NIL) in row for row in rows]
    reported = known.get(Mark.UNITS, "")
    return Table(
        form.edition,
        text.read_year(known.get(Mark.YEAR, "")),
        {key: _total([unit[key] for unit in units]) for key in form.indicators},
        counted=len(units),
        units=int(reported) if reported.isdecimal() else len(units),
        blanks={
            key: sum(unit[key] is None and not nil for unit, nil in zip(units, nils, strict=True))
            for key in form.indicators
        },
    )


def _details(book: Book) -> Sheet:
    name = words.say("summary.sheet.details")
    for sheet in book.sheets:
        if sheet.name == name:
            if any(row >= sheets.ROWS for row, _ in sheet.cells):
                raise _unusable("long", rows=sheets.ROWS)
            return sheet
    raise _unusable("sheet", sheet=name)


def _columns(sheet: Sheet, form: Form) -> tuple[Mapping[str, int], Sequence[Row]]:
    """Return the column of every key, and the rows below the row of keys."""
    rows: dict[int, dict[int, Cell]] = {}
    for (number, column), cell in sheet.cells.items():
        rows.setdefault(number, {})[column] = cell
    for number, row in rows.items():
        columns = {cell.raw: column for column, cell in row.items()}
        if columns.keys() >= {marks.FILE_KEY, *form.indicators}:
            return columns, [rows[other] for other in sorted(rows) if other > number]
    raise _unusable("keys", sheet=sheet.name)


def _units(sheet: Sheet, columns: Mapping[str, int], below: Sequence[Row]) -> list[Row]:
    """Return the rows of units: they name their file, which the headings below the keys do not.

    A row of figures without a file may be a sum or an addition by hand; nobody can tell.
    """
    heading = words.say("summary.head.file")
    units = []
    for row in below:
        file = row.get(columns[marks.FILE_KEY])
        if file is not None and file.raw != heading:
            units.append(row)
        elif file is None and any(cell.kind is CellKind.NUMBER for cell in row.values()):
            raise _unusable("row", sheet=sheet.name, row=next(iter(row.values())).row)
    return units


def _figures(sheet: Sheet, form: Form, columns: Mapping[str, int], row: Row) -> Figures:
    """Return a unit's figures; computed totals follow from their parts, as in a return."""
    given: dict[str, Number | None] = {}
    for key, indicator in form.indicators.items():
        cell = row.get(columns[key])
        read = figures.figure(cell, indicator.measure.name)
        if cell is not None and read.done not in _USABLE:
            raise _unusable("cell", sheet=sheet.name, cell=cell.address, raw=read.raw)
        given[key] = read.value
    values, _ = record.settle(form, given, {})
    return values


def _total(parts: Sequence[Number | None]) -> Number | None:
    filled = [part for part in parts if part is not None]
    return text.exact(sum(filled)) if filled else None


def _unusable(reason: str, **context: object) -> Refused:
    return Refused("R24", reason=words.say(f"summary.unusable.{reason}", **context))
