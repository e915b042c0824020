"""Form definitions as files: schemas/<edition>/form.yaml read, checked and turned into a Form.

A definition that breaks schemas/form.schema.json, or that names something it does not
contain, is refused with its file, line and the reason.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from toolkit import resources, words
from toolkit.building import build
from toolkit.form import Form
from toolkit.tree import Contradiction
from toolkit.tree import Path as NodePath

_UNSEEN = frozenset({"one_office"})
"""Attributes that no office sees in its workbook: one that was issued without them is the same."""


class BrokenDefinition(Exception):
    """A form definition cannot be used; the message names file, line and reason in Chinese."""

    def __init__(self, file: Path | str, line: int, reason: str) -> None:
        """Keep the place beside the sentence."""
        self.file, self.line, self.reason = str(file), line, reason
        super().__init__(words.say("definition.broken", file=file, line=line, reason=reason))


def editions() -> tuple[str, ...]:
    """Return the names of the editions that are defined, oldest first."""
    return tuple(sorted(path.parent.name for path in resources.data("schemas").glob("*/form.yaml")))


@cache
def load(edition: str) -> Form:
    """Return a shipped edition of the form.

    Raises:
        KeyError: there is no such edition.
        BrokenDefinition: its definition cannot be used.
    """
    path = resources.data("schemas", edition, "form.yaml")
    if edition not in editions():
        raise KeyError(edition)
    form = parse(text_of(path), path)
    if form.edition != edition:
        reason = words.say("definition.folder", edition=form.edition, folder=edition)
        raise BrokenDefinition(path, 1, reason)
    return form


def text_of(path: Path) -> str:
    """Return the text of a definition.

    Raises:
        BrokenDefinition: it cannot be read, or is not UTF-8.
    """
    try:
        content = path.read_bytes()
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BrokenDefinition(path, line, words.say("definition.encoding")) from error
    except OSError as error:
        raise BrokenDefinition(path, 1, words.say("definition.unreadable")) from error


def parse(text: str, file: Path | str) -> Form:
    """Return the form that a definition's text describes.

    Args:
        text: YAML 1.2.
        file: where it stands; only named in refusals.

    Raises:
        BrokenDefinition: the text is no YAML, breaks the meta-schema, or contradicts itself.
    """
    data = read(text, file, "form.schema.json")
    issued = {name: value for name, value in data.items() if name not in _UNSEEN}
    canonical = json.dumps(issued, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return build(data, canonical)
    except Contradiction as error:
        raise BrokenDefinition(file, line_of(text, error.path), str(error)) from error


def read(text: str, file: Path | str, schema: str) -> Any:
    """Return the plain values of a definition.

    Args:
        text: YAML 1.2.
        file: where it stands; only named in refusals.
        schema: name of the meta-schema in schemas/ that says what may stand in it; behind a ``#``
            the name of the one of its definitions that does.

    Raises:
        BrokenDefinition: the text is no YAML or breaks the meta-schema.
    """
    try:
        data = _plain(YAML(typ="safe").load(text))
    except YAMLError:  # said as the parser does that knows the lines, if it agrees
        data = _plain(_with_lines(text, file))
    _check_shape(data, text, file, schema)
    return data


def _with_lines(text: str, file: Path | str) -> Any:
    try:
        return YAML().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = words.say("definition.syntax", problem=error.problem)
        raise BrokenDefinition(file, mark.line + 1 if mark else 1, reason) from error
    except ReaderError as error:  # a control character
        line = text.count("\n", 0, error.position) + 1
        raise BrokenDefinition(
            file, line, words.say("definition.syntax", problem=error.reason)
        ) from error


def _check_shape(data: Any, text: str, file: Path | str, name: str) -> None:
    name, _, part = name.partition("#")
    schema = json.loads(resources.data("schemas", name).read_text(encoding="utf-8"))
    if part:
        schema = {"$defs": schema["$defs"], **schema["$defs"][part]}
    error = best_match(Draft202012Validator(schema).iter_errors(data))
    if error is None:
        return
    path = tuple(error.absolute_path)
    unexpected = _unexpected(error.instance, error.schema)
    where = ".".join(str(part) for part in path) or words.say("definition.top")
    reasons: Mapping[str, str] = words.entry("definition.shape")
    known = str(error.validator)
    reason = reasons.get(known, reasons["other"]).format(
        where=where,
        value=_short(error.instance),
        wanted=_short(error.validator_value),
        names="、".join(unexpected),
        missing=_missing(error),
    )
    if known == "additionalProperties":
        path = (*path, *unexpected[:1])
    raise BrokenDefinition(file, line_of(text, path), reason)


def _unexpected(instance: Any, schema: Any) -> list[str]:
    if not isinstance(instance, dict):
        return []
    patterns = schema.get("patternProperties", {})
    return [
        str(name)
        for name in instance
        if name not in schema.get("properties", {})
        and not any(re.search(pattern, name) for pattern in patterns)
    ]


def _missing(error: Any) -> str:
    if error.validator != "required":
        return ""
    return "、".join(name for name in error.validator_value if name not in error.instance)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:60] + "…"


def _plain(node: Any) -> Any:
    """Turn the loader's containers into plain ones; scalars that are no JSON become their text."""
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    return str(node)


def _place(node: Any, part: str | int) -> tuple[int, int]:
    place: tuple[int, int] = node.lc.item(part) if isinstance(part, int) else node.lc.key(part)
    return place


def line_of(text: str, path: NodePath) -> int:
    """Return the line (from 1) of the deepest node on a path.

    Args:
        text: a definition that ``read`` could read; the parser that knows its lines takes ten
            times as long, so it is asked only where something is wrong.
        path: names and numbers from the top.
    """
    line, node = 0, YAML().load(text)
    for part in path:
        try:
            place = _place(node, part)
            line, node = place[0], node[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return int(line) + 1
