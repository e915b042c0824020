"""What stands in front of every parser: which format a file is, and how much of it is read."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from toolkit import words
from toolkit.findings import Refused

FILE_BYTES = 10 * 2**20
"""A form is some 20 to 60 KB; this leaves room for a pasted stamp."""
MEMBERS = 1_000
PART_BYTES = 8 * 2**20
PACKAGE_BYTES = 32 * 2**20
MARKS = 1_500_000
"""Tags and attributes of one part. A tree of elements takes far more memory than its text."""

_SAMPLE = 4096


class Format(StrEnum):
    """What a file is, by its content."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    ENCRYPTED = "encrypted"
    DOCX = "docx"
    OFD = "ofd"
    OLE = "ole"
    RTF = "rtf"
    ZIP = "zip"
    ARCHIVE = "archive"
    PDF = "pdf"
    IMAGE = "image"
    HTML = "html"
    XML = "xml"
    JSON = "json"
    TEXT = "text"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MAGIC = {
    b"%PDF-": Format.PDF,
    b"\x89PNG\r\n": Format.IMAGE,
    b"\xff\xd8\xff": Format.IMAGE,
    b"GIF8": Format.IMAGE,
    b"II*\0": Format.IMAGE,
    b"MM\0*": Format.IMAGE,
    b"Rar!": Format.ARCHIVE,
    b"7z\xbc\xaf": Format.ARCHIVE,
    b"{\\rtf": Format.RTF,
}
_CONVERTIBLE = frozenset({Format.XLSB, Format.XLS, Format.ODS, Format.HTML, Format.XML})
"""Formats that Excel and WPS open and can save as .xlsx."""


# ---------------------------------------------------------------- which format


def sniff(data: bytes) -> Format:
    """Tell what a file is by its content; names and extensions are not believed.

    A zip that is damaged or over the limits counts as ``ZIP``; open_package says why.
    """
    if not data:
        return Format.EMPTY
    if data.startswith(_ZIP):
        return _zip_format(data)
    if data.startswith(_OLE):
        return _ole_format(data)
    for magic, found in _MAGIC.items():
        if data.startswith(magic):
            return found
    return _text_format(data[:_SAMPLE])


def is_json(data: bytes) -> bool:
    """Tell whether a file is JSON, without opening one that is a package."""
    return not data.startswith(_ZIP) and sniff(data) is Format.JSON


def not_a_workbook(found: Format) -> Refused:
    """Return the refusal of a file that is not an .xlsx: what it is, and what to do."""
    if found is Format.ENCRYPTED:
        return Refused("R5")
    if found is Format.EMPTY:
        return Refused("R3", reason=words.say("reading.reason.empty"))
    code = "R6" if found in _CONVERTIBLE else "R2"
    return Refused(code, what=words.say(f"reading.what.{found}"))


def open_workbook(data: bytes) -> "Package":
    """Open a file as an .xlsx package.

    Raises:
        Refused: R2 or R6 it is something else, R3, R4 or R5 as for open_package.
    """
    if not data.startswith(_ZIP):
        raise not_a_workbook(sniff(data))
    package = open_package(data)
    found = _package_format(package, data)
    if found is not Format.XLSX:
        raise not_a_workbook(found)
    return package


def _zip_format(data: bytes) -> Format:
    try:
        return _package_format(open_package(data), data)
    except Refused:
        return Format.ZIP


def _package_format(package: "Package", data: bytes) -> Format:
    names = package.names
    if "xl/workbook.bin" in names:
        return Format.XLSB
    for start, found in (("xl/", Format.XLSX), ("word/", Format.DOCX), ("ofd.xml", Format.OFD)):
        if any(name.startswith(start) for name in names):
            return found
    # OpenDocument 1.2 part 3 §3.3: the type stands uncompressed at a fixed place.
    if data.startswith(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 30):
        return Format.ODS
    return Format.ZIP


def _ole_format(data: bytes) -> Format:
    if _has_stream(data, "EncryptedPackage"):
        return Format.ENCRYPTED
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return Format.XLS
    return Format.OLE


def _has_stream(data: bytes, name: str) -> bool:
    """Look for a stream by the name its directory entry begins with ([MS-CFB] §2.6.1).

    Entries are 128 bytes long and lie at multiples of that, so text elsewhere is not mistaken.
    """
    entry = name.encode("utf-16-le") + b"\0\0"
    return any(data.startswith(entry, place) for place in range(512, len(data), 128))


