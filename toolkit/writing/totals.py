"""The 汇总表 of a list form, and 逐项合计 of a matrix form: a row an indicator, with live sums."""

from collections.abc import Iterator

from toolkit import words
from toolkit.form import Form
from toolkit.merge import Summary
from toolkit.roster import Cover
from toolkit.writing import headings
from toolkit.writing.details import Details
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Look, height_for

_WIDTHS = {"key": 8, "label": 50, "measure": 8, "total": 18, "blanks": 10, "nothings": 10}
_KEY, _LABEL, _UNIT, _TOTAL, _BLANKS, _NOTHINGS = range(len(_WIDTHS))
_HEADER_ROW = 3


def write(sheet: Sheet, details: Details, cover: Cover) -> None:
    """Write the official table with the sums of a cover.

    Args:
        sheet: an empty sheet.
        details: the sheet whose rows are added up.
        cover: which units.
    """
    summary = details.summary
    widths = list(_WIDTHS.values())
    sheet.widths(widths)
    sheet.raw.set_column(_KEY, _KEY, widths[_KEY], None, {"hidden": True})
    _heading(sheet, summary, cover)
    row = _HEADER_ROW
    for label, level, key in _lines(summary.form):
        row += 1
        sheet.text(row, _KEY, key, Look.SMALL)
        sheet.text(row, _LABEL, label, Look.LABEL if level else Look.SECTION, indent=level)
        sheet.height(row, height_for(label, widths[_LABEL] - 2 * level - 2))
        _sums(sheet, row, key, details, cover)
    _note(sheet, row + 1)
    sheet.raw.freeze_panes(_HEADER_ROW + 1, _LABEL + 1)
    sheet.prints((_HEADER_ROW, _HEADER_ROW), landscape=False)
    sheet.raw.center_horizontally()
    sheet.raw.fit_to_pages(1, 0)
    sheet.raw.print_area(0, _LABEL, row + 1, _NOTHINGS)


def _heading(sheet: Sheet, summary: Summary, cover: Cover) -> None:
    form, width = summary.form, sum(_WIDTHS.values()) - _WIDTHS["key"]
    headings.of_form(sheet, headings.Span(_LABEL, _NOTHINGS, width), summary, cover)
    sheet.text(2, _LABEL, headings.counted(summary, cover), Look.STATUS)
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


def _sums(sheet: Sheet, row: int, key: str, details: Details, cover: Cover) -> None:
    if not key:
        for column in range(_UNIT, _NOTHINGS + 1):
            sheet.figure(row, column, None, Look.NO_FIGURE)
        return
    sheet.text(row, _UNIT, details.summary.form.indicators[key].measure.name, Look.CENTRED)
    sheet.put(row, _TOTAL, details.total(key, cover=cover), Look.FIGURE)
    sheet.put(row, _BLANKS, details.blanks(key, cover), Look.FIGURE)
    sheet.put(row, _NOTHINGS, details.nothings(key, cover), Look.FIGURE)


def _note(sheet: Sheet, row: int) -> None:
    note = words.say("summary.note")
    sheet.across(row, _LABEL, _NOTHINGS, note, Look.PARAGRAPH)
    sheet.height(row, height_for(note, sum(list(_WIDTHS.values())[_LABEL:]) - 4, 15))
