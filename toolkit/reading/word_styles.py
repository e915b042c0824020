"""What the styles of a Word document say of its paragraphs (ECMA-376 part 1 §17.7)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from toolkit.reading.word_elements import attribute, first, number, said

_DEEPEST = 9
"""Outline levels count from 0; this one says body text (§17.3.1.20)."""
_LONGEST = 20
"""No chain of styles that are based on each other is longer."""
_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a document, by their ids."""

    by_id: dict[str, etree._Element] = field(default_factory=dict)
    usual: str = ""
    """The id of the style of a paragraph that names none."""

    def level(self, properties: etree._Element | None) -> int:
        """Return the level of the heading that a paragraph is, from 1; 0 for body text."""
        told = self._stated(properties, lambda one: first(one, "outlineLvl"))
        level = number(told, _DEEPEST)
        return level + 1 if level < _DEEPEST else 0

    def numbered(self, properties: etree._Element | None) -> tuple[str, int]:
        """Return the list that numbers a paragraph and its level in it; no list is ""."""
        own = first(properties, "numPr")
        listed = first(own, "numId")
        if listed is None:
            told = self._stated(properties, lambda one: first(first(one, "numPr"), "numId"))
            listed = told
        level = first(own, "ilvl")
        if level is None:
            level = self._stated(properties, lambda one: first(first(one, "numPr"), "ilvl"))
        name = said(listed)
        return ("" if name == "0" else name), number(level, 0)

    def list_of(self, style: str) -> str:
        """Return the list that a style numbers with, "" for none."""
        found = (first(first(one, "numPr"), "numId") for one in self._chain(style))
        return next((said(one) for one in found if one is not None), "")

    def name(self, properties: etree._Element | None) -> str:
        """Return the id of a paragraph's style."""
        return said(first(properties, "pStyle")) or self.usual

    def _stated(
        self, properties: etree._Element | None, ask: Callable[[etree._Element], _Told | None]
    ) -> _Told | None:
        """Return what a paragraph says itself, or the first of its styles that says it."""
        every = [] if properties is None else [properties]
        every += self._chain(self.name(properties))
        return next((told for one in every if (told := ask(one)) is not None), None)

    def _chain(self, style: str) -> Iterator[etree._Element]:
        """Yield the paragraph properties of a style and of those it is based on."""
        for _ in range(_LONGEST):
            entry = self.by_id.get(style)
            if entry is None:
                return
            properties = first(entry, "pPr")
            if properties is not None:
                yield properties
            style = said(first(entry, "basedOn"))


def read(root: etree._Element | None) -> Styles:
    """Read the styles part; a document may have none."""
    if root is None:
        return Styles()
    entries = list(root.iterchildren("{*}style"))
    usual = (
        e for e in entries if attribute(e, "type") == "paragraph" and attribute(e, "default") == "1"
    )
    chosen = next(usual, None)
    return Styles(
        {attribute(entry, "styleId"): entry for entry in entries},
        "" if chosen is None else attribute(chosen, "styleId"),
    )
