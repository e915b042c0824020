"""Workbooks sent back, what people do to them, and what is read of them again."""

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit import definition
from toolkit.check import check, placed
from toolkit.findings import Finding
from toolkit.form import Form
from toolkit.reading.returns import Return
from toolkit.record import Record
from toolkit.submissions import Submission
from toolkit.writing import marked
from toolkit.writing.layout import Layout
from toolkit.writing.places import Place


def submission(form: Form, record: Record, *more: Finding) -> Submission:
    """Return a return as it was checked, with what else was found in reading it."""
    found = [*check(form, record), *(one if one.sheet else placed(one, record) for one in more)]
    return Submission("来件/教育局.xlsx", record=record, findings=tuple(found))


def load(content: bytes) -> Workbook:
    """Return a workbook as a person's program opens it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    """Return a workbook as a person's program saves it."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def at(book: Workbook, place: Place) -> Any:
    """Return a cell."""
    sheet = book[place.sheet]
    assert isinstance(sheet, Worksheet)
    return sheet[place.address]


def corrected(sent: Submission, changes: Mapping[Place, Any]) -> bytes:
    """Return the workbook sent back with something else typed into cells that are open."""
    return retyped(load(marked.workbook(sent)), changes)


def retyped(book: Workbook, changes: Mapping[Place, Any]) -> bytes:
    """Return a workbook with something else typed into cells that are open."""
    for place, content in changes.items():
        cell = at(book, place)
        assert not cell.protection.locked, place
        cell.value = content
    return saved(book)


def said(layout: Layout, key: str) -> Place:
    """Return the 说明 that answers for a figure."""
    sheet = layout.sheet_of(key)
    return Place(sheet.name, layout.value(key).row, sheet.explanation)


def open_findings(edition: str, back: Return) -> list[Finding]:
    """Return what somebody still has to do something about."""
    found = (*back.findings, *check(definition.load(edition), back.record))
    return [one for one in found if one.open]
