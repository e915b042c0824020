"""Read a file of any format into the grid; what its cells mean is decided elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from toolkit import marks
from toolkit.findings import Refused
from toolkit.reading import (
    formats,
    guard,
    ods,
    parts,
    plain_text,
    web,
    word,
    xls,
    xlsb,
    xlsx,
    xml_2003,
)
from toolkit.reading.compound import CompoundFile
from toolkit.reading.formats import Format
from toolkit.reading.grid import Book
from toolkit.reading.room import COLLECTION, RETURN, Room

_PACKAGES: Mapping[Format, Callable[[guard.Package], Book]] = {
    Format.XLSX: xlsx.read,
    Format.XLSB: xlsb.read,
    Format.ODS: ods.read,
    Format.DOCX: word.read,
}
"""Readers of zip packages."""
_FILES: Mapping[Format, Callable[[bytes, Room], Book]] = {
    Format.FODS: ods.read_flat,
    Format.XLS: xls.read,
    Format.XML_2003: xml_2003.read,
    Format.HTML: web.read,
    Format.TEXT: plain_text.read,
}
"""Readers of everything else."""
_STATED: Mapping[Format, Callable[[guard.Package], Mapping[str, str]]] = {
    Format.XLSX: parts.properties,
    Format.XLSB: parts.properties,
    Format.ODS: ods.properties,
}
"""What reads the properties of a package alone."""
_GLANCE = replace(RETURN, file_bytes=COLLECTION.file_bytes)
"""Properties are small, whatever the size of the file that they stand in."""


def read(data: bytes, room: Room = RETURN) -> Book:
    """Read a workbook, or the tables of a document, whatever the file is called.

    Args:
        data: the bytes of the file.
        room: how much of it is read.

    Returns:
        every sheet or table, with the cells that hold something, as far as its room reaches.
        A fault in one cell makes that cell an error and no more.

    Raises:
        Refused: R2 it is no table, or R6 in a format that is not read; R3 damaged, R4 unsafe or
            over the limits, R5 encrypted, R54 it is a review page of ours.
    """
    if marks.is_page(data):  # it may well be over the limits
        raise Refused("R54")
    if len(data) > room.file_bytes:
        raise guard.unsafe("file")
    if data.startswith(formats.ZIPPED):
        package = guard.open_package(data, room)
        found = formats.of_package(package, data)
        if found in _PACKAGES:
            return _PACKAGES[found](package)
    else:
        found = formats.sniff(data)
        if found in _FILES:
            return _FILES[found](data, room)
        if found in (Format.OLE, Format.DOC):
            CompoundFile(data)  # one that is damaged may have been anything
    raise formats.refusal(found)


def properties(data: bytes) -> Mapping[str, str]:
    """Return what a workbook says of itself, whose sheets may be too large to be read.

    Args:
        data: the bytes of the file.

    Returns:
        the custom properties of a package or an .xls; none of what is damaged, or of a format in
        which they cannot be had without the rest.
    """
    try:
        if data.startswith(formats.ZIPPED):
            package = guard.open_package(data, _GLANCE)
            stated = _STATED.get(formats.of_package(package, data))
            return stated(package) if stated else {}
        return xls.properties(data) if formats.sniff(data) is Format.XLS else {}
    except Refused:
        return {}
