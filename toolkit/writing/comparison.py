"""The comparison of several years as a workbook: a sheet for each printed table of the form."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

import xlsxwriter

from toolkit import comparison, marks, text, words
from toolkit.comparison import Comparison
from toolkit.findings import Number
from toolkit.form import Table
from toolkit.marks import Kind, Mark
from toolkit.timeline import Change, Figure, Line
from toolkit.writing.sheets import Content, Sheet
from toolkit.writing.style import Look, Looks, height_for, width_of

_MEASURE, _FIGURE = 7.0, 9.5
"""The width of the column of units, and the least of one of figures."""
_TEXT = 36.0
"""The most of a column of texts; longer ones go on in a further line."""
_TITLE_ROW, _SOURCES_ROW, _STEPS_ROW, _HEADS_ROW, _FIRST_ROW = range(5)
_DIFFERENCE, _PERCENT = "+General;-General;General", "+0.0%;-0.0%;0.0%"
_FAINT = "#909090"


@dataclass(frozen=True)
class _Column:
    """A column of the sheet, from its heading down."""

    head: str
    contents: Sequence[Content]
    width: float
    look: Look = Look.TEXT
    shape: str = "General"
    """How numbers are written; General hides no digit."""
    label: bool = False
    """Whether it stays in sight."""
    above: str = ""
    """What stands above its heading, and above those of its neighbours with the same."""


def workbook(compared: Comparison, *, whole: bool) -> bytes:
    """Return the workbook; the same comparison always gives the same bytes.

    Args:
        compared: the comparison.
        whole: whether lines without any figure other than 0 are written too.

    Raises:
        Unwritable: a sheet cannot hold what has to be written.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    looks, form = Looks(book), compared.form
    for table in form.tables:
        _write(Sheet(book, looks, table.name), compared, table, whole=whole)
    book.set_custom_property(Mark.KIND, Kind.COMPARISON, "text")
    book.set_custom_property(Mark.FORM, form.edition, "text")
    book.set_properties({"title": compared.title(form.name), "created": marks.CREATED})
    book.close()
    return buffer.getvalue()


def _write(sheet: Sheet, compared: Comparison, table: Table, *, whole: bool) -> None:
    """Write the lines of one printed table."""
    indicators = compared.form.indicators
    lines = [line for line in compared.lines if indicators[line.keys[0]].table == table.key]
    shown = comparison.shown(lines, whole=whole)
    columns = [*_columns(compared, table, shown)]
    widths = [column.width for column in columns]
    sheet.widths(widths)
    sheet.heading(_TITLE_ROW, 0, len(columns) - 1, compared.title(table.title), sum(widths))
    files = [PurePath(side.file).name for side in compared.sides]
    sources = [*compared.told(files), *compared.notes, *compared.gone()]
    _paragraph(sheet, _SOURCES_ROW, widths, sources)
    _heads(sheet, columns)
    end = _FIRST_ROW + len(shown)
    for number, row in enumerate(range(_FIRST_ROW, end)):
        for place, column in enumerate(columns):
            _cell(sheet, row, place, column, number)
        sheet.height_of(row, [column.contents[number] for column in columns], widths)
    count = words.say("compare.account", count=len(lines))
    _paragraph(sheet, end, widths, [*comparison.account(lines, whole=whole), count])
    sheet.raw.autofilter(_HEADS_ROW, 0, end - 1, len(columns) - 1)
    sheet.raw.freeze_panes(_FIRST_ROW, sum(column.label for column in columns))
    sheet.prints((_STEPS_ROW, _HEADS_ROW), landscape=True)
    sheet.raw.center_horizontally()
    sheet.raw.fit_to_pages(1, 0)


def _paragraph(sheet: Sheet, row: int, widths: Sequence[float], sentences: Sequence[str]) -> None:
    """Write sentences across the sheet, each on a line of its own."""
    content = "\n".join(sentences)
    sheet.across(row, 0, len(widths) - 1, content, Look.VERDICT)
    sheet.height(row, height_for(content, sum(widths) - 4, 13.0) + 4)


