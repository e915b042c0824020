"""What a style of Word is made of, as XML; which styles there are stands in ``word_styles``.

Lengths are in twips where not named otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.writing import gbt9704

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING_ID = 1
_OWN_OF_WORD = "heading "
"""With the level behind it the name of a style of Word's own, as it stands in the file."""

LINE = gbt9704.LINE_PITCH_TWIPS
TABLE_LINE_TWIPS = 260

OFF_GRID = '<w:snapToGrid w:val="0"/>'
"""LibreOffice raises every line to a whole number of grid lines, however tall it is told to be."""
CENTRED = '<w:jc w:val="center"/>'


def lines(height: int = LINE, *, before: int = 0, after: int = 0) -> str:
    """Return the element that says how high lines are, and what is left free around them."""
    around = f'w:before="{before}" w:after="{after}"'
    return f'<w:spacing {around} w:line="{height}" w:lineRule="exact"/>'


def indent(**sides: int) -> str:
    """Return the element that indents 3号 text by so many characters.

    Args:
        sides: firstLine, left, hanging, right; in characters.
    """
    told = "".join(
        f' w:{side}Chars="{characters * 100}"'
        f' w:{side}="{round(characters * gbt9704.SIZE_3_PT * 20)}"'
        for side, characters in sides.items()
    )
    return f"<w:ind{told}/>"


FIRST_LINE = indent(firstLine=gbt9704.FIRST_LINE_CHARACTERS)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; ``paragraph`` holds the children of w:pPr in the schema's order."""

    identifier: str
    name: str
    font: str
    size: float
    paragraph: str
    following: str = "Body"

    def xml(self) -> str:
        """Return the style's element."""
        custom = "" if self.name.startswith(_OWN_OF_WORD) else ' w:customStyle="1"'
        return (
            f'<w:style w:type="paragraph"{custom} w:styleId="{self.identifier}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/>'
            f'<w:next w:val="{self.following}"/><w:qFormat/>'
            f"<w:pPr>{self.paragraph}</w:pPr>"
            f"<w:rPr>{typeface(self.font)}{spacing(self.size)}{sizing(self.size)}</w:rPr>"
            "</w:style>"
        )


def typeface(font: str) -> str:
    """Return the element that sets a typeface for all scripts."""
    return f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:cs="{font}"/>'


def sizing(points: float) -> str:
    """Return the elements that set the size of type."""
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def spacing(points: float) -> str:
    """Draw 3号 text together so far that 28 characters fill a line; leave other sizes alone.

    A character grid in the section would say the same, but LibreOffice spaces the characters
    out under one.
    """
    surplus = points * 20 - gbt9704.CHARACTER_PITCH_TWIPS
    return f'<w:spacing w:val="{-round(surplus) if points == gbt9704.SIZE_3_PT else 0}"/>'


# ---------------------------------------------------------------- styles of one kind


def heading(level: int, font: str) -> Style:
    """Return the style of a level's headings, bound to the numbering."""
    numbering = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{NUMBERING_ID}"/></w:numPr>'
    return Style(
        f"Heading{level}",
        f"{_OWN_OF_WORD}{level}",
        font,
        gbt9704.SIZE_3_PT,
        f"<w:keepNext/><w:keepLines/>{numbering}{lines()}{FIRST_LINE}"
        f'<w:outlineLvl w:val="{level - 1}"/>',
    )


def table_line_twips(size: float) -> int:
    """Return the height of a line in a table."""
    return round(TABLE_LINE_TWIPS * size / gbt9704.SIZE_5_PT)


def table_text(
    identifier: str,
    name: str,
    font: str,
    before: str = "",
    after: str = "",
    size: float = gbt9704.SIZE_5_PT,
) -> Style:
    """Return the style of what stands in a table's cells.

    Args:
        identifier: of the style.
        name: of the style.
        font: its typeface.
        before: the children of w:pPr that come before the height of lines.
        after: those that come after it.
        size: of its type.
    """
    paragraph = f"{before}{OFF_GRID}{lines(table_line_twips(size))}{after}"
    return Style(identifier, name, font, size, paragraph, identifier)


def table_header(identifier: str, name: str, size: float = gbt9704.SIZE_5_PT) -> Style:
    """Return the style of a table's headings."""
    font = gbt9704.HEADING_FONT
    return table_text(identifier, name, font, "<w:keepNext/>", CENTRED, size)


def caption(identifier: str, name: str, height: str, kept: str = "") -> Style:
    """Return the style of a caption.

    Args:
        identifier: of the style.
        name: of the style.
        height: the element that says how high its lines are.
        kept: what keeps it with what it stands above.
    """
    paragraph = f"{kept}{OFF_GRID}{height}{CENTRED}"
    return Style(identifier, name, gbt9704.HEADING_FONT, gbt9704.SIZE_5_PT, paragraph)


def page_number(identifier: str, name: str, side: str) -> Style:
    """Return the style of a page number that stands on one side of the page."""
    characters = gbt9704.PAGE_NUMBER_CHARACTERS
    line = round(gbt9704.SIZE_4_PT * 20)
    inwards = f'<w:ind w:{side}Chars="{characters * 100}" w:{side}="{characters * line}"/>'
    return Style(
        identifier,
        name,
        gbt9704.PLAIN_FONT,
        gbt9704.SIZE_4_PT,
        f'{OFF_GRID}{lines(line)}{inwards}<w:jc w:val="{side}"/>',
        identifier,
    )


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table(identifier: str, name: str, margins: Mapping[str, int]) -> str:
    """Return a table style; the margins of its cells are named in the schema's order."""
    sides = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in margins.items())
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{identifier}">'
        f'<w:name w:val="{name}"/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f"<w:tblCellMar>{sides}</w:tblCellMar>"
        '</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )
