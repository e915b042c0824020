"""The numbering of headings, 一、（一）1.（1）: one list of Word's, so that it renumbers itself."""

from toolkit.writing.word_style import FIRST_LINE, NAMESPACE, NUMBERING_ID

_LEVELS = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
"""Kind of number and how it is written, from the highest level down (GB/T 9704-2012 §7.3.3)."""


def numbering_xml() -> str:
    """Return the part word/numbering.xml, its levels bound to the heading styles."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr>{FIRST_LINE}</w:pPr></w:lvl>'
        for level, (kind, mark) in enumerate(_LEVELS)
    )
    return (
        f'<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        f'<w:num w:numId="{NUMBERING_ID}"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
