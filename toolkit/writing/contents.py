"""What a record puts into the cells of the locked workbook."""

from typing import Any

from toolkit import text
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.record import Record
from toolkit.writing.places import Place
from toolkit.writing.sheets import stored

Content = Number | str | None
"""A figure, a text, or nothing."""


def of_input(form: Form, record: Record, key: str) -> Content:
    """Return what stands in an input: its figure, the words that stood for none, or nothing.

    Words that read as a figure, and yet were not taken for one, are left out: the next to read
    the workbook would take them.
    """
    value, source = record.values[key], record.sources.get(key)
    if value is not None or source is None or not source.raw:
        return value
    unit = form.indicators[key].measure.name
    return source.raw if text.read_figure(source.raw, unit).value is None else None


def of_total(record: Record, key: str) -> Content:
    """Return what stands in the 原报数 cell of a computed total; nothing where none was told."""
    if key not in record.reported:
        return None
    reported = record.reported[key]
    return text.show(None) if reported is None else reported


def write(sheet: Any, place: Place, content: Content, look: Any) -> None:
    """Write what stands in a cell; a text never becomes a formula."""
    if content is None:
        sheet.write_blank(place.address, None, look)
    elif isinstance(content, str):
        sheet.write_string(place.address, content, look)
    else:
        sheet.write_number(place.address, stored(content), look)
