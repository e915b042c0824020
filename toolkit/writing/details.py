"""The 明细 sheet: one row for each unit that counts, one column for each indicator."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_range_abs

from toolkit import marks, text, words
from toolkit.form import Role
from toolkit.merge import Summary
from toolkit.record import Record
from toolkit.submissions import Submission
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Look, Looks, height_for

KEY_ROW, LABEL_ROW, UNIT_ROW, FIRST_ROW = 1, 2, 3, 4
FROZEN = 3
"""Columns that stay in sight and are repeated on every page: number, code, name."""
_HEAD = {
    "number": 6,
    Role.UNIT_CODE: 11,
    Role.UNIT_NAME: 24,
    Role.DATE: 12,
    marks.FILE_KEY: 24,
    Role.NIL: 8,
}
"""Columns before the figures, by key, with their widths."""
_FIGURE_WIDTH = 10


class Details:
    """The sheet being written; it knows the cells of every indicator."""

    def __init__(self, book: Any, looks: Looks, summary: Summary) -> None:
        """Keep what is written where."""
        self.summary, self.form = summary, summary.form
        self.sheet = Sheet(book, looks, words.say("summary.sheet.details"))
        self.columns = {key: len(_HEAD) + n for n, key in enumerate(self.form.indicators)}
        self.widths = [*_HEAD.values(), *_figure_widths(summary).values()]

    def cells(self, key: str) -> str:
        """Return the address of all figures of an indicator; there must be at least one row."""
        column, last = self.columns[key], FIRST_ROW + self.summary.counted - 1
        return f"'{self.sheet.name}'!{xl_range_abs(FIRST_ROW, column, last, column)}"

    def total(self, key: str) -> str:
        """Return a formula that adds up an indicator; a sum of blanks alone would read as 0."""
        cells = self.cells(key)
        return f'=IF(COUNT({cells})=0,"",SUM({cells}))'

    def write(self) -> None:
        """Write the sheet."""
        sheet, summary = self.sheet, self.summary
        sheet.widths(self.widths)
        sheet.title(words.say("summary.details", name=self.form.name, year=summary.year))
        self._header()
        for number, (sent, record) in enumerate(summary.adopted, 1):
            self._unit(FIRST_ROW + number - 1, number, sent, record)
        last = max(UNIT_ROW, FIRST_ROW + summary.counted - 1)
        sheet.raw.autofilter(UNIT_ROW, 0, last, len(self.widths) - 1)
        sheet.raw.freeze_panes(FIRST_ROW, FROZEN)
        sheet.prints((LABEL_ROW, UNIT_ROW), landscape=True)
        sheet.raw.repeat_columns(0, FROZEN - 1)
        sheet.raw.print_across()
        sheet.raw.set_print_scale(70)

    def _header(self) -> None:
        sheet, indicators = self.sheet, self.form.indicators.values()
        keys = [*_HEAD, *self.form.indicators]
        heads = [words.entry("summary.head")[key.replace(".", "_")] for key in _HEAD]
        labels = [*heads, *(indicator.name for indicator in indicators)]
        units = ["" for _ in _HEAD] + [indicator.measure.name for indicator in indicators]
        for column, (key, unit) in enumerate(zip(keys, units, strict=True)):
            sheet.text(KEY_ROW, column, key, Look.SMALL)
            sheet.text(UNIT_ROW, column, unit, Look.HEADER, bold=False)
        sheet.raw.set_row(KEY_ROW, None, None, {"hidden": True})
        sheet.texts(LABEL_ROW, labels, self.widths, Look.HEADER)
        sheet.height(UNIT_ROW, 18)

    def _unit(self, row: int, number: int, sent: Submission, record: Record) -> None:
        sheet = self.sheet
        sheet.figure(row, 0, number, Look.CENTRED)
        filed = record.filed(self.form)
        nil = text.nil_words()[0] if record.nil else ""
        told = [record.unit.code, record.unit.name, str(filed or ""), sent.path, nil]
        for column, content in enumerate(told, 1):
            sheet.text(row, column, content, Look.TEXT)
        for key, column in self.columns.items():
            if word := record.nothing(key):
                sheet.text(row, column, word, Look.CENTRED)
            else:
                sheet.figure(row, column, record.values[key], Look.FIGURE)
        widths = self.widths[1 : len(told) + 1]
        cells = zip(told, widths, strict=True)
        sheet.height(row, max(height_for(content, width - 1, 12.5) for content, width in cells))


def _figure_widths(summary: Summary) -> Mapping[str, float]:
    """Return column widths that show every figure whole."""
    return {key: _figure_width(key, summary) for key in summary.form.indicators}


def _figure_width(key: str, summary: Summary) -> float:
    figures = {record.values[key] for _, record in summary.adopted}
    return max(_FIGURE_WIDTH, max((len(text.show(figure)) for figure in figures), default=0) + 2)
