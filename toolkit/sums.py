"""The sums of what counts: of the own offices, or of the whole region, adjustments included."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import text, words
from toolkit.check import check
from toolkit.decisions import Decision
from toolkit.findings import Finding, Number, Severity, finding
from toolkit.form import Form, row_of
from toolkit.record import Figures, Record, Unit, settle
from toolkit.roster import Cover, Member, Scope
from toolkit.submissions import Submission

_NAMED = 5
"""So many units are named or quoted for a rule that the merged figures break."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A return that counts."""

    submission: Submission
    record: Record
    member: Member | None = None

    @property
    def scope(self) -> Scope:
        """Return to whom the unit belongs; without a roster all are the region's own."""
        return self.member.scope if self.member else Scope.OWN


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is added to a unit's figures by hand: a row of its own beside the returns (M9)."""

    decision: Decision
    unit: Unit
    scope: Scope
    figures: Figures
    """The amount, and what it does to the totals it is part of."""


@dataclass(frozen=True)
class Sums:
    """The sum of the units of one cover."""

    cover: Cover
    counted: int
    """How many units are in it."""
    totals: Figures
    """Sum of every indicator; None where no unit filled it in."""
    blanks: Mapping[str, int]
    """How many units left an indicator blank."""
    nothings: Mapping[str, int]
    """How many units wrote a word for nothing (无) in its place."""
    findings: tuple[Finding, ...] = ()
    """The rules that the merged figures break (M3)."""


def adjustment(form: Form, decision: Decision, unit: Unit, member: Member | None) -> Adjustment:
    """Return the row that a decision adds.

    Args:
        form: the edition.
        decision: the amount, and the indicator it is added to.
        unit: the unit it is added for.
        member: the same on the roster, if it is there.
    """
    values, _ = settle(form, {decision.key: decision.amount}, {})
    return Adjustment(decision, unit, member.scope if member else Scope.OWN, values)


def summed(
    form: Form, cover: Cover, counted: Sequence[Counted], adjustments: Sequence[Adjustment]
) -> Sums:
    """Add up the returns and adjustments of a cover.

    Args:
        form: the edition.
        cover: which units.
        counted: the returns that count.
        adjustments: what is added by hand.
    """
    records = [one.record for one in counted if cover.has(one.scope)]
    added = [one.figures for one in adjustments if cover.has(one.scope)]
    figures = [*(record.values for record in records), *added]
    return Sums(
        cover,
        len(records),
        {**dict.fromkeys(form.indicators), **totals(figures)},
        {key: sum(_blank(record, key) for record in records) for key in form.indicators},
        {key: sum(bool(record.nothing(key)) for record in records) for key in form.indicators},
    )


def record_of(form: Form, year: int, unit: Unit, sums: Sums) -> Record:
    """Return the sums as a record of their own: what the region sends up.

    Args:
        form: the edition.
        year: the year.
        unit: for whom they are added up.
        sums: the sums.
    """
    values, reported = settle(form, sums.totals, {})
    filled = any(value is not None for value in values.values())
    return Record(
        form.edition,
        year,
        unit,
        values,
        reported,
        nil=not filled and sums.counted > 0,
        explanations=_explanations(sums.findings),
    )


def _explanations(found: Iterable[Finding]) -> Mapping[str, str]:
    """Return what explains warnings about the sums, by row, as the 说明 of what is sent up."""
    said: dict[str, dict[str, None]] = defaultdict(dict)
    for one in found:
        if one.severity is Severity.WARNING and not one.open:
            answers = filter(None, (one.explanation, one.decided))
            said[row_of(one.key)].update(dict.fromkeys(answers))
    return {row: "；".join(answers) for row, answers in said.items()}


def broken(
    form: Form,
    year: int,
    unit: Unit,
    sums: Sums,
    counted: Iterable[Counted],
    last: Figures | None = None,
) -> tuple[Finding, ...]:
    """Return M3 for what no return may say and the merged figures do, and the units it comes from.

    Those are the units that break it themselves; where none does, as with rules that hold for
    parts and not for their sum, those with the largest figures.

    Args:
        form: the edition.
        year: the year.
        unit: for whom they are added up.
        sums: the sums.
        counted: the returns in them.
        last: the sums of the year before, for the rules that need them.
    """
    merged = record_of(form, year, unit, sums)
    units = [one for one in counted if sums.cover.has(one.scope)]
    codes = {rule.code for rule in form.rules}
    return tuple(
        _broken(one, sums.cover, units)
        for one in check(form, merged, last=last)
        if one.code in codes or (one.severity is Severity.ERROR and one.key in form.indicators)
    )


def _broken(found: Finding, cover: Cover, counted: Sequence[Counted]) -> Finding:
    """Return M3; where all units that break the rule have explained it, it is explained too."""
    breaking = [
        (one.record.unit.name, own)
        for one in counted
        for own in one.submission.findings
        if (own.code, own.key) == (found.code, found.key)
    ]
    largest = sorted(
        (one for one in counted if one.record.values[found.key]),
        key=lambda one: one.record.values[found.key] or 0,
        reverse=True,
    )
    names = _told("sums.broken_by", [name for name, _ in breaking])
    answers = [
        words.say("sums.said", name=name, explanation=own.explanation or own.decided)
        for name, own in breaking
        if not own.open and own.severity is not Severity.NOTICE
    ]
    made = finding(
        "M3",
        severity=found.severity,
        key=found.key,
        value=found.value,
        cover=cover.label,
        code=found.code,
        message=found.message,
        names=names or _told("sums.largest", [one.record.unit.name for one in largest]),
    )
    explained = len(answers) == len(breaking)
    return replace(made, explanation=_joined(answers)) if explained else made


def _joined(answers: Sequence[str]) -> str:
    """Return what units said, as long as one can read and a cell can hold."""
    told = "；".join(answers[:_NAMED])
    return (
        told if len(answers) <= _NAMED else words.say("sums.more", names=told, count=len(answers))
    )


def _told(sentence: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    told = words.say("text.and").join(names[:_NAMED])
    if len(names) > _NAMED:
        told = words.say("sums.more", names=told, count=len(names))
    return words.say(sentence, names=told)


def totals(figures: Sequence[Figures]) -> Figures:
    """Return the sum of every indicator of several tables of one edition; blanks are no figure.

    Args:
        figures: one table each, all with the same keys.
    """
    filled = {key: [one[key] for one in figures] for key in (figures[0] if figures else ())}
    return {key: _total(values) for key, values in filled.items()}


def _total(values: Iterable[Number | None]) -> Number | None:
    filled = [value for value in values if value is not None]
    return text.exact(sum(filled)) if filled else None


def _blank(record: Record, key: str) -> bool:
    return record.values[key] is None and not record.nil and not record.nothing(key)
