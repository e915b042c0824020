"""What was changed in a workbook of ours that was locked: found by content, cell by cell.

Every office program rewrites the parts of a file, so that its bytes tell nothing; what stands in
its cells is held against the definition. Nothing of this sends a return back: its figures are read
all the same, and what matters about them is checked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit import marks, text
from toolkit.findings import Finding, finding
from toolkit.form import Form, row_of
from toolkit.marks import Mark
from toolkit.reading.cells import OTHER_UNIT, Placed
from toolkit.reading.figures import shown
from toolkit.reading.grid import Sheet
from toolkit.reading.locate import Located
from toolkit.reading.pages import Spot, at


def tampering(form: Form, located: Located, known: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what was changed in the locked parts of a workbook; nothing for one that is not ours.

    Args:
        form: the edition it is read as.
        located: where its cells are.
        known: our marks in it.
    """
    if Mark.DIGEST not in known:
        return
    year = text.read_year(known.get(Mark.YEAR, ""))
    if known[Mark.DIGEST] != marks.digest(form, year, known.get(Mark.UNIT, "")):
        yield finding("R45")
    for sheet in _sheets(located):
        if not sheet.protected:
            yield replace(finding("R44", sheet=sheet.name), sheet=sheet.name)
    labels = {line.key: line.label for _, line in form.listed() if line.key}
    told: set[str] = set()
    for key, placed in located.indicators.items():
        row = row_of(key)
        if row not in told:
            told.add(row)
            yield from _row(form, key, placed, labels[row])
        cell = placed.value.cell
        if form.indicators[key].computed and placed.keyed and cell and not cell.formula:
            label, raw = form.indicators[key].name, shown(cell)
            yield at(finding("R43", key=key, value=raw, label=label, raw=raw), placed.value)


def _sheets(located: Located) -> list[Sheet]:
    """Return the sheets that hold the tables, in the order in which they are found."""
    sheets = {id(p.page.sheet): p.page.sheet for p in located.indicators.values()}
    return list(sheets.values())


def _row(form: Form, key: str, placed: Placed, label: str) -> Iterator[Finding]:
    """Yield the changes of what is locked in a row: its key, its label, and its unit in a list."""
    if not placed.keyed or not placed.taken:
        return  # what is known by its label alone, or in doubt, has its own finding
    expected = [(placed.label, label), (placed.unit, form.indicators[key].measure.name)]
    if any(found.code == OTHER_UNIT for found in placed.findings):
        expected = []  # that is said of the figure
    if not placed.findings:  # a key that contradicts the label has one
        beside = placed.page.spot(placed.label.row, placed.page.key_column)
        expected.insert(0, (beside, row_of(key)))
    for spot, printed in expected:
        if spot is not None and printed and _written(spot) != printed:
            found = finding("R42", key=key, printed=printed, raw=_written(spot))
            yield at(found, spot)


def _written(spot: Spot) -> str:
    return shown(spot.cell).strip()
