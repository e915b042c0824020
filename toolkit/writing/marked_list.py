"""The first sheet of a workbook sent back, 退回修改意见: what is asked for, and all findings.

Its texts are kept apart from labels and headings of the form, so that no reader of the corrected
workbook takes the list for a table: names stand in quotation marks, figures are texts.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from toolkit import words
from toolkit.findings import Severity
from toolkit.record import Record
from toolkit.writing import status
from toolkit.writing.form_sheet import lock
from toolkit.writing.formulas import quoted
from toolkit.writing.layout import YEAR_ROW, Layout
from toolkit.writing.marked_remarks import Remark
from toolkit.writing.marked_standing import Standing
from toolkit.writing.marked_words import one_line
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Look, Looks, height_for

_WIDTHS = {
    "number": 5.0,
    "severity": 9.0,
    "place": 16.0,
    "indicator": 22.0,
    "stood": 16.0,
    "message": 50.0,
    "explanation": 16.0,
    "state": 8.0,
}
_PLACE, _STATE, _LAST = 2, 7, len(_WIDTHS) - 1
_TITLE, _WHOSE, _ASK, _HOW, _LIVE, _HEADER = range(6)
_LONGEST_NAME = 60


def write(
    book: Any,
    looks: Looks,
    layout: Layout,
    record: Record,
    file: str,
    remarks: Sequence[Remark],
    standing: Standing,
) -> Any:
    """Write the sheet and return it.

    Args:
        book: the XlsxWriter workbook.
        looks: its formats.
        layout: where the tables stand in it.
        record: the return.
        file: name of the file that came in.
        remarks: all that was found, in order.
        standing: what tells whether it still stands.
    """
    sheet = Sheet(book, looks, words.say("marked.sheet"))
    lock(sheet.raw, looks)
    _heading(sheet, layout, record, file, remarks)
    heads = [words.entry("marked.head")[name] for name in _WIDTHS]
    widths = list(_WIDTHS.values())
    sheet.texts(_HEADER, heads, widths, Look.HEADER)
    for row, remark in enumerate(remarks, _HEADER + 1):
        texts = _row(row - _HEADER, remark)
        sheet.texts(row, texts, widths, Look.TEXT)
        _link(sheet, row, remark)
        _state(sheet, row, remark, standing)
    last = _HEADER + len(remarks)
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:H{last + 1}"})
    sheet.raw.freeze_panes(_HEADER + 1, 0)
    sheet.prints((_HEADER, _HEADER), landscape=True)
    sheet.raw.center_horizontally()
    sheet.raw.fit_to_pages(1, 0)
    sheet.raw.print_area(0, 0, last, _LAST)
    sheet.raw.protect()
    return sheet.raw


def _heading(
    sheet: Sheet, layout: Layout, record: Record, file: str, remarks: Sequence[Remark]
) -> None:
    """Write who is asked for what, and how it is done."""
    form, widths = layout.form, list(_WIDTHS.values())
    for column, width in enumerate(widths):
        sheet.raw.set_column(column, column, width, sheet.looks(Look.PLAIN))
    sheet.across(_TITLE, 0, _LAST, words.say("marked.title", name=form.name), Look.TITLE)
    sheet.height(_TITLE, 32)
    unit = one_line(record.unit.name, _LONGEST_NAME) or words.say("marked.no_unit")
    year = words.say("marked.year", year=record.year) if record.year else ""
    whose = words.say(
        "marked.whose",
        unit=unit,
        year=year or words.say("marked.no_year"),
        edition=form.edition,
    )
    sheet.across(_WHOSE, 0, _LAST, whose, Look.SUBTITLE)
    sheet.height(_WHOSE, 20)
    for row, content in ((_ASK, _asked(unit, file, remarks)), (_HOW, words.say("marked.how"))):
        sheet.across(row, 0, _LAST, content, Look.PARAGRAPH)
        sheet.height(row, height_for(content, sum(widths) * 0.86, 16))
    sheet.across(_LIVE, 0, _LAST, "", Look.STATUS)
    before = quoted(words.say("marked.live"))
    shown = f"={before}&{status.elsewhere(layout, YEAR_ROW).removeprefix('=')}"
    sheet.formula(_LIVE, 0, shown, None, Look.STATUS)
    sheet.height(_LIVE, 20)


def _asked(unit: str, file: str, remarks: Sequence[Remark]) -> str:
    """Return the sentence that asks for the file back."""
    found = Counter(remark.found.severity for remark in remarks)
    shown, notices = one_line(file, _LONGEST_NAME), found[Severity.NOTICE]
    if not any(remark.found.open for remark in remarks):
        return words.say("marked.ask_nothing", file=shown, notices=notices, unit=unit)
    counted = [words.say(f"marked.count.{s}", count=found[s]) for s in Severity if found[s]]
    counts = words.say("text.and").join(counted)
    return words.say("marked.ask", file=shown, counts=counts, unit=unit)


def _row(number: int, remark: Remark) -> list[str]:
    found = remark.found
    stood = [remark.stood] if remark.stood else []
    if remark.source:
        stood.append(words.say("marked.elsewhere", place=remark.source))
    return [
        str(number),
        words.say(f"marked.severity.{found.severity}"),
        _where(remark),
        words.say("marked.indicator", name=remark.name) if remark.name else "",
        "\n".join(stood),
        words.say("marked.code", code=found.code, message=remark.message),
        remark.said,
        "",
    ]


def _where(remark: Remark) -> str:
    """Return where a finding stands, in one line: LibreOffice does not wrap links."""
    place = remark.place
    if place is None:
        return words.say("marked.whole")
    room = int(_WIDTHS["place"] - 2 - len(place.address)) // 2
    return words.say("marked.place", sheet=one_line(place.sheet, room), cell=place.address)


def _link(sheet: Sheet, row: int, remark: Remark) -> None:
    """Make the place of a finding a way to it."""
    if remark.place:
        target = f"internal:{remark.place.absolute.replace('$', '')}"
        look = sheet.looks(Look.LINK, valign="vcenter")
        sheet.raw.write_url(row, _PLACE, target, look, _where(remark), remark.place.sheet)


def _state(sheet: Sheet, row: int, remark: Remark, standing: Standing) -> None:
    """Write the formula that tells how a finding stands now; a notice asks for nothing."""
    found = remark.found
    if found.severity is Severity.NOTICE:
        return
    stands = standing.formula(found, sheet.name)
    if not stands:
        return
    names = words.entry("marked.state")
    open_ = quoted(names[found.severity])
    unexplained = standing.unexplained(found.key, sheet.name)
    if found.severity is Severity.WARNING and unexplained:
        open_ = f"IF({unexplained},{open_},{quoted(names['explained'])})"
    shown = f"=IF({stands},{open_},{quoted(names['settled'])})"
    sheet.formula(row, _STATE, shown, None, Look.TEXT, align="center")
