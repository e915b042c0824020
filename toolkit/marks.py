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


class Kind(StrEnum):
    """What a workbook of ours is."""

    RETURN = "return"
    SUMMARY = "summary"


class Mark(StrEnum):
    """Names of the custom document properties."""

    KIND = "toolkit.kind"
    FORM = "toolkit.form"
    YEAR = "toolkit.year"
    UNIT = "toolkit.unit"
    DIGEST = "toolkit.digest"
    UNITS = "toolkit.units"
    """How many units reported; only in a summary."""


def digest(form: Form, year: int | None, unit_code: str) -> str:
    """Return the SHA-256 that names what was issued: definition, year and unit code."""
    issued = f"{form.definition}\n{year or ''}\n{unit_code}"
    return hashlib.sha256(issued.encode()).hexdigest()


def defined_name(key: str) -> str:
    """Return the defined name that stands as a second witness for an indicator's cell.

    The first part keeps a short key from being taken for a cell (A1, R1C1).
    """
    return "i." + key.replace("/", "..")
