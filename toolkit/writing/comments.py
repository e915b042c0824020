"""Word comments in a copy of a document, each at the words that it is about.

The text of the document stays as it is: runs are cut where a comment begins or ends, and nothing
else is changed. A text that is no Word document is written as one first.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.text.run import Run
from lxml import etree

from toolkit import words
from toolkit.findings import Refused
from toolkit.narrative import Narrative, Passage, Quote, Story
from toolkit.writing.word_package import blank_document, without_times
from toolkit.writing.word_styles import StyleName

_ONE = frozenset(map(qn, ("w:tab", "w:br", "w:cr", "w:noBreakHyphen")))
"""Children of a run that count as one character, as readers count them."""
_REFUSALS = (KeyError, ValueError, AttributeError, OpcError, etree.LxmlError)
"""What python-docx raises for a package that it cannot handle (Strict Open XML is one)."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and the words that it is about."""

    words: Quote
    text: str


def commented(data: bytes, comments: Sequence[Comment]) -> bytes:
    """Return a copy of a Word document with comments.

    Args:
        data: the document, found safe to open.
        comments: in the order of the text; their passages were read from the same document.

    Raises:
        Refused: R82 comments cannot be put into it.
    """
    try:
        document = docx.Document(BytesIO(data))
        runs = list(document.element.iter(qn("w:r")))
        margin = _Margin(document, {place: [(0, run)] for place, run in enumerate(runs)})
        for comment in comments:
            margin.add(comment, list(comment.words.passage.pieces))
        return _saved(document)
    except _REFUSALS as error:
        raise Refused("R82") from error


def written_out(narrative: Narrative, comments: Sequence[Comment]) -> bytes:
    """Return a Word document of the paragraphs and tables of a text, with comments.

    Args:
        narrative: the text.
        comments: in its order.
    """
    document = docx.Document(BytesIO(blank_document()))
    margin = _Margin(document, {})
    places: dict[int, int] = {}
    for block in narrative.blocks:
        lines = [(block,)] if isinstance(block, Passage) else block.rows
        for line in lines:
            paragraph = document.add_paragraph(style=StyleName.BODY)
            for number, passage in enumerate(line):
                if number:
                    paragraph.add_run("\t")
                run = paragraph.add_run(passage.text)
                places[id(passage)] = len(margin.runs)
                margin.runs[len(margin.runs)] = [(0, run._r)]
    for comment in comments:
        margin.add(comment, [(0, places[id(comment.words.passage)])])
    return _saved(document)


def _saved(document: Document) -> bytes:
    package = BytesIO()
    document.save(package)
    return without_times(package.getvalue())


Segments = list[tuple[int, CT_R]]
"""The pieces that a run was cut into, each with where it began in the whole run."""


@dataclass(slots=True)
class _Margin:
    """A document whose runs are cut as comments are added."""

    document: Document
    runs: dict[int, Segments] = field(default_factory=dict)

    def add(self, comment: Comment, pieces: Sequence[tuple[int, int]]) -> None:
        """Put a comment to its words.

        Args:
            comment: the comment.
            pieces: where in the passage's text which run begins.
        """
        quote = comment.words
        starts = [start for start, _ in pieces]
        first_start, first = pieces[max(bisect_right(starts, quote.start) - 1, 0)]
        last_start, last = pieces[max(bisect_right(starts, quote.end - 1) - 1, 0)]
        if quote.passage.story in (Story.BODY, Story.TABLE):
            self._cut(first, quote.start - first_start)
            self._cut(last, quote.end - last_start)
            begins = self._segment(first, quote.start - first_start)
            ends = self._segment(last, quote.end - last_start - 1)
        else:  # what stands in a note or a box is commented where that hangs
            begins, ends = self.runs[first][0][1], self.runs[last][-1][1]
        told = words.entry("proofread.comment")
        parent = self.document._body
        made = self.document.comments.add_comment(
            text=comment.text, author=told["author"], initials=told["initials"]
        )
        del made._comment_elm.attrib[qn("w:date")]  # same document, same bytes
        Run(begins, parent).mark_comment_range(Run(ends, parent), made.comment_id)

    def _segment(self, run: int, place: int) -> CT_R:
        """Return the segment of a run that holds a character."""
        segments = self.runs[run]
        return segments[max(bisect_right([start for start, _ in segments], place) - 1, 0)][1]

    def _cut(self, run: int, place: int) -> None:
        """Cut a run before a character, so that a segment begins there."""
        segments = self.runs[run]
        number = max(bisect_right([start for start, _ in segments], place) - 1, 0)
        start, element = segments[number]
        if start < place < start + sum(map(_length, element)):
            segments.insert(number + 1, (place, _parted(element, place - start)))


def _length(child: etree._Element) -> int:
    """Return how many characters of text a child of a run stands for."""
    if child.tag == qn("w:t"):
        return len(child.text or "")
    return int(child.tag in _ONE)


def _parted(run: CT_R, place: int) -> CT_R:
    """Move what a run holds from a character on into a new run behind it, and return that."""
    new = deepcopy(run)
    for child in list(new):
        new.remove(child)
    properties = run.find(qn("w:rPr"))
    if properties is not None:
        new.append(deepcopy(properties))
    behind = list(_behind(run, place))
    for child in behind:
        new.append(child)
    run.addnext(new)
    return new


def _behind(run: etree._Element, place: int) -> Iterator[etree._Element]:
    """Yield what follows a character of a run; a text that it stands in is cut in two."""
    for child in list(run):
        length = _length(child)
        if place <= 0 and child.tag != qn("w:rPr"):
            yield child
        elif 0 < place < length:
            whole = child.text or ""
            rest = deepcopy(child)
            child.text, rest.text = whole[:place], whole[place:]
            for half in (child, rest):
                half.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield rest
        place -= length
