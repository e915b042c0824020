"""What the name of a file tells, on a disk or in a zip: how it is shown, and whether it is junk."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from toolkit import words

_NOT_RETURNS = {
    "temporary": ("~$*", ".~lock.*#", ".*.tmp", "~*.tmp"),
    "system": (".ds_store", "thumbs.db", "desktop.ini", "._*"),
    "ledger": ("*.ledger.sqlite", "*.ledger.sqlite-journal"),
}
_MAC_FOLDER = "__MACOSX"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of what cannot be seen, and of what moves the text around it."""


def junk(parts: Sequence[str]) -> str:
    """Return why a file is no return by its name, as in ``folder.skipped.…``; "" if it may be one.

    Args:
        parts: the folders it lies in, and its name last.
    """
    if _MAC_FOLDER in parts:
        return "system"
    name = parts[-1].lower() if parts else ""
    for reason, patterns in _NOT_RETURNS.items():
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            return reason
    return ""


def apart(names: Iterable[str], taken: set[str]) -> str:
    """Return the first of several names that is not taken, and take it.

    Names are compared without regard to case, as Windows does.
    """
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return name


def numbered(names: Iterable[str]) -> Iterator[str]:
    """Yield names as they are; of equal ones all but the first with a number, so that none is."""
    numbers: Counter[str] = Counter()  # kept, so that a thousand of one name are not counted anew
    taken: set[str] = set()
    for name in names:
        one = name
        while one in taken:
            numbers[name] += 1
            one = words.say("archive.twin", name=name, number=numbers[name] + 1)
        taken.add(one)
        yield one


def shown(name: str) -> str:
    """Return a name as outputs show it: the same on every system, and nothing in it unseen.

    macOS decomposes letters; a line break or a mark that turns the writing around could make
    one file look like another.
    """
    composed = unicodedata.normalize("NFC", name)
    return "".join(_escaped(char) if _unseen(char) else char for char in composed)


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
