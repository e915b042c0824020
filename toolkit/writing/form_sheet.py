"""One sheet of the locked workbook: a table as printed, its inputs, its live checks."""

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit import marks, words
from toolkit.form import Indicator
from toolkit.printed import Cell, PrintedBlock
from toolkit.record import Figures, Record
from toolkit.writing import contents, formulas, highlights, prompts, sizes, status
from toolkit.writing.contents import Content
from toolkit.writing.fields import Fields
from toolkit.writing.layout import (
    EXPLANATION_WIDTH,
    FIRST,
    KEY,
    TITLE_ROW,
    VERDICT_WIDTH,
    YEAR_ROW,
    Layout,
    SheetLayout,
)
from toolkit.writing.places import Place, letter, runs
from toolkit.writing.style import Look, Looks, height_for
from toolkit.writing.tables import Drawing

_KEY_WIDTH, _REPORTED_WIDTH, _LAST_YEAR_WIDTH = 10.0, 10.0, 11.0


def lock(sheet: Any, looks: Looks) -> Any:
    """Lock every cell of a fresh sheet, so that Tab visits only what is unlocked later.

    Returns:
        the format of a locked cell.
    """
    locked = looks(Look.PLAIN)
    sheet.lock(locked)
    return locked


class FormSheet:
    """One table's sheet being written."""

    def __init__(
        self,
        book: Any,
        look: Looks,
        layout: Layout,
        sheet: SheetLayout,
        fields: Fields,
        *,
        correcting: bool = False,
        last_year: Figures | None = None,
        cover: str = "",
    ) -> None:
        """Add the sheet to the workbook.

        Args:
            book: the XlsxWriter workbook.
            look: its formats.
            layout: where everything stands in it.
            sheet: the sheet to be written.
            fields: what stands in head and foot.
            correcting: whether it is sent back: then 原报数 can be put right, and locked cells be
                gone to from the list of what is wrong.
            last_year: what is shown beside the figures, where the layout has room for it.
            cover: what a region's figures cover, named beside the year; "" for any other return.
        """
        self.book, self.look, self.layout, self.place = book, look, layout, sheet
        self.fields, self.correcting = fields, correcting
        self.last_year, self.cover = last_year or {}, cover
        self.raw = book.add_worksheet(sheet.name)
        rows = [row - 1 for row in sheet.rows]
        self.drawing = Drawing(self.raw, look, sheet.printed, rows, FIRST - 1)

    def write(self, record: Record | None, least: Mapping[str, float]) -> None:
        """Write the sheet.

        Args:
            record: whose figures it is filled with.
            least: least heights of rows, by their keys.
        """
        self._columns(record)
        self._heading()
        inputs = [*self.fields.write(self.raw, self.place)]
        self._labels()
        self._side_headings()
        inputs += self._inputs(record)
        self._rows(record, least)
        self._column_verdicts()
        highlights.add(self.book, self.raw, self.place)
        self._print_setup()
        allowed = {
            "select_locked_cells": self.correcting,
            "select_unlocked_cells": True,
            "format_rows": True,  # a long 说明 may want a higher row
        }
        self.raw.protect("", allowed)
        self.raw.unprotect_range(" ".join(inputs))
        self.raw.freeze_panes(self.place.first_row - 1, self.place.first_figure - 1)
        if self.place is self.layout.first:
            self.raw.set_selection(inputs[0].partition(":")[0])

    # ------------------------------------------------------------ columns and heading

    def _columns(self, record: Record | None) -> None:
        locked = lock(self.raw, self.look)
        self.raw.set_default_row(sizes.ROW_HEIGHT)
        place, reported = self.place, record is not None and bool(record.reported)
        printed = [*place.widths, EXPLANATION_WIDTH][: place.explanation - FIRST + 1]
        self._column(KEY, _KEY_WIDTH, locked, hidden=True)
        for column, width in enumerate(printed, FIRST):
            self._column(column, width, locked)
        self._column(place.verdict, VERDICT_WIDTH, locked)
        after = place.first_reported + place.printed.figures
        for column in range(place.first_reported, place.last_column + 1):
            hidden = not reported or column >= after
            self._column(column, _REPORTED_WIDTH, locked, hidden=hidden)
        figures = place.widths[place.printed.labels :][: place.printed.figures]
        for column, width in enumerate(figures if place.last_year else (), place.first_last_year):
            self._column(column, max(width, _LAST_YEAR_WIDTH), locked)

    def _column(self, column: int, width: float, look: Any, *, hidden: bool = False) -> None:
        self.raw.set_column(column - 1, column - 1, width, look, {"hidden": hidden})

    def _heading(self) -> None:
        place, home = self.place, self.place.name
        self._across(TITLE_ROW, FIRST, place.last_printed, place.table.title, Look.TITLE)
        self.raw.set_row(TITLE_ROW - 1, 30)
        self._across(YEAR_ROW, FIRST, place.last_printed, "", Look.SUBTITLE)
        year = status.year(self.layout, home, self.cover)
        self._formula(Place(home, YEAR_ROW, FIRST), year, Look.SUBTITLE)
        self.raw.set_row(YEAR_ROW - 1, 20)
        first = place is self.layout.first
        for row, formula in ((TITLE_ROW, status.progress), (YEAR_ROW, status.ready)):
            shown = formula(self.layout) if first else status.elsewhere(self.layout, row)
            self._formula(place.status(row), shown, Look.STATUS)
        if place.unit_row:
            self._across(place.unit_row, FIRST, place.last_printed, "", Look.FIELD_FIXED)
            unit = Place(home, place.unit_row, FIRST)
            self._formula(unit, status.unit(self.layout), Look.FIELD_FIXED)
        form = self.layout.form
        twin = words.say(
            "sheet.twin",
            edition=form.edition,
            issued_by=form.issued_by,
            digest=self.fields.digest[:12],
        )
        row, legend = place.twin_row, place.legend_column
        self._across(row, FIRST, legend - 1, twin, Look.SMALL)
        self._across(
            row, legend, place.last_printed, words.say("sheet.legend"), Look.SMALL, "right"
        )

    def _across(
        self, row: int, first: int, last: int, content: str, look: Look, align: str = ""
    ) -> None:
        """Write a text across columns."""
        form = self.look(look, align=align) if align else self.look(look)
        if first < last:
            self.raw.merge_range(row - 1, first - 1, row - 1, last - 1, "", form)
        self.raw.write_string(row - 1, first - 1, content, form)

    def _formula(self, place: Place, formula: str, look: Look) -> None:
        self.raw.write_formula(place.row - 1, place.column - 1, formula, self.look(look), "")

    # ------------------------------------------------------------ what is printed

    def _labels(self) -> None:
        """Write all printed cells but the figures, and the keys."""
        self.drawing.labels()
        for key, row in self.place.keyed_rows.items():
            self.raw.write_string(row - 1, KEY - 1, key, self.look(Look.PLAIN))
        for block in self.place.printed.blocks if self.place.table.is_matrix else ():
            self._keys(block)
        gap = {row + 1 for row in self.place.rows} - set(self.place.rows)
        for row in gap & set(range(self.place.first_row, self.place.rows[-1])):
            self.raw.set_row(row - 1, None, None, {"hidden": True})

    def _keys(self, block: PrintedBlock) -> None:
        """Write the hidden row of keys below a matrix block's headings."""
        row, plain = self.place.key_row(block), self.look(Look.PLAIN)
        self.raw.set_row(row - 1, None, None, {"hidden": True})
        self.raw.write_string(row - 1, KEY - 1, block.block.key, plain)
        columns = [column for column in block.block.columns if column.key]
        for offset, column in enumerate(columns):
            figure, reported = (
                first + offset - 1 for first in (self.place.first_figure, self.place.first_reported)
            )
            self.raw.write_string(row - 1, figure, column.key, plain)
            self.raw.write_string(row - 1, reported, marks.REPORTED + column.key, plain)

    def _side_headings(self) -> None:
        """Write the headings of 说明, 校验 and 原报数 beside those of every block."""
        headings, place = words.entry("sheet.columns"), self.place
        for block in place.printed.blocks:
            columns = [(place.explanation, "explanation"), (place.verdict, "verdict")]
            reported = range(place.first_reported, place.first_reported + place.printed.figures)
            columns += [(column, "reported") for column in reported]
            for column, name in columns:
                self._side_heading(block, column, headings[name])
            for column, heading in self._of_last_year(block) if place.last_year else ():
                self._side_heading(block, column, heading)

    def _side_heading(self, block: PrintedBlock, column: int, heading: str) -> None:
        """Write a heading as high as those of a block."""
        top, last = self.place.rows[block.top], self.place.rows[block.first - 1]
        look = self.look(Look.HEADER)
        if top < last:
            self.raw.merge_range(top - 1, column - 1, last - 1, column - 1, "", look)
        self.raw.write_string(top - 1, column - 1, heading, look)

    def _of_last_year(self, block: PrintedBlock) -> Iterator[tuple[int, str]]:
        """Yield the columns of last year's figures beside a block, with their headings."""
        row = next(line for line in block.block.lines if line.key)
        for column in block.block.columns or (None,):
            if key := block.block.cell(row, column):
                own = self.layout.form.indicators[key].column
                heading = words.say("sheet.last_year", column=own).strip()
                yield self.place.of_last_year(key).column, heading

    # ------------------------------------------------------------ inputs and checks

    def _inputs(self, record: Record | None) -> list[str]:
        """Write figures and 说明; return the addresses of the inputs."""
        place, inputs = self.place, []
        for cell in self.drawing.figures():
            indicator = self.layout.form.indicators[cell.key]
            self._figure(cell, indicator, record)
            if not indicator.computed:
                inputs.append(place.values[cell.key])
            elif self.correcting and self._told(cell.key, record) is not None:
                inputs.append(place.reported(cell.key))
        said = [Place(place.name, row, place.explanation) for row in place.keyed_rows.values()]
        for key, row in place.keyed_rows.items():
            explanation = record.explanations.get(key, "") if record else ""
            self._text_input(row, place.explanation, explanation)
        top, last = place.first_row, place.rows[-1]
        column = letter(place.explanation)
        self.raw.data_validation(f"{column}{top}:{column}{last}", prompts.of_explanation())
        return [*runs(inputs), *(one.address for one in said)]

    def _figure(self, cell: Cell, indicator: Indicator, record: Record | None) -> None:
        key, place = indicator.key, self.place.values[cell.key]
        self.book.define_name(marks.defined_name(key), f"={place.absolute}")
        look = self.drawing.figure(Look.COMPUTED if indicator.computed else Look.INPUT)
        if cell.columns > 1:
            self.drawing.span(cell, look)
        if indicator.computed:
            total = formulas.total(self.layout, indicator)
            self.raw.write_formula(place.address, total, look, "")
            self._reported_total(key, record)
        else:
            self._value(place, key, record)
            self.raw.data_validation(place.address, prompts.of_indicator(indicator, place.address))
        verdict = formulas.verdict(self.layout, indicator)
        self._formula(self.place.verdict_on(key), verdict, Look.VERDICT)
        if self.place.last_year:
            look, beside = self.drawing.figure(Look.LAST_YEAR), self.place.of_last_year(key)
            contents.write(self.raw, beside, self.last_year.get(key), look)

    def _text_input(self, row: int, column: int, content: str) -> None:
        look = self.look(Look.TEXT_INPUT)
        if content:
            self.raw.write_string(row - 1, column - 1, content, look)
        else:
            self.raw.write_blank(row - 1, column - 1, None, look)

    def _value(self, place: Place, key: str, record: Record | None) -> None:
        """Write what an input holds, or leave it blank."""
        look = self.drawing.figure(Look.INPUT)
        content = contents.of_input(self.layout.form, record, key) if record else None
        contents.write(self.raw, place, content, look)

    def _reported_total(self, key: str, record: Record | None) -> None:
        told = self._told(key, record)
        if told is not None:
            look = self.look(Look.REPORTED_INPUT if self.correcting else Look.REPORTED)
            contents.write(self.raw, self.place.reported(key), told, look)

    def _told(self, key: str, record: Record | None) -> Content:
        """Return what stands in the 原报数 cell of a total."""
        return contents.of_total(self.layout.form, record, key) if record else None

    def _column_verdicts(self) -> None:
        """Write how the columns of a matrix stand, below all that is printed."""
        rules = {
            place: found
            for place, found in formulas.column_rules(self.layout).items()
            if place.sheet == self.place.name
        }
        if not rules:
            return
        row = self.place.column_verdict_row
        heading = words.say("sheet.columns.verdict")
        last = self.place.first_figure - 1
        self._across(row, FIRST, last, heading, Look.FIELD_LABEL)
        for place, found in rules.items():
            self._formula(place, formulas.column_verdict(self.layout, found), Look.COLUMN_VERDICT)

    # ------------------------------------------------------------ rows and print

    def _rows(self, record: Record | None, least: Mapping[str, float]) -> None:
        """Write the verdicts on rows of a matrix, and make rows as high as their texts need."""
        place = self.place
        for key, row in place.keyed_rows.items() if place.table.is_matrix else ():
            formula = formulas.row_verdict(self.layout, place.in_row[key])
            self._formula(Place(place.name, row, place.verdict), formula, Look.VERDICT)
        told = {row: key for key, row in place.keyed_rows.items()}
        heights = sizes.heights(place.printed, place.widths)
        for row, height in zip(place.rows, heights, strict=True):
            key = told.get(row, "")
            said = record.explanations.get(key, "") if record else ""
            needed = max(height, height_for(said, EXPLANATION_WIDTH - 2, 12.5), least.get(key, 0.0))
            if needed > sizes.ROW_HEIGHT:  # all other rows keep the freedom to grow with their 说明
                self.raw.set_row(row - 1, needed)

    def _print_setup(self) -> None:
        sheet, place = self.raw, self.place
        sheet.set_paper(9)  # A4
        if sum(place.widths) > sizes.LANDSCAPE_FROM:
            sheet.set_landscape()
        else:
            sheet.set_portrait()
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        # A matrix is one page of the report; a list of many rows may take two.
        sheet.fit_to_pages(1, 1 if place.table.is_matrix else 0)
        sheet.repeat_rows(place.header_row - 1, place.first_row - 2)
        sheet.print_area(f"{letter(FIRST)}1:{letter(place.last_printed)}{place.last_row}")
        sheet.set_footer("&C" + words.say("sheet.footer", page="&P", pages="&N"))
