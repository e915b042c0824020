"""How wide the columns of a printed table are in Word, and how small its type is.

The table is as wide as the text. A figure is never broken, so that its column is at least as
wide as it; headings above single columns are stacked, two characters a line, before type is made
smaller. Lengths are in points where not named otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from unicodedata import east_asian_width

from toolkit.printed import Cell, Part, Printed
from toolkit.writing import gbt9704
from toolkit.writing.word_style import table_line_twips
from toolkit.writing.word_styles import LINES_MARGIN_TWIPS, NARROW_MARGIN_TWIPS

_LIST_MM = (112.0, 16.0, 28.0)
"""Label, unit and figure of a list; together the width of the text."""

_WIDTH = gbt9704.TEXT_WIDTH_MM * gbt9704.POINTS_PER_MM
_PAGE = (gbt9704.LINES_PER_PAGE - 2) * gbt9704.LINE_PITCH_TWIPS / 20
"""What a page holds below a heading, a line left over."""
_SIZES = (gbt9704.SIZE_5_PT, *gbt9704.SMALL_SIZES_PT)
_READABLE = _SIZES[:2]
"""Type is not made smaller than these only to have a table on one page."""

_ROWS = (44 / 21, 38 / 21, 32 / 21)
"""Heights of the lowest row, in parts of the size of type: as high as the page allows."""

_SIDES = 2 * NARROW_MARGIN_TWIPS / 20 + 0.5
"""What margins and border take of a column."""
_HALF = 0.57
"""Width of a digit in characters: half of one, a little more in some typefaces."""
_WORD, _UNSTACKED = 2, 3
"""Characters a line of a stacked heading, and of the longest that is not stacked."""
_SLACK = 0.3
"""Characters by which a line may come out longer than it is counted."""
_ONE_LINE, _LEAST = 14, 6
"""Labels up to so many characters stay on one line; no line of them has fewer than the least."""
_HEADING_LINES = 2
"""Lines that the label of several rows may have in any case."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one table in Word."""

    widths: tuple[int, ...]
    """Of the columns, in twips."""
    size: float = gbt9704.SIZE_5_PT
    row: float = _ROWS[-1] * gbt9704.SIZE_5_PT
    """Height of the lowest row."""
    narrow: bool = False
    """Whether cells have narrow margins."""
    whole: bool = False
    """Whether the table, below a heading, fits on one page and is kept there."""


def measures(printed: Printed) -> Measures:
    """Return the measures of a table, its figures filled in.

    The largest type is taken in which the table fits on a page, where readable type does; else
    the largest in which it is no wider than the text. (What does not even fit in the smallest,
    fifteen figures of ten digits, is broken.)
    """
    if not printed.table.is_matrix:
        return Measures(_twips([width * gbt9704.POINTS_PER_MM for width in _LIST_MM]))
    tried = [_Sized(printed, size) for size in _SIZES]
    fitting = [one for one in tried if one.fits] or tried[-1:]
    for one in fitting:
        for row in _ROWS if one.size in _READABLE else ():
            if one.height(row * one.size) <= _PAGE:
                return one.measures(row, whole=True)
    return fitting[0].measures(_ROWS[-1], whole=False)


def stacked(text: str, width: float, size: float) -> float:
    """Return how far a heading in a narrow column is indented on both sides.

    Most words have two characters: where it takes several lines, each holds an even number.

    Args:
        text: the heading.
        width: of the column.
        size: of its type.
    """
    room = (width - _SIDES) / size
    odd = _a_line(room) % _WORD
    if not odd or characters(text) <= _a_line(room):
        return 0.0
    return (room - _a_line(room) + odd - _SLACK) / 2 * size


def characters(text: str) -> float:
    """Return the width of a text in Chinese characters; Latin letters and digits are half one."""
    return sum(1 if east_asian_width(sign) in "WF" else 0.5 for sign in text)


