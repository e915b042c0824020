"""The roster as a workbook to be kept by hand: one unit a row, lists to choose from, help."""

import io
from datetime import date
from typing import Any

import xlsxwriter

from toolkit import marks, words
from toolkit.marks import Kind, Mark
from toolkit.roster import Member, Roster, Scope, levels
from toolkit.writing import guide, sizes
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import ERROR_COLOUR, ERROR_TEXT, Look, Looks, height_for

_WIDTHS = {
    "code": 16,
    "name": 32,
    "aliases": 30,
    "level": 22,
    "scope": 11,
    "person": 11,
    "phone": 16,
    "deadline": 12,
}
"""The columns, by their names in the catalogue."""
_COLUMNS = list(_WIDTHS)
_TITLE, _REGION, _HINT, _HEADER, _FIRST = 0, 1, 4, 5, 6
_LAST = 1_999
"""The last row with lists to choose from, where there are no more units; rows count from 0."""
_FIRST_DATE = date(2000, 1, 1)


def workbook(roster: Roster, year: int | None = None) -> bytes:
    """Return a roster's workbook; the same roster always gives the same bytes.

    Args:
        roster: the units in it, perhaps none, and the region they belong to.
        year: the year named in the title.

    Raises:
        Unwritable: a sheet cannot hold what has to be written.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    looks = Looks(book)
    sheet = Sheet(book, looks, words.say("roster.book.sheet"))
    _columns(sheet)
    _head(sheet, roster, year)
    for row, member in enumerate(roster.members, _FIRST):
        _member(sheet, row, member)
    last = max(_LAST, _FIRST + len(roster.members) - 1)
    for column, name in enumerate(_COLUMNS):
        if rule := _validation(name):
            sheet.raw.data_validation(_FIRST, column, last, column, rule)
    _highlights(book, sheet, last)
    _prints(sheet, last)
    help_sheet = book.add_worksheet(words.say("roster.book.guide_sheet"))
    title = words.say("roster.book.guide_sheet")
    guide.fill(help_sheet, looks, title, words.entry("roster.book.guide"))
    book.set_custom_property(Mark.KIND, Kind.ROSTER, "text")
    book.set_properties({"title": _title(year), "created": marks.CREATED})
    book.close()
    return buffer.getvalue()


def _title(year: int | None) -> str:
    if year is None:
        return words.say("roster.book.title")
    return words.say("roster.book.title_year", year=year)


def _columns(sheet: Sheet) -> None:
    """Set the columns up: texts stay texts, so that a code keeps its zeros."""
    sheet.raw.set_default_row(sizes.ROW_HEIGHT)
    for column, (name, width) in enumerate(_WIDTHS.items()):
        sheet.raw.set_column(column, column, width, _look(sheet, name))


def _look(sheet: Sheet, name: str) -> Any:
    shown = "yyyy-mm-dd" if name == "deadline" else "@"
    wrapped = {"valign": "vcenter", "text_wrap": True, "align": "left"}
    return sheet.looks(Look.PLAIN, num_format=shown, **wrapped)


def _head(sheet: Sheet, roster: Roster, year: int | None) -> None:
    last = len(_COLUMNS) - 1
    sheet.across(_TITLE, 0, last, _title(year), Look.TITLE)
    sheet.height(_TITLE, 34)
    region = roster.region
    told = {"name": region.name, "code": region.code, "level": region.level}
    for row, (part, content) in enumerate(told.items(), _REGION):
        label = words.say("sheet.field", label=words.say(f"roster.region.{part}"))
        sheet.text(row, 0, label, Look.FIELD_LABEL)
        sheet.text(row, 1, content, Look.FIELD_INPUT)
        sheet.height(row, 20)
    sheet.raw.data_validation(_HINT - 1, 1, _HINT - 1, 1, _validation("level"))
    sheet.across(_HINT, 0, last, words.say("roster.book.hint"), Look.SMALL)
    heads = [words.say(f"roster.head.{name}") for name in _COLUMNS]
    sheet.texts(_HEADER, heads, list(_WIDTHS.values()), Look.HEADER)
    sheet.height(_HEADER, 24)


def _member(sheet: Sheet, row: int, member: Member) -> None:
    told = {
        "code": member.unit.code,
        "name": member.unit.name,
        "aliases": words.say("text.and").join(member.aliases),
        "level": member.unit.level,
        "scope": member.scope.label,
        "person": member.person,
        "phone": member.phone,
    }
    for name, content in told.items():
        if content:
            sheet.raw.write_string(row, _COLUMNS.index(name), content, _look(sheet, name))
    if member.deadline:
        at = _COLUMNS.index("deadline")
        sheet.raw.write_datetime(row, at, member.deadline, _look(sheet, "deadline"))
    needed = max(height_for(content, _WIDTHS[name] - 1) for name, content in told.items())
    if needed > sizes.ROW_HEIGHT:
        sheet.height(row, needed)


def _validation(name: str) -> dict[str, Any]:
    """Return what a column accepts and says; nothing for one that speaks for itself."""
    prompts: dict[str, str] = words.entry("roster.prompt")
    if name not in prompts:
        return {}
    prompt = {"input_title": words.say(f"roster.head.{name}"), "input_message": prompts[name]}
    accepted: dict[str, dict[str, Any]] = {
        # A level that is not known is read as none; a clerk can still choose it in the form.
        "level": {"validate": "list", "source": list(levels()), "error_type": "warning"},
        "scope": {"validate": "list", "source": [scope.label for scope in Scope]},
        "deadline": {"validate": "date", "criteria": ">=", "value": _FIRST_DATE},
    }
    if name not in accepted:
        return {"validate": "any"} | prompt
    error = {
        "error_title": words.say("sheet.prompt.error_title"),
        "error_message": words.say(f"roster.error.{name}"),
    }
    return accepted[name] | prompt | error


def _highlights(book: Any, sheet: Sheet, last: int) -> None:
    """Draw lines around the rows that hold a unit, and show codes and names that occur twice."""
    wrong = book.add_format({"bg_color": ERROR_COLOUR, "font_color": ERROR_TEXT})
    for column in (_COLUMNS.index("code"), _COLUMNS.index("name")):
        twice = {"type": "duplicate", "format": wrong}
        sheet.raw.conditional_format(_FIRST, column, last, column, twice)
    lines = book.add_format({"border": 1, "border_color": "#808080"})
    filled = {"type": "formula", "criteria": f"=COUNTA($A{_FIRST + 1}:$H{_FIRST + 1})>0"}
    across = len(_COLUMNS) - 1
    sheet.raw.conditional_format(_FIRST, 0, last, across, filled | {"format": lines})


def _prints(sheet: Sheet, last: int) -> None:
    sheet.raw.autofilter(_HEADER, 0, last, len(_COLUMNS) - 1)
    sheet.raw.freeze_panes(_FIRST, 2)
    sheet.raw.set_selection(_FIRST, 0, _FIRST, 0)
    sheet.prints((_HEADER, _HEADER), landscape=True)
    sheet.raw.fit_to_pages(1, 0)
