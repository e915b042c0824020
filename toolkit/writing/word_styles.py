"""The styles of an official Word document: every typeface and measure of its text stands here.

All typefaces are set in styles and for all scripts, so that Chinese text never falls back to a
theme font. The document has these styles; those that only some tables need are added with them.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from toolkit.writing import gbt9704, word_style
from toolkit.writing.gbt9704 import BODY_FONT, HEADING_FONT, PLAIN_FONT, SIZE_3_PT, SIZE_5_PT
from toolkit.writing.word_style import (
    CENTRED,
    FIRST_LINE,
    LINE,
    NAMESPACE,
    OFF_GRID,
    TABLE_LINE_TWIPS,
    Style,
    lines,
)


class StyleName(StrEnum):
    """Names of the styles, as Word shows them."""

    TITLE = "公文标题"
    BODY = "公文正文"
    ATTACHMENT = "附件说明"
    ANNEX = "附件"
    TABLE_TITLE = "表格标题"
    TABLE_NOTE = "表格说明"
    TABLE = "统计表"
    NARROW_TABLE = "统计表（窄）"
    TABLE_HEADER = "表头"
    TABLE_SECTION = "表格分节"
    TABLE_TEXT = "表格文字"
    TABLE_END = "表格之后"
    TABLE_CAPTION = "表题"
    PICTURE = "图"
    PICTURE_CAPTION = "图题"
    REMARK = "图表说明"
    UNIT = "署名"
    DATE = "成文日期"
    PAGE_ODD = "单页页码"
    PAGE_EVEN = "双页页码"
    PLACEHOLDER = "待填"


HEADINGS = ("Heading 1", "Heading 2", "Heading 3", "Heading 4")
"""Names of the heading styles for levels 1 to 4, as python-docx knows Word's own ones."""

_MARGINS: Mapping[str, int] = {"left": 85, "right": 85}
NARROW_MARGIN_TWIPS, LINES_MARGIN_TWIPS = 40, 25
"""Beside the text, and above and below it, in the cells of a table with many columns."""
_NARROW_MARGINS: Mapping[str, int] = {
    "top": LINES_MARGIN_TWIPS,
    "left": NARROW_MARGIN_TWIPS,
    "bottom": LINES_MARGIN_TWIPS,
    "right": NARROW_MARGIN_TWIPS,
}
_HALF, _CLOSE = LINE // 2, 60
"""What is left free between the text and a small table or a picture, and its caption and it."""
_KEPT = "<w:keepNext/>"

_PARAGRAPH_STYLES = (
    Style("Body", StyleName.BODY, BODY_FONT, SIZE_3_PT, lines() + FIRST_LINE),
    # §7.3.1 标题, with one empty line before the text
    Style(
        "OfficialTitle",
        StyleName.TITLE,
        gbt9704.TITLE_FONT,
        gbt9704.SIZE_2_PT,
        f"{_KEPT}<w:keepLines/>{OFF_GRID}{lines(after=LINE)}{CENTRED}",
    ),
    word_style.heading(1, HEADING_FONT),
    word_style.heading(2, gbt9704.SUBHEADING_FONT),
    word_style.heading(3, BODY_FONT),
    word_style.heading(4, BODY_FONT),
    # §7.3.4 附件说明: after an empty line, two characters in, further lines below the name
    Style(
        "Attachment",
        StyleName.ATTACHMENT,
        BODY_FONT,
        SIZE_3_PT,
        _KEPT + lines(before=LINE) + word_style.indent(**gbt9704.ATTACHMENT_CHARACTERS),
    ),
    # §7.3.7 附件: on a page of its own, top left
    Style(
        "Annex",
        StyleName.ANNEX,
        HEADING_FONT,
        SIZE_3_PT,
        f'{_KEPT}<w:pageBreakBefore/>{lines()}<w:outlineLvl w:val="0"/>',
        "TableTitle",
    ),
    # §7.3.7: the annex's title stands in its third line
    Style(
        "TableTitle",
        StyleName.TABLE_TITLE,
        gbt9704.TITLE_FONT,
        gbt9704.SIZE_2_PT,
        f"{_KEPT}<w:keepLines/>{OFF_GRID}{lines(before=LINE, after=_HALF)}{CENTRED}",
    ),
    Style(
        "TableNote",
        StyleName.TABLE_NOTE,
        PLAIN_FONT,
        SIZE_5_PT,
        _KEPT + OFF_GRID + lines(TABLE_LINE_TWIPS, after=_CLOSE),
        "TableNote",
    ),
    word_style.table_header("TableHeader", StyleName.TABLE_HEADER),
    word_style.table_text("TableSection", StyleName.TABLE_SECTION, HEADING_FONT, _KEPT),
    word_style.table_text("TableText", StyleName.TABLE_TEXT, PLAIN_FONT),
    # Word ends a document with a paragraph; one of full height after a table that fills its
    # page would bring an empty page.
    Style("TableEnd", StyleName.TABLE_END, PLAIN_FONT, 1, OFF_GRID + lines(20)),
    # A small table has its caption above it, a picture below.
    word_style.caption(
        "TableCaption",
        StyleName.TABLE_CAPTION,
        lines(TABLE_LINE_TWIPS, before=_HALF, after=_CLOSE),
        _KEPT,
    ),
    # Lines of a fixed height would cut a picture off.
    Style(
        "Picture",
        StyleName.PICTURE,
        PLAIN_FONT,
        SIZE_5_PT,
        f'{_KEPT}{OFF_GRID}<w:spacing w:before="{_HALF}" w:line="240" w:lineRule="auto"/>{CENTRED}',
        "PictureCaption",
    ),
    word_style.caption(
        "PictureCaption",
        StyleName.PICTURE_CAPTION,
        lines(TABLE_LINE_TWIPS, before=_CLOSE, after=_HALF),
    ),
    Style(
        "Remark",
        StyleName.REMARK,
        PLAIN_FONT,
        gbt9704.SMALL_SIZES_PT[0],
        OFF_GRID + lines(TABLE_LINE_TWIPS, before=_CLOSE, after=_HALF),
    ),
    # §7.3.5: two empty lines leave room for a seal
    Style(
        "SigningUnit",
        StyleName.UNIT,
        BODY_FONT,
        SIZE_3_PT,
        f'{_KEPT}{lines(before=LINE * 2)}<w:jc w:val="right"/>',
        "SigningDate",
    ),
    Style("SigningDate", StyleName.DATE, BODY_FONT, SIZE_3_PT, f'{lines()}<w:jc w:val="right"/>'),
    word_style.page_number("PageNumberOdd", StyleName.PAGE_ODD, "right"),
    word_style.page_number("PageNumberEven", StyleName.PAGE_EVEN, "left"),
)

