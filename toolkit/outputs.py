"""Outputs of a collection: one that would come out as it lies there is not made again.

The ledger keeps what each was made of, and a digest of its bytes.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import quote, unquote

from toolkit import files
from toolkit.form import Form
from toolkit.ledger import Ledger
from toolkit.merge import Summary

_NOTED = "output:"
"""Stands before the path of an output among what a ledger notes of its collection."""
_LENGTH = 64
"""Of a SHA-256 in hexadecimal digits."""
_AS_GIVEN = "surrogateescape"
"""Keeps the bytes of names that are no UTF-8."""


@dataclass(frozen=True)
class Output:
    """A file to be written."""

    path: Path
    made_of: str
    """What is equal only where the same comes out, see ``fingerprint``."""
    make: Callable[[], bytes]
    """Returns the whole file."""


def fingerprint(*parts: object) -> str:
    """Return what is equal for equal parts, in whatever run they came about.

    Args:
        parts: values whose ``repr`` tells all of them.
    """
    told = hashlib.sha256()
    for piece in _pieces(parts):
        told.update(piece.encode("utf-8", "surrogatepass") + b"\n")
    return told.hexdigest()


def _pieces(part: object) -> Iterator[str]:
    """Yield what tells a part, in pieces, so that large ones need not be told in one."""
    match part:
        case Form():
            yield part.definition
        case Summary():
            for field in fields(part):
                yield from _pieces(getattr(part, field.name))
        case tuple():
            yield f"{len(part)}:"
            for one in part:
                yield from _pieces(one)
        case _:
            yield repr(part)


def write(output: Output, ledger: Ledger, *, force: bool) -> bool:
    """Write an output unless the same lies there already.

    Args:
        output: the file.
        ledger: of the collection; it learns what is written.
        force: replace whatever lies there.

    Returns:
        whether it was written.

    Raises:
        Unwritable: as for ``files.write``; the ledger cannot be written.
    """
    name = _name(output.path, ledger)
    lying = _digest(output.path)
    if lying and ledger.collected().get(name) == f"{output.made_of} {lying}":
        return False
    content = output.make()
    files.write(output.path, content, force=force)
    ledger.note(**{name: f"{output.made_of} {hashlib.sha256(content).hexdigest()}"})
    return True


def lying(ledger: Ledger) -> frozenset[Path]:
    """Return the outputs that lie where they were written and as they were written.

    Args:
        ledger: of the collection.
    """
    noted = {
        ledger.path.parent / unquote(name.removeprefix(_NOTED), errors=_AS_GIVEN): told[-_LENGTH:]
        for name, told in ledger.collected().items()
        if name.startswith(_NOTED)
    }
    return frozenset(path.resolve() for path, digest in noted.items() if _digest(path) == digest)


def _name(path: Path, ledger: Ledger) -> str:
    """Return under which name an output is noted; it is the same where all was moved elsewhere."""
    whole = path.resolve()
    with suppress(ValueError):  # another drive of Windows
        whole = Path(os.path.relpath(whole, ledger.path.resolve().parent))
    return _NOTED + quote(whole.as_posix(), errors=_AS_GIVEN)


def _digest(path: Path) -> str:
    with suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""
