"""Styles given to a document when it first needs them, an office's own template among them."""

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from toolkit.writing import word_styles

_IDENTIFIER = qn("w:styleId")


def provide(document: Document, style: str) -> str:
    """Return the name of a style, added to the document where it has none of that name.

    What the document has is left as it is: an office may have made the style its own.
    """
    styles = document.styles
    if style not in styles:
        added = parse_xml(word_styles.DEFINITIONS[style])
        identifier, taken = str(added.get(_IDENTIFIER)), {one.style_id for one in styles}
        while identifier in taken:
            identifier += "_"
        added.set(_IDENTIFIER, identifier)
        styles.element.append(added)
    return style
