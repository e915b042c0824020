"""The styles of an official Word document: every typeface and measure of its text stands here.

All typefaces are set in styles and for all scripts, so that Chinese text never falls back to a
theme font. The document has these styles; those that only some tables need are added with them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from toolkit.writing import gbt9704

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class StyleName(StrEnum):
    """Names of the styles, as Word shows them."""

    TITLE = "公文标题"
    BODY = "公文正文"
    ANNEX = "附件"
    TABLE_TITLE = "表格标题"
    TABLE_NOTE = "表格说明"
    TABLE = "统计表"
    NARROW_TABLE = "统计表（窄）"
    TABLE_HEADER = "表头"
    TABLE_SECTION = "表格分节"
    TABLE_TEXT = "表格文字"
    TABLE_END = "表格之后"
    UNIT = "署名"
    DATE = "成文日期"
    PAGE_ODD = "单页页码"
    PAGE_EVEN = "双页页码"
    PLACEHOLDER = "待填"


HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
"""Names of the heading styles for levels 1 to 3, as python-docx knows Word's own ones."""

_OWN_OF_WORD = tuple(name.lower() for name in HEADINGS)
"""The same names as they stand in the file."""

_NUMBERING_ID = 1

_LINE = gbt9704.LINE_PITCH_TWIPS
_TABLE_LINE_TWIPS = 260
_MARGINS: Mapping[str, int] = {"left": 85, "right": 85}
NARROW_MARGIN_TWIPS, LINES_MARGIN_TWIPS = 40, 25
"""Beside the text, and above and below it, in the cells of a table with many columns."""
_NARROW_MARGINS: Mapping[str, int] = {
    "top": LINES_MARGIN_TWIPS,
    "left": NARROW_MARGIN_TWIPS,
    "bottom": LINES_MARGIN_TWIPS,
    "right": NARROW_MARGIN_TWIPS,
}
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
"""LibreOffice raises every line to a whole number of grid lines, however tall it is told to be."""

_ON_GRID = f'<w:spacing w:line="{_LINE}" w:lineRule="exact"/>'
_INDENT = (
    f'<w:ind w:firstLineChars="{gbt9704.FIRST_LINE_CHARACTERS * 100}"'
    f' w:firstLine="{round(gbt9704.FIRST_LINE_CHARACTERS * gbt9704.SIZE_3_PT * 20)}"/>'
)
_CENTRED = '<w:jc w:val="center"/>'
_PAGE_NUMBER_LINE = (
    f'{_OFF_GRID}<w:spacing w:line="{round(gbt9704.SIZE_4_PT * 20)}" w:lineRule="exact"/>'
)


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; ``paragraph`` holds the children of w:pPr in the schema's order."""

    identifier: str
    name: str
    font: str
    size: float
    paragraph: str
    following: str = "Body"

    def xml(self) -> str:
        """Return the style's element."""
        custom = "" if self.name in _OWN_OF_WORD else ' w:customStyle="1"'
        return (
            f'<w:style w:type="paragraph"{custom} w:styleId="{self.identifier}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/>'
            f'<w:next w:val="{self.following}"/><w:qFormat/>'
            f"<w:pPr>{self.paragraph}</w:pPr>"
            f"<w:rPr>{_typeface(self.font)}{_spacing(self.size)}{_size(self.size)}</w:rPr>"
            "</w:style>"
        )


