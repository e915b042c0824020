"""Findings at their cells: a comment on each, colours where no check colours, the original text.

The sheet's own checks colour what they find, and stop when it is put right. What only the reader
found is coloured by a condition of its own, which ends when the cell is changed or a 说明 written:
a fixed colour would still accuse a figure that has long been put right. Comments cannot end, so
they say that what was put right needs no further thought.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolkit import words
from toolkit.findings import Severity
from toolkit.form import row_of
from toolkit.writing.form_sheet import FormSheet
from toolkit.writing.layout import SheetLayout
from toolkit.writing.marked_remarks import Remark, Remarks
from toolkit.writing.marked_standing import Standing
from toolkit.writing.places import Place
from toolkit.writing.style import (
    ERROR_COLOUR,
    ERROR_TEXT,
    FONT,
    WARNING_COLOUR,
    WARNING_TEXT,
    Look,
    height_for,
    width_of,
)

ORIGINAL_WIDTH = 30.0
_COLOURS: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: (ERROR_COLOUR, ERROR_TEXT),
    Severity.WARNING: (WARNING_COLOUR, WARNING_TEXT),
}
"""Fill and text; a notice asks for nothing and has no colour."""
_LINE, _COMMENT_WIDTH, _COMMENT_LINE = 46, 320, 17
"""A comment's line in half-width characters, its width and the height of a line in pixels."""
_HIGHEST = 640
"""No comment is higher, in pixels; it can be scrolled."""


class CellMarks:
    """The findings of one workbook, ready to be put at their cells."""

    def __init__(self, book: Any, remarks: Remarks, standing: Standing) -> None:
        """Keep what is put there.

        Args:
            book: the XlsxWriter workbook.
            remarks: the findings' places.
            standing: what tells whether they still stand.
        """
        self._remarks, self._standing = remarks, standing
        self._colours = {
            severity: book.add_format({"bg_color": fill, "font_color": written})
            for severity, (fill, written) in _COLOURS.items()
        }

    def put(self, sheet: FormSheet, told: Iterable[Remark]) -> None:
        """Put those findings at their cells that are about a sheet."""
        by_place: dict[Place, list[Remark]] = {}
        for remark in told:
            for place in self._places(remark):
                if place.sheet == sheet.place.name:
                    by_place.setdefault(place, []).append(remark)
        sheet.raw.set_comments_author(words.say("marked.author"))
        for place, remarks in sorted(by_place.items(), key=_in_reading_order):
            _comment(sheet.raw, place, self._comment(remarks, place))
        for remark in told:
            if remark.place and remark.place.sheet == sheet.place.name:
                self._colour(sheet.raw, remark, remark.place)
        self._originals(sheet)

    def _places(self, remark: Remark) -> Iterable[Place]:
        """Return the cells that a finding is put at: where it is put right, and where it shows."""
        key = remark.found.key
        shows = self._remarks.layout.value(key) if self._remarks.asking.told(key) else None
        return dict.fromkeys(place for place in (remark.place, shows) if place)

    def _comment(self, remarks: Sequence[Remark], place: Place) -> str:
        """Return the comment on a cell with all that was found there."""
        key = remarks[0].found.key
        lines = [
            words.say(
                "marked.comment.finding",
                severity=words.say(f"marked.severity.{remark.found.severity}"),
                code=remark.found.code,
                message=remark.message,
            )
            for remark in remarks
        ]
        if original := self._remarks.original(key):
            lines.append(words.say("marked.comment.original", original=original))
        elif sources := dict.fromkeys(remark.source for remark in remarks if remark.source):
            at = words.say("text.and").join(sources)
            lines.append(words.say("marked.comment.at", place=at))
        if said := remarks[0].said:
            lines.append(words.say("marked.comment.explanation", explanation=said))
        if self._remarks.asking.told(key):
            here = place == self._remarks.place(key)
            lines.append(words.say(f"marked.comment.{'total' if here else 'reported'}"))
        elif self._computed(key):
            lines.append(words.say("marked.comment.computed"))
        return "\n".join([*lines, words.say("marked.comment.settled")])

    def _computed(self, key: str) -> bool:
        indicator = self._remarks.layout.form.indicators.get(key)
        return indicator is not None and indicator.computed

    def _colour(self, sheet: Any, remark: Remark, place: Place) -> None:
        """Colour the cell of a finding that no check of the sheet shows, while it stands."""
        found = remark.found
        look = self._colours.get(found.severity)
        if look is None or self._standing.seen(found):
            return
        stands = self._standing.formula(found, place.sheet)
        silent = self._standing.silent(found.key, place.sheet)
        if found.severity is Severity.WARNING and silent:
            stands = f"AND({stands},{silent})"
        rule = {"type": "formula", "criteria": f"={stands}", "format": look}
        sheet.conditional_format(place.address, rule)

    # ------------------------------------------------------------ the original text

    def heights(self) -> Mapping[str, float]:
        """Return the least heights of the rows in which an original text stands, by their keys."""
        return {
            row: height_for(content, ORIGINAL_WIDTH - 2, 12.5)
            for row, content in self._by_row().items()
        }

    def _by_row(self) -> Mapping[str, str]:
        rows: dict[str, list[str]] = {}
        for key, original in self._remarks.originals():
            column = self._remarks.layout.form.indicators[key].column
            line = words.say("marked.original.where", where=column, line=original)
            rows.setdefault(row_of(key), []).append(line if column else original)
        return {row: "\n".join(lines) for row, lines in rows.items()}

    def _originals(self, sheet: FormSheet) -> None:
        """Write the original texts into a column of their own, right of everything else."""
        place, by_row = sheet.place, self._by_row()
        shown = {at: by_row[row] for row, at in place.keyed_rows.items() if row in by_row}
        if not shown:
            return
        column = place.last_column
        sheet.raw.set_column(column, column, ORIGINAL_WIDTH, sheet.look(Look.PLAIN))
        for top in _header_rows(place):
            head = words.say("marked.original.head")
            sheet.raw.write_string(top - 1, column, head, sheet.look(Look.HEADER))
        for row, content in shown.items():
            sheet.raw.write_string(row - 1, column, content, sheet.look(Look.TEXT))


def _header_rows(place: SheetLayout) -> Sequence[int]:
    """Return the first row of every block's headings."""
    return [place.rows[block.top] for block in place.printed.blocks]


def _in_reading_order(pair: tuple[Place, object]) -> tuple[int, int]:
    return pair[0].row, pair[0].column


def _comment(sheet: Any, place: Place, content: str) -> None:
    """Write a comment in a box that shows all of it."""
    lines = sum(max(1, -(-width_of(part) // _LINE)) for part in content.split("\n"))
    options = {
        "width": _COMMENT_WIDTH,
        "height": min(_HIGHEST, lines * _COMMENT_LINE + 12),
        "font_name": FONT,
        "font_size": 9,
    }
    sheet.write_comment(place.address, content, options)
