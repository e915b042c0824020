"""The text of a report as it is proofread: its paragraphs and small tables, each with its place.

Readers make it of any format; a marked copy finds the words again by the runs they stand in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Story(StrEnum):
    """Where in a document a passage stands; the value names its words (``proofread.story.…``)."""

    BODY = "body"
    NOTE = "note"
    """A footnote or an endnote."""
    BOX = "box"
    """A text box."""
    TABLE = "table"
    """A cell of a table."""


class Piece(NamedTuple):
    """Where a stretch of a passage's text comes from."""

    start: int
    """Place in the text of its first character."""
    run: int
    """Number of its run among all runs of the document, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a cell of a table, with the text that people read there."""

    text: str
    number: int
    """Of a paragraph its number among those with text, from 1; elsewhere that of the one before."""
    story: Story = Story.BODY
    level: int = 0
    """Level of the heading that the document says it is, 0 for none."""
    numbering: str = ""
    """The number that Word prints before it and that is no part of the text."""
    table: int = 0
    """Number of the table it stands in, from 1; 0 outside tables."""
    row: int = 0
    column: int = 0
    pieces: tuple[Piece, ...] = ()
    """Empty where the document has no runs (HTML, plain text)."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage."""

    passage: Passage
    start: int
    """Where they begin in the passage's text."""
    end: int
    said: str
    """As they are written, in one line."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a report: its rows, each with its cells from left to right."""

    rows: tuple[tuple[Passage, ...], ...]

    @property
    def cells(self) -> Iterator[Passage]:
        """Yield all cells, row by row."""
        return (cell for row in self.rows for cell in row)


Block = Passage | Grid


@dataclass(frozen=True, slots=True)
class Narrative:
    """All of a report's text, from top to bottom."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    """What could not be read, said in words."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the paragraphs outside tables."""
        return tuple(block for block in self.blocks if isinstance(block, Passage))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Return the tables."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))
