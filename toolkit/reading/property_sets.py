"""Read the property sets of a compound file: what an .xls says of itself.

The layout is that of [MS-OLEPS]. A property that cannot be made out is left out; a file is not
refused for what it says of itself.
"""

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

LAST_SAVED, APPLICATION = 13, 18
"""Properties of the summary (§2.25.1)."""

_CUSTOM = bytes.fromhex("05D5CDD59C2E1B10939708002B2CF9AE")  # §2.21
_DICTIONARY, _CODEPAGE = 0, 1
_UTF_16, _UTF_8, _GBK = 1200, 65001, 936
_PROPERTIES = 1_000
_TEXT = 4_096  # bytes of a text; many properties may point at the same one
_DAY_0 = datetime(1601, 1, 1, tzinfo=UTC)

Properties = Mapping[int, str]


def summary(stream: bytes) -> Properties:
    """Return the properties of the first set of a stream, by number, every type as text."""
    return next((_values(stream, place) for _, place in _sets(stream)), {})


def custom(stream: bytes) -> Mapping[str, str]:
    """Return the user-defined properties of a stream by name, every type as text."""
    for kind, place in _sets(stream):
        if kind == _CUSTOM:
            found = _values(stream, place)
            return {name: found[n] for n, name in _names(stream, place).items() if n in found}
    return {}


def _sets(stream: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the kind and the place of each set (§2.21)."""
    if len(stream) < 28:
        return
    (count,) = struct.unpack_from("<I", stream, 24)
    for number in range(min(count, 2)):
        entry = stream[28 + 20 * number : 48 + 20 * number]
        if len(entry) == 20:
            yield entry[:16], struct.unpack_from("<I", entry, 16)[0]


def _offsets(stream: bytes, start: int) -> dict[int, int]:
    """Return where the properties of a set stand, by number (§2.20)."""
    if start + 8 > len(stream):
        return {}
    (count,) = struct.unpack_from("<I", stream, start + 4)
    table = stream[start + 8 : start + 8 + 8 * min(count, _PROPERTIES)]
    pairs = struct.iter_unpack("<II", table[: len(table) // 8 * 8])
    return {number: start + offset for number, offset in pairs}


def _codepage(stream: bytes, offsets: Mapping[int, int]) -> int:
    place = offsets.get(_CODEPAGE, len(stream))
    return struct.unpack_from("<H", stream, place + 4)[0] if place + 6 <= len(stream) else _GBK


def _values(stream: bytes, start: int) -> dict[int, str]:
    offsets = _offsets(stream, start)
    codepage = _codepage(stream, offsets)
    found: dict[int, str] = {}
    for number, place in offsets.items():
        if number not in (_DICTIONARY, _CODEPAGE):
            told = _value(stream, place, codepage)
            if told is not None:
                found[number] = told
    return found


def _value(stream: bytes, place: int, codepage: int) -> str | None:
    """Return a typed value (§2.15) as text, None for a type nobody needs."""
    try:
        (kind,) = struct.unpack_from("<I", stream, place)
        reader = _READERS.get(kind)
        return reader(stream, place + 4, codepage) if reader else None
    except (struct.error, OverflowError):
        return None


def _integer(stream: bytes, place: int, _: int) -> str:
    return str(struct.unpack_from("<i", stream, place)[0])


def _short(stream: bytes, place: int, _: int) -> str:
    return str(struct.unpack_from("<h", stream, place)[0])


def _float(stream: bytes, place: int, _: int) -> str:
    number = struct.unpack_from("<d", stream, place)[0]
    return str(int(number)) if number.is_integer() else str(number)


def _boolean(stream: bytes, place: int, _: int) -> str:
    return "true" if struct.unpack_from("<H", stream, place)[0] else "false"


def _moment(stream: bytes, place: int, _: int) -> str:
    """Return a time counted in tenths of microseconds since 1601; "" for none."""
    (ticks,) = struct.unpack_from("<Q", stream, place)
    moment = _DAY_0 + timedelta(microseconds=ticks // 10)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if ticks else ""


def _narrow_text(stream: bytes, place: int, codepage: int) -> str:
    """Return a string whose length in bytes stands before it (§2.5)."""
    length = struct.unpack_from("<I", stream, place)[0]
    return _decoded(stream[place + 4 : place + 4 + min(length, _TEXT)], codepage)


def _wide_text(stream: bytes, place: int, _: int) -> str:
    """Return a string in UTF-16 whose length in characters stands before it (§2.7)."""
    length = 2 * struct.unpack_from("<I", stream, place)[0]
    return _decoded(stream[place + 4 : place + 4 + min(length, _TEXT)], _UTF_16)


_READERS = {
    0x02: _short,
    0x03: _integer,
    0x05: _float,
    0x0B: _boolean,
    0x1E: _narrow_text,
    0x1F: _wide_text,
    0x40: _moment,
}


def _decoded(raw: bytes, codepage: int) -> str:
    names = {_UTF_16: "utf-16-le", _UTF_8: "utf-8", _GBK: "gb18030"}
    return raw.decode(names.get(codepage, "latin-1"), "replace").partition("\0")[0]


def _names(stream: bytes, start: int) -> dict[int, str]:
    """Return the names of properties by number (§2.17)."""
    offsets = _offsets(stream, start)
    codepage = _codepage(stream, offsets)
    place = offsets.get(_DICTIONARY, len(stream))
    names: dict[int, str] = {}
    try:
        (count,) = struct.unpack_from("<I", stream, place)
        place += 4
        for _ in range(min(count, _PROPERTIES)):
            number, length = struct.unpack_from("<II", stream, place)
            size = length * 2 if codepage == _UTF_16 else length
            names[number] = _decoded(stream[place + 8 : place + 8 + min(size, _TEXT)], codepage)
            # Names in UTF-16 are padded to four bytes.
            place += 8 + (size + 3 & ~3 if codepage == _UTF_16 else size)
    except struct.error:
        return names
    return names
