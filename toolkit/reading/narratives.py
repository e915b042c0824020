"""Read the text of a report of any format: Word, web page, plain text."""

import re
from collections.abc import Iterable, Iterator

from toolkit import words
from toolkit.findings import Refused
from toolkit.narrative import Block, Grid, Narrative, Passage, Story
from toolkit.reading import documents, formats, guard, plain_text, web, word_text
from toolkit.reading.formats import Format
from toolkit.reading.room import RETURN

CONVERTIBLE = frozenset({Format.DOC, Format.OLE, Format.RTF, Format.ODT})
"""Documents that are not read here and that an office program can save as .docx."""

LETTERS = 300_000
"""A report of a hundred pages has a sixth of that."""

# Marks of Markdown, which programs leave that turn documents into text.
_MARKS = re.compile(r"^(?P<hashes>#{1,6})\s+|\*\*")


def read_narrative(data: bytes) -> Narrative:
    """Read the text of a report.

    Args:
        data: the bytes of the file.

    Raises:
        Refused: R80 it is no text, or R81 in a format that is not read; R3 damaged, R4 unsafe or
            over the limits, R5 encrypted.
    """
    if len(data) > RETURN.file_bytes:
        raise Refused("R80", what=words.say("proofread.large"))
    read = _read(data, _format(data))
    if sum(len(cell.text) for block in read.blocks for cell in _passages(block)) > LETTERS:
        raise Refused("R80", what=words.say("proofread.long"))
    return read


def convertible(data: bytes) -> bool:
    """Tell whether a file is a document that an office program can save as .docx."""
    return len(data) <= RETURN.file_bytes and formats.sniff(data) in CONVERTIBLE


def _format(data: bytes) -> Format:
    if data.startswith(formats.ZIPPED):
        return formats.of_package(guard.open_package(data), data)
    return formats.sniff(data)


def _read(data: bytes, found: Format) -> Narrative:
    if found is Format.DOCX:
        return word_text.read(guard.open_package(data))
    if found is Format.HTML:
        return Narrative(tuple(_lines(web.blocks(data))))
    if found is Format.TEXT:
        return Narrative(tuple(_lines(plain_text.blocks(plain_text.decoded(data)))))
    raise _refusal(found)


def _passages(block: Block) -> Iterator[Passage]:
    return iter((block,)) if isinstance(block, Passage) else block.cells


def _refusal(found: Format) -> Refused:
    if found is Format.ENCRYPTED:
        return Refused("R5")
    if found is Format.EMPTY:
        return guard.damaged("empty")
    code = "R81" if found in CONVERTIBLE else "R80"
    known = words.entry("reading.what")
    return Refused(code, what=known.get(found) or words.say("proofread.sheet"))


def _lines(blocks: Iterable[documents.Block]) -> Iterator[Block]:
    """Yield lines as paragraphs and tables as grids."""
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, documents.Table):
            tables += 1
            yield _grid(block, paragraphs, tables)
            continue
        heading = _MARKS.match(block.strip())
        text = _MARKS.sub("", block.strip()).strip()
        if text:
            paragraphs += 1
            level = len(heading["hashes"] or "") if heading else 0
            yield Passage(text, paragraphs, level=level)


def _grid(table: documents.Table, paragraph: int, number: int) -> Grid:
    rows: dict[int, list[Passage]] = {}
    for (row, column), ((_, raw), _, _) in sorted(table.cells.items()):
        cell = Passage(raw.strip(), paragraph, Story.TABLE, table=number, row=row, column=column)
        rows.setdefault(row, []).append(cell)
    return Grid(tuple(map(tuple, rows.values())))
