"""Report outlines as files: templates/<edition>/outline.yaml read and checked.

An outline says which sections a report has and which sentences carry which figures; how to
write one stands in the file itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import resources
from toolkit.definition import read

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


def load(edition: str) -> Outline:
    """Return the outline shipped for an edition.

    Raises:
        BrokenDefinition: the outline cannot be used.
    """
    path = resources.data("templates", edition, "outline.yaml")
    return parse(path.read_text(encoding="utf-8"), path)


def parse(text: str, file: Path | str) -> Outline:
    """Return the outline that a definition's text describes.

    Raises:
        BrokenDefinition: the text is no YAML or breaks schemas/outline.schema.json.
    """
    _, data = read(text, file, "outline.schema.json")
    return Outline(
        data["name"],
        data["title"],
        tuple(data["preamble"]),
        tuple(_section(entry) for entry in data["sections"]),
        data["annex"],
    )


def _section(entry: Mapping[str, Any]) -> Section:
    return Section(
        entry["heading"],
        tuple(entry.get("paragraphs", ())),
        tuple(_section(below) for below in entry.get("sections", ())),
    )
