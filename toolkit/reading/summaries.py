"""The figures of any table: a return, a record, or a summary, whose sums are formed anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit import marks, record, text, words
from toolkit.check import check
from toolkit.findings import Finding, Number, Refused, Severity
from toolkit.form import Form, Role
from toolkit.marks import Kind, Mark
from toolkit.reading import books, figures, formats, limits
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


@dataclass(frozen=True)
class _Details:
    """The detail sheet of a summary, and what the workbook says about all of it."""

    form: Form
    year: int | None
    reported: int
    """How many units had reported."""
    sheet: Sheet
    columns: Mapping[str, int]
    rows: Sequence[Row]

    def figures(self, row: Row) -> Figures:
        """Return a unit's figures."""
        return _figures(self.sheet, self.form, self.columns, row)

    def nil(self, row: Row) -> bool:
        """Tell whether a unit's return was a nil return."""
        return self.columns.get(Role.NIL) in row

    def unit(self, row: Row) -> Unit:
        """Return who a row is of."""
        cells = [row.get(self.columns.get(role, -1)) for role in (Role.UNIT_NAME, Role.UNIT_CODE)]
        return Unit(*(cell.raw.strip() if cell else "" for cell in cells))


def read_table(data: bytes) -> Table:
    """Read the figures of a return, of the JSON of a record, or of a summary.

    Args:
        data: the bytes of the file.

    Raises:
        Refused: as for read_return; R24, the detail sheet of a summary cannot be added up.
    """
    read = _read(data)
    return read if isinstance(read, Table) else _added_up(read)


def read_units(data: bytes) -> tuple[Table, ...]:
    """Read the same, a summary unit by unit.

    Args:
        data: the bytes of the file.

    Raises:
        Refused: as for read_table.
    """
    read = _read(data)
    if isinstance(read, Table):
        return (read,)
    year, edition = read.year, read.form.edition
    return tuple(Table(edition, year, read.figures(row), read.unit(row)) for row in read.rows)


def _read(data: bytes) -> Table | _Details:
    if formats.is_json(data):
        return _one(read_return(data))
    book = books.read(data)
    known = metadata(book)
    if known.get(Mark.KIND) == Kind.SUMMARY:
        return _many(book, known)
    return _one(read_workbook(book))


def _one(returned: Return) -> Table:
    told = returned.record
    found = (*returned.findings, *check(edition_named(told.form), told))
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    return Table(told.form, told.year, told.values, told.unit, errors=errors)


def _many(book: Book, known: Mapping[str, str]) -> _Details:
    """Find the units in the detail sheet of a summary; its own sums are not looked at."""
    form = edition_named(known.get(Mark.FORM, ""))
    sheet = _sheet(book)
    columns, below = _columns(sheet, form)
    year = text.read_year(known.get(Mark.YEAR, ""))
    rows = _units(sheet, columns, below)
    told = known.get(Mark.UNITS, "")
    reported = int(told) if told.isdecimal() else len(rows)
    return _Details(form, year, reported, sheet, columns, rows)


def _added_up(details: _Details) -> Table:
    units = [details.figures(row) for row in details.rows]
    nils = [details.nil(row) for row in details.rows]
    keys = details.form.indicators
    return Table(
        details.form.edition,
        details.year,
        {key: _total([unit[key] for unit in units]) for key in keys},
        counted=len(units),
        units=details.reported,
        blanks={
            key: sum(unit[key] is None and not nil for unit, nil in zip(units, nils, strict=True))
            for key in keys
        },
    )


def _sheet(book: Book) -> Sheet:
    name = words.say("summary.sheet.details")
    for sheet in book.sheets:
        if sheet.name == name:
            if any(row >= limits.ROWS for row, _ in sheet.cells):
                raise _unusable("long", rows=limits.ROWS)
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
