"""What the commands show on the screen, as text; cli.py prints it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click
import simplejson

from toolkit import naming, progress, words
from toolkit.decisions import Action, Decision
from toolkit.findings import Finding, Severity
from toolkit.folder import Skipped
from toolkit.form import Form
from toolkit.ledger import Withdrawn
from toolkit.merge import Summary
from toolkit.roster import Scope
from toolkit.submissions import Box, Submission

if TYPE_CHECKING:
    from toolkit.swings import YearOnYear

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: None}


def findings(file: str, found: Sequence[Finding]) -> str:
    """Return a file's findings, one a line: sign, code, place, what is wrong, what to do."""
    count = (
        words.say("cli.check.counts", **_counts(found)) if found else words.say("cli.check.good")
    )
    head = click.style(words.say("cli.check.file", file=flat(file), count=count), bold=True)
    return "\n".join([head, *(_line(one) for one in found)])


def _line(one: Finding) -> str:
    sign = words.say(f"verdict.{one.severity}")
    coded = click.style(f"  {sign} {one.code}", fg=COLOURS[one.severity])
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
        lines += [words.say("cli.merge.to_decide")] if box is Box.CONFLICT else []
        counts.append(words.say("cli.merge.count", box=box.label, count=count))
    lines += _left_open(merged)
    lines.append(
        words.say(
            "cli.merge.account",
            found=len(merged.entries),
            boxes=words.say("text.and").join(counts),
            counted=merged.counted,
            units=merged.units,
        )
        + progress.strangers(merged)
    )
    return "\n".join(lines)


def _left_open(merged: Summary) -> Iterator[str]:
    """Yield what the boxes do not tell: who is missing, what is wrong with the sums."""
    asked = [one for sums in merged.sums.values() for one in sums.findings]
    groups = {
        "wrong": [one for one in asked if one.severity is Severity.ERROR],
        "doubtful": [one for one in asked if one.severity is Severity.WARNING],
        "idle": [*merged.unadjusted, *merged.idle],  # each says itself what to do
    }
    for name, found in groups.items():
        if waiting := [one for one in found if one.open]:
            head = words.say(f"cli.merge.findings.{name}", count=len(waiting))
            yield click.style(head, bold=True)
            yield from map(_merged, waiting)
    apart = merged.roster.within(Scope.VERTICAL) if merged.roster else ()
    for name, members in (("missing", merged.missing), ("vertical", apart)):
        if members:
            names = words.say("text.and").join(one.unit.name for one in members)
            yield flat(words.say(f"cli.merge.{name}", count=len(members), names=names))
    if merged.adjustments:
        yield words.say("cli.merge.adjusted", count=len(merged.adjustments))


def swings(yearly: "YearOnYear") -> str:
    """Return the changes since last year that somebody has to explain, a line each.

    Before them stands that only some of the units are compared, where that is so.
    """
    basis = words.say("cli.merge.basis", told=yearly.basis) + "\n" if yearly.basis else ""
    waiting = [one.finding for one in yearly.swings if one.finding.open]
    if not waiting:
        return basis
    head = words.say("cli.merge.swings", year=yearly.last.year, count=len(waiting))
    return basis + "\n".join([click.style(head, bold=True), *map(_merged, waiting), ""])


def _merged(one: Finding) -> str:
    sign = words.say(f"verdict.{one.severity}")
    return flat(words.say("cli.merge.finding", sign=sign, code=one.code, message=one.message))


def decisions(form: Form, year: int, made: Sequence[tuple[Decision, Withdrawn | None]]) -> str:
    """Return decisions, a line each, with when and why they were taken back.

    Args:
        form: the edition that is collected.
        year: for which it is collected; decisions may have been made for others.
        made: the decisions.
    """
    if not made:
        return words.say("cli.decide.none")
    return "\n".join(flat(_decision(form, year, one, taken_back)) for one, taken_back in made)


def _decision(form: Form, year: int, one: Decision, taken_back: Withdrawn | None) -> str:
    told = words.say(
        "cli.decide.line",
        number=one.number,
        when=_moment(one.when),
        who=one.who,
        action=one.action.label,
        about=_about(form, one),
        why=one.why,
    )
    if not one.concerns(form.edition, year):
        told += words.say("cli.decide.other", edition=one.edition, year=one.year, now=year)
    if taken_back is None:
        return told
    back = {"when": _moment(taken_back.when), "who": taken_back.who, "why": taken_back.why}
    return told + words.say("cli.decide.withdrawn", **back)


def _about(form: Form, one: Decision) -> str:
    """Return what a decision is about."""
    name = naming.name_of(form, one.key)
    match one.action:
        case Action.REJECT:
            return words.say("cli.decide.about_row", path=one.path, name=name)
        case Action.ADJUST:
            told = {"unit": one.unit.name, "name": name, "amount": f"{one.amount:+}"}
            return words.say("cli.decide.about_amount", **told)
        case Action.EXPLAIN:
            return words.say("cli.decide.about_finding", code=one.rule or one.code, name=name)
        case Action.USE if one.unit.name:
            return words.say("cli.decide.about_unit", path=one.path, unit=one.unit.name)
        case Action.USE | Action.LEAVE_OUT:
            return one.path


def _moment(when: str) -> str:
    """Return a moment by the clock of the place where the program runs, to the minute."""
    try:
        return f"{datetime.fromisoformat(when).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:  # a ledger holds whatever somebody wrote into it
        return when


def left(placeholders: Sequence[str]) -> str:
    """Return the placeholders of a report that people still have to replace."""
    if not placeholders:
        return words.say("cli.report.none_left")
    items = [words.say("cli.report.left_item", item=item) for item in placeholders]
    return "\n".join([words.say("cli.report.left", count=len(placeholders)), *items])
