"""Report outlines as files: templates/<edition>/outline.yaml read and checked.

An outline says which sections a report has and which sentences carry which figures; how to
write one stands in the file itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from toolkit import resources, words
from toolkit.definition import BrokenDefinition, line_of, read, text_of
from toolkit.form import Form
from toolkit.tree import Path as NodePath
from toolkit.wording import Wording

Paragraph = Sequence[Mapping[str, str]]
"""Sentences; toolkit.wording turns each into words."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the paragraphs under it, and the sections below."""

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """How an annual report is arranged; texts are Jinja templates."""

    name: str
    title: str
    preamble: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    annex: str


def load(form: Form) -> Outline:
    """Return the outline shipped for an edition.

    Raises:
        BrokenDefinition: the outline cannot be used.
    """
    path = resources.data("templates", form.edition, "outline.yaml")
    return parse(text_of(path), path, form)


def parse(text: str, file: Path | str, form: Form) -> Outline:
    """Return the outline that a definition's text describes.

    Every sentence is tried on figures, so that a slip is found before a report needs it.

    Raises:
        BrokenDefinition: the text is no YAML, breaks schemas/outline.schema.json, or has a
            sentence that cannot be filled for this form.
    """
    lines, data = read(text, file, "outline.schema.json")
    trial = Wording(form, dict.fromkeys(form.indicators, 1), form.first_year)
    for path, template in _templates(data):
        try:
            trial.try_out(path[-1], template)
        except (TemplateError, KeyError, TypeError, ArithmeticError) as error:
            reason = words.say("report.broken", sentence=template, reason=error)
            raise BrokenDefinition(file, line_of(lines, path), reason) from error
    return Outline(
        data["name"],
        data["title"],
        tuple(data["preamble"]),
        tuple(_section(entry) for entry in data["sections"]),
        data["annex"],
    )


def _templates(node: Any, path: NodePath = ()) -> Iterator[tuple[NodePath, str]]:
    """Yield every text of an outline with its path."""
    if isinstance(node, str):
        yield path, node
        return
    for key, below in node.items() if isinstance(node, Mapping) else enumerate(node):
        yield from _templates(below, (*path, key))


def _section(entry: Mapping[str, Any]) -> Section:
    return Section(
        entry["heading"],
        tuple(entry.get("paragraphs", ())),
        tuple(_section(below) for below in entry.get("sections", ())),
    )
