"""The live state of the whole form: what is wrong with its head, how far it is, may it be sent."""

from collections.abc import Sequence

from toolkit import text, words
from toolkit.findings import Severity
from toolkit.form import Form, Role
from toolkit.printed import Part
from toolkit.rules import SIGNS, line
from toolkit.writing.formulas import among, quoted
from toolkit.writing.layout import Layout, SheetLayout

LAST_YEAR = 9999
"""Of an open-ended edition; what is larger is a date, not a year."""
_NOTHING = '""'


def head_verdict(layout: Layout, role: Role) -> str:
    """Return the formula of a head field's 校验 cell; "" for fields that are not checked."""
    form = layout.form
    if role is Role.UNIT_NAME:
        return f"={_told(form, 'F8', 'unit', f'LEN(TRIM({_field(layout, role)}))=0')}"
    if role is Role.YEAR:
        cell = _field(layout, role)
        last = form.last_year or LAST_YEAR
        wrong = (
            f"IF(ISNUMBER({cell}),"
            f"OR({cell}<{form.first_year},{cell}>{last},{cell}<>INT({cell})),TRUE)"
        )
        return f"={_told(form, 'F8', 'year', wrong)}"
    if role is Role.NIL:
        nil = f"TRIM({_field(layout, role)})={quoted(text.nil_words()[0])}"
        said = "+".join(_said(layout, sheet) for sheet in layout.sheets)
        untouched = _told(form, "F10", "untouched", f"AND({said}=0,NOT({nil}))")
        above = "+".join(f'COUNTIF({s.figures(layout.first.name)},">0")' for s in layout.sheets)
        contradicted = _told(form, "F11", "contradicted", f"AND({above}>0,{nil})")
        return f"={untouched}&{contradicted}"
    return ""


def _field(layout: Layout, role: Role) -> str:
    """Return a formula for a head field's cell, for use on the first sheet."""
    key = next(field.key for field in layout.form.head if field.role is role)
    return layout.first.field(key).lookup(layout.first.name)


def _told(form: Form, code: str, what: str, wrong: str) -> str:
    said = quoted(line(form.formats[code], code, words.say(f"verdict.{what}")))
    return f"IF({wrong},{said},{_NOTHING})"


def _said(layout: Layout, sheet: SheetLayout) -> str:
    """Return a formula that counts the answers on a sheet.

    Counted so that neither a formula error nor a lone space passes for an answer; the texts of
    headings are taken off.
    """
    cells = sheet.figures(layout.first.name)
    texts = _headings(sheet)
    return f'COUNT({cells})+COUNTIF({cells},"?*")-COUNTIF({cells}," ")-{texts}'


def _headings(sheet: SheetLayout) -> int:
    """Return how many headings and keys stand in a sheet's columns of figures."""
    headings = [
        cell
        for cell in sheet.printed.cells
        if cell.part in (Part.HEADER, Part.BLOCK)
        and cell.text
        and cell.column >= sheet.printed.labels
    ]
    keys = [column for b in sheet.printed.blocks for column in b.block.columns if column.key]
    return len(headings) + len(keys)


def progress(layout: Layout) -> str:
    """Return the formula of the 填报进度 cell: how many inputs are filled."""
    filled = []
    for sheet in layout.sheets:
        totals = sum(layout.form.indicators[key].computed for key in sheet.values)
        filled.append(f"COUNTA({sheet.figures(layout.first.name)})-{_headings(sheet) + totals}")
    total = len(layout.form.entered)
    before, after = words.say("sheet.progress", filled="{}", total=total).split("{}")
    return f"={quoted(before)}&({'+'.join(filled)})&{quoted(after)}"


def ready(layout: Layout) -> str:
    """Return the formula of the 可以报送 cell: no error, and no warning without its 说明."""
    wrong = "+".join(f"SUMPRODUCT(--({_holds(layout, s, Severity.ERROR)}))" for s in layout.sheets)
    doubtful = "+".join(_doubtful(layout, sheet) for sheet in layout.sheets)
    return (
        f"=IF({wrong}>0,{_counted('wrong', wrong)},"
        f"IF({doubtful}>0,{_counted('doubtful', doubtful)},{quoted(words.say('sheet.ready'))}))"
    )


def _doubtful(layout: Layout, sheet: SheetLayout) -> str:
    """Return a formula that counts the rows whose warnings nothing explains."""
    said = sheet.down(layout.first.name, sheet.explanation)
    # A word for nothing explains nothing.
    nothing = among(said, text.nothing_words())
    warnings = _holds(layout, sheet, Severity.WARNING)
    return f"SUMPRODUCT({warnings}*((LEN(TRIM({said}))=0)+{nothing}>0))"


def _holds(layout: Layout, sheet: SheetLayout, severity: Severity) -> str:
    """Return a formula that tells for each row of a sheet whether its verdict holds a sign."""
    return (
        f"ISNUMBER(FIND({quoted(SIGNS[severity])},{sheet.down(layout.first.name, sheet.verdict)}))"
    )


def _counted(name: str, count: str) -> str:
    before, after = words.say(f"sheet.{name}", count="{}").split("{}")
    return f"{quoted(before)}&({count})&{quoted(after)}"


def elsewhere(layout: Layout, row: int) -> str:
    """Return a formula that repeats a status of the first sheet on another one."""
    return f"={layout.first.status(row).lookup('')}"


def unit(layout: Layout) -> str:
    """Return a formula that repeats who reports, for the sheets without a head."""
    key = next(field.key for field in layout.form.head if field.role is Role.UNIT_NAME)
    label = words.say("sheet.field", label=layout.form.fields[key].label)
    return f"={quoted(label)}&{layout.first.field(key).lookup('')}"


def year(layout: Layout, home: str, cover: str) -> str:
    """Return the formula of the line that names the year, and what a region's figures cover."""
    keys: Sequence[str] = [f.key for f in layout.form.head if f.role is Role.YEAR]
    covered = words.say("sheet.year_covered", year="{}", cover=cover)
    before, after = (covered if cover else words.say("sheet.year", year="{}")).split("{}")
    cell = layout.first.field(keys[0]).lookup(home) if keys else _NOTHING
    spaces = quoted(words.say("sheet.no_year"))
    return f"={quoted(before)}&IF(LEN({cell})=0,{spaces},{cell})&{quoted(after)}"
