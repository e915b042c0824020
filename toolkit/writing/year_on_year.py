"""The 同比 sheet: each indicator beside that of the year before, and swings to be explained."""

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from toolkit import compare, text, words
from toolkit.compare import Row
from toolkit.merge import Summary
from toolkit.swings import Share, Swing, YearOnYear
from toolkit.writing import lists
from toolkit.writing.details import Details
from toolkit.writing.sheets import Content, Live, Sheet
from toolkit.writing.style import Look

_COLUMNS = {
    "indicator": 38.0,
    "measure": 7.0,
    "this": 11.0,
    "last": 11.0,
    "difference": 11.0,
    "percent": 9.0,
    "swing": 9.0,
    "shares": 40.0,
    "decided": 22.0,
}
_THIS, _LAST, _STATE = 2, 3, 6
_HEADER = 3


def write(sheet: Sheet, details: Details, yearly: YearOnYear) -> None:
    """Write the comparison.

    Args:
        sheet: an empty sheet.
        details: the sheet whose rows are added up.
        yearly: the figures of both years.
    """
    summary = details.summary
    names = compare.names(summary.form, yearly.rows)
    swings = {one.row: one for one in yearly.swings}
    sheet.title(words.say("summary.yearly", name=summary.form.name, year=summary.year))
    sheet.remark(1, _account(yearly) if yearly.alike else yearly.basis)
    sheet.remark(2, _basis(summary, yearly))
    rows = [
        [
            names[row].whole,
            summary.form.indicators[row.keys[0]].measure.name,
            *_figures(details, row, number),
            *_said(row, swings.get(row)),
        ]
        for number, row in enumerate(yearly.rows, _HEADER + 1)
    ]
    lists.write(sheet, _HEADER, _COLUMNS, rows, frozen=1)
    heads = words.entry("summary.head")
    for column, year in ((_THIS, summary.year), (_LAST, yearly.last.year)):
        sheet.text(_HEADER, column, heads["of_year"].format(year=year), Look.HEADER)
    listed = range(_HEADER + 1, _HEADER + 1 + len(rows))
    states = words.entry("summary.swing")
    lists.highlight(sheet, listed, _STATE, {states["waiting"]: lists.OPEN})


def _account(yearly: YearOnYear) -> str:
    waiting = sum(one.finding.open for one in yearly.swings)
    return words.say("summary.swings", count=len(yearly.swings), waiting=waiting)


def _basis(summary: Summary, yearly: YearOnYear) -> str:
    """Say of how many units each year's figures are the sums, and in which edition."""
    last = yearly.last
    told = {"this": summary.counted, "last": last.counted, "edition": last.form}
    return words.say("summary.basis", **told) + (yearly.basis if yearly.alike else "")


def _figures(details: Details, row: Row, number: int) -> Sequence[Content]:
    """Return both figures, their difference and the growth; all but last year's are live.

    Args:
        details: the sheet whose rows are added up.
        row: what is compared.
        number: the row of the sheet.
    """
    this = details.total(*row.keys)
    if row.reason:
        return this, None, None, None
    now, then = (xl_rowcol_to_cell(number, column) for column in (_THIS, _LAST))
    both = f"AND(ISNUMBER({now}),ISNUMBER({then}))"
    decimals = details.summary.form.indicators[row.keys[0]].measure.decimals
    difference = f'=IF({both},ROUND({now}-{then},{decimals}),"")'
    percent = f'=IF({both},IF({then}>0,ROUND(({now}-{then})/{then},3),""),"")'
    growth = None if row.percent is None else row.percent / 100
    grown = Live(percent, growth, "+0.0%;-0.0%;0.0%")
    return this, row.last, Live(difference, row.difference, "+General;-General;General"), grown


def _said(row: Row, swing: Swing | None) -> Sequence[Content]:
    """Return the state of a row, what is to be known of it, and what was decided."""
    states: Mapping[str, str] = words.entry("summary.swing")
    if row.reason:
        return states["none"], row.reason, ""
    if swing is None:
        return "", row.note, ""
    state = states["waiting" if swing.finding.open else "explained"]
    told = [*map(_share, swing.shares), *filter(None, [row.note])]
    return state, words.say("summary.also").join(told), swing.finding.decided


def _share(share: Share) -> str:
    told = words.say(
        "swings.share", name=share.name, this=text.show(share.this), last=text.show(share.last)
    )
    if not share.explanation:
        return told
    return told + words.say("summary.said", explanation=share.explanation)
