"""Where everything stands in a workbook: the claims of all rows held against each other.

An indicator claimed twice is taken only if both cells hold the same; one that nobody claims
is missed by name. Position never counts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import words
from toolkit.findings import Finding, finding
from toolkit.form import Form, Indicator
from toolkit.reading import labels, pages
from toolkit.reading.claims import Extra, How, Placed, at, claims
from toolkit.reading.fields import Entry, fields
from toolkit.reading.grid import Book
from toolkit.reading.pages import Page, Spot


@dataclass(frozen=True, slots=True)
class Located:
    """Where everything stands in a workbook."""

    indicators: Mapping[str, Placed]
    """By key, in printed order; what was not found is missing."""
    fields: Mapping[str, Entry]
    """Head and foot fields by key."""
    extra: Mapping[str, Spot]
    """Values of rows that the form does not have, by their labels (附加指标)."""
    pages: tuple[Page, ...]
    """The sheets that hold the form."""
    findings: tuple[Finding, ...]

    @property
    def keyed(self) -> bool:
        """Tell whether the workbook still has a key column, as ours have."""
        return any(page.key_column for page in self.pages)


def locate(book: Book, form: Form) -> Located:
    """Return where each figure and field of a form stands in a workbook.

    Args:
        book: a workbook, its sheets under any name and in any order.
        form: the edition it is read as.
    """
    known = labels.of(form)
    opened = [page for sheet in book.sheets if (page := pages.page(sheet, form))]
    rows = [(page, row) for page in opened for row in claims(page, form, known)]
    claimed = _of_the_form([row for _, row in rows if isinstance(row, Placed)], form)
    last = {claim.page.sheet.name: claim.label.row for claim in claimed}
    kept = tuple(page for page in opened if page.sheet.name in last)
    extra = [row for page, row in rows if isinstance(row, Extra) and page.sheet.name in last]

    by_key: dict[str, list[Placed]] = {key: [] for key in form.indicators}
    for claim in claimed:
        by_key[claim.key].append(claim)
    rivals = {key: _without_strangers(found) for key, found in by_key.items() if found}
    indicators = {key: _agreed(found, form.indicators[key]) for key, found in rivals.items()}
    extra += _strangers(by_key, rivals)

    entries: dict[str, Entry] = {}
    for page in kept:
        for key, entry in fields(page, last[page.sheet.name], form, known).items():
            if key not in entries or not entries[key].content:
                entries[key] = entry
    findings = (
        *_lost(indicators, form),
        *_repeated(rivals, indicators),
        *_by_label_only(indicators.values()),
        *(found for placed in indicators.values() for found in placed.findings),
    )
    return Located(indicators, entries, _named(extra), kept, findings)


def _of_the_form(claimed: Sequence[Placed], form: Form) -> list[Placed]:
    """Leave out sheets without keys that copy a table which another sheet holds with its keys.

    Offices add working sheets of the same layout; what is sent in is the form itself.
    """
    keyed = {form.indicators[c.key].table for c in claimed if c.page.key_column}
    return [c for c in claimed if c.page.key_column or form.indicators[c.key].table not in keyed]


def _without_strangers(found: Sequence[Placed]) -> Sequence[Placed]:
    """Leave out rows of another label that carry the key of a row that is there.

    A row is added to a form by copying one of its rows and changing the label.
    """
    return [claim for claim in found if claim.how is not How.DOUBT] or found


def _strangers(
    by_key: Mapping[str, Sequence[Placed]], rivals: Mapping[str, Sequence[Placed]]
) -> Iterator[Extra]:
    for key, kept in rivals.items():
        for claim in by_key[key] if kept[0].how is not How.DOUBT else ():
            if claim.how is How.DOUBT and claim.value.filled:
                yield Extra(claim.page.label(claim.label.row), claim.value)


def _agreed(found: Sequence[Placed], indicator: Indicator) -> Placed:
    """Return the claim on an indicator that stands; none is taken where two differ."""
    first = found[0]
    if all(_content(claim, indicator) == _content(first, indicator) for claim in found[1:]):
        return first
    places = words.say("text.and").join(f"{c.value.sheet.name}!{c.value.address}" for c in found)
    twice = finding("R16", key=first.key, label=indicator.name, places=places)
    return first._replace(taken=False, findings=(*first.findings, at(twice, first.value)))


def _content(claim: Placed, indicator: Indicator) -> object:
    cell = claim.value.cell
    if cell is None or (indicator.computed and cell.formula):
        return None
    return cell.kind, cell.raw, claim.taken


def _lost(indicators: Mapping[str, Placed], form: Form) -> Iterator[Finding]:
    """Yield what is not in the workbook: whole tables, or single indicators."""
    for table in form.tables:
        members = [i for i in form.indicators.values() if i.table == table.key]
        lost = [i for i in members if i.key not in indicators]
        if len(lost) == len(members):
            headings = words.entry("sheet.columns")
            label, value = headings["label"], headings["value"]
            yield finding("R20", table=table.name, label=label, value=value)
            continue
        for indicator in lost:
            yield finding("R8", key=indicator.key, label=indicator.name)


def _repeated(
    rivals: Mapping[str, Sequence[Placed]], indicators: Mapping[str, Placed]
) -> Iterator[Finding]:
    """Yield one notice for each two sheets that hold the same figures."""
    pairs = Counter(
        (found[0].page.sheet.name, other.page.sheet.name)
        for key, found in rivals.items()
        for other in found[1:]
        if indicators[key].taken
    )
    for (first, second), count in pairs.items():
        yield replace(finding("R17", first=first, second=second, count=count), sheet=second)


def _by_label_only(placed: Iterable[Placed]) -> Iterator[Finding]:
    """Yield one notice for each sheet with rows that have lost their key."""
    bare = Counter(p.page.sheet.name for p in placed if p.how is How.LABEL and not p.keyed)
    for sheet, count in bare.items():
        yield replace(finding("R18", sheet=sheet, count=count), sheet=sheet)


def _named(extra: Iterable[Extra]) -> dict[str, Spot]:
    """Return the additional rows by label, those of one label told apart by their cells."""
    named: dict[str, Spot] = {}
    for row in extra:
        label = row.label or row.value.address
        if label in named:
            label = words.say("reading.extra", label=label, cell=row.value.address)
        named[label] = row.value
    return named
