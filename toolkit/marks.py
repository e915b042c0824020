"""The marks by which the toolkit knows its own files again."""

import hashlib
from datetime import datetime
from enum import StrEnum

from toolkit.form import Form

CREATED = datetime(2000, 1, 1)
"""Fixed creation and modification date of what we write, so that same inputs give same bytes.

A file that still carries it was saved by nobody since.
"""

META_SHEET = "_meta"
"""Hidden sheet that repeats the document properties; one pair of name and value a row."""

FILE_KEY = "file"
"""Key of the column of a summary's detail sheet that names the file a row comes from."""
SCOPE_KEY = "scope"
"""Key of the column there that says to whom the unit belongs."""
ROW_KEY = "row"
"""Key of the column there that tells the returns from what was added by hand."""

PAGE = b'<meta name="toolkit.kind" content="page">'
"""By which our review page is known, however long it is."""
_HEAD = 4096
"""So many bytes from its beginning a page names itself."""
_SEAL = "\n<!-- sha256:{digest} -->\n"
"""Stands at the end of a page, over all that comes before."""

REPORTED = "reported:"
"""Stands before the key of a matrix column in the hidden row of keys, above its 原报数 column."""


ASKED = "toolkit.asked:"
"""Stands before the key of a figure or a row in the hidden sheet of a workbook sent back, where it
asks what the cell cannot show; beside it stands what the figure was, and the questions, each on a
line of its own.
"""


class Kind(StrEnum):
    """What a workbook of ours is."""

    RETURN = "return"
    REGION = "region"
    """The return of a region, made of those of its units; it reads like any other."""
    SUMMARY = "summary"
    ROSTER = "roster"
    """The list of the units that must report."""
    COMPARISON = "comparison"
    """Several years side by side."""
    MARKED = "marked"
    """A return sent back with what was found in it; once somebody has saved it, a return."""
    NOTE = "note"
    """What is said of a file that could not be read; never a return."""


class Mark(StrEnum):
    """Names of the custom document properties."""

    KIND = "toolkit.kind"
    FORM = "toolkit.form"
    YEAR = "toolkit.year"
    UNIT = "toolkit.unit"
    DIGEST = "toolkit.digest"
    UNITS = "toolkit.units"
    """How many units reported; only in a summary."""
    SCOPE = "toolkit.scope"
    """What a region's form covers: all of it or its own offices; only in such a form."""


def digest(form: Form, year: int | None, unit_code: str) -> str:
    """Return the SHA-256 that names what was issued: definition, year and unit code."""
    issued = f"{form.definition}\n{year or ''}\n{unit_code}"
    return hashlib.sha256(issued.encode()).hexdigest()


def is_page(content: bytes) -> bool:
    """Tell whether a file is our review page, or was saved from it by a browser."""
    return PAGE in content[:_HEAD]


def sealed(page: bytes) -> bytes:
    """Return a page with what tells whether anybody has changed it since we wrote it."""
    return page + _seal(page)


def unbroken(content: bytes) -> bool:
    """Tell whether a file is a page that is as we wrote it."""
    length = len(_seal(b""))
    return is_page(content) and content.endswith(_seal(content[:-length]))


def _seal(page: bytes) -> bytes:
    return _SEAL.format(digest=hashlib.sha256(page).hexdigest()).encode()


def untouched(modified: str) -> bool:
    """Tell whether nobody has saved a workbook of ours since we wrote it.

    Args:
        modified: when it says that it was last saved.
    """
    try:
        moment = datetime.fromisoformat(modified)
    except ValueError:
        return False
    return moment.replace(tzinfo=None) == CREATED


def defined_name(key: str) -> str:
    """Return the defined name that stands as a second witness for an indicator's cell.

    The first part keeps a short key from being taken for a cell (A1, R1C1).
    """
    return "i." + key.replace("/", "..")