def _heads(sheet: Sheet, columns: Sequence[_Column]) -> None:
    """Write two rows of headings; the upper one tells which years a change is between."""
    place = 0
    for above, members in groupby(columns, lambda column: column.above):
        first = place
        for place, column in enumerate(members, first):
            if not above:
                look = sheet.looks(Look.HEADER)
                sheet.check(sheet.raw.merge_range(_STEPS_ROW, place, _HEADS_ROW, place, "", look))
            sheet.text(_HEADS_ROW if above else _STEPS_ROW, place, column.head, Look.HEADER)
        if above:
            sheet.across(_STEPS_ROW, first, place, above, Look.HEADER)
        place += 1
    for row in (_STEPS_ROW, _HEADS_ROW):
        sheet.height(row, 20)


def _cell(sheet: Sheet, row: int, place: int, column: _Column, number: int) -> None:
    content = column.contents[number]
    if column.look is Look.FIGURE and isinstance(content, str):
        sheet.text(row, place, content, Look.CENTRED, font_size=9, font_color=_FAINT)
    elif column.look is Look.TEXT and number and content == column.contents[number - 1]:
        # What is repeated for the filter's sake shall not hide where something new begins.
        sheet.put(row, place, content, column.look, font_color=_FAINT)
    else:
        sheet.put(row, place, content, column.look, num_format=column.shape)


# ---------------------------------------------------------------- the columns


def _columns(compared: Comparison, table: Table, lines: Sequence[Line]) -> Iterator[_Column]:
    """Yield the columns of a table; those in which nothing would stand are left out."""
    heads: dict[str, str] = words.entry("compare.head")
    names = [compared.names[line] for line in lines]
    first = [compared.form.indicators[line.keys[0]] for line in lines]
    printed = [name.printed for name in names]
    above = printed if table.is_matrix else [indicator.section for indicator in first]
    if any(above):
        yield _texts(heads["row"], above, label=True)
    yield _texts(heads["name"], [name.figure for name in names], label=True)
    measures = [indicator.measure.name for indicator in first]
    yield _Column(heads["measure"], measures, _MEASURE, Look.CENTRED, label=True)
    for number, year in enumerate(compared.years):
        values = [_value(line.figures[number]) for line in lines]
        yield _figures(words.say("compare.year", year=year), values)
    for number, step in enumerate(compared.steps):
        changes = [compared.changes(line)[number] for line in lines]
        yield _figures(heads["difference"], [*map(_difference, changes)], _DIFFERENCE, step.name)
        yield _figures(step.percent, [*map(_percent, changes)], _PERCENT, step.name)
    notes = [compared.note(line) for line in lines]
    if any(notes):
        yield _texts(heads["note"], notes)


def _texts(head: str, contents: Sequence[str], *, label: bool = False) -> _Column:
    widest = max(map(width_of, [head, *contents]))
    cells = [content or None for content in contents]
    return _Column(head, cells, min(_TEXT, widest + 2), label=label)


def _figures(
    head: str, contents: Sequence[str | Number | None], shape: str = "General", above: str = ""
) -> _Column:
    """Return a column of figures, wide enough for all of them."""
    figures = [one for one in contents if one is not None and not isinstance(one, str)]
    widest = max((len(text.spell_out(one)) for one in figures), default=0)
    return _Column(head, contents, max(_FIGURE, widest + 3), Look.FIGURE, shape, above=above)


def _value(one: Figure) -> str | Number | None:
    return words.say("compare.none") if one.reason else one.value


def _difference(change: Change) -> str | Number | None:
    return change.difference if change.comparable else words.say("compare.none")


def _percent(change: Change) -> Number | None:
    """Return the growth as workbooks store percentages, 1 for 100 %."""
    return None if change.percent is None else change.percent.scaleb(-2)
