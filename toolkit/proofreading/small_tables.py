"""Small tables in the text: labels above or beside figures, read as claims of their own.

The form itself, printed in the report, is none of them: it is the table that the text is held
against.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit import text
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.narrative import Grid
from toolkit.proofreading import language, shares, stated, times
from toolkit.proofreading.claims import Claim
from toolkit.proofreading.phrases import Keys, Phrase, Phrases
from toolkit.proofreading.plain import Plain, plain
from toolkit.proofreading.remarks import Remark
from toolkit.proofreading.report import Report
from toolkit.reading import labels

_FORM = 6
"""A table with so many of the form's own labels in it is the form."""
_LABELS = 2
"""Labels from which on a table is known to be about the form's indicators."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column of a table behind its heading."""

    heading: Plain
    cells: Mapping[int, Plain]
    """By the place across."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A small table whose labels speak of indicators."""

    phrases: Mapping[int, Phrase]
    """By the place across the lines."""
    counts: tuple[_Line, ...]
    shares: tuple[_Line, ...]


def claims(form: Form, phrases: Phrases, grid: Grid) -> Iterator[Claim]:
    """Yield what the figures of a small table say."""
    found = _spoken(form, phrases, grid)
    if found is None:
        return
    for line in found.counts:
        year = next((year for year, _ in times.named(line.heading.text)), None)
        for place, phrase in found.phrases.items():
            claim = _claim(form, phrase, line.cells.get(place), year)
            if claim is not None:
                yield claim


def remarks(report: Report, phrases: Phrases, grid: Grid) -> Iterator[Remark]:
    """Yield the shares of a small table that its figures do not make (X4)."""
    found = _spoken(report.form, phrases, grid)
    if found is None or len(found.counts) != 1:
        return
    counts = {place: _count(cell) for place, cell in found.counts[0].cells.items()}
    added = _sum(counts[place] for place in found.phrases if place in counts)
    for line in found.shares:
        for place, phrase in found.phrases.items():
            cell, part = line.cells.get(place), counts.get(place)
            yield from _share(report, cell, part, added, phrase.of)


def _spoken(form: Form, phrases: Phrases, grid: Grid) -> _Spoken | None:
    """Return a table by its labels, whether they stand above the figures or beside them."""
    rows: dict[int, dict[int, Plain]] = {}
    columns: dict[int, dict[int, Plain]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, {})[cell.column] = plain(cell)
        columns.setdefault(cell.column, {})[cell.row] = plain(cell)
    if _is_form(form, grid):
        return None
    for lines in (rows, columns):
        if len(lines) > 1:
            found = _by_labels(phrases, list(lines.values()))
            if found is not None:
                return found
    return None


def _is_form(form: Form, grid: Grid) -> bool:
    own = {
        labels.core(labels.bare(line.label))
        for table in form.tables
        for block in table.blocks
        for line in (*block.lines, *block.columns)
    }
    return sum(labels.core(labels.bare(cell.text)) in own for cell in grid.cells) >= _FORM


def _by_labels(phrases: Phrases, lines: Sequence[Mapping[int, Plain]]) -> _Spoken | None:
    first = min(place for line in lines for place in line)
    known = {
        place: phrase
        for place, cell in lines[0].items()
        if (phrase := _of_label(phrases, cell.text)) is not None
    }
    if len(known) < _LABELS:
        return None
    others = [_Line(line[first], line) for line in lines[1:] if first in line]
    others = [line for line in others if not _aside(line.heading.text)]
    return _Spoken(
        known,
        tuple(line for line in others if not _of_shares(line)),
        tuple(line for line in others if _of_shares(line)),
    )


def _of_label(phrases: Phrases, said: str) -> Phrase | None:
    """Return the phrase that a label is all of."""
    bare = labels.bare(said)
    for phrase in phrases.figures:
        if any(pattern.fullmatch(bare) for pattern in phrase.label):
            return phrase
        if phrase.within or phrase.loose:
            continue
        if any(one.behind is None and one.before.fullmatch(bare) for one in phrase.says):
            return phrase
    return None


def _aside(heading: str) -> bool:
    return bool(language.pattern("table.aside").search(heading))


def _of_shares(line: _Line) -> bool:
    return bool(language.pattern("table.shares").search(line.heading.text))


def _claim(form: Form, phrase: Phrase, cell: Plain | None, year: int | None) -> Claim | None:
    figure = _figure(cell)
    if cell is None or figure is None or figure.rough or figure.unit == stated.PERCENT:
        return None
    value = figure.value(form.indicators[phrase.of[0]].measure.name)
    if value is None or not cell.text:
        return None
    words = cell.quote(0, len(cell.text))
    return Claim(words, phrase.of, value, figure.start, code=phrase.code, year=year)


def _figure(cell: Plain | None) -> stated.Stated | None:
    """Return the figure that a cell consists of."""
    found = [] if cell is None else list(stated.find(cell.text))
    whole = len(found) == 1 and cell is not None and found[0].end - found[0].start == len(cell.text)
    return found[0] if whole else None


def _count(cell: Plain) -> Number | None:
    figure = _figure(cell)
    percent = figure is not None and figure.unit == stated.PERCENT
    return None if figure is None or percent else figure.value(stated.COIN)


def _sum(parts: Iterable[Number | None]) -> Number | None:
    there = [part for part in parts if part is not None]
    return text.exact(sum(map(Decimal, there))) if there else None


def _share(
    report: Report, cell: Plain | None, part: Number | None, added: Number | None, of: Keys
) -> Iterator[Remark]:
    """Yield a share that is wrong for every whole it may be of; a count that is wrong is enough."""
    figure = _figure(cell)
    if cell is None or figure is None or figure.unit != stated.PERCENT or part is None:
        return
    contradicted = any(told != part for told in report.figures(of))
    wholes = [whole for whole in (*shares.wholes(report, of), added) if whole]
    if contradicted or not wholes or any(shares.right(figure, part, one) for one in wholes):
        return
    yield shares.wrong(cell.quote(0, len(cell.text)), figure, part, wholes[0])
