"""The file around an official Word document: page, page number, settings, and the zip itself.

The blank document is made here rather than from the template of python-docx, whose theme, Latin
styles, thumbnail and author would all have to be taken out again.
"""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from toolkit.writing import gbt9704, word_numbering, word_styles
from toolkit.writing.word_style import NAMESPACE

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = "docProps/core.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"

_WORD_PARTS = ("styles", "numbering", "settings", "fontTable", "footer1", "footer2")
"""Parts beside the text; rId1 … of the document in this order."""
_FOOTER_ODD, _FOOTER_EVEN = "rId5", "rId6"

_SUBSTITUTES = {
    gbt9704.TITLE_FONT: "方正小标宋_GBK",
    gbt9704.BODY_FONT: "仿宋",
    gbt9704.HEADING_FONT: "SimHei",
    gbt9704.SUBHEADING_FONT: "楷体",
    gbt9704.PLAIN_FONT: "SimSun",
}
"""The name of a typeface that stands in where the one asked for is not installed."""


def blank_document() -> bytes:
    """Return an empty official document: page, grid, page number, styles, no text."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_RELATIONSHIP}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", _CORE),
        ),
        _CORE: f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relationships(
            *((f"{_RELATIONSHIP}/{_kind(part)}", f"{part}.xml") for part in _WORD_PARTS)
        ),
        "word/styles.xml": word_styles.styles_xml(),
        "word/numbering.xml": word_numbering.numbering_xml(),
        "word/fontTable.xml": _font_table(),
        "word/settings.xml": _settings(),
        "word/footer1.xml": _footer("PageNumberOdd"),
        "word/footer2.xml": _footer("PageNumberEven"),
    }
    return _zipped((name, (_DECLARATION + part).encode()) for name, part in parts.items())


def without_times(package: bytes) -> bytes:
    """Return a zip package with the time stamps of its parts set to the zip format's first day."""
    with ZipFile(BytesIO(package)) as source:
        return _zipped((name, source.read(name)) for name in source.namelist())


def _zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    package = BytesIO()
    with ZipFile(package, "w") as target:
        for name, content in parts:
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # otherwise the operating system shows in the bytes
            target.writestr(entry, content)
    return package.getvalue()


def _kind(part: str) -> str:
    return part.rstrip("12")


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = {
        "word/document.xml": f"{word}.document.main+xml",
        _CORE: _CORE_TYPE,
        **{f"word/{part}.xml": f"{word}.{_kind(part)}+xml" for part in _WORD_PARTS},
    }
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _twips(millimetres: float) -> int:
    return round(millimetres * gbt9704.POINTS_PER_MM * 20)


def _document() -> str:
    # The dash stands in the middle of the footer's line.
    half_line = gbt9704.SIZE_4_PT / gbt9704.POINTS_PER_MM / 2
    footer = gbt9704.BOTTOM_MARGIN_MM - gbt9704.PAGE_NUMBER_BELOW_TEXT_MM - half_line
    return (
        f'<w:document {NAMESPACE} xmlns:r="{_RELATIONSHIP}"><w:body><w:sectPr>'
        f'<w:footerReference w:type="default" r:id="{_FOOTER_ODD}"/>'
        f'<w:footerReference w:type="even" r:id="{_FOOTER_EVEN}"/>'
        f'<w:pgSz w:w="{_twips(gbt9704.PAGE_WIDTH_MM)}" w:h="{_twips(gbt9704.PAGE_HEIGHT_MM)}"/>'
        f'<w:pgMar w:top="{_twips(gbt9704.TOP_MARGIN_MM)}"'
        f' w:right="{_twips(gbt9704.RIGHT_MARGIN_MM)}"'
        f' w:bottom="{_twips(gbt9704.BOTTOM_MARGIN_MM)}"'
        f' w:left="{_twips(gbt9704.LEFT_MARGIN_MM)}"'
        f' w:header="{_twips(gbt9704.TOP_MARGIN_MM / 2)}" w:footer="{_twips(footer)}"'
        ' w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{gbt9704.LINE_PITCH_TWIPS}"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _settings() -> str:
    return (
        f'<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _footer(style: str) -> str:
    def run(content: str) -> str:
        return f"<w:r>{content}</w:r>"

    def text(content: str) -> str:
        return run(f'<w:t xml:space="preserve">{content}</w:t>')

    # Word wants each piece of a field in a run of its own.
    field = "".join(
        (
            run('<w:fldChar w:fldCharType="begin"/>'),
            run('<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
            run('<w:fldChar w:fldCharType="separate"/>'),
            run("<w:t>1</w:t>"),
            run('<w:fldChar w:fldCharType="end"/>'),
        )
    )
    return (
        f'<w:ftr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{text('— ')}{field}{text(' —')}</w:p></w:ftr>"
    )


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{substitute}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for font, substitute in _SUBSTITUTES.items()
    )
    return f"<w:fonts {NAMESPACE}>{fonts}</w:fonts>"
