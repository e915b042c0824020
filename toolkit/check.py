"""Check one record: JSON Schema first, then what was traced in reading, then the form's rules."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit import certainty, rules, schema, text, words
from toolkit.findings import Finding, Severity, finding, fits
from toolkit.form import Form, Indicator, Role, Rule
from toolkit.record import Figures, Record, date_field

_TRACED = {"label", "raw", "figure", "wrong", "value"}
"""What the words of a finding about a single cell may name."""

_EXTRA = 60
"""So many characters of what stands in an additional row or column are shown; it may be long."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a return should be, where that is known."""

    form: str = ""
    year: int | None = None


def check(
    form: Form, record: Record, *, expected: Expected = Expected(), last: Figures | None = None
) -> tuple[Finding, ...]:
    """Return everything wrong or worth a look in a record.

    The strictest come first, then what is about the head, then the rows as they are printed.
    Findings carry sheet and cell where the record knows them, and the 说明 of their anchor
    row, which closes a warning.

    Args:
        form: the edition the record is of.
        record: one return.
        expected: the edition and year asked for, where they are known.
        last: the same unit's figures of the year before.
    """
    found = [
        *schema.errors(form, record),
        *unexpected(form, record, expected),
        *_decimals(form, record),
        *_traces(form, record),
        *_blanks(form, record),
        *_extra(form, record),
        *_dates(form, record),
        *_levels(form, record),
        *_worded(form, record, rules.violations(form, record, last)),
    ]
    order = {
        key: place for place, key in enumerate((*form.indicators, *(f.key for f in form.foot)))
    }
    found.sort(key=lambda f: (f.severity.rank, order.get(f.key, -1), f.code, f.message))
    return tuple(placed(one, record) for one in found)


def year_to_year(form: Form, record: Record, last: Figures) -> tuple[Finding, ...]:
    """Return what last year's figures of the same unit find wrong with a record.

    Together with what ``check`` found without them this is all that it finds with them.

    Args:
        form: the edition the record is of.
        record: one return.
        last: the same unit's figures of the year before.
    """
    return _of_rules(form, record, last, lambda rule: rule.needs_last_year)


def by_level(form: Form, record: Record) -> tuple[Finding, ...]:
    """Return what those rules find wrong with a record that hold for some levels of office only.

    They are among what ``check`` finds, and may be others once the level is known for sure.

    Args:
        form: the edition the record is of.
        record: one return.
    """
    return _of_rules(form, record, None, lambda rule: bool(rule.except_levels))


def _of_rules(
    form: Form, record: Record, last: Figures | None, meant: Callable[[Rule], bool]
) -> tuple[Finding, ...]:
    broken = (one for one in rules.violations(form, record, last) if meant(one.rule))
    return tuple(placed(one, record) for one in _worded(form, record, broken))


def placed(one: Finding, record: Record) -> Finding:
    """Return a finding with where the record has its figure, and the 说明 that answers for it."""
    source = record.sources.get(one.key)
    explanation = record.explanation(one.key) if one.severity is Severity.WARNING else ""
    sheet, cell = (source.sheet, source.cell) if source else ("", "")
    return replace(one, sheet=sheet, cell=cell, explanation=explanation)


def unexpected(form: Form, record: Record, expected: Expected) -> Iterator[Finding]:
    """Yield F8 for a record of another edition or year than expected.

    An edition or year that the form itself does not serve is the schema's business.
    """
    severity = form.formats["F8"]
    if expected.form and record.form == form.edition != expected.form:
        wrong = words.say("head.form", found=record.form, wanted=expected.form)
        yield finding("F8", severity=severity, value=record.form, wrong=wrong)
    served = record.year in schema.years(form)
    if expected.year and served and record.year != expected.year:
        wrong = words.say("head.other_year", found=record.year, wanted=expected.year)
        yield finding("F8", severity=severity, key=Role.YEAR, value=record.year, wrong=wrong)


def _decimals(form: Form, record: Record) -> Iterator[Finding]:
    """Yield F2 for figures with more decimal places than their unit has."""
    for indicator in form.entered:
        value, places = record.values[indicator.key], indicator.measure.decimals
        if places and isinstance(value, Decimal) and round(value, places) != value:
            yield finding(
                "F2",
                severity=form.formats["F2"],
                key=indicator.key,
                value=value,
                label=indicator.name,
                wrong=words.say("format.decimals", value=text.spell_out(value), places=places),
            )


def _traces(form: Form, record: Record) -> Iterator[Finding]:
    """Yield what reading found in single cells: re-typed, approximate, said in words, no figure."""
    for key, source in record.sources.items():
        if key not in form.indicators or not fits(source.done, _TRACED):
            continue
        indicator = form.indicators[key]
        wrong = ""
        if source.done == text.Meaning.NO_FIGURE:
            why = text.why_no_figure(source.raw, indicator.measure.name)
            wrong = words.say(f"format.{why}", value=source.raw)
        yield finding(
            source.done,
            severity=form.formats.get(source.done),
            key=key,
            value=source.raw,
            label=indicator.name,
            raw=source.raw,
            figure=text.spell_out(record.reported.get(key, record.values[key])),
            wrong=wrong,
        )


