"""What stands in a cell, made of what a file stores for it; a fault stays in its cell."""

import math
import re

from toolkit import words
from toolkit.reading.grid import Kind
from toolkit.text import LONGEST

Value = tuple[Kind, str]
"""The kind of a cell and what stands in it; the raw of grid.Cell."""

NOTHING: Value = (Kind.EMPTY, "")
"""An empty cell, or a formula without a result."""

# Three digits of exponent name every finite double; more would only ask for endless zeros.
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
# A leading zero belongs to a code, and no figure has so many digits.
_TYPED = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_EXACT_FLOATS = 2**53

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Errors by the number that the binary formats store ([MS-XLS] §2.5.10, [MS-XLSB] §2.5.97.2)."""
# As a sheet shows them, with those of LibreOffice (Err:502).
_SHOWN_ERROR = re.compile(r"#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!)|Err:[0-9]{3}")


def number(text: str) -> Value:
    """Believe only a finite decimal; anything else (１２, 1,180, NaN) is text to be looked at."""
    stored = text.strip()
    if not stored:
        return NOTHING
    if len(text) > LONGEST:
        return fault("long")
    if _NUMBER.fullmatch(stored) and math.isfinite(float(stored)):
        return Kind.NUMBER, stored
    return Kind.TEXT, text


def stored_number(stored: float) -> Value:
    """Return a binary number in the fewest digits that name it."""
    if not math.isfinite(stored):
        return Kind.TEXT, str(stored)
    whole = stored.is_integer() and abs(stored) < _EXACT_FLOATS
    return Kind.NUMBER, str(int(stored)) if whole else repr(stored)


def text(content: str) -> Value:
    """Return a text, a fault for one longer than any cell can hold."""
    return (Kind.TEXT, content) if len(content) <= LONGEST else fault("long")


def boolean(*, true: bool) -> Value:
    """Return a truth value as people see it."""
    return Kind.BOOLEAN, "TRUE" if true else "FALSE"


def error(code: int) -> Value:
    """Return the error with a number of the binary formats."""
    name = _ERRORS.get(code)
    return (Kind.ERROR, name) if name else fault("type")


def shows_error(content: str) -> bool:
    """Tell whether a text is what a sheet shows for a formula error."""
    return _SHOWN_ERROR.fullmatch(content.strip()) is not None


def typed(content: str) -> Value:
    """Return what stands in a table of a text, a page or a document, where all is text.

    A plain decimal is a number, as it would be in a sheet; an error stays an error.
    """
    bare = content.strip()
    if not bare:
        return NOTHING
    if _TYPED.fullmatch(bare):
        return Kind.NUMBER, bare
    return (Kind.ERROR, bare) if shows_error(bare) else text(content)


def fault(name: str) -> Value:
    """Return what stands in a cell whose content cannot be had, in words."""
    return Kind.ERROR, words.say(f"reading.fault.{name}")
