"""Reading and writing files at the edge: whole files in, whole files out or nothing."""

import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from toolkit import marks, words


class Unwritable(Exception):
    """An output cannot be written; the message says why and what to do, in Chinese."""


def write(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file under a temporary name beside its place and rename it there.

    An existing file is replaced only if it is our own and nobody has saved it since, so that
    no work of a person is lost.

    Args:
        path: where to; missing folders are made.
        content: the whole file.
        force: replace whatever is there.

    Raises:
        Unwritable: the place is taken by a file worth keeping, or cannot be written.
    """
    replaceable(path)
    if path.exists() and not force and not untouched(path):
        raise Unwritable(words.say("files.exists", path=path))
    with staged(path, content) as temporary:
        put(temporary, path)


def replaceable(path: Path) -> None:
    """Refuse a place that is known to take no file, before there is one to be written.

    Raises:
        Unwritable: no plain file is there, or one that cannot be written.
    """
    with _told(path):
        if path.exists() and not path.is_file():
            special = words.say("files.reason.special")
            raise Unwritable(words.say("files.unwritable", path=path, reason=special))
        if path.exists():
            path.open("r+b").close()  # refused where another program has it open


@contextmanager
def staged(path: Path, content: bytes) -> Iterator[Path]:
    """Write a file under a temporary name beside its place; it goes unless it is ``put`` there.

    Args:
        path: its place; missing folders are made.
        content: the whole file.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def put(temporary: Path, path: Path) -> None:
    """Put a file that was ``staged`` in its place."""
    with _told(path):
        temporary.replace(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in Chinese why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise Unwritable(words.say("files.unwritable", path=path, reason=reason(error))) from error


def untouched(path: Path) -> bool:
    """Tell whether a file is an output of ours that no program has saved since.

    Every office program stamps the core properties when it saves (ECMA-376 part 2, 8.3.4);
    ours carry a fixed date there. A page carries a digest of itself.
    """
    try:
        if marks.unbroken(path.read_bytes()):
            return True
        with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as part:
            core = part.read(65536).decode("utf-8", "replace")
    except (OSError, KeyError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False  # whatever it is, it is not as we wrote it
    stamp = marks.CREATED.strftime("%Y-%m-%dT%H:%M:%SZ")
    return core.count(f">{stamp}<") == 2  # created and modified


def reason(error: OSError) -> str:
    """Say in Chinese why an operation on a file failed."""
    known: dict[str, str] = words.entry("files.reason")
    return known.get(type(error).__name__) or known.get(str(error.errno)) or str(error.strerror)
