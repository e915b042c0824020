"""The sums of what counts: of the own offices, or of the whole region, adjustments included."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import rules, text, words
from toolkit.check import check
from toolkit.decisions import Decision
from toolkit.findings import Finding, Number, Severity, finding
from toolkit.form import Form, Rule, row_of
from toolkit.questions import Question
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


@dataclass(frozen=True, slots=True)
class Both:
    """A unit in both years; in one of them it may not have reported."""

    name: str
    this: Counted | None
    last: Figures
    """What it reported for the year before; empty where nothing is known of it."""


@dataclass(frozen=True)
class LastYear:
    """The sums of the year before that may be held against those of this year."""

    figures: Figures
    units: tuple[Both, ...]
    """Every unit of either year; none where last year's figures are not of single units."""


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
    questions: tuple[Question, ...] = ()
    """The rules that the merged figures break (M3)."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with the merged figures."""
        return tuple(one.finding for one in self.questions)


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
    last: LastYear | None = None,
) -> tuple[Question, ...]:
    """Return M3 for what no return may say and the merged figures do, and the units it comes from.

    Those are the units that break it themselves; where none does, as with rules that hold for
    parts and not for their sum, those with the largest figures. A rule that needs last year comes
    from the units whose own figures of both years break it, blanks counted as 0: also from one
    that is new, or that is no more.

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
    asked, before = form.for_sums, last.figures if last else None
    yearly = {(one.code, one.anchor): one for one in asked.rules if one.needs_last_year}
    codes = {rule.code for rule in asked.rules}
    figures = _contradictions(asked, merged, before)
    return tuple(
        Question(
            _broken(one, sums.cover, units, yearly.get((one.code, one.key)), last),
            one.code,
            f"{sums.cover} {figures.get((one.code, one.key), one.value)}",
        )
        for one in check(asked, merged, last=before)
        if one.code in codes or (one.severity is Severity.ERROR and one.key in form.indicators)
    )


def _contradictions(
    form: Form, merged: Record, last: Figures | None
) -> Mapping[tuple[str, str], str]:
    """Return the figures of the rules that do not hold, by code and anchor of the rule."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in rules.violations(form, merged, last):
        sides = f"{text.spell_out(one.left)}/{text.spell_out(one.right)}"
        found[one.rule.code, one.rule.anchor].append(sides)
    return {broken: " ".join(sides) for broken, sides in found.items()}


def _broken(
    found: Finding,
    cover: Cover,
    counted: Sequence[Counted],
    yearly: Rule | None,
    last: LastYear | None,
) -> Finding:
    """Return M3; where all units that break the rule have explained it, it is explained too.

    Args:
        found: what is wrong with the sums.
        cover: of the sums.
        counted: the returns in them.
        yearly: the rule they break, where it needs last year.
        last: the sums of the year before.
    """
    largest: Sequence[Counted] = ()
    if yearly is not None and last is not None:
        moved = [one for one in last.units if _moved(yearly, one)]
        breaking = [(one.name, _own(one.this, found) if one.this else None) for one in moved]
    else:
        same = [(one.record.unit.name, _own(one, found)) for one in counted]
        breaking = [(name, own) for name, own in same if own is not None]
        largest = sorted(
            (one for one in counted if one.record.values[found.key]),
            key=lambda one: one.record.values[found.key] or 0,
            reverse=True,
        )
    names = _told("sums.broken_by", [name for name, _ in breaking])
    answers = [
        words.say("sums.said", name=name, explanation=own.explanation or own.decided)
        for name, own in breaking
        if own is not None and not own.open and own.severity is not Severity.NOTICE
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


def _own(one: Counted, found: Finding) -> Finding | None:
    """Return the same that is wrong with the sums where it is wrong with a return itself."""
    about = found.code, found.key
    same = (own for own in one.submission.findings if (own.code, own.key) == about)
    return next(same, None)


def _moved(rule: Rule, unit: Both) -> bool:
    """Tell whether a unit's own figures of both years break a rule; blanks count as 0 here."""
    values = unit.this.record.values if unit.this else dict.fromkeys(rule.keys)
    told = Record("", None, Unit(unit.name), values, nil=True)
    return rules.violation(rule, told, unit.last) is not None


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