def _text_format(sample: bytes) -> Format:
    text = _as_utf8(sample, errors="replace")  # the sample may end within a character
    if any(byte < 32 and byte not in b"\t\n\f\r" for byte in text):
        return Format.UNKNOWN
    start = text.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<html" in start or start.startswith((b"<!doctype html", b"<table")):
        return Format.HTML
    if start.startswith(b"<?xml"):
        return Format.XML
    return Format.JSON if start.startswith((b"{", b"[")) else Format.TEXT


# ---------------------------------------------------------------- packages


@dataclass(slots=True)
class Package:
    """An opened zip package; it counts what has been inflated, so that no sum of parts floods."""

    _zip: zipfile.ZipFile
    _members: Mapping[str, zipfile.ZipInfo]
    _left: int = PACKAGE_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in lower case with ``/`` between folders."""
        return tuple(self._members)

    def part(self, name: str) -> bytes | None:
        """Return the content of a part, or None where there is no such part.

        Args:
            name: the part's name; case and a leading ``/`` do not matter.

        Raises:
            Refused: R4 the part, or all parts read so far, are too large; R3 it is damaged.
        """
        member = self._members.get(_normal(name))
        if member is None:
            return None
        data = self._inflate(member, min(PART_BYTES, self._left))
        self._left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return the root element of an XML part, or None where there is no such part.

        Raises:
            Refused: as for part and parse_xml.
        """
        data = self.part(name)
        return None if data is None else parse_xml(data)

    def _inflate(self, member: zipfile.ZipInfo, limit: int) -> bytes:
        try:
            with self._zip.open(member) as stream:
                # The declared size is not believed: one byte more than allowed tells. Reading to
                # the end makes zipfile compare the checksum.
                data = stream.read(limit + 1)
        except _DAMAGE as error:
            raise _damaged() from error
        if len(data) > limit:
            raise _unsafe("part")
        return data


_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What zipfile raises on damaged archives."""


def open_package(data: bytes) -> Package:
    """Open a zip package without inflating anything yet.

    Args:
        data: the bytes of the file.

    Returns:
        the package; its parts are read on demand, each within the limits above.

    Raises:
        Refused: R3 it is no zip or damaged, R4 it is too large or contradicts itself,
            R5 it is encrypted.
    """
    if len(data) > FILE_BYTES:
        raise _unsafe("file")
    # Counted before zipfile builds an object for each; PKWARE APPNOTE §4.3.12.
    if data.count(b"PK\x01\x02") > MEMBERS:
        raise _unsafe("members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise _damaged() from error
    return Package(archive, _checked(archive.infolist()))


def _checked(infos: list[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = _normal(info.filename)
        if ".." in name.split("/"):
            raise _unsafe("outside")
        if info.flag_bits & 1:
            raise Refused("R5")
        if not name or name.endswith("/"):
            continue
        # Other methods may ask for gigabytes of window; ECMA-376 part 2 allows only these.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged()
        if name in members:
            raise _unsafe("twice")
        members[name] = info
    return members


def _normal(name: str) -> str:
    """Return the spelling by which parts are compared; ECMA-376 part 2 §6.2.2 ignores case."""
    return name.replace("\\", "/").lstrip("/").lower()


# ---------------------------------------------------------------- XML


def parse_xml(data: bytes) -> etree._Element:
    """Parse an XML part and return its root.

    Parts are UTF-8 or UTF-16 (ECMA-376 part 2, XML usage) and never hold a document type, so
    that no entity is ever expanded. The parser is told the encoding: a declaration cannot
    smuggle in another one under which a document type looks different.

    Raises:
        Refused: R4 the part declares a document type, or has too many elements and attributes;
            R3 it is not well-formed.
    """
    try:
        text = _as_utf8(data)
    except UnicodeDecodeError as error:
        raise _damaged() from error
    if b"<!DOCTYPE" in text:  # entities can be declared nowhere else
        raise _unsafe("entities")
    if len(text) > MARKS and text.count(b"<") + text.count(b"=") > MARKS:
        raise _unsafe("part")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged() from error


def _as_utf8(data: bytes, errors: str = "strict") -> bytes:
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return data
    # Without a byte order mark the first "<" tells the order.
    encoding = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(data[:2], "utf-16")
    return data.decode(encoding, errors).encode()


# ---------------------------------------------------------------- refusals


def _damaged() -> Refused:
    return Refused("R3", reason=words.say("reading.reason.damaged"))


def _unsafe(reason: str) -> Refused:
    return Refused("R4", reason=words.say(f"reading.reason.{reason}"))
