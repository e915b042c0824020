"""What people add to the labels and headings of a form: the unit, the year of the return.

收到申请数（件） is the row of 收到申请数 if its figures are in 件; 2018年统计数 heads the figures
of the return of 2018.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from toolkit import values, words
from toolkit.form import Block, Form, cell_key, row_of
from toolkit.reading.labels import bare, spellings

Units = Mapping[str, frozenset[str]]
"""The units of the figures in rows or columns, by their keys."""


def units(form: Form, block: Block | None = None) -> Units:
    """Return the units of the rows of a form, or of the columns of a block.

    Args:
        form: the form.
        block: one of its blocks; None for the rows of all.
    """
    found: dict[str, frozenset[str]] = {}
    if block is None:
        for key, indicator in form.indicators.items():
            row = row_of(key)
            found[row] = found.get(row, frozenset()) | {indicator.measure.name}
        return found
    rows = [line.key for line in block.lines if line.key]
    for column in (one.key for one in block.columns if one.key):
        here = (form.indicators[cell_key(row, column)] for row in rows)
        found[column] = frozenset(indicator.measure.name for indicator in here)
    return found


def silent(measured: Units, year: int | None) -> Iterator[str]:
    """Yield the headings that add nothing to the one above them: its unit, the year of the return.

    Args:
        measured: the units of all rows.
        year: the year of the return; None where that is not known.
    """
    for told in frozenset[str]().union(*measured.values()):
        yield from (bare(one) for one in (told, *_bracketed([told])))
    for date in _dates(year):
        yield from (bare(date), bare(f"({date})"))


def _bracketed(measured: Iterable[str]) -> Iterator[str]:
    """Yield what is written behind a label to tell its unit: （件）, （单位：件）."""
    own = words.say("sheet.columns.unit")
    for unit in filter(None, measured):
        yield from (f"({unit})", f"({own}:{unit})")


def with_unit(label: str, measured: Collection[str]) -> set[str]:
    """Return the spellings of a printed label, also with its unit, if it has only one.

    Args:
        label: as it is printed.
        measured: the units of its figures.
    """
    plain = spellings(label)
    told = measured if len(measured) == 1 else ()
    return plain | {bare(f"{one}{unit}") for one in plain for unit in _bracketed(told)}


def headed(word: str, block: Block, form: Form, year: int | None) -> Iterator[str]:
    """Yield what may head the figures of a list: our word, with a unit of its counts or the year.

    A unit of money is none of all its figures.

    Args:
        word: our word.
        block: the list.
        form: the form.
        year: the year of the return; None where that is not known.
    """
    counted = {form.indicators[line.key].measure.name for line in block.lines if line.key}
    plain = bare(word)
    yield plain
    for unit in _bracketed(counted - values.table()["money"]["units"].keys()):
        yield bare(plain + unit)
    for date in _dates(year):
        yield from (bare(date + plain), bare(f"{plain}({date})"))


def _dates(year: int | None) -> Sequence[str]:
    """Return how the year of a return is written in headings."""
    return [one.format(year=year) for one in words.entry("reading.heading.dates")] if year else []


def rivals(heading: str, year: int | None) -> bool:
    """Tell whether a heading that the form does not have may be that of a list's figures.

    It is if it holds our word for them, the year of the return, or says that its figures are
    to be taken instead; last year's are not.

    Args:
        heading: as it is compared.
        year: the year of the return; None where that is not known.
    """
    years = {int(one) for one in _years().findall(heading)}
    if (year and years - {year}) or _past().search(heading):
        return False
    word = bare(words.say("sheet.columns.value"))
    return bool(years) or word in heading or bool(_instead().search(heading))


@cache
def _years() -> re.Pattern[str]:
    return re.compile(words.entry("reading.heading.year"))


@cache
def _past() -> re.Pattern[str]:
    return re.compile(words.entry("reading.heading.past"))


@cache
def _instead() -> re.Pattern[str]:
    return re.compile(words.entry("reading.heading.instead"))
