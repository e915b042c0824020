"""What stands in a paragraph or a cell of a Word document, and what makes it uncertain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.reading import fonts
from toolkit.reading.documents import Block, Inset
from toolkit.reading.grid import Style, gravest
from toolkit.reading.word_elements import (
    DRAWN,
    SIGNS,
    attribute,
    boxes,
    children,
    first,
    hidden,
    kind,
)

_EQUATIONS = frozenset({"oMath", "oMathPara"})
_BUILT_UP = frozenset(
    {"acc", "bar", "borderBox", "box", "d", "eqArr", "f", "func", "groupChr", "limLow", "limUpp"}
    | {"m", "nary", "phant", "rad", "sPre", "sSub", "sSubSup", "sSup"}
)
"""Elements of equations that are more than a line of signs (part 1 §22.1.2)."""
_DRAWN_FIELD = re.compile(r"\s*eq\b", re.IGNORECASE)
_DIGIT = re.compile("[0-9０-９]")
_SHORT = 20  # characters of a text box that may be a figure; a longer one is a remark


@dataclass(slots=True)
class Text:
    """A text as its pieces come."""

    pieces: list[str] = field(default_factory=list)
    computed: bool = False
    """Whether a field in it calculates (§17.16.3), as =SUM(ABOVE) does."""
    style: Style = Style.GENERAL
    """What its fonts, and what is no plain text, make of a figure in it."""
    insets: list[Inset] = field(default_factory=list)
    """What stands besides it."""
    _instructions: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """Return what people see."""
        return "".join(self.pieces).strip()

    @property
    def besides(self) -> Sequence[Inset]:
        """Return what stands besides the text; a field that draws (EQ) where there is no text."""
        drawn = "".join(self._instructions)
        if self.shown or not _DRAWN_FIELD.match(drawn):
            return self.insets
        return [*self.insets, Inset(drawn.strip(), plain=False)]

    def paragraph(self, element: etree._Element) -> None:
        """Take what a paragraph shows (§17.3.1.22)."""
        for simple in element.iterchildren("{*}fldSimple"):
            self._instruction(attribute(simple, "instr"))
        for child in children(element):
            if kind(child) == "r" and not hidden(child):
                self._run(child)
            elif kind(child) in _EQUATIONS:
                self._equation(child)
        self.pieces.append("\n")

    def mark(self, style: Style) -> None:
        """Take what makes a figure in the text uncertain."""
        self.style = gravest((self.style, style))

    def _run(self, run: etree._Element) -> None:
        for child in run:
            name = kind(child)
            if name == "t":
                if (child.text or "").strip():
                    self.mark(fonts.of(first(run, "rPr")))
                self.pieces.append(child.text or "")
            elif name == "instrText":
                self._instruction(child.text or "")
            elif name in SIGNS:
                self.pieces.append(SIGNS[name])
            elif name == "ruby":
                self._ruby(child)
            elif name in DRAWN:
                texts = ("".join(map(str, box.itertext("{*}t"))) for box in boxes(child))
                told = [text for text in texts if _DIGIT.search(text) and len(text) <= _SHORT]
                self.insets += [Inset(text, plain=False) for text in told]

    def _ruby(self, element: etree._Element) -> None:
        """Take a text with its pronunciation above it (§17.3.3.25), which is none of the text."""
        base, above = first(element, "rubyBase"), first(element, "rt")
        for run in () if base is None else children(base):
            self._run(run)
        if above is not None and _DIGIT.search("".join(map(str, above.itertext()))):
            self.mark(Style.INSET)  # no figure is pronounced in figures

    def _equation(self, element: etree._Element) -> None:
        """Take an equation; of one that is built up the signs stand in no certain order."""
        if not _BUILT_UP.isdisjoint(map(kind, element.iterdescendants(etree.Element))):
            self.mark(Style.INSET)
        self.pieces += [one.text or "" for one in element.iterdescendants("{*}t")]

    def _instruction(self, instruction: str) -> None:
        self._instructions.append(instruction)
        self.computed |= instruction.lstrip().startswith("=")


@dataclass(slots=True)
class Content:
    """What stands in a cell (§17.4.65)."""

    text: Text = field(default_factory=Text)
    """Its own text."""
    blocks: list[Block] = field(default_factory=list)
    """Its lines, and the tables in it."""
    inner: int = 0
    """How many cells of the tables in it hold something."""

    def paragraph(self, element: etree._Element) -> None:
        """Take a paragraph."""
        before = len(self.text.pieces)
        self.text.paragraph(element)
        self.blocks.append("".join(self.text.pieces[before:]))

    def table(self, blocks: Sequence[Block], filled: int) -> None:
        """Take a table, or what it lays out, with the number of its cells that hold something."""
        self.blocks += blocks
        self.inner += filled
        lines = (one if isinstance(one, str) else "\n".join(one.lines()) for one in blocks)
        self.text.insets.append(Inset("\n".join(filter(None, lines)), plain=filled == 1))