def _typeface(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:cs="{font}"/>'


def _size(points: float) -> str:
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(points: float) -> str:
    """Draw 3号 text together so far that 28 characters fill a line; leave other sizes alone.

    A character grid in the section would say the same, but LibreOffice spaces the characters
    out under one.
    """
    surplus = points * 20 - gbt9704.CHARACTER_PITCH_TWIPS
    return f'<w:spacing w:val="{-round(surplus) if points == gbt9704.SIZE_3_PT else 0}"/>'


def _heading(level: int, font: str) -> _Style:
    numbering = (
        f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{_NUMBERING_ID}"/></w:numPr>'
    )
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _Style(
        f"Heading{level}",
        _OWN_OF_WORD[level - 1],
        font,
        gbt9704.SIZE_3_PT,
        f"<w:keepNext/><w:keepLines/>{numbering}{_ON_GRID}{_INDENT}{outline}",
    )


def table_line_twips(size: float) -> int:
    """Return the height of a line in a table."""
    return round(_TABLE_LINE_TWIPS * size / gbt9704.SIZE_5_PT)


def _table_style(
    identifier: str,
    name: str,
    font: str,
    before: str = "",
    after: str = "",
    size: float = gbt9704.SIZE_5_PT,
) -> _Style:
    line = f'{_OFF_GRID}<w:spacing w:line="{table_line_twips(size)}" w:lineRule="exact"/>'
    return _Style(identifier, name, font, size, before + line + after, identifier)


def _header_style(identifier: str, name: str, size: float = gbt9704.SIZE_5_PT) -> _Style:
    font = gbt9704.HEADING_FONT
    return _table_style(identifier, name, font, "<w:keepNext/>", _CENTRED, size)


def _page_number(identifier: str, name: str, side: str) -> _Style:
    characters = gbt9704.PAGE_NUMBER_CHARACTERS
    twips = round(characters * gbt9704.SIZE_4_PT * 20)
    indent = f'<w:ind w:{side}Chars="{characters * 100}" w:{side}="{twips}"/>'
    return _Style(
        identifier,
        name,
        gbt9704.PLAIN_FONT,
        gbt9704.SIZE_4_PT,
        f'{_PAGE_NUMBER_LINE}{indent}<w:jc w:val="{side}"/>',
        identifier,
    )


_PARAGRAPH_STYLES = (
    _Style("Body", StyleName.BODY, gbt9704.BODY_FONT, gbt9704.SIZE_3_PT, _ON_GRID + _INDENT),
    # §7.3.1 标题, with one empty line before the text
    _Style(
        "OfficialTitle",
        StyleName.TITLE,
        gbt9704.TITLE_FONT,
        gbt9704.SIZE_2_PT,
        f"<w:keepNext/><w:keepLines/>{_OFF_GRID}"
        f'<w:spacing w:after="{_LINE}" w:line="{_LINE}" w:lineRule="exact"/>{_CENTRED}',
    ),
    _heading(1, gbt9704.HEADING_FONT),
    _heading(2, gbt9704.SUBHEADING_FONT),
    _heading(3, gbt9704.BODY_FONT),
    # §7.3.7 附件: on a page of its own, top left
    _Style(
        "Annex",
        StyleName.ANNEX,
        gbt9704.HEADING_FONT,
        gbt9704.SIZE_3_PT,
        f'<w:keepNext/><w:pageBreakBefore/>{_ON_GRID}<w:outlineLvl w:val="0"/>',
        "TableTitle",
    ),
    # §7.3.7: the annex's title stands in its third line
    _Style(
        "TableTitle",
        StyleName.TABLE_TITLE,
        gbt9704.TITLE_FONT,
        gbt9704.SIZE_2_PT,
        f"<w:keepNext/><w:keepLines/>{_OFF_GRID}"
        f'<w:spacing w:before="{_LINE}" w:after="{_LINE // 2}" w:line="{_LINE}"'
        f' w:lineRule="exact"/>{_CENTRED}',
    ),
    _Style(
        "TableNote",
        StyleName.TABLE_NOTE,
        gbt9704.PLAIN_FONT,
        gbt9704.SIZE_5_PT,
        f"<w:keepNext/>{_OFF_GRID}"
        f'<w:spacing w:after="60" w:line="{_TABLE_LINE_TWIPS}" w:lineRule="exact"/>',
        "TableNote",
    ),
    _header_style("TableHeader", StyleName.TABLE_HEADER),
    _table_style("TableSection", StyleName.TABLE_SECTION, gbt9704.HEADING_FONT, "<w:keepNext/>"),
    _table_style("TableText", StyleName.TABLE_TEXT, gbt9704.PLAIN_FONT),
    # Word ends a document with a paragraph; one of full height after a table that fills its
    # page would bring an empty page.
    _Style(
        "TableEnd",
        StyleName.TABLE_END,
        gbt9704.PLAIN_FONT,
        1,
        f'{_OFF_GRID}<w:spacing w:line="20" w:lineRule="exact"/>',
    ),
    # §7.3.5: two empty lines leave room for a seal
    _Style(
        "SigningUnit",
        StyleName.UNIT,
        gbt9704.BODY_FONT,
        gbt9704.SIZE_3_PT,
        f'<w:keepNext/><w:spacing w:before="{_LINE * 2}" w:line="{_LINE}" w:lineRule="exact"/>'
        '<w:jc w:val="right"/>',
        "SigningDate",
    ),
    _Style(
        "SigningDate",
        StyleName.DATE,
        gbt9704.BODY_FONT,
        gbt9704.SIZE_3_PT,
        f'{_ON_GRID}<w:jc w:val="right"/>',
    ),
    _page_number("PageNumberOdd", StyleName.PAGE_ODD, "right"),
    _page_number("PageNumberEven", StyleName.PAGE_EVEN, "left"),
)

# Widow control stays off, as in Word's Chinese default: a full page has its 22 lines. The gap
# that Word adds between Chinese and digits would break the 28 characters of a line.
_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    f'<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/>'
    f'<w:autoSpaceDN w:val="0"/>{_ON_GRID}<w:jc w:val="both"/></w:pPr>'
    f"<w:rPr>{_typeface(gbt9704.BODY_FONT)}{_spacing(gbt9704.SIZE_3_PT)}"
    f"{_size(gbt9704.SIZE_3_PT)}</w:rPr></w:style>"
)
_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_typeface(gbt9704.BODY_FONT)}"
    f"{_size(gbt9704.SIZE_3_PT)}"
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
# Text is black (§5.2.4); what is still to be written stands out until it is.
_PLACEHOLDER = (
    '<w:style w:type="character" w:customStyle="1" w:styleId="Placeholder">'
    f'<w:name w:val="{StyleName.PLACEHOLDER}"/><w:qFormat/><w:rPr><w:color w:val="C00000"/>'
    '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/></w:rPr></w:style>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _table(identifier: str, name: str, margins: Mapping[str, int]) -> str:
    """Return a table style; the margins of its cells are named in the schema's order."""
    sides = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in margins.items())
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{identifier}">'
        f'<w:name w:val="{name}"/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f"<w:tblCellMar>{sides}</w:tblCellMar>"
        '</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )


