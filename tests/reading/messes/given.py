"""The returns that messes are made of: one with a different figure everywhere, one mostly blank."""

from decimal import Decimal
from functools import cache

from toolkit import rules
from toolkit.findings import Number, Severity
from toolkit.form import Form, Relation, Role
from toolkit.record import Figures, Record, Unit, settle

CONTACTS = ("王建国", "李秀英", "张伟明", "0731-84210001")
EXPLAINED = 6
"""One row in so many has a 说明."""


@cache
def given(form: Form, *, sparsely: bool) -> Record:
    """Return the return of an office for the first year that an edition serves.

    Args:
        form: the edition.
        sparsely: with figures as small offices have them: most are blank, many are 0, some stand
            twice. Otherwise every figure is another one.
    """
    entered = _sparse(form) if sparsely else _full(form)
    levels = [option for field in form.head for option in field.options]
    return _record(form, entered, Unit("示例市样例局", "430001", levels[0] if levels else ""))


def _record(form: Form, entered: Figures, unit: Unit) -> Record:
    values, reported = settle(form, entered, {})
    people = iter(CONTACTS)
    rows = [line.key for _, line in form.listed() if line.key]
    return Record(
        form.edition,
        form.first_year,
        unit,
        values,
        reported,
        contacts={
            field.key: f"{form.first_year + 1}-01-15" if field.role is Role.DATE else next(people)
            for field in form.foot
        },
        explanations={row: f"已与第{n}科核对" for n, row in enumerate(rows) if n % EXPLAINED == 1},
    )


def _sparse(form: Form) -> Figures:
    pattern = (None, 0, None, 1, None, None)
    return {
        one.key: filled and filled * (place % 7 + 1)
        for place, one in enumerate(form.entered)
        for filled in pattern[place % len(pattern) :][:1]
    }


def _full(form: Form) -> Figures:
    """Return different figures that break no rule that is an error.

    They descend: what belongs to a figure stands below it and is not more. What a rule asks for
    besides is put right.
    """
    last = 1000 + len(form.entered)
    values: dict[str, Number] = {
        one.key: Decimal(last - place) / 4 if one.measure.decimals else last - place
        for place, one in enumerate(form.entered)
    }
    for broken in rules.violations(form, _record(form, values, Unit())):
        if broken.rule.severity is not Severity.ERROR:
            continue
        left, right = broken.left or 0, broken.right or 0
        if broken.rule.holds.relation is Relation.AT_MOST:
            (total,) = broken.rule.holds.right.keys
            values[total] = left + right
        elif (first := broken.rule.holds.left.keys[0]) in values:
            values[first] += right - left
    return values
