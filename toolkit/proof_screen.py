"""What the proofreader found, as people read it on the screen and in comments, and as JSON."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import click
import simplejson

from toolkit import screen, words
from toolkit.findings import Severity
from toolkit.narrative import Passage, Story
from toolkit.proofreading.claims import Claim
from toolkit.proofreading.proofread import Proof
from toolkit.proofreading.remarks import Remark
from toolkit.reading.summaries import Table


@dataclass(frozen=True)
class Outcome:
    """A report as it was proofread, and what it was held against."""

    file: str
    proof: Proof
    table: Table | None
    table_file: str
    """The file of the table; that of the report where the table stands in it."""
    notes: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return the remarks, one a line: sign, code, place, the words and what is wrong."""
        remarks, proof = self.proof.remarks, self.proof
        count = words.say("cli.check.counts", **_counts(remarks))
        shown = count if remarks else words.say("cli.check.good")
        head = words.say("proofread.file", file=screen.flat(self.file), count=shown)
        kind = "alone" if self.table is None else "held"
        account = words.say(
            f"proofread.{kind}",
            paragraphs=proof.paragraphs,
            figures=len(proof.claims),
            agreeing=proof.agreeing,
            counts=count,
        )
        return "\n".join([click.style(head, bold=True), *map(_line, remarks), account])

    def as_json(self) -> str:
        """Return the one JSON object that ``proofread --json`` prints."""
        content = {
            "report": self.file,
            "table": None if self.table is None else _table(self.table, self.table_file),
            "form": self.proof.form.edition,
            "year": self.proof.year,
            "paragraphs": self.proof.paragraphs,
            "agreeing": self.proof.agreeing,
            "figures": [_figure(claim) for claim in self.proof.claims],
            "findings": [_finding(one) for one in self.proof.remarks],
            "notes": list(self.notes),
        }
        return str(simplejson.dumps(content, ensure_ascii=False, indent=2, use_decimal=True))


def comment(one: Remark) -> str:
    """Return a remark as the text of a comment in the document."""
    found = one.finding
    sign = words.say(f"verdict.{found.severity}")
    return words.say("proofread.comment.text", sign=sign, code=found.code, message=found.message)


def place(passage: Passage, heading: Sequence[str]) -> str:
    """Return where a passage stands, as people look for it."""
    if passage.story is Story.TABLE:
        return words.say(
            "proofread.in_table", number=passage.number, row=passage.row, column=passage.column
        )
    if not heading:
        return words.say("proofread.line", number=passage.number)
    return words.say("proofread.place", number=passage.number, heading=heading[-1])


def _line(one: Remark) -> str:
    found = one.finding
    sign = words.say(f"verdict.{found.severity}")
    coded = click.style(f"  {sign} {found.code}", fg=screen.COLOURS[found.severity])
    where = place(one.words.passage, one.heading)
    return "  ".join((coded, screen.flat(where), screen.flat(found.message)))


def _counts(remarks: Iterable[Remark]) -> dict[str, int]:
    by_severity = Counter(one.finding.severity for one in remarks)
    return {
        "errors": by_severity[Severity.ERROR],
        "warnings": by_severity[Severity.WARNING],
        "notices": by_severity[Severity.NOTICE],
    }


def _table(table: Table, file: str) -> dict[str, Any]:
    return {
        "file": file,
        "form": table.form,
        "year": table.year,
        "unit": {"name": table.unit.name, "code": table.unit.code},
    }


def _finding(one: Remark) -> dict[str, Any]:
    found, cell = one.finding, one.cell
    return {
        "code": found.code,
        "severity": str(found.severity),
        "message": found.message,
        "quote": one.words.said,
        **_where(one.words.passage),
        "heading": list(one.heading),
        "key": found.key,
        "value": found.value,
        "table": None
        if cell is None
        else {"label": cell.label, "value": cell.value, "sheet": cell.sheet, "cell": cell.cell},
    }


def _figure(claim: Claim) -> dict[str, Any]:
    return {
        "keys": list(claim.of),
        "value": claim.value,
        "quote": claim.words.said,
        **_where(claim.words.passage),
    }


def _where(passage: Passage) -> dict[str, Any]:
    inside = passage.story is Story.TABLE
    return {
        "paragraph": passage.number,
        "story": str(passage.story),
        "row": passage.row if inside else None,
        "column": passage.column if inside else None,
    }
