"""Sheets of our reports: every write is checked, and text never becomes a formula."""

from collections.abc import Sequence
from typing import Any

from toolkit import words
from toolkit.files import Unwritable
from toolkit.findings import Number
from toolkit.writing.style import Look, Looks, height_for

TEXT_LIMIT = 32_767
"""The most characters a cell holds."""
_CUT = "…"


def stored(number: Number) -> int | float:
    """Return a figure as workbooks store it; 15 digits of a float are exact decimals."""
    return number if isinstance(number, int) else float(number)


class Sheet:
    """One worksheet; rows and columns count from 0, as XlsxWriter counts them."""

    def __init__(self, book: Any, looks: Looks, name: str) -> None:
        """Add a worksheet of that name to a workbook."""
        self.name, self.looks = name, looks
        self.raw = book.add_worksheet(name)
        """The worksheet itself, for how it is shown and printed."""

    def _check(self, code: int) -> None:
        """Raise where XlsxWriter says by a negative code that it left something out."""
        if code < 0:
            raise Unwritable(words.say("summary.full", sheet=self.name))

    def text(self, row: int, column: int, content: str, look: Look, **more: Any) -> None:
        """Write a text; what begins with an equals sign stays a text.

        Raises:
            Unwritable: the sheet has no such cell; so for the other writes.
        """
        # Half characters, which JSON can hold and XML cannot, become question marks.
        whole = content.encode("utf-8", "replace").decode()
        shown = whole if len(whole) <= TEXT_LIMIT else whole[: TEXT_LIMIT - 1] + _CUT
        self._check(self.raw.write_string(row, column, shown, self.looks(look, **more)))

    def figure(self, row: int, column: int, value: Number | None, look: Look) -> None:
        """Write a figure; a blank one stays blank."""
        if value is None:
            self._check(self.raw.write_blank(row, column, None, self.looks(look)))
        else:
            self._check(self.raw.write_number(row, column, stored(value), self.looks(look)))

    def formula(
        self, row: int, column: int, formula: str, value: Number | None, look: Look, **more: Any
    ) -> None:
        """Write a formula with its result."""
        result = "" if value is None else stored(value)
        self._check(self.raw.write_formula(row, column, formula, self.looks(look, **more), result))

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._check(self.raw.set_row(row, points))

    def texts(self, row: int, contents: Sequence[str], widths: Sequence[float], look: Look) -> None:
        """Write a row of texts, high enough for all of them."""
        for column, content in enumerate(contents):
            self.text(row, column, content, look)
        cells = zip(contents, widths, strict=True)
        line = 14.5 if look is Look.HEADER else 12.5
        self.height(row, max(height_for(content, width - 1, line) for content, width in cells))

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns."""
        for column, width in enumerate(widths):
            self._check(self.raw.set_column(column, column, width))

    def across(self, row: int, first: int, last: int, content: str, look: Look) -> None:
        """Write a text across columns."""
        if first < last:
            self._check(self.raw.merge_range(row, first, row, last, "", self.looks(look)))
        self.text(row, first, content, look)

    def title(self, content: str) -> None:
        """Write the title into the first row of a wide sheet, readable from the left."""
        self.text(0, 0, content, Look.TITLE, align="left")
        self.height(0, 30)

    def prints(self, header: tuple[int, int], *, landscape: bool) -> None:
        """Set up printing on A4 with a repeated header and page numbers."""
        self.raw.set_paper(9)
        if landscape:
            self.raw.set_landscape()
        self.raw.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.raw.repeat_rows(*header)
        self.raw.set_footer("&C" + words.say("sheet.footer", page="&P", pages="&N"))
