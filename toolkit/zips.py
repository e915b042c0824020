"""The zip format as far as attachments need it: what a zip lists, and the bytes of one member.

The standard library's zipfile makes an object of every entry before they can be counted, gives up
a whole zip for one name that is not in the encoding it declares, and a member whose two headers
spell its name differently, as some packers write it. The layout is that of PKWARE's APPNOTE 6.3.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, NamedTuple

_MEMBER, _LISTED, _LAST, _VOLUME = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08"
STARTS = (_MEMBER, _LAST, _VOLUME)
"""How a zip begins: with a member, with its end where it has none, as the first of volumes."""
METHODS = STORED, DEFLATED = 0, 8
"""Ways of packing that can be undone here; others may ask for gigabytes of window."""

_END = struct.Struct("<4s4H2LH")  # 4.3.16
_ENTRY = struct.Struct("<4s6H3L5H2L")  # 4.3.12
_LOCAL = struct.Struct("<4s5H3L2H")  # 4.3.7
_FIELD = struct.Struct("<HH")  # 4.5.1
_COMMENT = 0xFFFF
_ENTRY_BYTES = 1024
"""What one entry may take of the list on average; its names are all that can make it long."""
_ENCRYPTED, _UTF_8 = 1 << 0, 1 << 11
_ZIP64, _UNICODE_NAME = 0x0001, 0x7075
_IN_ZIP64 = 0xFFFF_FFFF
_ENCODINGS = ("utf-8", "gb18030", "cp437")
"""Of names that declare none: systems other than Windows, Windows in Chinese, the standard."""


class Broken(Exception):
    """A zip or a member cannot be read; the argument is the name of the reason.

    ``damaged``: it does not hold together. ``many``: it lists too much. ``volumes``: it is one of
    several volumes. ``large``: it is longer than 4 GB. ``overlap``: members share their bytes,
    which only bombs do.
    """

    @property
    def reason(self) -> str:
        """Return the name of the reason."""
        return str(self.args[0])


class Entry(NamedTuple):
    """A file that a zip lists; enough to read it without the list.

    A tuple, since the parts of every workbook found are listed to tell it from a zip of others.
    """

    name: str
    """As the zip spells it; never a path to anything."""
    offset: int
    packed: int
    size: int
    """Declared; a member that turns out otherwise is damaged."""
    checksum: int
    method: int
    encrypted: bool


class _Name(NamedTuple):
    """The name of an entry before it is decoded."""

    raw: bytes
    utf_8: bool
    """Whether the entry declares it to be UTF-8; nothing else can be declared."""
    given: str | None
    """The name that stands decoded beside it."""


def listing(file: BinaryIO, most: int) -> tuple[Entry, ...]:
    """Return what a zip lists, folders among it, in its order; nothing is inflated.

    Args:
        file: the zip.
        most: how many entries it may list.

    Raises:
        Broken: it cannot be listed.
    """
    start, directory, count = _directory(file, most)
    try:
        listed = list(_entries(directory, most))
    except struct.error as error:
        raise Broken("damaged") from error
    if len(listed) != count:
        raise Broken("damaged")
    _refuse_overlap([entry for _, entry in listed], start)
    names = _decoded([name for name, _ in listed])
    return tuple(entry._replace(name=name) for name, (_, entry) in zip(names, listed, strict=True))


def inflate(file: BinaryIO, entry: Entry) -> bytes:
    """Return the bytes of a member, never more than it declares.

    Args:
        file: the zip.
        entry: what the zip lists of it; its sizes have been looked at, it is not encrypted.

    Raises:
        Broken: it is damaged.
    """
    file.seek(entry.offset)
    try:
        signature, *_, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
    except struct.error as error:
        raise Broken("damaged") from error
    if signature != _MEMBER:
        raise Broken("damaged")
    file.seek(name + extra, 1)
    data = file.read(entry.packed)
    if entry.method == DEFLATED:
        try:
            # One byte more than declared tells.
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, entry.size + 1)
        except zlib.error as error:
            raise Broken("damaged") from error
    if len(data) != entry.size or zlib.crc32(data) != entry.checksum:
        raise Broken("damaged")
    return data


# ---------------------------------------------------------------- the list at the end


def _directory(file: BinaryIO, most: int) -> tuple[int, bytes, int]:
    """Return where the list stands, its bytes, and how many entries it should hold."""
    length = file.seek(0, 2)
    for tail in (_END.size, _END.size + _COMMENT):  # most have no comment
        start = file.seek(max(0, length - tail))
        end = file.read()
        found = end.rfind(_LAST)
        if 0 <= found <= len(end) - _END.size:
            break
    else:
        raise Broken("damaged")
    _, disk, first_disk, _, count, size, offset, _ = _END.unpack_from(end, found)
    if disk or first_disk:
        raise Broken("volumes")
    if offset == _IN_ZIP64:
        raise Broken("large")
    if count > most or size > most * _ENTRY_BYTES:
        raise Broken("many")
    if offset + size > start + found:
        raise Broken("damaged")
    file.seek(offset)
    return offset, file.read(size), count


def _entries(directory: bytes, most: int) -> Iterator[tuple[_Name, Entry]]:
    """Yield what stands in a list, the names apart from the entries."""
    position = 0
    for _ in range(most):
        if position == len(directory):
            return
        fields = _ENTRY.unpack_from(directory, position)
        if fields[0] != _LISTED:
            raise Broken("damaged")
        flags, method, checksum, packed, size = fields[3], fields[4], *fields[7:10]
        (name, extra, comment), offset = fields[10:13], fields[16]
        position += _ENTRY.size
        raw = directory[position : position + name]
        extras = dict(_extras(directory[position + name : position + name + extra]))
        position += name + extra + comment
        if position > len(directory):
            raise Broken("damaged")
        size, packed, offset = _long(extras.get(_ZIP64, b""), (size, packed, offset))
        yield (
            _Name(raw, bool(flags & _UTF_8), _given(extras.get(_UNICODE_NAME, b""), raw)),
            Entry("", offset, packed, size, checksum, method, bool(flags & _ENCRYPTED)),
        )


def _extras(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the extra fields of an entry; what is broken among them says nothing."""
    position = 0
    while len(data) - position >= _FIELD.size:
        kind, length = _FIELD.unpack_from(data, position)
        position += _FIELD.size + length
        yield kind, data[position - length : position]


