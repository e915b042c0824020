"""Reports and tables for the tests of the proofreader, in every format that reports come in."""

import html
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import docx

from tests.proofreading.reports import Line
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.narrative import Narrative
from toolkit.proofreading.proofread import Proof, proofread
from toolkit.reading.narratives import read_narrative
from toolkit.reading.summaries import Table
from toolkit.record import Source, Unit, settle

Figures = Mapping[str, Number | None]
Write = Callable[[Iterable[Line]], bytes]


def as_text(lines: Iterable[Line], encoding: str = "utf-8") -> bytes:
    """Return a report as plain text; cells of a table are apart by tabs."""
    written = (line if isinstance(line, str) else "\t".join(line) for line in lines)
    return "\n".join(written).encode(encoding)


def as_page(lines: Iterable[Line]) -> bytes:
    """Return a report as a web page."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>报告</title></head><body>"]
    for is_table, group in groupby(lines, lambda line: isinstance(line, list)):
        if is_table:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in group)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            parts += (f"<p>{html.escape(str(line))}</p>" for line in group)
    return "".join([*parts, "</body></html>"]).encode()


def as_document(lines: Iterable[Line]) -> bytes:
    """Return a report as a Word document."""
    made = docx.Document()
    for is_table, group in groupby(lines, lambda line: isinstance(line, list)):
        if not is_table:
            for line in group:
                made.add_paragraph(re.sub(r"^#+ |\*\*", "", str(line)))  # as people type it
            continue
        rows = list(group)
        table = made.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def table(
    form: Form, figures: Figures, unit: str = "示例局", reported: Figures | None = None
) -> Table:
    """Return a table of these figures for the year that the edition begins with."""
    values, told = settle(form, figures, reported or {})
    sources = {key: Source("统计表", f"D{row}") for row, key in enumerate(form.indicators, 1)}
    year = max(form.first_year, 2018)
    return Table(form.edition, year, values, Unit(unit), reported=told, sources=sources)


def text(*lines: Line) -> Narrative:
    """Return a report of these lines."""
    return read_narrative(as_text(lines))


def codes(proof: Proof) -> list[str]:
    """Return the codes of what was found."""
    return [one.finding.code for one in proof.remarks]


def said(form: Form, figures: Figures, *lines: str) -> Sequence[tuple[str, str]]:
    """Return codes and quotes of what is found in a report of these lines."""
    proof = proofread(text(*lines), table(form, figures))
    return [(one.finding.code, one.words.said) for one in proof.remarks]
