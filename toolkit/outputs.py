"""Outputs of a collection: all are written or none, and none that would come out as it lies there.

The ledger keeps what each was made of, and a digest of its bytes; before they are put in their
places also the digests of those to come, so that a run that is killed there loses none of them.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import quote, unquote

from toolkit import files, words
from toolkit.files import Unwritable
from toolkit.form import Form
from toolkit.ledger import Ledger
from toolkit.merge import Summary

_NOTED = "output:"
"""Stands before the path of an output among what a ledger notes of its collection."""
_BEGUN = "begun:"
"""Stands there before the path of an output that may have been put in its place."""
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


def write(made: Sequence[Output], ledger: Ledger, *, force: bool) -> Mapping[Path, bool]:
    """Write outputs, all of them or none; those that lie there already stay.

    Args:
        made: the files.
        ledger: of the collection; it learns what is written.
        force: replace whatever lies there.

    Returns:
        which of them were written, by path.

    Raises:
        Unwritable: somebody has changed one since it was written; another file lies in its place;
            the disk or the ledger cannot be written. All that is refused is named.
    """
    known = ledger.collected()
    fresh = [one for one in made if not _lies(one, ledger, known)]
    refused = [told for one in fresh if (told := _refusal(one.path, ledger, known, force=force))]
    if refused:
        raise Unwritable("\n".join([*refused, words.say("outputs.none")]))
    with ExitStack() as stack:
        staged, digests = [], {}
        for one in fresh:
            content = one.make()
            digests[_name(one.path, ledger)] = hashlib.sha256(content).hexdigest()
            staged.append((stack.enter_context(files.staged(one.path, content)), one))
        ledger.note(**{_BEGUN + name: digest for name, digest in digests.items()})
        for temporary, one in staged:
            files.put(temporary, one.path)
        parts = {_name(one.path, ledger): one.made_of for one in fresh}
        ledger.note(**{_NOTED + name: f"{parts[name]} {told}" for name, told in digests.items()})
    return {one.path: one in fresh for one in made}


def _lies(output: Output, ledger: Ledger, known: Mapping[str, str]) -> bool:
    """Tell whether an output lies in its place as it would come out."""
    told = known.get(_NOTED + _name(output.path, ledger))
    return told is not None and told == f"{output.made_of} {_digest(output.path)}"


def _refusal(path: Path, ledger: Ledger, known: Mapping[str, str], *, force: bool) -> str:
    """Return why an output cannot be written, and what to do; "" where it can."""
    try:
        files.replaceable(path)
    except Unwritable as unwritable:
        return str(unwritable)
    if force or not path.exists() or files.untouched(path):
        return ""
    name = _name(path, ledger)
    if path.resolve() in lying(ledger):
        return ""
    ours = _NOTED + name in known or _BEGUN + name in known
    return words.say("outputs.changed" if ours else "outputs.strange", path=path)


def lying(ledger: Ledger) -> frozenset[Path]:
    """Return the outputs that lie where they were written and as they were written.

    Args:
        ledger: of the collection.
    """
    noted = {
        (ledger.path.parent / unquote(name.removeprefix(prefix), errors=_AS_GIVEN), told[-_LENGTH:])
        for name, told in ledger.collected().items()
        for prefix in (_NOTED, _BEGUN)
        if name.startswith(prefix)
    }
    return frozenset(path.resolve() for path, digest in noted if _digest(path) == digest)


def _name(path: Path, ledger: Ledger) -> str:
    """Return under which name an output is noted; it is the same where all was moved elsewhere."""
    whole = path.resolve()
    with suppress(ValueError):  # another drive of Windows
        whole = Path(os.path.relpath(whole, ledger.path.resolve().parent))
    return quote(whole.as_posix(), errors=_AS_GIVEN)


def _digest(path: Path) -> str:
    with suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""
