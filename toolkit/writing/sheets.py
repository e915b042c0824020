"""Sheets of our reports: every write is checked, and text never becomes a formula."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from toolkit import words
from toolkit.files import Unwritable
from toolkit.findings import Number
from toolkit.writing.style import Look, Looks, height_for

TEXT_LIMIT = 32_767
"""The most characters a cell holds."""
NAME_LIMIT = 31
"""The most characters a sheet's name has."""
_CUT = "…"
_DAY = {"num_format": "yyyy-mm-dd", "align": "center"}
"""How dates are shown."""
_TITLE_SIZE, _TITLE_LINE = 1.75, 26.0
"""How much wider than usual the characters of a title are, and the height of its lines."""


class Live(NamedTuple):
    """A formula and its result."""

    formula: str
    value: Number | None
    shown: str = ""
    """The number format, where it is not the usual one."""


Content = str | Number | date | Live | None
"""What a cell holds."""


def stored(number: Number) -> int | float:
    """Return a figure as workbooks store it; 15 digits of a float are exact decimals."""
    return number if isinstance(number, int) else float(number)


class Sheet:
    """One worksheet; rows and columns count from 0, as XlsxWriter counts them."""

    def __init__(self, book: Any, looks: Looks, name: str) -> None:
        """Add a worksheet of that name to a workbook."""
        self.name, self.book, self.looks = name, book, looks
        self.raw = book.add_worksheet(name)
        """The worksheet itself, for how it is shown and printed."""

    def check(self, code: int) -> None:
        """Raise where XlsxWriter says by a negative code that it left something out.

        Raises:
            Unwritable: the sheet has no such place.
        """
        if code < 0:
            raise Unwritable(words.say("summary.full", sheet=self.name))

    # ------------------------------------------------------------ single cells

    def text(self, row: int, column: int, content: str, look: Look, **more: Any) -> None:
        """Write a text; what begins with an equals sign stays a text.

        Raises:
            Unwritable: the sheet has no such cell; so for the other writes.
        """
        if not content:  # a text without characters would be counted as one
            self.check(self.raw.write_blank(row, column, None, self.looks(look, **more)))
            return
        # Half characters, which JSON can hold and XML cannot, become question marks.
        whole = content.encode("utf-8", "replace").decode()
        shown = whole if len(whole) <= TEXT_LIMIT else whole[: TEXT_LIMIT - 1] + _CUT
        self.check(self.raw.write_string(row, column, shown, self.looks(look, **more)))

    def figure(self, row: int, column: int, value: Number | None, look: Look, **more: Any) -> None:
        """Write a figure; a blank one stays blank."""
        if value is None:
            self.check(self.raw.write_blank(row, column, None, self.looks(look, **more)))
        else:
            self.check(self.raw.write_number(row, column, stored(value), self.looks(look, **more)))

    def formula(
        self, row: int, column: int, formula: str, value: Number | None, look: Look, **more: Any
    ) -> None:
        """Write a formula with its result."""
        result = "" if value is None else stored(value)
        self.check(self.raw.write_formula(row, column, formula, self.looks(look, **more), result))

    def put(self, row: int, column: int, content: Content, look: Look, **more: Any) -> None:
        """Write whatever a cell holds."""
        match content:
            case str():
                self.text(row, column, content, look, **more)
            case Live(formula, value, shown):
                shape = more | ({"num_format": shown} if shown else {})
                self.formula(row, column, formula, value, look, **shape)
            case date():
                day = self.looks(look, **(more | _DAY))
                self.check(self.raw.write_datetime(row, column, content, day))
            case _:
                self.figure(row, column, content, look, **more)

    # ------------------------------------------------------------ rows and columns

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self.check(self.raw.set_row(row, points))

    def texts(self, row: int, contents: Sequence[str], widths: Sequence[float], look: Look) -> None:
        """Write a row of texts, high enough for all of them."""
        for column, content in enumerate(contents):
            self.text(row, column, content, look)
        self.height_of(row, contents, widths, look)

    def height_of(
        self,
        row: int,
        contents: Sequence[Content],
        widths: Sequence[float],
        look: Look = Look.TEXT,
    ) -> None:
        """Make a row high enough for the texts in it.

        Args:
            row: the row.
            contents: what stands in its cells.
            widths: the widths of their columns.
            look: how the texts look.
        """
        line = 14.5 if look is Look.HEADER else 12.5
        cells = zip(contents, widths, strict=True)
        texts = [(one, width) for one, width in cells if isinstance(one, str)]
        self.height(row, max(height_for(one, width - 1, line) for one, width in texts))

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns."""
        for column, width in enumerate(widths):
            self.check(self.raw.set_column(column, column, width))

    def across(self, row: int, first: int, last: int, content: str, look: Look) -> None:
        """Write a text across columns."""
        if first < last:
            self.check(self.raw.merge_range(row, first, row, last, "", self.looks(look)))
        self.text(row, first, content, look)

    def heading(self, row: int, first: int, last: int, content: str, width: float) -> None:
        """Write a title across columns, on as many lines as it takes.

        Args:
            row: the row.
            first: the first column.
            last: the last column.
            content: the title.
            width: of all the columns together.
        """
        self.across(row, first, last, content, Look.TITLE)
        self.height(row, max(30, height_for(content, width / _TITLE_SIZE, _TITLE_LINE)))

    def title(self, content: str) -> None:
        """Write the title into the first row of a wide sheet, readable from the left."""
        self.text(0, 0, content, Look.TITLE, align="left")
        self.height(0, 30)

    def remark(self, row: int, content: str) -> None:
        """Write a line about all of a wide sheet, readable from the left."""
        self.text(row, 0, content, Look.STATUS, text_wrap=False)
        self.height(row, 20)

    def prints(self, header: tuple[int, int], *, landscape: bool) -> None:
        """Set up printing on A4 with a repeated header and page numbers."""
        self.raw.set_paper(9)
        if landscape:
            self.raw.set_landscape()
        self.raw.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.raw.repeat_rows(*header)
        self.raw.set_footer("&C" + words.say("sheet.footer", page="&P", pages="&N"))
