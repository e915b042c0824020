"""What people still have to write: every 【待填…】 of a document found, and given its style."""

from collections.abc import Iterator
from copy import deepcopy

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R

from toolkit import filling
from toolkit.writing.word_provision import provide
from toolkit.writing.word_styles import StyleName

_TEXT = (qn("w:rPr"), qn("w:t"))
"""What a run of nothing but text is made of."""


def mark(document: Document) -> Iterator[str]:
    """Yield the placeholders of a document in their order, and give each its style.

    A run of text that holds one is split; the pieces keep what the run looks like.
    """
    for part in _parts(document):
        for run in list(part.element.iter(qn("w:r"))):
            if all(child.tag in _TEXT for child in run):
                yield from _mark(document, run)


def _parts(document: Document) -> Iterator[XmlPart]:
    """Yield the text, then headers and footers."""
    yield document.part
    for part in document.part.package.parts:
        if part.partname.startswith(("/word/header", "/word/footer")) and isinstance(part, XmlPart):
            yield part


def _mark(document: Document, run: CT_R) -> Iterator[str]:
    pieces, parent = filling.pieces(run.text), run.getparent()
    if parent is None or not any(is_placeholder for _, is_placeholder in pieces):
        return
    for content, is_placeholder in pieces:
        piece = deepcopy(run)
        piece.text = content
        run.addprevious(piece)
        if is_placeholder:
            piece.style = document.styles[provide(document, StyleName.PLACEHOLDER)].style_id
            yield content
    parent.remove(run)
