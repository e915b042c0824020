"""What the commands show on the screen, as text; cli.py prints it."""

from collections import Counter
from collections.abc import Iterable, Sequence

import click
import simplejson

from toolkit import words
from toolkit.findings import Finding, Severity
from toolkit.folder import Skipped
from toolkit.merge import Summary
from toolkit.submissions import Submission

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: None}


def findings(file: str, found: Sequence[Finding]) -> str:
    """Return a file's findings, one a line: sign, code, place, what is wrong, what to do."""
    count = (
        words.say("cli.check.counts", **_counts(found)) if found else words.say("cli.check.good")
    )
    head = click.style(words.say("cli.check.file", file=flat(file), count=count), bold=True)
    return "\n".join([head, *(_line(one) for one in found)])


def _line(one: Finding) -> str:
    sign = words.say(f"verdict.{one.severity}")
    coded = click.style(f"  {sign} {one.code}", fg=_COLOURS[one.severity])
    place = words.say("cli.check.place", sheet=one.sheet, cell=one.cell) if one.cell else ""
    note = words.say("cli.check.explained", explanation=one.explanation) if one.explained else ""
    return "  ".join(part for part in (coded, place, flat(one.message + note)) if part)


def flat(content: str) -> str:
    """Return a text in one line and without control characters, wherever it came from."""
    return "".join(char if char.isprintable() else " " for char in content)


def account(found: Iterable[Finding], files: int) -> str:
    """Return how many files and findings there were."""
    return words.say("cli.check.account", files=files, **_counts(found))


def as_json(found: Iterable[Finding], files: int) -> str:
    """Return findings as the one JSON object that ``check --json`` prints."""
    content = {"findings": [one.as_json() for one in found], "files": files}
    return str(simplejson.dumps(content, ensure_ascii=False, indent=2, use_decimal=True))


def _counts(found: Iterable[Finding]) -> dict[str, int]:
    found = list(found)
    by_severity = Counter(one.severity for one in found)
    return {
        "errors": by_severity[Severity.ERROR],
        "warnings": by_severity[Severity.WARNING],
        "notices": by_severity[Severity.NOTICE],
        "explained": sum(one.explained for one in found),
    }


def refusals(sent: Iterable[Submission]) -> str:
    """Return the files that could not be read as returns, each on a line of its own."""
    return "".join(
        flat(words.say("cli.merge.entry", path=one.path, reason=one.refusal.message)) + "\n"
        for one in sent
        if one.refusal is not None
    )


def unused(found: Iterable[Skipped]) -> str:
    """Return the files of last year that were not used, each on a line of its own."""
    return "".join(
        flat(words.say("cli.check.unused", path=one.name, reason=one.reason)) + "\n"
        for one in found
    )


def skipped(found: Iterable[Skipped]) -> str:
    """Return the files that were not counted, each on a line of its own."""
    return "".join(
        flat(words.say("cli.check.skipped", path=one.name, reason=one.reason)) + "\n"
        for one in found
    )


def summary(merged: Summary) -> str:
    """Return every file in its box, and the account that adds up."""
    lines, counts = [], []
    for box, entries in merged.boxes.items():
        count = len(entries)
        lines.append(click.style(words.say("cli.merge.box", box=box.label, count=count), bold=True))
        lines += [
            flat(words.say("cli.merge.entry", path=entry.submission.path, reason=entry.reason))
            for entry in entries
        ]
        counts.append(words.say("cli.merge.count", box=box.label, count=count))
    lines.append(
        words.say(
            "cli.merge.account",
            found=len(merged.entries),
            boxes=words.say("text.and").join(counts),
            counted=len(merged.adopted),
            units=merged.units,
        )
    )
    return "\n".join(lines)


def left(placeholders: Sequence[str]) -> str:
    """Return the placeholders of a report that people still have to replace."""
    items = [words.say("cli.report.left_item", item=item) for item in placeholders]
    return "\n".join([words.say("cli.report.left", count=len(placeholders)), *items])
