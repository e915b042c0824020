"""The summary workbook: every sheet that the coordinator hands on, in its order.

汇总表 · 同比 · 报送情况 · 图表 · 明细 · 审核意见 · 来源 · 收件登记
"""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from toolkit import marks, words
from toolkit.folder import Skipped
from toolkit.marks import Kind, Mark
from toolkit.merge import Summary
from toolkit.roster import Cover
from toolkit.swings import YearOnYear
from toolkit.writing import (
    chart_sheet,
    consolidation,
    details_sheet,
    headings,
    registers,
    sources,
    standing_sheet,
    totals,
    year_on_year,
)
from toolkit.writing.details import Details
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Looks


def workbook(
    summary: Summary, skipped: Sequence[Skipped] = (), yearly: YearOnYear | None = None
) -> bytes:
    """Return the summary workbook.

    The same summary always gives the same bytes (on one version of the libraries).

    Args:
        summary: what merging found.
        skipped: files that were left out; 收件登记 names them.
        yearly: the sums beside those of the year before, where they are known.

    Raises:
        Unwritable: a sheet cannot hold what has to be written.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    looks, details = Looks(book), Details(summary)

    def sheet(name: str) -> Sheet:
        return Sheet(book, looks, words.say(f"summary.sheet.{name}"))

    for cover in summary.sums:
        _sums(book, looks, details, cover)
    if yearly is not None:
        year_on_year.write(sheet("yearly"), details, yearly)
    standing_sheet.write(sheet("standing"), summary)
    chart_sheet.write(sheet("charts"), details, yearly)
    details_sheet.write(sheet("details"), details)
    registers.findings(sheet("findings"), summary)
    sources.write(sheet("sources"), details)
    registers.files(sheet("files"), summary, skipped)
    _marks(book, summary)
    book.close()
    return buffer.getvalue()


def _sums(book: Any, looks: Looks, details: Details, cover: Cover) -> None:
    """Write the sums of a cover: each matrix as it is printed, then every indicator in a list."""
    matrices = [table for table in details.summary.form.tables if table.is_matrix]
    for table in matrices:
        name = headings.sheet_name(table.name, cover)
        consolidation.write(Sheet(book, looks, name), table, details, cover)
    listed = words.say("summary.sheet.items" if matrices else "summary.sheet.totals")
    name = headings.sheet_name(listed, cover)
    totals.write(Sheet(book, looks, name), details, cover)


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
            "title": headings.title(summary),
            "subject": words.say("sheet.subject", name=form.name, edition=form.edition),
            "created": marks.CREATED,
        }
    )