class _Sized:
    """A matrix in one size of type."""

    def __init__(self, printed: Printed, size: float) -> None:
        self.printed, self.size = printed, size
        groups = [self._group(column) for column in range(printed.labels - 1)]
        figures = self._figures()
        left = _WIDTH - sum(groups) - sum(figures)
        labels = [self._labels(left)] if printed.labels else []
        self.fits = left >= sum(labels)
        self.widths = [*groups, *_levelled([*labels, *figures], _WIDTH - sum(groups))]

    def _across(self, count: float) -> float:
        """Return the width of a column that has so many characters on a line."""
        return count * self.size + _SIDES

    def _group(self, column: int) -> float:
        """Return the width of a column of labels that each span several rows."""
        needed = [_WORD]
        for cell in _labels_in(self.printed, column):
            lines = max(min(cell.rows, _HEADING_LINES), cell.rows // 2)
            needed.append(ceil(characters(cell.text) / lines))
        return self._across(max(needed))

    def _labels(self, left: float) -> float:
        """Return the width of the column of rows' labels: one line, or two for long ones."""
        own = _labels_in(self.printed, self.printed.labels - 1)
        longest = max((characters(cell.text) + cell.indent for cell in own), default=0)
        wanted = max(min(longest, _ONE_LINE), ceil(longest / 2) + 1)
        return max(self._across(min(longest, _LEAST)), min(left, self._across(wanted)))

    def _figures(self) -> list[float]:
        """Return the least widths of the columns of figures."""
        needed = [self._across(1)] * self.printed.figures
        wanted = [cell for cell in self.printed.cells if cell.column >= self.printed.labels]
        for cell in sorted(wanted, key=lambda cell: cell.columns):
            first = cell.column - self.printed.labels
            own = range(first, first + cell.columns)
            lacking = self._across(_least(cell)) - sum(needed[place] for place in own)
            for place in own:
                needed[place] += max(0.0, lacking) / cell.columns
        return needed

    def height(self, row: float) -> float:
        """Return the height of the table, if its rows are at least so high."""
        rows = [row] * self.printed.height
        texts = [cell for cell in self.printed.cells if cell.part is not Part.FIGURE]
        for cell in sorted(texts, key=lambda cell: cell.rows):
            width = sum(self.widths[cell.column : cell.column + cell.columns]) - _SIDES
            lines = ceil(characters(cell.text) / _a_line(width / self.size - cell.indent))
            needed = (lines * table_line_twips(self.size) + 2 * LINES_MARGIN_TWIPS) / 20
            last = cell.row + cell.rows - 1
            rows[last] += max(0.0, needed - sum(rows[cell.row : last + 1]))
        return sum(rows)

    def measures(self, row: float, *, whole: bool) -> Measures:
        """Return its measures, with a height of the lowest row in parts of the size of type."""
        return Measures(_twips(self.widths), self.size, row * self.size, narrow=True, whole=whole)


def _labels_in(printed: Printed, column: int) -> Iterator[Cell]:
    """Yield the labels that stand in one column and span no other."""
    for cell in printed.cells:
        if cell.part is Part.LABEL and cell.column == column and cell.columns == 1:
            yield cell


def _a_line(room: float) -> int:
    """Return how many characters stand on a line with room for so many, give or take a twip."""
    return max(1, int(room + 0.02))


def _least(cell: Cell) -> float:
    """Return the fewest characters a line that a cell above or in a column of figures can do."""
    if cell.part is Part.FIGURE:
        return _HALF * len(cell.text)
    own = characters(cell.text)
    return own if own <= _UNSTACKED else _WORD


def _levelled(needed: Sequence[float], width: float) -> list[float]:
    """Return widths that fill a width: what is needed, the narrow ones raised to one level."""
    left, level = width, 0.0
    for rank, need in enumerate(sorted(needed, reverse=True)):
        level = left / (len(needed) - rank)
        if need <= level:
            break
        left -= need
    widths = [max(need, level) for need in needed]
    return [one * width / sum(widths) for one in widths]


def _twips(points: Sequence[float]) -> tuple[int, ...]:
    """Return lengths in twips whose sum is rounded only once."""
    edges = [round(sum(points[:count]) * 20) for count in range(len(points) + 1)]
    return tuple(right - left for left, right in pairwise(edges))
