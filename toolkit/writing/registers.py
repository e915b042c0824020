"""The sheets that account for every file: 审核意见 lists all findings, 收件登记 all files."""

from collections.abc import Sequence
from typing import Any

from toolkit import words
from toolkit.findings import Finding, Severity
from toolkit.folder import Skipped
from toolkit.form import Form
from toolkit.merge import Summary
from toolkit.submissions import Entry
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Look, Looks

_FINDINGS = {
    "file": 28,
    "unit_name": 18,
    "box": 11,
    "severity": 9,
    "state": 10,
    "code": 6,
    "sheet": 10,
    "cell": 8,
    "indicator": 24,
    "message": 52,
    "explanation": 24,
}
_FILES = {
    "file": 32,
    "box": 12,
    "reason": 50,
    "unit_code": 12,
    "unit_name": 24,
    "date": 12,
    "digest": 36,
}


def findings(book: Any, looks: Looks, summary: Summary) -> None:
    """Write the sheet of all findings in all files."""
    sheet = Sheet(book, looks, words.say("summary.sheet.findings"))
    sheet.title(words.say("summary.findings", name=summary.form.name, year=summary.year))
    rows = [
        _finding(summary.form, entry, one)
        for entry in summary.entries
        for one in entry.submission.all_findings
    ]
    _table(sheet, 1, _FINDINGS, rows)


def _finding(form: Form, entry: Entry, one: Finding) -> list[str]:
    record = entry.submission.record
    return [
        entry.submission.path,
        record.unit.name if record else "",
        entry.box.label,
        words.say(f"severity.{one.severity}"),
        words.say(f"summary.state.{_state(one)}"),
        one.code,
        one.sheet,
        one.cell,
        _indicator(form, one.key),
        one.message,
        one.explanation,
    ]


def _state(one: Finding) -> str:
    if one.severity is Severity.WARNING:
        return "explained" if one.explained else "waiting"
    return str(one.severity)


def _indicator(form: Form, key: str) -> str:
    """Return what a finding's key is called; a finding about the whole file has none."""
    if key in form.indicators:
        return form.indicators[key].name
    return form.fields[key].label if key in form.fields else ""


def files(book: Any, looks: Looks, summary: Summary, skipped: Sequence[Skipped]) -> None:
    """Write the sheet of all files, each with its box; those that do not count stand last."""
    sheet = Sheet(book, looks, words.say("summary.sheet.files"))
    sheet.title(words.say("summary.files", name=summary.form.name, year=summary.year))
    sheet.text(1, 0, _account(summary, skipped), Look.STATUS, text_wrap=False)
    sheet.height(1, 20)
    rows = [_file(summary.form, entry) for entry in summary.entries]
    left_out = words.say("summary.skipped")
    rows += [
        [one.name, left_out, one.reason, "", "", "", ""]
        for one in sorted(skipped, key=lambda one: (one.name, one.reason))
    ]
    _table(sheet, 2, _FILES, rows)


def _account(summary: Summary, skipped: Sequence[Skipped]) -> str:
    counts = [
        words.say("summary.box", box=box.label, count=len(entries))
        for box, entries in summary.boxes.items()
    ]
    return words.say(
        "summary.account",
        found=len(summary.entries),
        boxes=" + ".join(counts),
        skipped=len(skipped),
    )


def _file(form: Form, entry: Entry) -> list[str]:
    sent = entry.submission
    unit, filed = ("", ""), ""
    if sent.record is not None:
        unit = sent.record.unit.code, sent.record.unit.name
        filed = str(sent.record.filed(form) or "")
    return [sent.path, entry.box.label, entry.reason, *unit, filed, sent.digest]


def _table(
    sheet: Sheet, header: int, columns: dict[str, int], rows: Sequence[Sequence[str]]
) -> None:
    """Write a table of texts with a filter, ready to print."""
    widths = list(columns.values())
    heads = [words.entry("summary.head")[name] for name in columns]
    sheet.widths(widths)
    sheet.texts(header, heads, widths, Look.HEADER)
    for row, contents in enumerate(rows, header + 1):
        sheet.texts(row, contents, widths, Look.TEXT)
    sheet.raw.autofilter(header, 0, header + len(rows), len(widths) - 1)
    sheet.raw.freeze_panes(header + 1, 1)
    sheet.prints((header, header), landscape=True)
    sheet.raw.fit_to_pages(1, 0)
