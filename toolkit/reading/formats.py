"""Which format a file is, by its content; names and extensions are not believed."""

import re
from enum import StrEnum

from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import guard

_SAMPLE = 4096


class Format(StrEnum):
    """What a file is."""

    XLSX = "xlsx"
    """Also .xlsm, .xltx and .xltm, Transitional and Strict."""
    XLSB = "xlsb"
    XLS = "xls"
    """Also WPS's .et."""
    ODS = "ods"
    FODS = "fods"
    XML_2003 = "xml2003"
    """Excel's XML Spreadsheet of 2003."""
    DOCX = "docx"
    HTML = "html"
    """Also under the name of .xls."""
    TEXT = "text"
    """Tables in plain text, CSV among them."""
    JSON = "json"
    ENCRYPTED = "encrypted"
    XLS_95 = "xls95"
    MHTML = "mhtml"
    XML = "xml"
    PPTX = "pptx"
    ODT = "odt"
    """Any OpenDocument that is no spreadsheet."""
    OFD = "ofd"
    DOC = "doc"
    """Word's format up to 2003, also under the name of WPS's .wps."""
    OLE = "ole"
    RTF = "rtf"
    ZIP = "zip"
    ARCHIVE = "archive"
    PDF = "pdf"
    IMAGE = "image"
    EMPTY = "empty"
    UNKNOWN = "unknown"


ZIPPED = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MAGIC = (
    (0, b"%PDF-", Format.PDF),
    (0, b"\x89PNG\r\n", Format.IMAGE),
    (0, b"\xff\xd8\xff", Format.IMAGE),
    (0, b"GIF8", Format.IMAGE),
    (0, b"II*\0", Format.IMAGE),
    (0, b"MM\0*", Format.IMAGE),
    (6, b"\0\0\0\0\x36\0\0\0", Format.IMAGE),  # a bitmap
    (8, b"WEBP", Format.IMAGE),
    (4, b"ftyphei", Format.IMAGE),  # as telephones take them
    (0, b"Rar!", Format.ARCHIVE),
    (0, b"7z\xbc\xaf", Format.ARCHIVE),
    (0, b"{\\rtf", Format.RTF),
)
"""What stands at a place of a file, and what the file is then."""
_PARTS = {
    "xl/workbook.bin": Format.XLSB,
    "xl/": Format.XLSX,
    "word/": Format.DOCX,
    "ppt/": Format.PPTX,
    "ofd.xml": Format.OFD,
}
"""What the name of a part says of its package; the first that fits counts."""
# OpenDocument 1.3 part 2 §3.3: the type stands uncompressed at a fixed place.
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_XML = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", b"<workbook", Format.XML_2003),
    (b"urn:oasis:names:tc:opendocument:xmlns:office", b"<office:document", Format.FODS),
)
"""A namespace and a root element (in lower case), and what has both."""
_ARCHIVED_PAGE = re.compile(
    rb"mime-version:|(?:[a-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"content-type:\s*(?:multipart/related|text/html)"
)
"""The head of a page saved in one file with its pictures (RFC 2557), in lower case."""
_CONVERTIBLE = frozenset({Format.XLS_95, Format.MHTML, Format.XML})
"""Formats not read here that Excel and WPS open and can save as .xlsx."""


def sniff(data: bytes) -> Format:
    """Tell what a file is.

    A zip that is damaged or over the limits counts as ``ZIP``; guard.open_package says why.
    """
    if not data:
        return Format.EMPTY
    if data.startswith(ZIPPED):
        return _zip_format(data)
    if data.startswith(_OLE):
        return _ole_format(data)
    for place, magic, found in _MAGIC:
        if data.startswith(magic, place):
            return found
    return _text_format(data[:_SAMPLE])


def is_json(data: bytes) -> bool:
    """Tell whether a file is JSON, without opening one that is a package."""
    return not data.startswith(ZIPPED) and sniff(data) is Format.JSON


def refusal(found: Format) -> Refused:
    """Return the refusal of a file in a format that is not read: what it is, and what to do."""
    if found is Format.ENCRYPTED:
        return Refused("R5")
    if found is Format.EMPTY:
        return guard.damaged("empty")
    code = "R6" if found in _CONVERTIBLE else "R2"
    return Refused(code, what=words.say(f"reading.what.{found}"))


def without_table(found: Format) -> Refused:
    """Return the refusal of a document in which there is no table."""
    return Refused("R2", what=words.say(f"reading.no_table.{found}"))


def of_package(package: guard.Package, data: bytes) -> Format:
    """Tell what an opened zip package is.

    Args:
        package: the package.
        data: the bytes of the same file.
    """
    names = package.names
    for start, found in _PARTS.items():
        if any(name.startswith(start) for name in names):
            return found
    if data.startswith(_OPEN_DOCUMENT, 30):
        kind = data[30 + len(_OPEN_DOCUMENT) :]
        return Format.ODS if kind.startswith(b"spreadsheet") else Format.ODT
    return Format.ZIP


def _zip_format(data: bytes) -> Format:
    try:
        return of_package(guard.open_package(data), data)
    except Refused:
        return Format.ZIP


def _ole_format(data: bytes) -> Format:
    if _has_stream(data, "EncryptedPackage"):
        return Format.ENCRYPTED
    workbook = _has_stream(data, "Workbook") or _has_stream(data, "Book")
    if workbook:
        return Format.XLS
    return Format.DOC if _has_stream(data, "WordDocument") else Format.OLE


def _has_stream(data: bytes, name: str) -> bool:
    """Look for a stream by the name its directory entry begins with ([MS-CFB] §2.6.1).

    Entries are 128 bytes long and lie at multiples of that, so text elsewhere is not mistaken.
    """
    entry = name.upper().encode("utf-16-le") + b"\0\0"
    places = range(512, len(data), 128)
    return any(data[place : place + len(entry)].upper() == entry for place in places)


def _text_format(sample: bytes) -> Format:
    text = guard.as_utf8(sample, errors="replace")  # the sample may end within a character
    if any(byte < 32 and byte not in b"\t\n\f\r" for byte in text):
        return Format.UNKNOWN
    start = text.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for space, root, found in _XML:
        if space in start and root in start:
            return found
    if _ARCHIVED_PAGE.match(start):  # it may hold a page as it is
        return Format.MHTML
    return _marked_up(start)


def _marked_up(start: bytes) -> Format:
    """Tell what a text is by the tags in its beginning, in lower case."""
    if b"<html" in start or start.startswith((b"<!doctype html", b"<table")):
        return Format.HTML
    if start.startswith(b"<?xml"):
        return Format.XML
    if start.startswith(b"<") and b"<table" in start:
        return Format.HTML
    return Format.JSON if start.startswith((b"{", b"[")) else Format.TEXT
