"""A label that is wrapped over several rows, with its figures in one of them."""

from typing import NamedTuple

from toolkit.reading.areas import Area
from toolkit.reading.pages import filled
from toolkit.reading.vocabulary import Leaf, Vocabulary

_MOST = 4
"""No label is wrapped over more rows."""


class Part(NamedTuple):
    """The rows over which a label may be wrapped, as far as they were seen."""

    rows: tuple[int, ...] = ()
    column: int = 0
    """Where the label stands in each of them."""

    def further(self, area: Area, number: int, known: Vocabulary) -> "Part":
        """Return what it is with one more row, whose own label is none of the form's.

        Args:
            area: headings and the rows below them.
            number: the row.
            known: the vocabulary of the edition it is read as.
        """
        texts = area.page.texts[number]
        column = next((one for one in reversed(area.labels) if one in texts), 0)
        if not column or texts[column] in known.levels:
            return Part()
        whole = column == self.column and len(self.rows) < _MOST
        return Part((*self.rows, number) if whole else (number,), column)

    def label(self, area: Area) -> str:
        """Return the label, as it is printed."""
        return "".join(area.page.text(number, self.column) for number in self.rows)

    def figured(self, area: Area, row: Leaf) -> int | None:
        """Return the row in which its figures stand, the first for none; None where it is not one.

        Args:
            area: headings and the rows below them.
            row: what the label means.
        """
        cells, columns = area.page.rows, area.blocks[row.block].figures
        found = [
            number
            for number in self.rows
            if any(column in columns and filled(cell) for column, cell in cells[number].items())
        ]
        return None if len(found) > 1 else found[0] if found else self.rows[0]
