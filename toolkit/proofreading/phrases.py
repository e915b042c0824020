"""Which words speak of which indicator: schemas/<edition>/phrases.yaml, read and compiled."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from toolkit import resources, words
from toolkit.definition import BrokenDefinition, line_of, read, text_of
from toolkit.form import Form
from toolkit.proofreading import language
from toolkit.tree import Contradiction
from toolkit.tree import Path as NodePath

Keys = tuple[str, ...]
"""An indicator, or several whose sum is meant."""

_FIGURE = "#"
_NAMED = re.compile("<([^<>=!]+)>")


@dataclass(frozen=True, slots=True)
class Saying:
    """What stands around a figure."""

    before: re.Pattern[str]
    behind: re.Pattern[str] | None
    """None where nothing has to follow."""


@dataclass(frozen=True)
class Phrase:
    """A way to speak of an indicator."""

    of: Keys
    code: str
    """Code of a contradiction with the table."""
    units: frozenset[str]
    says: tuple[Saying, ...]
    none: tuple[re.Pattern[str], ...]
    label: tuple[re.Pattern[str], ...]
    within: frozenset[str]
    given: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    loose: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """What a section has to speak of where one of some figures is above 0."""

    code: str
    any: Keys
    section: re.Pattern[str]
    says: re.Pattern[str]
    subject: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """All the phrases of an edition."""

    figures: tuple[Phrase, ...]
    mentions: tuple[Mention, ...]


@cache
def load(form: Form) -> Phrases:
    """Return the phrases shipped for an edition.

    Raises:
        BrokenDefinition: they cannot be used.
    """
    path = resources.data("schemas", form.edition, "phrases.yaml")
    return parse(text_of(path), path, form)


def parse(text: str, file: Path | str, form: Form) -> Phrases:
    """Return the phrases that a definition's text describes.

    Raises:
        BrokenDefinition: the text is no YAML, breaks schemas/phrases.schema.json, names an
            indicator that the form does not have, or holds what is no pattern.
    """
    data = read(text, file, "phrases.schema.json")
    try:
        figures = [
            _phrase(entry, ("figures", place), data, form)
            for place, entry in enumerate(data["figures"])
        ]
        mentions = [
            _mention(entry, ("mentions", place), form)
            for place, entry in enumerate(data.get("mentions", ()))
        ]
    except Contradiction as error:
        raise BrokenDefinition(file, line_of(text, error.path), str(error)) from error
    return Phrases(tuple(figures), tuple(mentions))


def _phrase(entry: Mapping[str, Any], path: NodePath, data: Any, form: Form) -> Phrase:
    of = (entry["of"],) if isinstance(entry["of"], str) else tuple(entry["of"])
    within = tuple(entry.get("within", ()))
    for name, keys in (("of", of), ("within", within)):
        _known(keys, (*path, name), form)
    measures = {form.indicators[key].measure.name for key in of}
    units = entry.get("units") or [
        unit for measure in measures for unit in data["units"].get(measure, (measure,))
    ]
    named = data["words"]

    def every(name: str) -> list[tuple[str, NodePath]]:
        listed: Sequence[str] = entry.get(name, ())
        return [(_filled(one, named, (*path, name)), (*path, name)) for one in listed]

    def single(name: str) -> re.Pattern[str] | None:
        if name not in entry:
            return None
        return _compiled(_filled(entry[name], named, (*path, name)), (*path, name))

    return Phrase(
        of=of,
        code=entry.get("code", ""),
        units=frozenset(units),
        says=tuple(_saying(one, at) for one, at in every("says")),
        none=tuple(_compiled(one, at) for one, at in every("none")),
        label=tuple(_compiled(one, at) for one, at in every("label")),
        within=frozenset(within),
        given=single("given"),
        unless=single("unless"),
        loose=entry.get("loose", False),
    )


def _mention(entry: Mapping[str, Any], path: NodePath, form: Form) -> Mention:
    _known(entry["any"], (*path, "any"), form)
    return Mention(
        entry["code"],
        tuple(entry["any"]),
        _compiled(entry["section"], (*path, "section")),
        _compiled(entry["says"], (*path, "says")),
        entry.get("subject", ""),
    )


def _known(keys: Sequence[str], path: NodePath, form: Form) -> None:
    for key in keys:
        if key not in form.indicators:
            raise Contradiction(path, words.say("definition.unknown", key=key))


def _filled(pattern: str, named: Mapping[str, str], path: NodePath) -> str:
    """Return a pattern with those that it names in <…> put in."""

    def inner(found: re.Match[str]) -> str:
        if found[1] not in named:
            raise Contradiction(path, words.say("definition.unknown", key=found[0]))
        return f"(?:{named[found[1]]})"

    return _NAMED.sub(inner, pattern)


def _saying(pattern: str, path: NodePath) -> Saying:
    before, mark, behind = pattern.partition(_FIGURE)
    filler = language.entry("figure.filler")
    return Saying(
        _compiled(f"(?:{before}){filler}$", path),
        _compiled(behind, path) if mark and behind else None,
    )


def _compiled(pattern: str, path: NodePath) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        reason = words.say("definition.pattern", pattern=pattern, reason=error)
        raise Contradiction(path, reason) from error
