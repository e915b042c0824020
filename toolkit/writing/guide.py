"""A sheet of instructions: a title and paragraphs."""

from collections.abc import Iterable
from typing import Any

from toolkit.writing.style import Look, Looks, height_for

_WIDTH = 70


def fill(sheet: Any, look: Looks, title: str, paragraphs: Iterable[str]) -> None:
    """Write the instructions onto an empty sheet.

    Args:
        sheet: the XlsxWriter worksheet.
        look: the formats of its workbook.
        title: what stands above them.
        paragraphs: the instructions.
    """
    sheet.set_column(0, 0, _WIDTH, look(Look.PLAIN))
    sheet.write_string("A1", title, look(Look.TITLE))
    sheet.set_row(0, 32)
    for row, paragraph in enumerate(paragraphs, 1):
        sheet.write_string(row, 0, paragraph, look(Look.PARAGRAPH))
        sheet.set_row(row, height_for(paragraph, _WIDTH - 4, 17))
    sheet.set_paper(9)
    sheet.set_margins(left=0.7, right=0.7)
