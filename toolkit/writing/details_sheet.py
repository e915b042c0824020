"""The 明细 sheet: a row for each unit that counts and each adjustment, a column an indicator."""

from collections.abc import Iterable, Mapping, Sequence

from toolkit import text, words
from toolkit.form import Form
from toolkit.merge import Summary
from toolkit.record import Figures, Record
from toolkit.sums import Adjustment, Counted
from toolkit.writing.details import FIRST_ROW, HEAD, Details
from toolkit.writing.sheets import Content, Sheet
from toolkit.writing.style import Look

_KEY_ROW, _LABEL_ROW, _UNIT_ROW = range(1, FIRST_ROW)
_FROZEN = 3
"""Columns that stay in sight and are repeated on every page: number, code, name."""
_FIGURE_WIDTH = 10
_WIDTHS = list(HEAD.values())


def write(sheet: Sheet, details: Details) -> None:
    """Write the sheet.

    Args:
        sheet: an empty sheet of the name that the details have.
        details: where everything stands.
    """
    summary = details.summary
    form = summary.form
    widths = [*_WIDTHS, *_figure_widths(summary, details.adjustments).values()]
    sheet.widths(widths)
    sheet.title(words.say("summary.details", name=form.name, year=summary.year))
    _header(sheet, form, widths)
    for number, one in enumerate(summary.adopted, 1):
        row = FIRST_ROW + number - 1
        _told(sheet, row, number, _about(form, one))
        _figures(sheet, row, details, one.record.values, one.record)
    for row, added in enumerate(details.adjustments, FIRST_ROW + summary.counted):
        _told(sheet, row, None, _about_adjustment(added))
        _figures(sheet, row, details, added.figures)
    last = max(_UNIT_ROW, FIRST_ROW + details.rows - 1)
    sheet.raw.autofilter(_UNIT_ROW, 0, last, len(widths) - 1)
    sheet.raw.freeze_panes(FIRST_ROW, _FROZEN)
    sheet.prints((_LABEL_ROW, _UNIT_ROW), landscape=True)
    sheet.raw.repeat_columns(0, _FROZEN - 1)
    sheet.raw.print_across()
    sheet.raw.set_print_scale(70)


def _header(sheet: Sheet, form: Form, widths: Sequence[float]) -> None:
    indicators = form.indicators.values()
    keys = [*HEAD, *form.indicators]
    heads = [words.entry("summary.head")[key.replace(".", "_")] for key in HEAD]
    labels = [*heads, *(indicator.name for indicator in indicators)]
    units = ["" for _ in HEAD] + [indicator.measure.name for indicator in indicators]
    for column, (key, unit) in enumerate(zip(keys, units, strict=True)):
        sheet.text(_KEY_ROW, column, key, Look.SMALL)
        sheet.text(_UNIT_ROW, column, unit, Look.HEADER, bold=False)
    sheet.raw.set_row(_KEY_ROW, None, None, {"hidden": True})
    sheet.texts(_LABEL_ROW, labels, widths, Look.HEADER)
    sheet.height(_UNIT_ROW, 18)


def adjusted_by(added: Adjustment) -> str:
    """Return where an adjustment comes from: its number, who decided and why."""
    decision = added.decision
    return words.say("summary.adjustment", number=decision.number, told=decision.told())


def _about(form: Form, one: Counted) -> Sequence[Content]:
    """Return what stands before the figures of a return."""
    record = one.record
    return (
        record.unit.code,
        record.unit.name,
        one.scope.label,
        words.say("summary.row.return"),
        record.filed(form) or "",
        one.submission.path,
        _sheets(record),
        text.nil_words()[0] if record.nil else "",
    )


def _about_adjustment(added: Adjustment) -> Sequence[Content]:
    return (
        added.unit.code,
        added.unit.name,
        added.scope.label,
        words.say("summary.row.adjustment"),
        text.read_date(added.decision.when[:10]) or "",
        adjusted_by(added),
        "",
        "",
    )


def _sheets(record: Record) -> str:
    """Return the sheets of the file that a return was read from."""
    names = list(dict.fromkeys(one.sheet for one in record.sources.values() if one.sheet))
    if len(names) < 2:
        return "".join(names)
    return words.say("summary.sheets", first=names[0], count=len(names))


def _told(sheet: Sheet, row: int, number: int | None, told: Sequence[Content]) -> None:
    """Write what stands before the figures."""
    sheet.figure(row, 0, number, Look.CENTRED)
    for column, content in enumerate(told, 1):
        sheet.put(row, column, content, Look.TEXT)
    sheet.height_of(row, told, _WIDTHS[1:])


def _figures(
    sheet: Sheet, row: int, details: Details, figures: Figures, record: Record | None = None
) -> None:
    """Write the figures of a row; where a word for nothing was written, it stands again."""
    first = len(HEAD)
    for column, key in enumerate(details.summary.form.indicators, first):
        value = figures[key]
        if value is None and record is not None and (word := record.nothing(key)):
            sheet.text(row, column, word, Look.CENTRED)
        else:
            sheet.figure(row, column, value, Look.FIGURE)


def _figure_widths(summary: Summary, added: Iterable[Adjustment]) -> Mapping[str, float]:
    """Return column widths that show every figure whole."""
    rows = [*(one.record.values for one in summary.adopted), *(one.figures for one in added)]
    return {key: _figure_width(key, rows) for key in summary.form.indicators}


def _figure_width(key: str, rows: Iterable[Figures]) -> float:
    figures = {one[key] for one in rows}
    return max(_FIGURE_WIDTH, max((len(text.show(figure)) for figure in figures), default=0) + 2)
