"""What the name of a file tells, on a disk or in a zip: how it is shown, and whether it is junk."""

import unicodedata
from collections.abc import Sequence
from fnmatch import fnmatchcase

_NOT_RETURNS = {
    "temporary": ("~$*", ".~lock.*#", ".*.tmp", "~*.tmp"),
    "system": (".ds_store", "thumbs.db", "desktop.ini", "._*"),
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
