"""A cell of a table in a web page: its text as people see it, and what makes that uncertain.

What stands in the fields of a form is text of the cell; so a page reads that a browser has saved.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.reading import fonts
from toolkit.reading.documents import Inset
from toolkit.reading.grid import Style, gravest
from toolkit.reading.markup import Tag

FIELDS = frozenset({"input", "textarea", "select", "option", "optgroup"})
"""Elements of a form (WHATWG HTML §4.10) that people write or choose in."""
_UNWRITTEN = frozenset(
    {"hidden", "checkbox", "radio", "button", "submit", "reset", "image", "file", "password"}
)
"""Kinds of input in which no text is shown that people wrote."""
_SPACE = re.compile("[ \t\r\n\f]+")
_END_OF_LINE = "\0"
_STRUCK, _RAISED = frozenset({"s", "strike", "del"}), frozenset({"sup", "sub"})
_LINE_THROUGH = re.compile(r"text-decoration[a-z-]*\s*:[^;\"']*line-through", re.IGNORECASE)
_OFF_THE_LINE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_DEEPEST = 50  # fonts within fonts; a page has two or three


class Nested(NamedTuple):
    """A table within a cell."""

    place: int
    """Before which piece of the cell's text it stands."""
    blocks: Sequence[object]
    """What it was made of; see web.py."""
    filled: int
    """How many cells of it hold something."""


@dataclass(slots=True)
class _Option:
    """One of the texts of which people choose one."""

    chosen: bool
    counts: bool
    """Whether choosing it says anything; 请选择 does not."""
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """A cell of a page as its tags and texts come."""

    attributes: Mapping[str, str]
    style: Style = Style.GENERAL
    """What its fonts make of a figure."""
    nested: list[Nested] = field(default_factory=list)
    insets: list[Inset] = field(default_factory=list)
    """The texts of tables in it, where they are part of the cell."""
    _pieces: list[str] = field(default_factory=list)
    _fonts: list[tuple[str, Style]] = field(default_factory=list)
    """The elements that are open, and what their fonts come to."""
    _options: list[_Option] | None = None
    """Those of the list that is open."""

    def __post_init__(self) -> None:
        """Begin with the font of the cell itself."""
        if _LINE_THROUGH.search(self.attributes.get("style", "")):
            self._fonts.append(("", Style.STRUCK))

    def span(self, name: str) -> int:
        """Return over how many rows or columns the cell reaches."""
        told = self.attributes.get(name, "1").strip()
        whole = told.isascii() and told.isdigit() and len(told) < 6
        return max(int(told), 1) if whole else 1

    @property
    def text(self) -> str:
        """Return what people read in the cell."""
        return self.part(0, len(self._pieces))

    @property
    def length(self) -> int:
        """Return of how many pieces its text is made so far."""
        return len(self._pieces)

    def part(self, start: int, end: int) -> str:
        """Return what people read in some of its pieces."""
        lines = map(collapsed, "".join(self._pieces[start:end]).split(_END_OF_LINE))
        return "\n".join(line for line in lines if line)

    def write(self, text: str) -> None:
        """Take the next piece of text."""
        if self._options is not None:
            for option in self._options[-1:]:
                option.pieces.append(text)
            return
        self._pieces.append(text)
        if text.strip():
            self.style = gravest((self.style, *(font for _, font in self._fonts[-1:])))

    def end_line(self) -> None:
        """Begin a new line."""
        self._pieces.append(_END_OF_LINE)

    def mark(self, tag: Tag) -> None:
        """Take what an element says of the font of the text in it."""
        if tag.closing:
            for place in range(len(self._fonts) - 1, -1, -1):
                if self._fonts[place][0] == tag.name:
                    del self._fonts[place:]
                    break
            return
        struck = tag.name in _STRUCK or bool(_LINE_THROUGH.search(tag.written))
        raised = tag.name in _RAISED or bool(_OFF_THE_LINE.search(tag.written))
        if (struck or raised or self._fonts) and len(self._fonts) < _DEEPEST:
            around = [font for _, font in self._fonts[-1:]]
            font = gravest((*around, fonts.style(struck=struck, raised=raised)))
            self._fonts.append((tag.name, font))

    def take_field(self, tag: Tag) -> None:
        """Take an element of a form."""
        attributes = {} if tag.closing else tag.attributes()
        if tag.name == "input" and attributes.get("type", "").lower() not in _UNWRITTEN:
            self.write(attributes.get("value", ""))
        elif tag.name == "option" and not tag.closing and self._options is not None:
            says = attributes.get("value") != ""
            self._options.append(_Option("selected" in attributes, says))
        elif tag.name == "select":
            options, self._options = self._options or [], None if tag.closing else []
            shown = [one for one in options if one.chosen][-1:] or options[:1]
            for option in shown if tag.closing else ():
                self.write("".join(option.pieces) if option.counts else "")


def collapsed(text: str) -> str:
    """Return a line with its white space as a page shows it."""
    return _SPACE.sub(" ", text).strip()
