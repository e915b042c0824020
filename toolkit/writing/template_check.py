"""What is wrong with the placeholders of a Word template, each with the paragraph it stands in.

docxtpl turns the XML of a part into a Jinja template. Here every paragraph stands on a line of its
own, so that the line of a slip tells its paragraph. Braces are checked first: docxtpl would take an
open placeholder to reach into a later paragraph.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from toolkit import filling, words
from toolkit.writing.template_slips import Slip

Names = Mapping[str, Any]
"""What placeholders may name."""

_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_UNSEEN = re.compile(r"<w:instrText[ >].*?</w:instrText>|<[^>]*>", re.DOTALL)
"""Tags, and what fields are made of."""
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|[{}｛｝]")
_PAIRS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_FULL_WIDTH = "｛｝"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
"""The properties that docxtpl fills."""
_PRIVATE = "\ue000\ue001"
"""Signs that stand around what is to be put into the text later."""


@dataclass(frozen=True, slots=True)
class _Part:
    where: str
    source: str
    """The Jinja template that docxtpl makes of it, each paragraph on a line."""
    paragraphs: tuple[str, ...]
    """The texts of the lines."""

    def slip(self, line: int, reason: str) -> Slip:
        """Return a slip on a line of the template, counted from 1."""
        known = 0 < line <= len(self.paragraphs)
        return Slip(self.where, line - 1, self.paragraphs[line - 1] if known else "", reason)


def slips(template: DocxTemplate, engine: SandboxedEnvironment, names: Names) -> Sequence[Slip]:
    """Return all that is wrong with a template's placeholders.

    Args:
        template: the template, not yet filled.
        engine: what will fill it.
        names: what its placeholders may name.
    """
    template.render_init()
    parts = list(_parts(template))
    for found in (_unpaired, _unknown, _unfillable):
        if wrong := [slip for part in parts for slip in found(part, engine, names)]:
            return wrong
    return ()


def left_in(xml: str) -> Iterator[Slip]:
    """Yield what stands like a placeholder in a part where nothing fills it."""
    part = _part("other", xml)
    for line, paragraph in enumerate(part.paragraphs, 1):
        if any(sign in paragraph for sign in (*_PAIRS, *_PRIVATE)):
            yield part.slip(line, words.say("report.template.elsewhere"))


# ---------------------------------------------------------------- the parts


def _parts(template: DocxTemplate) -> Iterator[_Part]:
    yield _part("body", template.get_xml(), template)
    for where, kind in (("header", template.HEADER_URI), ("footer", template.FOOTER_URI)):
        for _, part in template.get_headers_footers(kind):
            yield _part(where, template.get_part_xml(part), template)
    for part in template.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield _part("footnotes", part.blob.decode("utf-8"), template)
    for name in _PROPERTIES:
        content = getattr(template.docx.core_properties, name)
        yield _Part("properties", f"\n{content}", ("", content))


def _part(where: str, xml: str, template: DocxTemplate | None = None) -> _Part:
    broken = _PARAGRAPH.sub("\n<w:p", xml.replace("\n", " "))
    texts = (html.unescape(_UNSEEN.sub("", line)) for line in broken.split("\n"))
    return _Part(where, template.patch_xml(broken) if template else "", tuple(texts))


# ---------------------------------------------------------------- what may be wrong


def _unpaired(part: _Part, _engine: SandboxedEnvironment, _names: Names) -> Iterator[Slip]:
    """Yield the paragraphs whose braces are not those of whole placeholders."""
    for line, paragraph in enumerate(part.paragraphs, 1):
        closing = ""
        for brace in _BRACES.findall(paragraph):
            if brace in _FULL_WIDTH:
                yield part.slip(line, words.say("report.template.full_width"))
                break
            if not closing and brace in _PAIRS:
                closing = _PAIRS[brace]
            elif brace == closing:
                closing = ""
            elif not closing or brace in _PAIRS:
                yield part.slip(line, words.say("report.template.braces"))
                break
        else:
            if closing:
                yield part.slip(line, words.say("report.template.braces"))


def _unknown(part: _Part, engine: SandboxedEnvironment, names: Names) -> Iterator[Slip]:
    """Yield every name that does not exist, and all that is looked up and not found."""
    try:
        tree = engine.parse(part.source)
        named = meta.find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        yield part.slip(error.lineno, filling.why(error))
        return
    missing = named - names.keys() - engine.globals.keys()
    for node in tree.find_all((nodes.Name, nodes.Getitem)):
        if isinstance(node, nodes.Name) and node.name in missing:
            yield part.slip(node.lineno, words.say("report.unfillable.undefined", name=node.name))
        elif isinstance(node, nodes.Getitem):
            try:
                _look_up(node, names)
            except Exception as error:  # whatever a lookup refuses
                yield part.slip(node.lineno, filling.why(error))


def _look_up(node: nodes.Getitem, names: Names) -> None:
    """Look up what stands in so many words in a template, 数['…'] for one."""
    if isinstance(node.node, nodes.Name) and isinstance(node.arg, nodes.Const):
        looked_up_in: Any = names.get(node.node.name)
        if hasattr(looked_up_in, "__getitem__"):
            looked_up_in[node.arg.value]


def _unfillable(part: _Part, engine: SandboxedEnvironment, names: Names) -> Iterator[Slip]:
    """Yield what keeps a part from being filled."""
    try:
        engine.from_string(part.source).render(names)
    except Exception as error:  # a template may do anything that its language allows
        yield part.slip(_line(error), filling.why(error))


def _line(error: Exception) -> int:
    """Return the line of a template in which an error arose."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, place = 0, error.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename == "<template>":
            line = place.tb_lineno
        place = place.tb_next
    return line
