"""The engine that fills templates: Jinja in a sandbox, its refusals in Chinese."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.exceptions import (
    SecurityError,
    TemplateAssertionError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import SandboxedEnvironment

from toolkit import text, words
from toolkit.findings import Number
from toolkit.naming import Unknown

_NO_NAME = re.compile(r"'(.+)' is undefined")
"""How Jinja says that a name does not exist."""

_REASONS = (
    (SecurityError, "security"),
    (UndefinedError, "nothing"),
    (TemplateAssertionError, "nothing"),
    (TemplateSyntaxError, "syntax"),
)
"""What Jinja raises, and the name of the words for it; the first that fits counts."""

Piece = tuple[str, bool]
"""A stretch of text, and whether it is a placeholder that people must replace."""


class Unfillable(Exception):
    """A template cannot be filled; the message says why in Chinese."""


class Blank:
    """A figure that is not there, as a template sees it: nothing, and a placeholder in print."""

    def __init__(self, name: str) -> None:
        """Keep what the figure is called."""
        self._name = name

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return words.say("report.to_write", hint=self._name)


def sandbox(*, autoescape: bool) -> SandboxedEnvironment:
    """Return the engine that fills templates and lets none of them run code.

    Args:
        autoescape: whether what is filled in becomes a part of XML.
    """
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=autoescape, finalize=_shown)


def fill(template: str, names: Mapping[str, Any]) -> str:
    """Return a template with what it names filled in.

    Raises:
        Unfillable: it is no template, or names what does not exist.
    """
    try:
        return _compiled(template).render(names)
    except Exception as error:  # a template may do anything that its language allows
        raise Unfillable(why(error)) from error


@cache
def _compiled(template: str) -> Template:
    return _plain().from_string(template)


@cache
def _plain() -> SandboxedEnvironment:
    return sandbox(autoescape=False)


def _shown(value: Any) -> Any:
    """Write figures as people read them, texts as they are; what does not exist says so itself."""
    if value is None:
        return words.say("report.missing.figure")
    return text.show(value) if isinstance(value, Number) else value


def why(error: Exception) -> str:
    """Say in Chinese why a template cannot be filled."""
    if isinstance(error, Unknown):
        return str(error)
    if isinstance(error, UndefinedError) and (named := _NO_NAME.fullmatch(str(error))):
        return words.say("report.unfillable.undefined", name=named[1])
    reason = next((name for kind, name in _REASONS if isinstance(error, kind)), "other")
    return words.say(f"report.unfillable.{reason}")


def pieces(sentence: str) -> list[Piece]:
    """Split a text at its placeholders 【待填…】."""
    placeholder = _placeholder()
    return [
        (piece, bool(placeholder.fullmatch(piece)))
        for piece in placeholder.split(sentence)
        if piece
    ]


@cache
def _placeholder() -> re.Pattern[str]:
    return re.compile(f"({words.entry('report.placeholder')})")