# Widow control stays off, as in Word's Chinese default: a full page has its 22 lines. The gap
# that Word adds between Chinese and digits would break the 28 characters of a line.
_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    f'<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/>'
    f'<w:autoSpaceDN w:val="0"/>{lines()}<w:jc w:val="both"/></w:pPr>'
    f"<w:rPr>{word_style.typeface(BODY_FONT)}{word_style.spacing(SIZE_3_PT)}"
    f"{word_style.sizing(SIZE_3_PT)}</w:rPr></w:style>"
)
_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{word_style.typeface(BODY_FONT)}"
    f"{word_style.sizing(SIZE_3_PT)}"
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
# Text is black (§5.2.4); what is still to be written stands out until it is.
_PLACEHOLDER = (
    '<w:style w:type="character" w:customStyle="1" w:styleId="Placeholder">'
    f'<w:name w:val="{StyleName.PLACEHOLDER}"/><w:qFormat/><w:rPr><w:color w:val="C00000"/>'
    '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/></w:rPr></w:style>'
)
_IN_EVERY_DOCUMENT: Mapping[str, str] = {
    **{style.name: style.xml() for style in _PARAGRAPH_STYLES},
    StyleName.PLACEHOLDER: _PLACEHOLDER,
    StyleName.TABLE: word_style.table("StatisticsTable", StyleName.TABLE, _MARGINS),
}


def styles_xml() -> str:
    """Return the part word/styles.xml."""
    styles = "".join(_IN_EVERY_DOCUMENT.values())
    return f"<w:styles {NAMESPACE}>{_DEFAULTS}{_NORMAL}{styles}</w:styles>"


def sized(style: StyleName, size: float) -> str:
    """Return the name of a table's style in a size of type."""
    return style if size == SIZE_5_PT else f"{style}（{size:g}磅）"


def _further() -> Iterator[tuple[str, str]]:
    name = StyleName.NARROW_TABLE
    yield name, word_style.table("NarrowTable", name, _NARROW_MARGINS)
    for rank, size in enumerate(gbt9704.SMALL_SIZES_PT, 1):
        header = sized(StyleName.TABLE_HEADER, size)
        yield header, word_style.table_header(f"TableHeaderSmall{rank}", header, size).xml()
        text = sized(StyleName.TABLE_TEXT, size)
        style = word_style.table_text(f"TableTextSmall{rank}", text, PLAIN_FONT, size=size)
        yield text, style.xml()


DEFINITIONS: Mapping[str, str] = {
    name: style.replace("<w:style ", f"<w:style {NAMESPACE} ", 1)
    for name, style in (*_IN_EVERY_DOCUMENT.items(), *_further())
}
"""All styles by their names: a document of another origin may be given them one by one."""
