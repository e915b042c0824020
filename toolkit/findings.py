"""Findings: what was found wrong, where, and what to do. They are values, never printed here."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from enum import StrEnum
from string import Formatter
from typing import Any

from toolkit import words

Number = int | Decimal

LONGEST = 300
"""Characters of a text that a sentence quotes."""

# The row in a cell's name; no sheet has more rows than seven digits say.
_ROW = re.compile(r"[0-9]{1,7}")


class Severity(StrEnum):
    """How strict a finding is (强制性 / 核实性 / 提示)."""

    ERROR = "error"
    """The return is sent back and not summed."""
    WARNING = "warning"
    """Summed; waits for an explanation (说明) in the form."""
    NOTICE = "notice"
    """Never blocks and needs no answer."""

    @property
    def rank(self) -> int:
        """Return 0 for the strictest severity, so that sorting puts it first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one file."""

    code: str
    severity: Severity
    message: str
    """A Chinese sentence: what is wrong, and what to do."""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    key: str = ""
    value: Number | str | None = None
    explanation: str = ""
    """The 说明 typed in the finding's anchor row; closes a warning."""
    decided: str = ""
    """By whose decision the figures count all the same, and why; closes everything."""

    @property
    def explained(self) -> bool:
        """Tell whether this is a warning that its 说明 closes."""
        return self.severity is Severity.WARNING and bool(self.explanation.strip())

    @property
    def open(self) -> bool:
        """Tell whether somebody still has to do something about this finding."""
        return self.severity is not Severity.NOTICE and not self.explained and not self.decided

    def in_file(self, file: str) -> "Finding":
        """Return the same finding with the file it is about."""
        return replace(self, file=file)

    def as_json(self) -> dict[str, Any]:
        """Return the finding as a JSON object; the severity becomes its plain word."""
        return asdict(self) | {"severity": str(self.severity)}


def finding(
    code: str,
    /,
    *,
    severity: Severity | None = None,
    key: str = "",
    value: Number | str | None = None,
    **context: object,
) -> Finding:
    """Build the finding of a catalogue code with its words filled in.

    Args:
        code: a code of the catalogue, ``finding.<code>`` in schemas/words.toml.
        severity: overrides the catalogue's severity (a form may be stricter or milder).
        key: the indicator or head field it is about.
        value: what stood there.
        context: the placeholders of the catalogue's sentence.
    """
    worded = _worded(code, {"value": value, **context})
    return replace(worded, severity=severity or worded.severity, key=key, value=value)


def _worded(code: str, context: Mapping[str, object]) -> Finding:
    entry = words.entry(f"finding.{code}")
    shown = {name: _shortened(value) for name, value in context.items()}
    message = (entry["message"] + entry.get("remedy", "")).format(**shown)
    # JSON may name halves of characters, which nobody can write.
    written = message.encode(errors="ignore").decode()
    return Finding(code, Severity(entry["severity"]), written)


def _shortened(value: object) -> object:
    """Return what stands in a sentence: of a long text, as any cell may hold one, the beginning."""
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[: LONGEST - 1]}…"
    return value


def fits(code: str, named: Collection[str]) -> bool:
    """Tell whether the catalogue has a code whose words name nothing but what is given."""
    entry = words.entry("finding").get(code)
    if entry is None:
        return False
    text = entry["message"] + entry.get("remedy", "")
    return all(name is None or name in named for _, name, _, _ in Formatter().parse(text))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by file, strictest first, then from top to bottom; never by time.

    Those without a cell, or in one cell, stay in the order they came in, which for the findings
    of ``check`` is that of the form.
    """
    return tuple(sorted(findings, key=_order))


def _order(found: Finding) -> tuple[str | int, ...]:
    digits = _ROW.search(found.cell)
    row = int(digits[0]) if digits else 0
    return found.file, found.severity.rank, found.sheet, row, found.cell


class Refused(Exception):
    """A file cannot be read as asked; carries the finding that says so."""

    def __init__(self, code: str, /, **context: object) -> None:
        """Build the finding from a catalogue code and its placeholders."""
        self.finding = _worded(code, context)
        super().__init__(self.finding.message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the way back from a worker process."""
        return _refused, (self.finding,)


def _refused(found: Finding) -> Refused:
    refused = Refused.__new__(Refused)
    Exception.__init__(refused, found.message)
    refused.finding = found
    return refused
