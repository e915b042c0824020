"""Sentences that carry figures: Jinja templates chosen and filled by the data, in a sandbox."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from toolkit import compare, filling, text, words
from toolkit.compare import Row
from toolkit.filling import Blank
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.naming import key_of
from toolkit.record import Figures
from toolkit.shares import shares

_LEAST_BASE = 10
"""Below so many cases last year, growth is told in cases alone: 2 件 to 3 件 is no 增长50%."""

Part = tuple[str, str, Number]
"""Name and key of a part of something, and its figure."""


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
    beside: tuple[Row, ...] = ()
    """The figures beside those of the year before, as far as they can be compared."""

    def paragraph(self, sentences: Iterable[Sentence]) -> str:
        """Return a paragraph of an outline, its sentences chosen by the figures."""
        return "".join(self._sentence(sentence) for sentence in sentences)

    def text(self, template: str) -> str:
        """Return a template with its figures filled in.

        Raises:
            Unfillable: it is no template, or names what does not exist.
        """
        return filling.fill(template, self.names)

    @cached_property
    def names(self) -> Mapping[str, Any]:
        """Return what templates may name; their language is Chinese, as their writers are."""
        missing = words.entry("report.missing")
        return {
            "数": _Lookup(self),
            "年": self.year or missing["year"],
            "上年": self.year - 1 if self.year else missing["last_year"],
            "下年": self.year + 1 if self.year else missing["next_year"],
            "单位": self.unit or missing["unit"],
            "合计": self.certain,
            "比上年": self._growth,
            "其中": self._among,
            "各为": self._each,
            "分列": self._listed,
            "各占": self._with_shares,
        }

    # ------------------------------------------------------------ figures

    def total(self, said: str, *more: str) -> Number | None:
        """Return the sum of the figures that are there, None where there are none.

        Args:
            said: key, name or label of a figure.
            more: those of others.

        Raises:
            Unknown: the form has no such figure.
        """
        return compare.total(self.figures, [key_of(self.form, one) for one in (said, *more)])

    def certain(self, said: str, *more: str) -> Number | None:
        """Return the same, but None also where it is 0 and may only be missing."""
        figure = self.total(said, *more)
        keys = (key_of(self.form, one) for one in (said, *more))
        return figure if figure or not any(map(self._in_doubt, keys)) else None

    def year_to_year(self, keys: Sequence[str]) -> Row | None:
        """Return the sum of some figures beside that of the year before.

        None where either year has none, or where nothing of the year before means the same.
        """
        wanted = set(keys)
        rows = [row for row in self.beside if wanted.issuperset(row.keys)]
        this, last = ([getattr(row, side) for row in rows] for side in ("this", "last"))
        if {key for row in rows for key in row.keys} != wanted or None in (*this, *last):
            return None
        then = tuple(key for row in rows for key in row.then)
        return Row(tuple(keys), then, text.exact(sum(this)), text.exact(sum(last)))

    def shares(self, parts: Iterable[Sequence[str]]) -> tuple[Decimal, ...] | None:
        """Return the percentages that parts have in their sum.

        None where they are not known: a part has no figure, or is 0 and may only be missing.

        Args:
            parts: the keys of the figures that make up each part.
        """
        sums = [None if self._uncertain(keys) else self.total(*keys) for keys in parts]
        certain = [figure for figure in sums if figure is not None and figure >= 0]
        return shares(certain) if any(certain) and len(certain) == len(sums) else None

    def _uncertain(self, keys: Sequence[str]) -> bool:
        return any(self.figures.get(key) is None for key in keys) or self.certain(*keys) is None

    def _in_doubt(self, key: str) -> bool:
        """Tell whether a figure that adds nothing to a sum may only be missing."""
        return key in self.unanswered or self.figures.get(key) is None

    # ------------------------------------------------------------ sentences

    def _sentence(self, sentence: Sentence) -> str:
        if sentence.about:
            return self.text(self._variant(sentence))
        if sentence.write:
            return words.say("report.to_write", hint=self.text(sentence.write))
        return self.text(sentence.text)

    def _variant(self, sentence: Sentence) -> str:
        figure = self.certain(*sentence.about)
        if figure is None:
            return sentence.none
        return sentence.some if figure else sentence.zero

    # ------------------------------------------------------------ what templates call

    def _growth(self, said: str, *more: str) -> str:
        """Say how a figure grew; nothing where last year is 0 or not to be compared."""
        keys = [key_of(self.form, one) for one in (said, *more)]
        row = self.year_to_year(keys)
        if row is None or row.last is None or row.difference is None or row.percent is None:
            return ""
        if not row.difference:
            return words.say("report.growth.same")
        way = "more" if row.difference > 0 else "less"
        measure = self.form.indicators[keys[0]].measure.name
        difference, percent = (
            text.show(Decimal(one).copy_abs()) for one in (row.difference, row.percent)
        )
        told = words.say(f"report.growth.{way}", difference=difference, measure=measure)
        if row.last < _LEAST_BASE or not row.percent:
            return told
        return told + words.say(f"report.growth.{way}_percent", percent=percent)

    def _above_zero(self, parts: Mapping[str, str]) -> list[Part]:
        """Return the parts above 0."""
        keys = ((name, key_of(self.form, said)) for name, said in parts.items())
        figures = ((name, key, self.figures.get(key)) for name, key in keys)
        return [(name, key, figure) for name, key, figure in figures if figure]

    def _told(self, part: Part) -> str:
        name, key, figure = part
        return f"{name}{text.show(figure)}{self.form.indicators[key].measure.name}"

    def _spelled(self, parts: Iterable[Part]) -> str:
        return words.say("text.and").join(map(self._told, parts))

    def _among(self, said: str, parts: Mapping[str, str]) -> str:
        above, whole = self._above_zero(parts), self.total(said)
        if len(above) == 1 and above[0][2] == whole:
            return words.say("report.only" if whole == 1 else "report.all", part=above[0][0])
        return words.say("report.among", parts=self._spelled(above)) if above else ""

    def _each(self, parts: Mapping[str, str], otherwise: str) -> str:
        above = self._above_zero(parts)
        return words.say("report.each", parts=self._spelled(above)) if above else otherwise

    def _listed(self, lead: str, parts: Mapping[str, str], otherwise: str) -> str:
        if all(self.total(said) is None for said in parts.values()):
            return otherwise
        above = self._above_zero(parts)
        return words.say("report.listed", lead=lead, parts=self._spelled(above)) if above else ""

    def _with_shares(self, lead: str, parts: Mapping[str, str], otherwise: str) -> str:
        """List parts with their shares in the sum of them all, where those are known."""
        above = self._above_zero(parts)
        known = self.shares([(key_of(self.form, said),) for said in parts.values()])
        if known is None or len(above) < 2:
            return self._listed(lead, parts, otherwise)
        by_name = dict(zip(parts, known, strict=True))
        shown = [(part, percentage(by_name[part[0]], part[2])) for part in above]
        told = [
            words.say("report.share", part=self._told(part), share=share) for part, share in shown
        ]
        return words.say("report.listed", lead=lead, parts=words.say("report.shares").join(told))


class _Lookup:
    """The figures as templates name them: by key, by name or by label."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def __getitem__(self, said: str) -> Number | Blank:
        figure = self._wording.certain(said)
        form = self._wording.form
        return Blank(form.indicators[key_of(form, said)].name) if figure is None else figure


def percentage(share: Decimal, figure: Number | None) -> str:
    """Return the share that a figure has as it is printed; a figure above 0 never has none."""
    return words.say("report.tiny" if figure and not share else "report.percent", share=share)
