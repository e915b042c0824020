"""Zips written by hand for tests, since zipfile writes neither GBK names nor anything wrong."""

import struct
import zlib
from dataclasses import dataclass

UTF_8, ENCRYPTED = 1 << 11, 1 << 0
DEFLATED, STORED = 8, 0


@dataclass(frozen=True)
class File:
    """A member: what it is, and whatever its entry says that is not so."""

    name: str | bytes
    """A text is written in UTF-8 and declared so."""
    data: bytes = b""
    flags: int = 0
    method: int = DEFLATED
    extra: bytes = b""
    size: int | None = None
    packed: int | None = None
    checksum: int | None = None
    local_name: bytes | None = None
    offset: int | None = None


def gbk(name: str, data: bytes = b"") -> File:
    """Return a member as Windows in Chinese packs it: its name in GBK, and nothing that says so."""
    return File(name.encode("gbk"), data)


def unicode_path(
    raw: bytes, name: bytes, *, version: int = 1, checksum: int | None = None
) -> bytes:
    """Return Info-ZIP's extra field that gives a name in UTF-8."""
    known = zlib.crc32(raw) if checksum is None else checksum
    data = struct.pack("<BL", version, known) + name
    return struct.pack("<HH", 0x7075, len(data)) + data


def zipped(
    *files: File, comment: bytes = b"", behind: bytes = b"", count: int | None = None, disk: int = 0
) -> bytes:
    """Return a zip of files.

    Args:
        files: its members; a tuple of ``File``.
        comment: the comment of the whole.
        behind: what stands behind the end.
        count: how many members the end names, where that is not how many there are.
        disk: which of several volumes the end stands on.
    """
    body, directory = bytearray(), bytearray()
    for file in files:
        raw = file.name.encode() if isinstance(file.name, str) else file.name
        flags = file.flags | (UTF_8 if isinstance(file.name, str) else 0)
        data = _deflated(file.data) if file.method == DEFLATED else file.data
        size = len(file.data) if file.size is None else file.size
        packed = len(data) if file.packed is None else file.packed
        checksum = zlib.crc32(file.data) if file.checksum is None else file.checksum
        offset = len(body) if file.offset is None else file.offset
        shared = (flags, file.method, 0, 0x21, checksum, packed, size)
        local = raw if file.local_name is None else file.local_name
        head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, *shared, len(local), 0)
        body += head + local + data
        lengths = (len(raw), len(file.extra), 0, 0, 0, 0, offset)
        entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, *shared, *lengths)
        directory += entry + raw + file.extra
    number = len(files) if count is None else count
    end = (disk, disk, number, number, len(directory), len(body), len(comment))
    return bytes(body + directory) + struct.pack("<4s4H2LH", b"PK\5\6", *end) + comment + behind


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()
