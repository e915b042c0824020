"""Sentences that carry figures: Jinja templates chosen and filled by the data, in a sandbox."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment

from toolkit import text, words
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.record import Figures

_PLACEHOLDER = re.compile(r"(【[^【】]*】)")

Piece = tuple[str, bool]
"""A stretch of text, and whether it is a placeholder that people must replace."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an outline; its texts are Jinja templates, "" for none."""

    about: tuple[str, ...] = ()
    """The figures whose sum chooses between ``none``, ``zero`` and ``some``."""
    none: str = ""
    zero: str = ""
    some: str = ""
    text: str = ""
    write: str = ""
    """What people are to write here."""


@dataclass(frozen=True)
class Wording:
    """The words for one set of figures."""

    form: Form
    figures: Figures
    """What is missing here or null has no figure; no sentence claims anything about it."""
    year: int | None
    unit: str = ""
    unanswered: frozenset[str] = frozenset()
    """Indicators that some unit left blank; where they come to 0, nothing is claimed."""

    def paragraph(self, sentences: Iterable[Sentence]) -> str:
        """Return a paragraph of an outline, its sentences chosen by the figures."""
        return "".join(self._sentence(sentence) for sentence in sentences)

    def text(self, template: str) -> str:
        """Return a template with its figures filled in.

        Raises:
            jinja2.TemplateError: it is no template, or names what does not exist.
            KeyError: it names a figure that the form does not have.
        """
        return _environment().from_string(template).render(self._names())

    def try_out(self, content: str, *, is_key: bool) -> None:
        """Fill a text of an outline, or look up a figure that it names.

        Args:
            content: the text, or the figure's key.
            is_key: whether it is a key.

        Raises:
            jinja2.TemplateError: it is no template, or names what does not exist.
            KeyError: it names a figure that the form does not have.
        """
        if is_key:
            self._total(content)
        else:
            self.text(content)

    def _sentence(self, sentence: Sentence) -> str:
        if sentence.about:
            return self.text(self._variant(sentence))
        if sentence.write:
            return words.say("report.to_write", hint=self.text(sentence.write))
        return self.text(sentence.text)

    def _variant(self, sentence: Sentence) -> str:
        figure = self._total(*sentence.about)
        if figure is None or (not figure and any(map(self._in_doubt, sentence.about))):
            return sentence.none
        return sentence.some if figure else sentence.zero

    def _in_doubt(self, key: str) -> bool:
        """Tell whether a figure that adds nothing to a sum may only be missing."""
        return key in self.unanswered or self._known()[key] is None

    def _total(self, key: str, *more: str) -> Number | None:
        """Return the sum of the figures that are there, None where there are none."""
        known = self._known()
        there = [figure for one in (key, *more) if (figure := known[one]) is not None]
        return text.exact(sum(map(Decimal, there))) if there else None

    def _known(self) -> dict[str, Number | None]:
        return {key: self.figures.get(key) for key in self.form.indicators}

    def _names(self) -> dict[str, Any]:
        """Return what templates may name; the outline language is Chinese, as its writers are."""
        missing = words.entry("report.missing")
        return {
            "数": self._known(),
            "年": self.year or missing["year"],
            "单位": self.unit or missing["unit"],
            "合计": self._total,
            "其中": self._among,
            "各为": self._each,
            "分列": self._listed,
        }

    def _above_zero(self, parts: Mapping[str, str]) -> list[tuple[str, Number, str]]:
        """Return name, figure and unit of the parts above 0."""
        known = self._known()
        figures = ((name, key, known[key]) for name, key in parts.items())
        return [
            (name, figure, self.form.indicators[key].measure.name)
            for name, key, figure in figures
            if figure
        ]

    def _spelled(self, parts: Mapping[str, str]) -> str:
        return words.say("text.and").join(
            f"{name}{text.show(figure)}{unit}" for name, figure, unit in self._above_zero(parts)
        )

    def _among(self, whole: str, parts: Mapping[str, str]) -> str:
        above = self._above_zero(parts)
        if len(above) == 1 and above[0][1] == self._known()[whole]:
            return words.say("report.all", part=above[0][0])
        return words.say("report.among", parts=self._spelled(parts)) if above else ""

    def _each(self, parts: Mapping[str, str], otherwise: str) -> str:
        shown = self._spelled(parts)
        return words.say("report.each", parts=shown) if shown else otherwise

    def _listed(self, lead: str, parts: Mapping[str, str], otherwise: str) -> str:
        known = self._known()
        if all(known[key] is None for key in parts.values()):
            return otherwise
        shown = self._spelled(parts)
        return words.say("report.listed", lead=lead, parts=shown) if shown else ""


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, finalize=_shown)


def _shown(value: Any) -> Any:
    """Write figures as people read them, texts as they are; what does not exist says so itself."""
    return value if isinstance(value, str | Undefined) else text.show(value)


def pieces(sentence: str) -> list[Piece]:
    """Split a text at its placeholders 【…】."""
    return [
        (piece, bool(_PLACEHOLDER.fullmatch(piece)))
        for piece in _PLACEHOLDER.split(sentence)
        if piece
    ]
