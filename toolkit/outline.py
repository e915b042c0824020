"""Report outlines as files: how an annual report of an edition is arranged.

An outline says which sections a report has, which sentences stand in which, and where the tables
of the form stand. templates/<edition>/outlines/ holds those that are shipped, by their names; an
office may write its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import material, resources, words
from toolkit.definition import BrokenDefinition, line_of, read, text_of
from toolkit.exhibits import Exhibit
from toolkit.form import Form
from toolkit.material import Material
from toolkit.tree import Contradiction
from toolkit.tree import Path as NodePath
from toolkit.wording import Sentence

Paragraph = tuple[Sentence, ...]

LEVELS = 4
"""How deep sections may lie: 一、（一）1.（1）, GB/T 9704-2012 §7.3.3."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the paragraphs under it, exhibits, perhaps a table, and the sections below."""

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    table: str = ""
    """Key of the table that stands below the paragraphs, "" for none."""
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """How an annual report is arranged; texts are Jinja templates."""

    name: str
    """What it is, in a phrase."""
    title: str
    preamble: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    annex: str
    """Heading of the annex, "" for none."""
    annexed: tuple[str, ...]
    """Keys of the tables in the annex: those that no section prints."""


def names(form: Form) -> tuple[str, ...]:
    """Return the names of the outlines shipped for an edition, that of the regulation first."""
    shipped = resources.data("templates", form.edition, "outlines").glob("*.yaml")
    default = words.entry("report.outline")
    return tuple(sorted((path.stem for path in shipped), key=lambda name: (name != default, name)))


def load(form: Form, name: str = "") -> Outline:
    """Return an outline shipped for an edition.

    Args:
        form: the edition.
        name: one of ``names``; "" is the one of the regulation.

    Raises:
        BrokenDefinition: the outline cannot be used.
    """
    file = f"{name or words.entry('report.outline')}.yaml"
    return load_file(resources.data("templates", form.edition, "outlines", file), form)


def load_file(path: Path, form: Form) -> Outline:
    """Return the outline in a file, which may use what is shipped for the edition.

    Raises:
        BrokenDefinition: the outline cannot be used.
    """
    return parse(text_of(path), path, form, material.load(form))


def parse(content: str, file: Path | str, form: Form, drawn_upon: Material) -> Outline:
    """Return the outline that a definition's text describes.

    Every sentence is tried on figures, so that a slip is found before a report needs it.

    Args:
        content: YAML 1.2.
        file: where it stands; only named in refusals.
        form: the edition.
        drawn_upon: the sentences and exhibits that it may name.

    Raises:
        BrokenDefinition: the text is no YAML, breaks schemas/outline.schema.json, has a
            sentence that cannot be filled for this form, names what there is not, or prints a
            table of the form never or twice.
    """
    data = read(content, file, "outline.schema.json")
    try:
        material.try_out(data, form)
        reader = _Reader(drawn_upon)
        preamble = reader.paragraphs(data.get("preamble", ()), ("preamble",))
        sections = reader.sections(data["sections"], ("sections",), level=1)
        annexed = _annexed(data, form)
    except Contradiction as error:
        raise BrokenDefinition(file, line_of(content, error.path), str(error)) from error
    return Outline(data["name"], data["title"], preamble, sections, data.get("annex", ""), annexed)


class _Reader:
    """Turns entries of the right shape into sections; what they name is looked up."""

    def __init__(self, drawn_upon: Material) -> None:
        self._material = drawn_upon

    def sections(
        self, entries: Sequence[Mapping[str, Any]], path: NodePath, level: int
    ) -> tuple[Section, ...]:
        if entries and level > LEVELS:
            raise Contradiction(path, words.say("report.deep", levels=LEVELS))
        return tuple(
            self._section(entry, (*path, place), level) for place, entry in enumerate(entries)
        )

    def _section(self, entry: Mapping[str, Any], path: NodePath, level: int) -> Section:
        return Section(
            entry["heading"],
            self.paragraphs(entry.get("paragraphs", ()), (*path, "paragraphs")),
            tuple(
                self._named(self._material.exhibits, name, (*path, "exhibits", place))
                for place, name in enumerate(entry.get("exhibits", ()))
            ),
            entry.get("table", ""),
            self.sections(entry.get("sections", ()), (*path, "sections"), level + 1),
        )

    def paragraphs(self, entries: Sequence[Sequence[Any]], path: NodePath) -> tuple[Paragraph, ...]:
        return tuple(
            tuple(self._sentences(entry, (*path, place))) for place, entry in enumerate(entries)
        )

    def _sentences(self, entries: Sequence[Any], path: NodePath) -> Iterator[Sentence]:
        for place, entry in enumerate(entries):
            if isinstance(entry, str):
                yield from self._named(self._material.sentences, entry, (*path, place))
            else:
                yield material.sentence(entry)

    @staticmethod
    def _named(known: Mapping[str, Any], name: str, path: NodePath) -> Any:
        if name not in known:
            listed = words.say("text.and").join(known)
            raise Contradiction(path, words.say("report.unnamed", name=name, known=listed))
        return known[name]


# ---------------------------------------------------------------- the form is printed whole


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
