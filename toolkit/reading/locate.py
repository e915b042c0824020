"""Where everything stands in a workbook: the claims of all rows held against each other.

An indicator claimed twice is taken only if both cells hold the same; one that nobody claims
is missed by name. Position never counts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import words
from toolkit.findings import Finding, finding
from toolkit.form import Field, Form
from toolkit.reading import conflicts, copies, dates, pages, vocabulary
from toolkit.reading.aligned import aligned
from toolkit.reading.areas import areas
from toolkit.reading.cells import Extra, Placed, cells, extras
from toolkit.reading.claims import claims
from toolkit.reading.columns import How
from toolkit.reading.copies import Held, Table
from toolkit.reading.fields import Entry, Margin, fields, whole
from toolkit.reading.grid import Book
from toolkit.reading.missing import missing
from toolkit.reading.pages import Page
from toolkit.reading.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Located:
    """Where everything stands in a workbook."""

    indicators: Mapping[str, Placed]
    """By key, in printed order; what was not found is missing."""
    fields: Mapping[str, Entry]
    """Head and foot fields by key."""
    extra: Mapping[str, Extra]
    """Figures in rows and columns that the form does not have, by their labels (附加指标)."""
    margins: Sequence[Margin]
    """What stands around the tables, sheet by sheet."""
    missing: Mapping[str, Sequence[Finding]]
    """What was not found, by the key of its table."""
    doubts: Sequence[Finding]
    """What else was found."""

    @property
    def keyed(self) -> bool:
        """Tell whether the workbook still has a key column, as ours have."""
        return any(margin.page.key_column for margin in self.margins)

    @property
    def findings(self) -> Sequence[Finding]:
        """Return everything that was found in locating the cells."""
        return [*(one for found in self.missing.values() for one in found), *self.doubts]


def locate(book: Book, form: Form) -> Located:
    """Return where each figure and field of a form stands in a workbook.

    Args:
        book: a workbook, its sheets under any name and in any order.
        form: the edition it is read as.
    """
    known, found = _found(book, form)
    tables = [*copies.of_the_form(found, known)]
    filled = [Held(table, [*cells(table.area, table.claims, form)]) for table in tables]
    held, blank = copies.without_blank(filled, form, known)
    tables = [one.table for one in held]
    kept = dict.fromkeys(table.area.page for table in tables)  # in the order of the sheets
    extra = [
        one
        for table in found
        if table.area.page in kept
        for one in extras(table.area, table.claims, known)
    ]

    by_key: dict[str, list[Placed]] = {key: [] for key in form.indicators}
    for placed in (placed for one in held for placed in one.placed):
        by_key[placed.key].append(placed)
    rivals = {key: _without_strangers(claimed) for key, claimed in by_key.items() if claimed}
    extra += _strangers(by_key, rivals)
    several = {key: claimed for key, claimed in rivals.items() if len(claimed) > 1}
    apart, forms = copies.several(held, several, form, known)
    differing = [
        key
        for key, one in several.items()
        if key not in apart and not conflicts.agree(one, form.indicators[key])
    ]
    indicators = {
        key: conflicts.chosen(claimed, form.indicators[key]) for key, claimed in rivals.items()
    }
    indicators |= {
        key: indicators[key]._replace(taken=False, rivals=tuple(one.value for one in several[key]))
        for key in (*differing, *apart)
    }

    margins = [_margin(page, [t for t in tables if t.area.page is page]) for page in kept]
    entries = _entries(margins, form, known)
    lost = {field.key for field in _without(entries, form)}
    if lost:
        # The table beside the head or the foot was lost; they themselves need not be.
        read = {page.sheet.name for page in kept}
        others = (pages.page(sheet, known) for sheet in book.sheets if sheet.name not in read)
        around = [whole(page, known) for page in others if page.rows]
        elsewhere = _entries(around, form, known)
        entries |= {key: entry for key, entry in elsewhere.items() if key in lost}
    doubts = (
        *blank,
        *forms,
        *conflicts.repeated(several, indicators),
        *_by_label_only(indicators.values()),
        *conflicts.conflicts(several, differing, form, known),
        *(one for placed in indicators.values() for one in placed.findings),
    )
    return Located(
        indicators,
        entries,
        _named(extra),
        margins,
        missing(indicators, form, known),
        [*dict.fromkeys(doubts)],  # what is about a row or a column comes with each of its cells
    )


def _entries(margins: Iterable[Margin], form: Form, known: Vocabulary) -> dict[str, Entry]:
    """Return the fields of head and foot, of those that stand twice the first with something."""
    entries: dict[str, Entry] = {}
    for margin in margins:
        for key, entry in fields(margin, form, known).items():
            if key not in entries or not entries[key].content:
                entries[key] = entry
    return entries


def _without(entries: Mapping[str, Entry], form: Form) -> Iterator[Field]:
    """Yield the fields of the head and of the foot, each if none of its fields was found."""
    for part in (form.head, form.foot):
        if entries.keys().isdisjoint(field.key for field in part):
            yield from part


def _found(book: Book, form: Form) -> tuple[Vocabulary, Sequence[Table]]:
    """Return the tables of a workbook, and the vocabulary that they were read with.

    Headings that name a year are understood only where the year of the return is known.
    """
    known = vocabulary.of(form)
    read = [pages.page(sheet, known) for sheet in book.sheets]
    found = [*_tables(read, form, known)]
    if dates.matter(found, known) and (year := dates.year(read, form, known)):
        known = vocabulary.of(form, year)
        found = [*_tables((pages.page(sheet, known) for sheet in book.sheets), form, known)]
    return known, found


def _tables(read: Iterable[Page], form: Form, known: Vocabulary) -> Iterator[Table]:
    for page in read:
        path = list[str]()
        for area in areas(page, known):
            found = claims(area, form, known, path)
            yield Table(area, aligned(area, found, known))


def _margin(page: Page, tables: Sequence[Table]) -> Margin:
    """Return what stands around the tables of a page."""
    inside = {row for one in tables for row in range(one.area.top, one.last + 1)}
    first = tables[0].area
    rows = [row for row in page.rows if row not in inside]
    return Margin(page, rows, first.top, first.left, first.asides.get("verdict"))


def _without_strangers(found: Sequence[Placed]) -> Sequence[Placed]:
    """Leave out rows of another label that carry the key of a row that is there.

    A row is added to a form by copying one of its rows and changing the label.
    """
    for ways in ({How.KEY, How.LABEL}, {How.SIMILAR}):
        if kept := [claim for claim in found if claim.how in ways]:
            return kept
    return found


def _strangers(
    by_key: Mapping[str, Sequence[Placed]], rivals: Mapping[str, Sequence[Placed]]
) -> Iterator[Extra]:
    """Yield the rows that were left out so."""
    rows: dict[tuple[Page, int], list[Placed]] = {}
    for key, kept in rivals.items():
        for claim in by_key[key] if len(kept) < len(by_key[key]) else ():
            if claim.how in {How.SIMILAR, How.DOUBT} and claim.value.filled:
                rows.setdefault((claim.page, claim.label.row), []).append(claim)
    for (page, row), found in rows.items():
        label = page.text(row, found[0].label.column)
        yield Extra(label, [(claim.column, claim.value) for claim in found])


def _by_label_only(placed: Iterable[Placed]) -> Iterator[Finding]:
    """Yield one notice for each sheet with figures that have lost their key."""
    bare = Counter(p.page.sheet.name for p in placed if p.how is How.LABEL and not p.keyed)
    for sheet, count in bare.items():
        yield replace(finding("R18", sheet=sheet, count=count), sheet=sheet)


def _named(extra: Iterable[Extra]) -> dict[str, Extra]:
    """Return the additional rows by label, those of one label told apart by their cells."""
    named: dict[str, Extra] = {}
    for one in extra:
        label = one.label or one.address
        if label in named:
            label = words.say("reading.extra", label=label, cell=one.address)
        named[label] = one
    return named
