"""Where the fields of head and foot stand: by key, or by a label beside or before the text.

Several may share a cell, as they share a line on paper (填报单位：某某局　单位代码：X07).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from toolkit import words
from toolkit.form import Form
from toolkit.reading.figures import written
from toolkit.reading.grid import Kind
from toolkit.reading.labels import COLON, NEXT_FIELD, inline
from toolkit.reading.pages import Page, Spot, filled
from toolkit.reading.vocabulary import Vocabulary

_COLONS = ("：", ":")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands around the tables of a sheet."""

    page: Page
    rows: Sequence[int]
    """The rows above, between and below the tables."""
    top: int
    """The first row of the first table."""
    left: int
    """The first column of the tables, where the labels of fields stand too."""
    end: int | None
    """The column where the sheet's own remarks begin, None if there is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field and where it is filled in."""

    spot: Spot
    inline: str = ""
    """The part of a cell that it is filled in with, where other things share the cell."""

    @property
    def content(self) -> str:
        """Return what was filled in."""
        return self.inline or _without_seal(written(self.spot.cell))


def whole(page: Page, known: Vocabulary) -> Margin:
    """Return a page without tables as what stands around them."""
    rows, left = list(page.rows), min(map(min, page.rows.values()))
    texts = ((column, label) for row in page.texts.values() for column, label in row.items())
    end = min(
        (column for column, label in texts if known.own.get(label) == "verdict"), default=None
    )
    return Margin(page, rows, rows[-1] + 1, left, end)


def fields(margin: Margin, form: Form, known: Vocabulary) -> Mapping[str, Entry]:
    """Return the fields found around the tables of a sheet, by key.

    Args:
        margin: where to look.
        form: the edition it is read as.
        known: the vocabulary of that edition.
    """
    found: dict[str, Entry] = {}
    for row in (number for number in margin.rows if number in margin.page.fields):
        for key, entry in _in_row(margin, row, form, known):
            if key not in found or not found[key].content:
                found[key] = entry
    return found


def _in_row(margin: Margin, row: int, form: Form, known: Vocabulary) -> Iterator[tuple[str, Entry]]:
    page, end = margin.page, margin.end or max(margin.page.rows[row]) + 2
    labelled = _labelled(page, row, end, known)
    key = page.key(row)
    if key in form.fields and all(key != name for told in labelled.values() for name, _ in told):
        labelled[margin.left] = [(key, "")]
    for start, stop in pairwise([*sorted(labelled), end]):
        for key, behind in labelled[start]:
            if behind and key:
                yield key, Entry(Spot(page.sheet, row, int(start)), behind)
        key, behind = labelled[start][-1]
        if key and not behind and (spot := _beside(page, row, int(start), stop)):
            yield key, Entry(spot, _first(spot, known))


def _labelled(
    page: Page, row: int, end: int, known: Vocabulary
) -> dict[float, list[tuple[str, str]]]:
    """Return the fields of a row that have labels, by column, each with the text in its cell.

    Those that begin behind what another label is filled in with stand half a column further right;
    what shares their cell without being a field has the key "". A formula that repeats a field on
    another sheet is no field: its result may be an old one.
    """
    labelled: dict[float, list[tuple[str, str]]] = {}
    told: set[str] = set()
    for column, cell in page.rows[row].items():
        if cell.kind is Kind.TEXT and column < end and not cell.formula:
            place: float = column
            for part in _parts(cell.raw, known):
                label, behind = inline(part)
                key = known.fields.get(label, "")
                # The same word once more in a row is what was filled in behind the first.
                if key and key not in told:
                    told.add(key)
                    said = "" if _is_label(behind, known) else _without_seal(behind)
                    labelled.setdefault(place, []).append((key, said))
                elif place in labelled:
                    labelled[place].append(("", part))
                else:
                    place = column + 0.5
    return labelled


def _parts(content: str, known: Vocabulary) -> Sequence[str]:
    """Return what shares a cell: each part but the first begins with a label and a colon.

    A label that the form knows may have spaces in it (填 报 单 位：).
    """
    if not COLON.search(content):
        return [content]
    parts, start = list[str](), 0
    for space in _SPACES.finditer(content):
        before, label = content[start : space.start()], inline(content[space.end() :])[0]
        inside = not COLON.search(before) and inline(content[start:])[0] in known.fields
        begins = label in known.fields or NEXT_FIELD.match(content, space.start())
        if before.strip() and begins and not inside:
            parts.append(before.strip())
            start = space.end()
    return [*parts, content[start:].strip()]


def _first(spot: Spot, known: Vocabulary) -> str:
    """Return the part of a cell that what stands left of it is filled in with; "" for all of it."""
    raw = spot.cell.raw if spot.cell and spot.cell.kind is Kind.TEXT else ""
    parts = _parts(raw, known)
    return _without_seal(parts[0]) if len(parts) > 1 else ""


def _without_seal(content: str) -> str:
    """Return a text without the words that ask for a seal (盖章)."""
    return _seal().sub("", content).strip()


@cache
def _seal() -> re.Pattern[str]:
    return re.compile(words.entry("reading.seal"))


def _is_label(content: str, known: Vocabulary) -> bool:
    """Tell whether a text is a field's label and its colon, which nobody fills in."""
    label, behind = inline(content)
    return content.endswith(_COLONS) and not behind and label in known.fields


def _beside(page: Page, row: int, start: int, stop: float) -> Spot | None:
    """Return the first filled place right of a label, or where it would be; None without room.

    A label with its colon may be repeated in every cell that it was merged over.
    """
    label, last = page.text(row, start), start
    for column, cell in page.rows[row].items():
        if start < column < stop and filled(cell):
            if not label.endswith(_COLONS) or cell.raw.strip() != label:
                return Spot(page.sheet, row, column)
            last = column
    merged = page.covering(row, start)
    free = max(merged[3] if merged else start, last) + 1
    return Spot(page.sheet, row, free) if free < stop else None
