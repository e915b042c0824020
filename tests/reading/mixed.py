"""One workbook with everything that a cell can hold, to be saved by LibreOffice in every format."""

import io
from datetime import date

import xlsxwriter

from toolkit.reading.figures import shown
from toolkit.reading.grid import Book, Cell, Kind, Style

Read = tuple[Kind, str, bool, str]
"""What is to be read of a cell: kind, raw, formula, style or what people see."""

TITLE = "政府信息公开情况统计表"
LONG = "很" * 9_000
"""A text that .xls stores in several pieces."""


def workbook() -> bytes:
    """Return the workbook as .xlsx; formulas have no result until LibreOffice has opened it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("统计表")
    page.protect()
    page.set_column(0, 0, None, None, {"hidden": True})
    page.merge_range("B1:F1", TITLE)
    page.write_string("A2", "key")
    page.write_rich_string("B2", "12 ", book.add_format({"bold": True}), "件")

    def by(code: str) -> "xlsxwriter.format.Format":
        return book.add_format({"num_format": code})

    page.write_datetime("C2", date(2018, 12, 31), by("yyyy年m月d日"))
    page.write_number("D2", 0.5, by("0.0%"))
    page.write_number("E2", 1180, by("#,##0.00"))
    page.write_number("F2", 11800, by("#,##0,"))
    for row, formula in enumerate(["=D2*2", '="甲"', "=1/0", "=1=1", "=NA()", '=""'], 3):
        page.write_formula(f"D{row}", formula, value="")
    page.write_blank("D9", None, book.add_format({"locked": False}))
    for row, text in enumerate(TEXTS, 10):
        page.write_string(f"D{row}", text)
    page.write_boolean("D16", True)
    for row, (number, code) in enumerate(NUMBERS, 17):
        page.write_number(f"D{row}", number, by(code))
    for row, (number, code, _) in enumerate(SHOWN, 17):
        page.write_number(f"F{row}", number, by(code))
    page.write_comment("D17", "批注")
    page.merge_range("D26:E27", "")
    page.write_number("D26", 7)
    page.write_number("E27", 9)
    page.write_string("C30", LONG)
    page.write_string("C31", "a" * 9_000)
    book.add_worksheet("说明").hide()
    book.add_worksheet("_meta").very_hidden()
    book.define_name("公开总数", "='统计表'!$D$2")
    book.define_name("范围", "='统计表'!$D$2:$E$3")
    book.set_custom_property("toolkit.form", "2018")
    book.set_custom_property("toolkit.year", 2018)
    book.set_custom_property("issued", value=True)
    book.close()
    return target.getvalue()


TEXTS = ["１２", "12", "  前后  空格 ", "第一行\n第二行", "=1+1", "\u200b12"]
NUMBERS = [
    (1234567890123, "0"),
    (0.1, "General"),
    (-12, "0"),
    (12.5, "#,##0.00_ ;[Red]-#,##0.00 "),
    (1.5, "#,##0"),
    (1.25, "0.00"),
    (123456789.12, "General"),
]

SHOWN = [
    (300, '0"元"', "300元"),
    (-5, '0"件";-0"件"', "-5件"),
    (-5, "0;0", "5"),
    (12, '0"0"', "120"),
    (5, '"12"', "12"),
    (12, ";;;", ""),
    (5, '[>=10000]0!.0,"万";0', "5"),
    (100, '[>=10000]0"多";[>=100]0"多些";0', "100多些"),
    (12.5, "[$¥-804]#,##0.00", "¥12.5"),
    (-12.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "-¥ 12.5"),
]
"""Numbers of which a format shows more, less, or the same with a text around it."""

CELLS: dict[str, Read] = {
    "A2": (Kind.TEXT, "key", False, Style.GENERAL),
    "B1": (Kind.TEXT, TITLE, False, Style.GENERAL),
    "B2": (Kind.TEXT, "12 件", False, Style.GENERAL),
    "D2": (Kind.NUMBER, "0.5", False, Style.PERCENT),
    "E2": (Kind.NUMBER, "1180", False, Style.GENERAL),
    "F2": (Kind.NUMBER, "11800", False, Style.SCALED),
    "D3": (Kind.NUMBER, "1", True, Style.GENERAL),
    "D4": (Kind.TEXT, "甲", True, Style.GENERAL),
    "D5": (Kind.ERROR, "#DIV/0!", True, Style.GENERAL),
    "D6": (Kind.BOOLEAN, "TRUE", True, Style.GENERAL),
    "D7": (Kind.ERROR, "#N/A", True, Style.GENERAL),
    **{f"D{row}": (Kind.TEXT, text, False, Style.GENERAL) for row, text in enumerate(TEXTS, 10)},
    **{
        f"D{row}": (Kind.NUMBER, str(number), False, Style.GENERAL)
        for row, (number, _) in enumerate(NUMBERS, 17)
    },
    **{
        f"F{row}": (Kind.NUMBER, str(number), False, seen)
        for row, (number, _, seen) in enumerate(SHOWN, 17)
    },
    "D26": (Kind.NUMBER, "7", False, Style.GENERAL),
    "E27": (Kind.NUMBER, "9", False, Style.GENERAL),
    "C30": (Kind.TEXT, LONG, False, Style.GENERAL),
    "C31": (Kind.TEXT, "a" * 9_000, False, Style.GENERAL),
}
"""What every workbook format holds, by cell; C2, D8 and D16 differ and are looked at apart."""


def cells(book: Book) -> dict[str, Cell]:
    """Return the cells of the first sheet by address."""
    return {cell.address: cell for cell in book.sheets[0].cells.values()}


def read(cell: Cell) -> Read:
    """Return what was read of a cell."""
    seen = cell.style if isinstance(cell.style, Style) else shown(cell)
    return cell.kind, cell.raw, cell.formula, seen
