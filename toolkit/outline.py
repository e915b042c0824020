"""Report outlines as files: templates/<edition>/outline.yaml read and checked.

An outline says which sections a report has, which sentences carry which figures, and where the
tables of the form stand; how to write one stands in the file itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from toolkit import resources, words
from toolkit.definition import BrokenDefinition, line_of, read, text_of
from toolkit.form import Form
from toolkit.tree import Contradiction
from toolkit.tree import Path as NodePath
from toolkit.wording import Sentence, Wording

Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the paragraphs under it, perhaps a table, and the sections below."""

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    table: str = ""
    """Key of the table that stands below the paragraphs, "" for none."""
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """How an annual report is arranged; texts are Jinja templates."""

    name: str
    title: str
    preamble: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    annex: str
    """Heading of the annex, "" for none."""
    annexed: tuple[str, ...]
    """Keys of the tables in the annex: those that no section prints."""


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
        BrokenDefinition: the text is no YAML, breaks schemas/outline.schema.json, has a
            sentence that cannot be filled for this form, or prints a table of the form never
            or twice.
    """
    lines, data = read(text, file, "outline.schema.json")
    try:
        _try_sentences(data, form)
        annexed = _annexed(data, form)
    except Contradiction as error:
        raise BrokenDefinition(file, line_of(lines, error.path), str(error)) from error
    return Outline(
        data["name"],
        data["title"],
        _paragraphs(data["preamble"]),
        tuple(_section(entry) for entry in data["sections"]),
        data.get("annex", ""),
        annexed,
    )


def _try_sentences(data: Any, form: Form) -> None:
    trial = Wording(form, dict.fromkeys(form.indicators, 1), form.first_year)
    for path, content in _texts(data):
        try:
            trial.try_out(content, is_key="about" in path[-2:])
        except (TemplateError, KeyError, TypeError, ArithmeticError) as error:
            reason = words.say("report.broken", sentence=content, reason=error)
            raise Contradiction(path, reason) from error


def _texts(node: Any, path: NodePath = ()) -> Iterator[tuple[NodePath, str]]:
    """Yield every text of an outline with its path."""
    if isinstance(node, str):
        yield path, node
        return
    for key, below in node.items() if isinstance(node, Mapping) else enumerate(node):
        yield from _texts(below, (*path, key))


def _annexed(data: Any, form: Form) -> tuple[str, ...]:
    """Return the keys of the tables that no section prints; the form must be printed whole."""
    left = [table.key for table in form.tables]
    known = set(left)
    for path, key in _tables(data["sections"], ("sections",)):
        if key not in left:
            slip = "second_table" if key in known else "unknown_table"
            raise Contradiction(path, words.say(f"report.{slip}", table=key))
        left.remove(key)
    if "annex" in data and not left:
        raise Contradiction(("annex",), words.say("report.empty_annex"))
    if left and "annex" not in data:
        listed = words.say("text.and").join(left)
        raise Contradiction(("sections",), words.say("report.left_out", tables=listed))
    return tuple(left)


def _tables(
    sections: Sequence[Mapping[str, Any]], path: NodePath
) -> Iterator[tuple[NodePath, str]]:
    """Yield the key of every table that a section prints, with its path."""
    for index, section in enumerate(sections):
        if "table" in section:
            yield (*path, index, "table"), section["table"]
        below = (*path, index, "sections")
        yield from _tables(section.get("sections", ()), below)


def _section(entry: Mapping[str, Any]) -> Section:
    return Section(
        entry["heading"],
        _paragraphs(entry.get("paragraphs", ())),
        entry.get("table", ""),
        tuple(_section(below) for below in entry.get("sections", ())),
    )


def _paragraphs(entries: Sequence[Sequence[Mapping[str, Any]]]) -> tuple[Paragraph, ...]:
    return tuple(tuple(map(_sentence, entry)) for entry in entries)


def _sentence(entry: Mapping[str, Any]) -> Sentence:
    keys = entry.get("about", ())
    about = (keys,) if isinstance(keys, str) else tuple(keys)
    return Sentence(**{**entry, "about": about})
