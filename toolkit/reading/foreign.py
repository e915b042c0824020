"""Tables of another edition in a workbook, which look like damaged ones of its own."""

from collections.abc import Mapping

from toolkit import definition, words
from toolkit.findings import Finding, Refused, finding
from toolkit.form import Form
from toolkit.reading.grid import Book
from toolkit.reading.locate import Located, locate
from toolkit.reading.recognise import by_content

CLEARLY = 4
"""A table is of another edition if, read as one of that, so many times less of it is missing."""


def foreign(book: Book, form: Form, located: Located) -> Mapping[str, Finding]:
    """Return what is said of the tables that are of another edition, by their keys.

    A table of another edition is one of the same key; where nothing at all was found of the
    edition, it is whatever edition the workbook is by its content.

    Args:
        book: the workbook.
        form: the edition it is read as.
        located: what was found of that.
    """
    if not located.indicators:
        return _wholly(book, form)
    found: dict[str, Finding] = {}
    for edition in definition.editions() if located.missing else ():
        other = definition.load(edition)
        tables = [t for t in other.tables if t.key in located.missing and other is not form]
        instead = locate(book, other) if tables else located
        for table in tables:
            if _lost(other, instead, table.key) * CLEARLY <= _lost(form, located, table.key):
                found.setdefault(table.key, _of(other, form, table.name))
    return found


def _wholly(book: Book, form: Form) -> Mapping[str, Finding]:
    try:
        other = by_content(book)
    except Refused:
        return {}
    if other is form:
        return {}
    names = words.say("text.and").join(table.name for table in other.tables)
    return dict.fromkeys((table.key for table in form.tables), _of(other, form, names))


def _of(other: Form, form: Form, table: str) -> Finding:
    return finding("R30", table=table, found=other.edition, wanted=form.edition)


def _lost(form: Form, located: Located, table: str) -> float:
    """Return which share of a table's figures was not found."""
    keys = [i.key for i in form.indicators.values() if i.table == table]
    return sum(key not in located.indicators for key in keys) / len(keys)
