"""The year of a return, where headings name one: 2018年统计数 is the heading of 2018 only."""

from collections.abc import Iterable, Iterator, Sequence

from toolkit import text
from toolkit.form import Form, Role
from toolkit.reading.copies import Table
from toolkit.reading.fields import fields, whole
from toolkit.reading.grid import Kind
from toolkit.reading.pages import Page
from toolkit.reading.vocabulary import Vocabulary


def matter(found: Iterable[Table], known: Vocabulary) -> bool:
    """Tell whether a list is missing among tables, or it is not certain which column is meant.

    Args:
        found: the tables of a workbook as they are read without its year.
        known: the vocabulary of the form.
    """
    lists = {key for key, pattern in known.patterns.items() if pattern.is_list}
    for columns in (one for table in found for one in table.area.blocks.values()):
        if any(place.contenders for place in columns.places):
            return True
        lists.discard(columns.pattern.block.key)
    return bool(lists)


def year(read: Sequence[Page], form: Form, known: Vocabulary) -> int | None:
    """Return the one year that the head of a workbook states, else the one its titles name.

    Args:
        read: its pages.
        form: the form.
        known: its vocabulary.
    """
    filled = [page for page in read if page.rows]
    said = {
        entry.content
        for page in filled
        for key, entry in fields(whole(page, known), form, known).items()
        if form.fields[key].role is Role.YEAR and entry.content
    }
    stated = {text.read_year(one) for one in said} or {*_titles(filled)}
    return stated.pop() if len(stated) == 1 else None


def _titles(read: Iterable[Page]) -> Iterator[int]:
    """Yield the years above the first headings of pages."""
    for page in read:
        first = min(page.marked, default=0)
        for row in (number for number in page.rows if number < first):
            for cell in page.rows[row].values():
                if cell.kind is Kind.TEXT:
                    yield from text.years_named(cell.raw)
