"""The sheets that account for every file: 审核意见 lists all findings, 收件登记 all files."""

from collections.abc import Iterator, Sequence

from toolkit import progress, words
from toolkit.findings import Finding, Severity, finding
from toolkit.folder import Skipped
from toolkit.form import Form
from toolkit.merge import Summary
from toolkit.record import places
from toolkit.submissions import Entry
from toolkit.writing import lists
from toolkit.writing.sheets import Sheet

_FINDINGS = {
    "file": 26.0,
    "unit_name": 18.0,
    "box": 11.0,
    "severity": 9.0,
    "state": 10.0,
    "code": 6.0,
    "sheet": 10.0,
    "cell": 8.0,
    "indicator": 22.0,
    "message": 50.0,
    "explanation": 20.0,
    "decided": 18.0,
}
_FILES = {
    "file": 32.0,
    "box": 12.0,
    "settled": 9.0,
    "reason": 48.0,
    "unit_code": 12.0,
    "unit_name": 24.0,
    "date": 12.0,
    "digest": 36.0,
}
_FINDINGS_HEADER, _FILES_HEADER = 1, 2

# ---------------------------------------------------------------- 审核意见


def findings(sheet: Sheet, summary: Summary) -> None:
    """Write the list of all findings: about what is missing, the merged figures, each file."""
    sheet.title(words.say("summary.findings", name=summary.form.name, year=summary.year))
    rows = [
        *_missing(summary),
        *(
            _row(summary.form, one, words.say("summary.merged"), state=state_of(one))
            for one in summary.findings
        ),
        *(
            _of_file(summary.form, entry, one)
            for entry in summary.entries
            for one in entry.submission.all_findings
        ),
    ]
    lists.write(sheet, _FINDINGS_HEADER, _FINDINGS, rows, frozen=2)
    states = words.entry("summary.state")
    colours = {states["error"]: lists.WRONG, states["waiting"]: lists.OPEN}
    listed = range(_FINDINGS_HEADER + 1, _FINDINGS_HEADER + 1 + len(rows))
    lists.highlight(sheet, listed, list(_FINDINGS).index("state"), colours)


def _missing(summary: Summary) -> Iterator[Sequence[str]]:
    """Yield M1 for each unit on the roster that sent nothing."""
    for one in summary.missing:
        found = finding("M1", name=one.unit.name)
        not_sent = words.say("summary.not_sent")
        yield _row(summary.form, found, not_sent, one.unit.name, state=state_of(found))


def _of_file(form: Form, entry: Entry, one: Finding) -> Sequence[str]:
    record = entry.submission.record
    unit = record.unit.name if record else ""
    state = state_of(one, entry)
    return _row(form, one, entry.submission.path, unit, entry.box.label, state=state)


def _row(
    form: Form, one: Finding, file: str, unit: str = "", box: str = "", *, state: str
) -> Sequence[str]:
    return (
        file,
        unit,
        box,
        words.say(f"severity.{one.severity}"),
        words.say(f"summary.state.{state}"),
        one.code,
        one.sheet,
        one.cell,
        name_of(form, one.key),
        one.message,
        one.explanation,
        one.decided,
    )


def state_of(one: Finding, entry: Entry | None = None) -> str:
    """Return what became of a finding, by the name of its words: its severity, if nothing did.

    Args:
        one: what was found.
        entry: the file it was found in; None where it was found in the merged figures.
    """
    if one.open and entry is not None and progress.overtaken(entry):
        return "overtaken"
    if one.decided:
        return "decided"
    if one.severity is Severity.WARNING:
        return "explained" if one.explained else "waiting"
    return str(one.severity)


def name_of(form: Form, key: str) -> str:
    """Return what a finding's key is called; a finding about the whole file has none.

    Args:
        form: the edition.
        key: of a figure, or of a field of the head or foot.
    """
    if key in form.indicators:
        return form.indicators[key].name
    fields = dict(form.fields) | places(form)
    return fields[key].label if key in fields else ""


# ---------------------------------------------------------------- 收件登记


def files(sheet: Sheet, summary: Summary, skipped: Sequence[Skipped]) -> None:
    """Write the list of all files, each with its box; those that do not count stand last."""
    sheet.title(words.say("summary.files", name=summary.form.name, year=summary.year))
    sheet.remark(1, _account(summary, skipped))
    left_out = words.say("summary.skipped")
    rows = [
        *(_file(summary.form, entry) for entry in summary.entries),
        *(
            (one.name, left_out, "", one.reason, "", "", "", "")
            for one in sorted(skipped, key=lambda one: (one.name, one.reason))
        ),
    ]
    lists.write(sheet, _FILES_HEADER, _FILES, rows, frozen=1)
    colours = {words.say("summary.settled.no"): lists.OPEN}
    listed = range(_FILES_HEADER + 1, _FILES_HEADER + 1 + len(rows))
    lists.highlight(sheet, listed, list(_FILES).index("settled"), colours)


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


def _file(form: Form, entry: Entry) -> Sequence[str]:
    sent = entry.submission
    unit, filed = ("", ""), ""
    if sent.record is not None:
        unit = sent.record.unit.code, sent.record.unit.name
        filed = str(sent.record.filed(form) or "")
    settled = words.say("summary.settled.yes" if entry.settled else "summary.settled.no")
    return (sent.path, entry.box.label, settled, entry.reason, *unit, filed, sent.digest)
