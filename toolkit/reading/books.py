"""Read a file of any format into the grid; what its cells mean is decided elsewhere."""

from collections.abc import Callable, Mapping

from toolkit import marks
from toolkit.findings import Refused
from toolkit.reading import formats, guard, ods, plain_text, web, word, xls, xlsb, xlsx, xml_2003
from toolkit.reading.compound import CompoundFile
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book

_PACKAGES: Mapping[Format, Callable[[guard.Package], Book]] = {
    Format.XLSX: xlsx.read,
    Format.XLSB: xlsb.read,
    Format.ODS: ods.read,
    Format.DOCX: word.read,
}
"""Readers of zip packages."""
_FILES: Mapping[Format, Callable[[bytes], Book]] = {
    Format.FODS: ods.read_flat,
    Format.XLS: xls.read,
    Format.XML_2003: xml_2003.read,
    Format.HTML: web.read,
    Format.TEXT: plain_text.read,
}
"""Readers of everything else."""


def read(data: bytes) -> Book:
    """Read a workbook, or the tables of a document, whatever the file is called.

    Args:
        data: the bytes of the file.

    Returns:
        every sheet or table, with the cells that hold something, up to row 2 000 and column 256.
        A fault in one cell makes that cell an error and no more.

    Raises:
        Refused: R2 it is no table, or R6 in a format that is not read; R3 damaged, R4 unsafe or
            over the limits, R5 encrypted, R54 it is a review page of ours.
    """
    if marks.is_page(data):  # it may well be over the limits
        raise Refused("R54")
    if len(data) > guard.FILE_BYTES:
        raise guard.unsafe("file")
    if data.startswith(formats.ZIPPED):
        package = guard.open_package(data)
        found = formats.of_package(package, data)
        if found in _PACKAGES:
            return _PACKAGES[found](package)
    else:
        found = formats.sniff(data)
        if found in _FILES:
            return _FILES[found](data)
        if found in (Format.OLE, Format.DOC):
            CompoundFile(data)  # one that is damaged may have been anything
    raise formats.refusal(found)
