"""Messes of head and foot, of the marks of a workbook, and of its protection."""

from tests.reading.messes.bench import Bench
from tests.reading.messes.conversions import WORKBOOKS
from tests.reading.messes.moving import put, sheet_of
from tests.reading.messes.registry import Messes
from tests.reading.messes.rows import all_keys_deleted
from toolkit.form import Role
from toolkit.marks import META_SHEET, Mark

mess = Messes()


@mess()
def the_unit_overwritten(on: Bench) -> None:
    on.states(Role.UNIT_NAME, "别的单位")


@mess()
def the_unit_left_blank(on: Bench) -> None:
    on.states(Role.UNIT_NAME, "")
    on.codes.add("F8")


@mess()
def a_label_instead_of_the_unit(on: Bench) -> None:
    """The label of a field is nothing that was filled in, wherever it stands."""
    on.states(Role.UNIT_NAME, f"{on.field(Role.UNIT_NAME).label}：")
    on.said[on.field(Role.UNIT_NAME).key] = ""
    on.codes.add("F8")


@mess(kinds=WORKBOOKS)
def the_unit_code_overwritten(on: Bench) -> None:
    on.states(Role.UNIT_CODE, "430999")
    on.codes.add("F8")


@mess()
def the_year_overwritten(on: Bench) -> None:
    on.states(Role.YEAR, "2016")
    on.codes.add("F8")


@mess()
def fields_in_one_cell_with_their_labels(on: Bench) -> None:
    all_keys_deleted(on)
    for key, cell in on.fields.items():
        if cell.value is not None:
            put(sheet_of(cell), cell.row, 1, f"{on.form.fields[key].label}：{cell.value}")
            cell.value = None


@mess(kinds=WORKBOOKS)
def protection_removed(on: Bench) -> None:
    for sheet in on.book:
        sheet.protection.sheet = False
    on.codes.add("R44")


@mess(kinds=WORKBOOKS)
def marks_changed(on: Bench) -> None:
    """The unit that a workbook was issued to is another one in its properties."""
    properties = vars(on.book)["custom_doc_props"].props
    next(one for one in properties if one.name == Mark.UNIT).value = "430999"
    on.codes |= {"R45", "F8"}


@mess()
def every_mark_deleted(on: Bench) -> None:
    """What a file says of itself is gone, as after a cleaner of documents; the form is not."""
    vars(on.book)["custom_doc_props"].props.clear()
    del on.book[META_SHEET]
