"""What stands in front of every parser: how much of a file is read, and what is never read."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from toolkit import words
from toolkit.findings import Refused
from toolkit.reading.room import RETURN, Room

UNSAFE = "R4"
"""The refusal of a file beyond the limits."""
MEMBERS = 1_000
"""Parts of a package; a workbook has a few for each sheet."""


def damaged(reason: str = "damaged") -> Refused:
    """Return the refusal of a file that does not hold together (R3).

    Args:
        reason: the name of the words, ``reading.reason.…``.
    """
    return Refused("R3", reason=words.say(f"reading.reason.{reason}"))


def unsafe(reason: str) -> Refused:
    """Return the refusal of a file beyond the limits (R4).

    Args:
        reason: the name of the words, ``reading.reason.…``.
    """
    return Refused(UNSAFE, reason=words.say(f"reading.reason.{reason}"))


# ---------------------------------------------------------------- packages


@dataclass(slots=True)
class Package:
    """An opened zip package; it counts what has been inflated, so that no sum of parts floods."""

    room: Room
    _data: bytes
    _members: Mapping[str, zipfile.ZipInfo]
    _left: int
    _tags: int

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
        data = self._inflate(member, min(self.room.part_bytes, self._left))
        self._left -= len(data)
        if len(data) > _LARGE:
            self._tags -= data.count(b"<")
            if self._tags < 0:
                raise unsafe("part")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return the root element of an XML part, or None where there is no such part.

        Raises:
            Refused: as for part and parse_xml.
        """
        data = self.part(name)
        return None if data is None else parse_xml(data, self.room)

    def _inflate(self, member: zipfile.ZipInfo, limit: int) -> bytes:
        """Return a member's content; the size declared is not believed, the checksum must hold.

        zipfile itself takes three times as long for the small parts of a workbook.
        """
        raw = self._raw(member)
        if member.compress_type == zipfile.ZIP_DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                data = inflater.decompress(raw, limit + 1)  # one byte more than allowed tells
            except zlib.error as error:
                raise damaged() from error
            whole = inflater.eof
        else:
            data, whole = raw, True
        if len(data) > limit:
            raise unsafe("part")
        if not whole or zlib.crc32(data) != member.CRC:
            raise damaged()
        return data

    def _raw(self, member: zipfile.ZipInfo) -> bytes:
        """Return a member as it is stored, behind its local header (APPNOTE §4.3.7)."""
        header = self._data[member.header_offset : member.header_offset + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\3\4"):
            raise damaged()
        name, extra = struct.unpack_from("<HH", header, 26)
        start = member.header_offset + _LOCAL_HEADER + name + extra
        raw = self._data[start : start + member.compress_size]
        if len(raw) < member.compress_size:
            raise damaged()
        return raw


_LOCAL_HEADER = 30
_LARGE = 2**20
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


def open_package(data: bytes, room: Room = RETURN) -> Package:
    """Open a zip package without inflating anything yet.

    Args:
        data: the bytes of the file.
        room: how much of it is read.

    Returns:
        the package; its parts are read on demand, each within its room.

    Raises:
        Refused: R3 it is no zip or damaged, R4 it is too large or contradicts itself,
            R5 it is encrypted.
    """
    if len(data) > room.file_bytes:
        raise unsafe("file")
    # Counted before zipfile builds an object for each; PKWARE APPNOTE §4.3.12.
    if data.count(b"PK\x01\x02") > MEMBERS:
        raise unsafe("members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise damaged() from error
    members = _checked(archive.infolist())
    return Package(room, data, members, room.package_bytes, room.package_tags)


def _checked(infos: list[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = _normal(info.filename)
        if ".." in name.split("/"):
            raise unsafe("outside")
        if info.flag_bits & 1:
            raise Refused("R5")
        if not name or name.endswith("/"):
            continue
        # Other methods may ask for gigabytes of window; ECMA-376 part 2 allows only these.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        if name in members:
            raise unsafe("twice")
        members[name] = info
    return members


def _normal(name: str) -> str:
    """Return the spelling by which parts are compared; ECMA-376 part 2 §6.2.2 ignores case."""
    return name.replace("\\", "/").lstrip("/").lower()


# ---------------------------------------------------------------- XML

# Made once: a workbook has a dozen small parts, and making a parser takes as long as parsing one.
_XML = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)


def parse_xml(data: bytes, room: Room = RETURN) -> etree._Element:
    """Parse an XML part and return its root.

    Parts are UTF-8 or UTF-16 (ECMA-376 part 2, XML usage) and never hold a document type, so
    that no entity is ever expanded. The parser is told the encoding: a declaration cannot
    smuggle in another one under which a document type looks different.

    Raises:
        Refused: R4 the part declares a document type, or has too many elements and attributes;
            R3 it is not well-formed.
    """
    try:
        text = as_utf8(data)
    except UnicodeDecodeError as error:
        raise damaged() from error
    if b"<!DOCTYPE" in text:  # entities can be declared nowhere else
        raise unsafe("entities")
    if len(text) > room.marks and text.count(b"<") + text.count(b"=") > room.marks:
        raise unsafe("part")
    try:
        return etree.fromstring(text, _XML)
    except etree.XMLSyntaxError as error:
        raise damaged() from error


def parse_document(data: bytes, room: Room = RETURN) -> etree._Element:
    """Parse the XML of a document that is one part, or nearly so, and return its root.

    Raises:
        Refused: R4 it is too long or has too many tags; as for parse_xml.
    """
    if len(data) > room.part_bytes or data.count(b"<") > room.document_tags:
        raise unsafe("part")
    return parse_xml(data, room)


def as_utf8(data: bytes, errors: str = "strict") -> bytes:
    """Return UTF-16 as UTF-8, everything else as it is.

    Raises:
        UnicodeDecodeError: it is no UTF-16, though it begins like it.
    """
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return data
    # Without a byte order mark the first "<" tells the order.
    encoding = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(data[:2], "utf-16")
    return data.decode(encoding, errors).encode()
