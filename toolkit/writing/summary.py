"""The summary workbook: 汇总表 with live sums, 明细, 审核意见, 收件登记."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from toolkit import marks, words
from toolkit.folder import Skipped
from toolkit.form import Form
from toolkit.marks import Kind, Mark
from toolkit.merge import Summary
from toolkit.writing import consolidation, registers
from toolkit.writing.details import Details
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Look, Looks, height_for

_WIDTHS = {"key": 8, "label": 50, "measure": 8, "total": 18, "blanks": 10, "nothings": 10}
_KEY, _LABEL, _UNIT, _TOTAL, _BLANKS, _NOTHINGS = range(len(_WIDTHS))
_HEADER_ROW = 3


def workbook(summary: Summary, skipped: Sequence[Skipped] = ()) -> bytes:
    """Return the summary workbook.

    The same summary always gives the same bytes (on one version of the libraries).

    Args:
        summary: what merging found.
        skipped: files that were left out; 收件登记 names them.

    Raises:
        Unwritable: a sheet cannot hold what has to be written.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    looks = Looks(book)
    matrices = [table for table in summary.form.tables if table.is_matrix]
    consolidated = [(Sheet(book, looks, table.name), table) for table in matrices]
    name = "items" if matrices else "totals"
    totals = Sheet(book, looks, words.say(f"summary.sheet.{name}"))
    details = Details(book, looks, summary)
    for sheet, table in consolidated:
        consolidation.write(sheet, table, summary, details)
    _totals(totals, summary, details)
    details.write()
    registers.findings(book, looks, summary)
    registers.files(book, looks, summary, skipped)
    _marks(book, summary)
    book.close()
    return buffer.getvalue()


def _totals(sheet: Sheet, summary: Summary, details: Details) -> None:
    """Write the official table with the sums."""
    widths = list(_WIDTHS.values())
    sheet.widths(widths)
    sheet.raw.set_column(_KEY, _KEY, widths[_KEY], None, {"hidden": True})
    _heading(sheet, summary)
    row = _HEADER_ROW
    for label, level, key in _lines(summary.form):
        row += 1
        sheet.text(row, _KEY, key, Look.SMALL)
        sheet.text(row, _LABEL, label, Look.LABEL if level else Look.SECTION, indent=level)
        sheet.height(row, height_for(label, widths[_LABEL] - 2 * level - 2))
        _sums(sheet, row, key, summary, details)
    _note(sheet, row + 1)
    sheet.raw.freeze_panes(_HEADER_ROW + 1, _LABEL + 1)
    sheet.prints((_HEADER_ROW, _HEADER_ROW), landscape=False)
    sheet.raw.center_horizontally()
    sheet.raw.fit_to_pages(1, 0)
    sheet.raw.print_area(0, _LABEL, row + 1, _NOTHINGS)


def _heading(sheet: Sheet, summary: Summary) -> None:
    form = summary.form
    sheet.across(0, _LABEL, _NOTHINGS, words.say("summary.title", name=form.name), Look.TITLE)
    sheet.height(0, 30)
    sheet.across(1, _LABEL, _NOTHINGS, words.say("sheet.year", year=summary.year), Look.SUBTITLE)
    sheet.height(1, 20)
    counted = words.say("summary.counted", counted=summary.counted, units=summary.units)
    sheet.text(2, _LABEL, counted, Look.STATUS)
    edition = words.say("summary.edition", edition=form.edition, issued_by=form.issued_by)
    sheet.text(2, _NOTHINGS, edition, Look.SMALL, align="right")
    sheet.height(2, 20)
    heads = [words.entry("summary.head")[name] for name in list(_WIDTHS)[_LABEL:]]
    for column, head in enumerate(heads, _LABEL):
        sheet.text(_HEADER_ROW, column, head, Look.HEADER)
    sheet.height(_HEADER_ROW, 22)


def _lines(form: Form) -> Iterator[tuple[str, int, str]]:
    """Yield label, level and key of every row; the figures of a matrix by their names."""
    for table in form.tables:
        if not table.is_matrix:
            for line in table.lines:
                yield line.label, line.level, line.key
            continue
        yield table.title, 0, ""
        for indicator in form.indicators.values():
            if indicator.table == table.key:
                yield indicator.name, 1, indicator.key


def _sums(sheet: Sheet, row: int, key: str, summary: Summary, details: Details) -> None:
    if not key:
        for column in range(_UNIT, _NOTHINGS + 1):
            sheet.figure(row, column, None, Look.NO_FIGURE)
        return
    sheet.text(row, _UNIT, summary.form.indicators[key].measure.name, Look.CENTRED)
    if not summary.adopted:  # nothing to refer to
        for column in (_TOTAL, _BLANKS, _NOTHINGS):
            sheet.figure(row, column, None, Look.FIGURE)
        return
    cells = details.cells(key)
    sheet.formula(row, _TOTAL, details.total(key), summary.totals[key], Look.FIGURE)
    sheet.formula(row, _BLANKS, f"=COUNTBLANK({cells})", summary.blanks[key], Look.FIGURE)
    nothings = f"=COUNTA({cells})-COUNT({cells})"
    sheet.formula(row, _NOTHINGS, nothings, summary.nothings[key], Look.FIGURE)


def _note(sheet: Sheet, row: int) -> None:
    note = words.say("summary.note")
    sheet.across(row, _LABEL, _NOTHINGS, note, Look.PARAGRAPH)
    sheet.height(row, height_for(note, sum(list(_WIDTHS.values())[_LABEL:]) - 4, 15))


def _marks(book: Any, summary: Summary) -> None:
    """Write the properties by which the file is known again."""
    form = summary.form
    stamps = {
        Mark.KIND: Kind.SUMMARY,
        Mark.FORM: form.edition,
        Mark.YEAR: str(summary.year),
        Mark.DIGEST: marks.digest(form, summary.year, ""),
        Mark.UNITS: str(summary.units),
    }
    for name, value in stamps.items():
        book.set_custom_property(name, value, "text")
    book.set_properties(
        {
            "title": words.say("summary.title", name=form.name),
            "subject": words.say("sheet.subject", name=form.name, edition=form.edition),
            "created": marks.CREATED,
        }
    )
