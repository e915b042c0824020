"""What the outlines of an edition draw upon: sentences and exhibits by name, from one file.

Every arrangement of the annual report says the same about the same figure, so that what is said
stands once, in templates/<edition>/material.yaml; how one writes it stands there too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from toolkit import resources, words
from toolkit.definition import BrokenDefinition, line_of, read, text_of
from toolkit.exhibits import Exhibit, Kind
from toolkit.filling import Unfillable
from toolkit.form import Form
from toolkit.naming import Unknown, key_of
from toolkit.tree import Contradiction
from toolkit.tree import Path as NodePath
from toolkit.wording import Sentence, Wording

_KEYS_BELOW = ("about", "parts")
"""What holds the keys of figures, and no texts."""


@dataclass(frozen=True)
class Material:
    """Sentences and exhibits by their names."""

    sentences: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    exhibits: Mapping[str, Exhibit] = field(default_factory=dict)


@cache
def load(form: Form) -> Material:
    """Return what is shipped for an edition.

    Raises:
        BrokenDefinition: it cannot be used.
    """
    path = resources.data("templates", form.edition, "material.yaml")
    return parse(text_of(path), path, form)


def parse(content: str, file: Path | str, form: Form) -> Material:
    """Return the material that a definition's text describes.

    Args:
        content: YAML 1.2.
        file: where it stands; only named in refusals.
        form: the edition.

    Raises:
        BrokenDefinition: the text is no YAML, breaks schemas/outline.schema.json, or has a
            sentence that cannot be filled for this form.
    """
    data = read(content, file, "outline.schema.json#material")
    try:
        try_out(data, form)
        exhibits = {
            name: _exhibit(entry, form, ("exhibits", name))
            for name, entry in data["exhibits"].items()
        }
    except Contradiction as error:
        raise BrokenDefinition(file, line_of(content, error.path), str(error)) from error
    return Material(
        {name: tuple(map(sentence, entries)) for name, entries in data["sentences"].items()},
        exhibits,
    )


def sentence(entry: Mapping[str, Any]) -> Sentence:
    """Return the sentence that an entry of the right shape describes."""
    return Sentence(**{**entry, "about": _listed(entry.get("about", ()))})


def _exhibit(entry: Mapping[str, Any], form: Form, path: NodePath) -> Exhibit:
    parts = {
        name: tuple(key_of(form, said) for said in _listed(figures))
        for name, figures in entry["parts"].items()
    }
    measures = {form.indicators[key].measure.name for keys in parts.values() for key in keys}
    if len(measures) > 1:
        listed = words.say("text.and").join(sorted(measures))
        raise Contradiction(path, words.say("report.measures", measures=listed))
    kind = Kind(entry["kind"])
    return Exhibit(kind, entry["caption"], entry["of"], parts, entry.get("note", ""))


def _listed(figures: str | Sequence[str]) -> tuple[str, ...]:
    return (figures,) if isinstance(figures, str) else tuple(figures)


# ---------------------------------------------------------------- tried before it is needed


def try_out(data: Any, form: Form) -> None:
    """Fill every text of a definition, and look up every figure that it names.

    Raises:
        Contradiction: one cannot be.
    """
    full = dict.fromkeys(form.indicators, 1)
    trials = [Wording(form, figures, form.first_year) for figures in (full, {})]
    for path, content in _texts(data):
        try:
            if any(part in _KEYS_BELOW for part in path):
                key_of(form, content)
            else:
                for trial in trials:
                    trial.text(content)
        except (Unfillable, Unknown) as error:
            reason = words.say("report.broken", sentence=content, reason=error)
            raise Contradiction(path, reason) from error


def _texts(node: Any, path: NodePath = ()) -> Iterator[tuple[NodePath, str]]:
    """Yield every text of a definition with its path."""
    if isinstance(node, str):
        yield path, node
        return
    for key, below in node.items() if isinstance(node, Mapping) else enumerate(node):
        yield from _texts(below, (*path, key))
