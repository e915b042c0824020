"""An office's own Word document as the template of its report, filled by docxtpl in the sandbox.

Placeholders stand in the text: ``{{ 数['收到申请数'] }}`` is a figure, by key, name or label;
``{{ 句['收到申请'] }}`` the sentences of that name; ``{{ 表['统计表'] }}`` a table of the form and
``{{ 图['渠道图'] }}`` an exhibit, these two alone in their paragraphs. What the sentences of
outlines may say, placeholders may say too. The document's own styles are left as they are.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from toolkit import exhibits, filling, marks, words
from toolkit.form import Form
from toolkit.material import Material
from toolkit.naming import Unknown
from toolkit.wording import Wording
from toolkit.writing import placeholders, template_check
from toolkit.writing.document import OfficialDocument
from toolkit.writing.report import Content, Report, with_figures
from toolkit.writing.template_slips import BrokenTemplate, Slip
from toolkit.writing.word_measures import measures
from toolkit.writing.word_package import without_times

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Stand around the number of a block; no office program lets anybody type them."""
_BLOCK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class _Block:
    """What takes the place of a whole paragraph."""

    said: str
    """The placeholder as it was written, near enough."""
    write: Callable[[OfficialDocument], None]
    """Writes it at the end of a document."""


def filled(file: str, template: bytes, form: Form, material: Material, content: Content) -> Report:
    """Return an office's own document with the figures in its placeholders.

    The same arguments always give the same bytes (on one version of the libraries).

    Args:
        file: what the template is called; only named in refusals.
        template: a .docx file, which has passed the guard.
        form: the edition.
        material: the sentences and exhibits that placeholders may name.
        content: figures, year and authority; what is missing becomes 【待填】.

    Raises:
        BrokenTemplate: it is no Word document, or a placeholder cannot be filled.
    """
    blocks: dict[str, _Block] = {}
    document = _rendered(file, template, _names(form, material, content.wording(form), blocks))
    if slips := [*_put(document, blocks), *_left(document)]:
        raise BrokenTemplate(file, slips)
    left = tuple(placeholders.mark(document))
    properties = document.core_properties
    properties.created = properties.modified = marks.CREATED
    return Report(_saved(document), left)


def _rendered(file: str, template: bytes, names: Mapping[str, Any]) -> Document:
    """Return a template with its placeholders filled, blocks only marked."""
    engine = filling.sandbox(autoescape=True)
    try:
        word = DocxTemplate(io.BytesIO(template))
        word.init_docx()
        slips = template_check.slips(word, engine, names)
        if not slips:
            word.render(names, engine, autoescape=True)
            package = io.BytesIO()
            word.save(package)
            return docx.Document(package)
    except Exception as error:  # what the libraries raise of a damaged document is no end of things
        raise BrokenTemplate(file) from error
    raise BrokenTemplate(file, slips)


def _saved(document: Document) -> bytes:
    package = io.BytesIO()
    document.save(package)
    return without_times(package.getvalue())


# ---------------------------------------------------------------- what placeholders may name


def _names(
    form: Form, material: Material, wording: Wording, blocks: dict[str, _Block]
) -> Mapping[str, Any]:
    """Return what placeholders may name; blocks are noted as they are asked for."""

    def sentences(said: str) -> str:
        return wording.paragraph(_known(material.sentences, said))

    def table(said: str) -> str:
        tables = {name: one for one in form.tables for name in (one.key, one.name, one.title)}
        shown = with_figures(form, _known(tables, said), wording.figures)
        return noted("表", said, lambda document: document.table(shown, measures(shown)))

    def exhibit(said: str) -> str:
        panel = exhibits.panel(_known(material.exhibits, said), wording)
        return noted("图", said, lambda document: document.panel(panel) if panel else None)

    def noted(kind: str, said: str, write: Callable[[OfficialDocument], None]) -> str:
        number = str(len(blocks))
        blocks[number] = _Block(f"{{{{ {kind}['{said}'] }}}}", write)
        return f"{_OPEN}{number}{_CLOSE}"

    looked_up = {"句": _Lookup(sentences), "表": _Lookup(table), "图": _Lookup(exhibit)}
    return {**wording.names, **looked_up}


class _Lookup:
    """What a template looks up by a name in brackets."""

    def __init__(self, find: Callable[[str], str]) -> None:
        self._find = find

    def __getitem__(self, said: str) -> str:
        return self._find(said)


def _known(entries: Mapping[str, Any], said: str) -> Any:
    if said not in entries:
        listed = words.say("text.and").join(entries)
        raise Unknown(words.say("report.unnamed", name=said, known=listed))
    return entries[said]


# ---------------------------------------------------------------- blocks


def _put(document: Document, blocks: Mapping[str, _Block]) -> Iterator[Slip]:
    """Put blocks where they were asked for; yield where they cannot stand."""
    body = document.element.body
    writer = OfficialDocument.within(document)
    for number, element in enumerate(list(body.iter(qn("w:p"))), 1):
        text = Paragraph(element, document).text.strip()
        asked = [blocks[one] for one in _BLOCK.findall(text) if one in blocks]
        if not asked:
            continue
        if not _BLOCK.fullmatch(text) or element.getparent() is not body:
            shown = _BLOCK.sub(lambda one: blocks[one[1]].said if one[1] in blocks else "", text)
            yield Slip("body", number, shown, words.say("report.template.alone"))
            continue
        before = set(body)
        asked[0].write(writer)
        for added in [child for child in body if child not in before]:
            element.addprevious(added)
        body.remove(element)


def _left(document: Document) -> Iterator[Slip]:
    """Yield the placeholders that stand where nothing fills them, and blocks outside the text."""
    for part in document.part.package.parts:
        name = part.partname
        if part is not document.part and name.startswith("/word/") and name.ext == "xml":
            yield from template_check.left_in(part.blob.decode("utf-8", "replace"))