def _blanks(form: Form, record: Record) -> Iterator[Finding]:
    """Yield F6 for a blank section, F10 for an untouched form, F11 for a nil return in figures.

    Where something may stand that was not taken, R57 instead of F10.
    """
    filled = [i for i in form.indicators.values() if _said(record, i.key)]
    if not filled:
        if not record.nil and (record.extra or any(_unsure(record, i) for i in form.entered)):
            yield finding("R57")
        elif not record.nil:
            yield finding("F10", severity=form.formats["F10"], key=Role.NIL)
        return
    above = [i for i in filled if (record.values[i.key] or 0) > 0]
    if record.nil and above:
        first = above[0]
        yield finding(
            "F11",
            severity=form.formats["F11"],
            key=Role.NIL,
            label=first.name,
            figure=text.show(record.values[first.key]),
        )
    for section, indicators in form.sections.items():
        known = not record.nil and not any(_unsure(record, i) for i in indicators)
        if known and not any(_said(record, i.key) for i in indicators):
            yield finding("F6", severity=form.formats["F6"], key=indicators[0].key, label=section)


def _said(record: Record, key: str) -> bool:
    """Tell whether anything stands for an indicator, a word for nothing included."""
    source = record.sources.get(key)
    return record.values[key] is not None or (source is not None and bool(source.raw.strip()))


def _unsure(record: Record, indicator: Indicator) -> bool:
    """Tell whether something may stand for an indicator that was not taken."""
    source = record.sources.get(indicator.key)
    return source is not None and source.unsure


def _extra(form: Form, record: Record) -> Iterator[Finding]:
    for label, raw in record.extra.items():
        told = raw if len(raw) <= _EXTRA else f"{raw[:_EXTRA]}…"
        yield finding("F9", severity=form.formats["F9"], value=told, label=label)


def _dates(form: Form, record: Record) -> Iterator[Finding]:
    """Yield R26 for a 填报日期 that is no date, R27 for one far from the year of the return."""
    asked = date_field(form)
    raw = record.contacts.get(asked.key, "").strip() if asked else ""
    if not asked or not raw:
        return
    day = text.read_date(raw)
    if day is None:
        yield finding("R26", key=asked.key, value=raw, label=asked.label, raw=raw)
    elif not record.timely(day):
        yield finding("R27", key=asked.key, value=raw, label=asked.label, raw=raw, year=record.year)


def _levels(form: Form, record: Record) -> Iterator[Finding]:
    """Yield R28 for a level of office that the form does not offer."""
    level = record.unit.level
    for asked in form.head:
        if asked.role is Role.UNIT_LEVEL and level and level not in asked.options:
            yield finding("R28", key=asked.role, value=level, label=asked.label, raw=level)


def _worded(form: Form, record: Record, found: Iterable[rules.Violation]) -> Iterator[Finding]:
    """Yield the findings of rules that do not hold, each as certain as its figures are."""
    for broken in found:
        rule, code = broken.rule, certainty.verdict(broken.rule, record)
        message = words.say(
            "rule.message",
            label=form.indicators[rule.anchor].name,
            sentence=broken.sentence,
            blanks=_blank_note(form, record, broken),
            remedy=rule.remedy,
            hint=rules.hint(form, broken, record),
        )
        stated = broken.left if rule.split else record.values[rule.anchor]
        if code is certainty.Verdict.SOURCE:
            yield Finding(rule.code, rule.severity, message, key=rule.anchor, value=stated)
            continue
        undecided = code is certainty.Verdict.UNDECIDED
        doubtful = (certainty.unread if undecided else certainty.made)(record, rule)
        told = [
            words.say("rule.raw", name=form.indicators[key].name, raw=record.sources[key].raw)
            for key in doubtful
        ]
        yield finding(
            code,
            # What cannot be judged has its own error: the figure that could not be had.
            severity=None if undecided else rule.severity,
            key=rule.anchor,
            value=stated,
            label=form.indicators[rule.anchor].name,
            code=rule.code,
            message=message,
            figures=words.say("text.and").join(told),
        )


def _blank_note(form: Form, record: Record, broken: rules.Violation) -> str:
    said = words.say("rule.nil") if record.nil and broken.blanks else ""
    return said + _blanks_told(form, broken, () if said else broken.blanks)


def _blanks_told(form: Form, broken: rules.Violation, this_year: Iterable[str]) -> str:
    blanks = [form.indicators[key].name for key in this_year]
    before = [form.indicators[key].name for key in broken.last_blanks]
    blanks += [words.say("rule.last_year", name=name) for name in before]
    if not blanks:
        return ""
    names = words.say("text.and").join(blanks[:3])
    if len(blanks) > 3:
        return words.say("rule.blanks_more", names=names, count=len(blanks))
    return words.say("rule.blanks", names=names)
