"""What a record puts into the cells of the locked workbook."""

from typing import Any

from toolkit import text, words
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.record import NO_FIGURE, Record, Source
from toolkit.writing.places import Place
from toolkit.writing.sheets import stored

Content = Number | str | None
"""A figure, a text, or nothing."""


def of_input(form: Form, record: Record, key: str) -> Content:
    """Return what stands in an input: its figure, the words that stood for none, or nothing.

    What was not taken for sure stands there as a text that is no figure and asks, so that whoever
    reads the workbook again finds it no surer than it was.
    """
    value, source = record.values[key], record.sources.get(key)
    if value is not None or source is None:
        return value
    return _asked(source) if source.unsure else _no_figure(form, key, source) or None


def of_total(form: Form, record: Record, key: str) -> Content:
    """Return what stands in the 原报数 cell of a computed total; nothing where none was told."""
    if key in record.reported:
        reported = record.reported[key]
        return text.show(None) if reported is None else reported
    source = record.sources.get(key)
    if source is None or not source.raw.strip():
        return None  # nobody told a total: it is what its parts amount to
    if source.unsure:
        return _asked(source)
    return _no_figure(form, key, source) if source.done in NO_FIGURE else None


def _no_figure(form: Form, key: str, source: Source) -> str:
    """Return what stood there instead of a figure; what would read as one asks."""
    taken = text.read_figure(source.raw, form.indicators[key].measure.name).value
    return source.raw if taken is None else _asked(source)


def _asked(source: Source) -> str:
    return words.say("sheet.unsure", raw=source.raw.strip()[: text.LONGEST - 1])


def write(sheet: Any, place: Place, content: Content, look: Any) -> None:
    """Write what stands in a cell; a text never becomes a formula."""
    if content is None:
        sheet.write_blank(place.address, None, look)
    elif isinstance(content, str):
        sheet.write_string(place.address, content, look)
    else:
        sheet.write_number(place.address, stored(content), look)