def _long(extra: bytes, numbers: tuple[int, int, int]) -> Iterator[int]:
    """Yield numbers, those that did not fit from the field that holds them (4.5.3)."""
    for number in numbers:
        if number == _IN_ZIP64 and len(extra) >= 8:
            yield int.from_bytes(extra[:8], "little")
            extra = extra[8:]
        else:
            yield number


def _refuse_overlap(entries: Sequence[Entry], end: int) -> None:
    """Refuse a zip whose members do not lie one after the other before its list."""
    for one in sorted(entries, key=lambda one: one.offset, reverse=True):
        if one.offset + _LOCAL.size + one.packed > end:
            raise Broken("overlap")
        end = one.offset


# ---------------------------------------------------------------- names


def _given(extra: bytes, raw: bytes) -> str | None:
    """Return the name in Info-ZIP's Unicode path field, if it is about this name (4.6.9)."""
    if extra[:1] != b"\x01" or extra[1:5] != zlib.crc32(raw).to_bytes(4, "little"):
        return None
    with suppress(UnicodeDecodeError):
        return extra[5:].decode("utf-8") or None
    return None


def _decoded(names: Sequence[_Name]) -> Iterator[str]:
    """Yield names, decoded.

    A zip is written by one program. What its names are in is therefore asked of all that do not
    say it together: in GBK, one short name in a hundred happens to be UTF-8 as well.
    """
    unsaid = [name.raw for name in names if not name.utf_8 and name.given is None]
    common = next((one for one in _ENCODINGS[:2] if all(_is(one, raw) for raw in unsaid)), "")
    for name in names:
        tried = _ENCODINGS if name.utf_8 or not common else (common, *_ENCODINGS)
        fits = next(encoding for encoding in tried if _is(encoding, name.raw))
        yield name.raw.decode(fits) if name.given is None else name.given


def _is(encoding: str, raw: bytes) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
