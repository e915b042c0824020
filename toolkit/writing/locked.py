"""Workbooks with locked sheets, written without what takes XlsxWriter longest.

Hundreds are issued at a time, and half of the time went into setting up 16,384 columns one by one
and into looking in every formula for functions of later Excels, which ours never use.
"""

from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

_LAST_COLUMN = 16_383
_LAST_APART = 255
"""The last column that can be set up apart; columns count from 0."""


class LockedSheet(Worksheet):  # type: ignore[misc]
    """A worksheet of such a workbook."""

    def lock(self, look: Any) -> None:
        """Give every cell a format, that of a locked one.

        Args:
            look: the format.
        """
        self.set_column(0, _LAST_APART, None, look)
        # Formatted columns are no content: left in, they would make the sheet's dimension as wide
        # as they are and writing it ten times slower.
        self.dim_colmin = self.dim_colmax = None

    def _write_col_info(self, col_min: int, col_max: int, col_info: Any) -> None:
        """Write the width and format of columns; the last one stands for all behind it."""
        last = _LAST_COLUMN if col_max == _LAST_APART else col_max
        super()._write_col_info(col_min, last, col_info)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Return a formula as it is stored: only without its equals sign."""
        del expand_future_functions
        return formula.removeprefix("=")


class LockedBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook of locked sheets."""

    worksheet_class = LockedSheet
