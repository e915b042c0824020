"""Where the figures stand in the 明细 sheet, and the formulas that add them up.

A sum of blanks alone would read as 0, so a formula counts before it adds. All are understood by
Excel 2010, WPS and LibreOffice, and find the rows of a cover by their 统计范围: a person may sort
the sheet.
"""

from collections.abc import Sequence

from xlsxwriter.utility import xl_range_abs

from toolkit import compare, marks, words
from toolkit.findings import Number
from toolkit.form import Role
from toolkit.merge import Summary
from toolkit.roster import Cover, Scope
from toolkit.sums import Adjustment
from toolkit.writing.places import quoted
from toolkit.writing.sheets import Live

FIRST_ROW = 4
"""The first row with figures; rows count from 0."""
HEAD = {
    "number": 6.0,
    Role.UNIT_CODE: 11.0,
    Role.UNIT_NAME: 24.0,
    marks.SCOPE_KEY: 9.0,
    marks.ROW_KEY: 10.0,
    Role.DATE: 12.0,
    marks.FILE_KEY: 26.0,
    "sheet": 20.0,
    Role.NIL: 8.0,
}
"""Columns before the figures, by key, with their widths."""


class Details:
    """The rows and columns of the sheet, and what to write to add them up."""

    def __init__(self, summary: Summary) -> None:
        """Give every row and column its place."""
        self.summary = summary
        self.name = words.say("summary.sheet.details")
        keys = (*HEAD, *summary.form.indicators)
        self.columns = {key: column for column, key in enumerate(keys)}
        self.adjustments: Sequence[Adjustment] = [
            one for one in summary.adjustments if Cover.ALL.has(one.scope)
        ]
        self.rows = summary.counted + len(self.adjustments)

    def total(self, *keys: str, cover: Cover = Cover.ALL) -> Live | None:
        """Return the sum of an indicator, or of several; None where there is nothing to add up.

        Args:
            keys: the indicators.
            cover: which units.
        """
        ranges = [self._cells(key) for key in keys]
        value = compare.total(self.summary.sums[cover].totals, keys)
        if cover is Cover.ALL:
            cells = ",".join(ranges)
            return self._live(f'=IF(COUNT({cells})=0,"",SUM({cells}))', value)
        scopes, own = self._cells(marks.SCOPE_KEY), Scope.OWN.label
        filled = "+".join(f"SUMPRODUCT({self._own}*ISNUMBER({cells}))" for cells in ranges)
        added = "+".join(f'SUMIF({scopes},"{own}",{cells})' for cells in ranges)
        return self._live(f'=IF({filled}=0,"",{added})', value)

    def blanks(self, key: str, cover: Cover) -> Live | None:
        """Return how many units left an indicator blank; a nil return leaves nothing blank."""
        empty = [f'({self._cells(column)}="")' for column in (key, Role.NIL)]
        return self._count(cover, empty, self.summary.sums[cover].blanks[key])

    def nothings(self, key: str, cover: Cover) -> Live | None:
        """Return how many units wrote a word for nothing in an indicator's place."""
        said = [f"ISTEXT({self._cells(key)})"]
        return self._count(cover, said, self.summary.sums[cover].nothings[key])

    def _count(self, cover: Cover, conditions: Sequence[str], value: int) -> Live | None:
        """Return how many returns of a cover meet conditions."""
        returns = f'({self._cells(marks.ROW_KEY)}="{words.say("summary.row.return")}")'
        within = [] if cover is Cover.ALL else [self._own]
        return self._live(f"=SUMPRODUCT({'*'.join([*conditions, returns, *within])})", value)

    @property
    def _own(self) -> str:
        """Return what is 1 for the rows of the region's own offices and 0 for all others."""
        return f'({self._cells(marks.SCOPE_KEY)}="{Scope.OWN.label}")'

    def _live(self, formula: str, value: Number | None) -> Live | None:
        return Live(formula, value) if self.rows else None

    def _cells(self, key: str) -> str:
        """Return the address of all cells of a column."""
        column, last = self.columns[key], FIRST_ROW + self.rows - 1
        return f"{quoted(self.name)}!{xl_range_abs(FIRST_ROW, column, last, column)}"
