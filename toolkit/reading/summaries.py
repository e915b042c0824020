"""The figures of any table: a return, a record, or a summary, whose sums are formed anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

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
from toolkit.reading.room import COLLECTION, RETURN, Room
from toolkit.record import Figures, Source, Unit
from toolkit.roster import Cover, Scope
from toolkit.units import plain

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
    reported: Figures = field(default_factory=dict)
    """What a return printed in computed rows, where that may differ from ``values``."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Where the figures of a return stand; unknown for the sums of a summary."""
    cover: str = ""
    """What a region's own return covers; "" for anything else."""


class _Entry(NamedTuple):
    """A row of the detail sheet of a summary."""

    unit: Unit
    scope: Scope
    added: bool
    """Whether it was added by hand, and is no return."""
    nil: bool
    figures: Figures


@dataclass(frozen=True)
class _Details:
    """The detail sheet of a summary, and what the workbook says about all of it."""

    form: Form
    year: int | None
    reported: int
    """How many units had reported."""
    entries: Sequence[_Entry]


def read_table(data: bytes, cover: Cover = Cover.ALL) -> Table:
    """Read the figures of a return, of the JSON of a record, or of a summary.

    Args:
        data: the bytes of the file.
        cover: which units of a summary are added up.

    Raises:
        Refused: as for read_return; R24, the detail sheet of a summary cannot be added up.
    """
    read = _read(data)
    return read if isinstance(read, Table) else _added_up(read, cover)


def read_units(data: bytes) -> tuple[Table, ...]:
    """Read the same, a summary unit by unit, with what was added by hand to each.

    Args:
        data: the bytes of the file.

    Raises:
        Refused: as for read_table.
    """
    read = _read(data)
    return (read,) if isinstance(read, Table) else tuple(_by_unit(read))


def _read(data: bytes) -> Table | _Details:
    if formats.is_json(data):
        return _one(read_return(data))
    # Whatever is no summary is held to the limits of a return.
    summary = books.properties(data).get(Mark.KIND) == Kind.SUMMARY
    room = COLLECTION if summary else RETURN
    book = books.read(data, room)
    known = metadata(book)
    if known.get(Mark.KIND) == Kind.SUMMARY:
        return _many(book, known, room)
    return _one(read_workbook(book))


def _one(returned: Return) -> Table:
    told = returned.record
    found = (*returned.findings, *check(edition_named(told.form).held_to(returned.scope), told))
    errors = tuple(one for one in found if one.severity is Severity.ERROR)
    return Table(
        told.form,
        told.year,
        told.values,
        told.unit,
        cover=returned.scope,
        errors=errors,
        reported=told.reported,
        sources=told.sources,
    )


def _many(book: Book, known: Mapping[str, str], room: Room) -> _Details:
    """Find the units in the detail sheet of a summary; its own sums are not looked at."""
    form = edition_named(known.get(Mark.FORM, ""))
    sheet = _sheet(book, room)
    columns, below = _columns(sheet, form)
    year = text.read_year(known.get(Mark.YEAR, ""))
    entries = [_entry(sheet, form, columns, row) for row in _filled(sheet, columns, below)]
    told = known.get(Mark.UNITS, "")
    reported = int(told) if told.isdecimal() else sum(not one.added for one in entries)
    return _Details(form, year, reported, entries)


def _added_up(details: _Details, cover: Cover) -> Table:
    entries = [one for one in details.entries if cover.has(one.scope)]
    returns = [one for one in entries if not one.added]
    return Table(
        details.form.edition,
        details.year,
        _sums(details.form, entries),
        counted=len(returns),
        units=details.reported,
        blanks={
            key: sum(one.figures[key] is None and not one.nil for one in returns)
            for key in details.form.indicators
        },
    )


def _by_unit(details: _Details) -> Iterator[Table]:
    """Yield a table for each unit; one that has nothing but additions counts as no return."""
    units = _Units()
    for one in sorted(details.entries, key=lambda one: one.added):  # what was sent comes first
        units.put(one)
    for rows in units.rows:
        values, returns = _sums(details.form, rows), sum(not one.added for one in rows)
        yield Table(details.form.edition, details.year, values, rows[0].unit, counted=returns)


class _Units:
    """The rows of each unit, found without looking through all of them."""

    def __init__(self) -> None:
        """Begin without units."""
        self.rows: list[list[_Entry]] = []
        self._first: dict[tuple[str, str], int] = {}

    def put(self, one: _Entry) -> None:
        """Take a row; what was added by hand goes to the first unit that it may be of."""
        code, name = plain(one.unit.code), plain(one.unit.name)
        # Two rows are of one unit by their codes, or where one has none by their names.
        wanted = [("code", code), ("uncoded", name)] if code else [("name", name)]
        own = min((self._first[key] for key in wanted if key in self._first), default=None)
        if one.added and own is not None:
            self.rows[own].append(one)
            return
        for key in (("code", code) if code else ("uncoded", name), ("name", name)):
            self._first.setdefault(key, len(self.rows))
        self.rows.append([one])


def _sheet(book: Book, room: Room) -> Sheet:
    name = words.say("summary.sheet.details")
    for sheet in book.sheets:
        if sheet.name == name:
            cut = limits.beyond(name, room) in book.notes
            if cut and any(row == room.rows for row, _ in sheet.cells):
                raise _unusable("long", rows=room.rows)
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


def _filled(sheet: Sheet, columns: Mapping[str, int], below: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows of figures: they name their file, which the headings below the keys do not.

    A row of figures without a file may be a sum; nobody can tell.
    """
    heading = words.say("summary.head.file")
    for row in below:
        file = row.get(columns[marks.FILE_KEY])
        if file is not None and file.raw != heading:
            yield row
        elif file is None and any(cell.kind is CellKind.NUMBER for cell in row.values()):
            raise _unusable("row", sheet=sheet.name, row=next(iter(row.values())).row)


def _entry(sheet: Sheet, form: Form, columns: Mapping[str, int], row: Row) -> _Entry:
    def said(key: str) -> str:
        cell = row.get(columns.get(key, -1))
        return cell.raw.strip() if cell else ""

    return _Entry(
        Unit(said(Role.UNIT_NAME), said(Role.UNIT_CODE)),
        _scope(sheet, columns, row),
        said(marks.ROW_KEY) == words.say("summary.row.adjustment"),
        bool(said(Role.NIL)),
        _figures(sheet, form, columns, row),
    )


def _scope(sheet: Sheet, columns: Mapping[str, int], row: Row) -> Scope:
    """Return to whom a row's unit belongs; an older summary has no such column and one cover."""
    if marks.SCOPE_KEY not in columns:
        return Scope.OWN
    known = {scope.label: scope for scope in Scope if Cover.ALL.has(scope)}
    cell = row.get(columns[marks.SCOPE_KEY])
    raw = cell.raw.strip() if cell else ""
    if raw not in known:
        told, number = raw or words.say("text.blank"), next(iter(row.values())).row
        listed = words.say("text.and").join(known)
        raise _unusable("scope", sheet=sheet.name, row=number, raw=told, known=listed)
    return known[raw]


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


def _sums(form: Form, entries: Sequence[_Entry]) -> Figures:
    return {key: _total([one.figures[key] for one in entries]) for key in form.indicators}


def _total(parts: Sequence[Number | None]) -> Number | None:
    filled = [part for part in parts if part is not None]
    return text.exact(sum(filled)) if filled else None


def _unusable(reason: str, **context: object) -> Refused:
    return Refused("R24", reason=words.say(f"summary.unusable.{reason}", **context))
