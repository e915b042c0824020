"""Remarks: what the proofreader found, the words it is about, and the table's cell."""

from dataclasses import dataclass

from toolkit.findings import Finding, Number, Severity, finding
from toolkit.narrative import Quote


@dataclass(frozen=True, slots=True)
class TableCell:
    """The figure of the table that a remark is about."""

    label: str
    value: Number | None
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing found in a report."""

    finding: Finding
    words: Quote
    """The words that are remarked on."""
    cell: TableCell | None = None
    """The table's figure, where the remark is about one."""
    heading: tuple[str, ...] = ()
    """The headings that the words stand under, from the top."""


def remark(
    code: str,
    words: Quote,
    /,
    *,
    severity: Severity | None = None,
    key: str = "",
    value: Number | str | None = None,
    cell: TableCell | None = None,
    **context: object,
) -> Remark:
    """Return the remark of a catalogue code, its sentence filled in.

    Args:
        code: a code of the catalogue.
        words: the words that are remarked on; the sentence quotes them.
        severity: overrides the catalogue's.
        key: the indicator it is about.
        value: the figure of the text.
        cell: the table's figure.
        context: the placeholders of the catalogue's sentence.
    """
    found = finding(code, severity=severity, key=key, value=value, quote=words.said, **context)
    return Remark(found, words, cell)