def styles_xml() -> str:
    """Return the part word/styles.xml."""
    paragraph_styles = "".join(style.xml() for style in _PARAGRAPH_STYLES)
    return (
        f"<w:styles {NAMESPACE}>{_DEFAULTS}{_NORMAL}{paragraph_styles}{_PLACEHOLDER}"
        f"{_table('StatisticsTable', StyleName.TABLE, _MARGINS)}</w:styles>"
    )


def sized(style: StyleName, size: float) -> str:
    """Return the name of a table's style in a size of type."""
    return style if size == gbt9704.SIZE_5_PT else f"{style}（{size:g}磅）"


def _further() -> Iterator[tuple[str, str]]:
    table = StyleName.NARROW_TABLE
    yield table, _table("NarrowTable", table, _NARROW_MARGINS)
    for rank, size in enumerate(gbt9704.SMALL_SIZES_PT, 1):
        header = sized(StyleName.TABLE_HEADER, size)
        yield header, _header_style(f"TableHeaderSmall{rank}", header, size).xml()
        text = sized(StyleName.TABLE_TEXT, size)
        font = gbt9704.PLAIN_FONT
        yield text, _table_style(f"TableTextSmall{rank}", text, font, size=size).xml()


FURTHER: Mapping[str, str] = {
    name: style.replace("<w:style ", f"<w:style {NAMESPACE} ", 1) for name, style in _further()
}
"""Styles that a document is given with the first table that needs them, by their names."""


def numbering_xml() -> str:
    """Return the part word/numbering.xml: 一、（一）1. bound to the heading styles (§7.3.3)."""
    marks = (
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr>{_INDENT}</w:pPr></w:lvl>'
        for level, (kind, mark) in enumerate(marks)
    )
    return (
        f'<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        f'<w:num w:numId="{_NUMBERING_ID}"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
