"""Who gets a locked workbook: every unit of a roster that has to send one.

Beside the inputs may stand what the unit reported the year before.
"""

from dataclasses import replace

from toolkit import compare, words
from toolkit.form import Form, Role
from toolkit.previous import Previous, Unheld
from toolkit.record import Figures, Unit
from toolkit.roster import Roster
from toolkit.writing.template import Issue


def of_roster(form: Form, roster: Roster, year: int | None) -> list[Issue]:
    """Return the workbooks of all units on a roster that are expected to send one.

    Args:
        form: the edition.
        roster: who must report.
        year: the year they are issued for.
    """
    return [Issue(_asked(form, member.unit), year) for member in roster.expected]


def levels(form: Form) -> tuple[str, ...]:
    """Return the levels of office that a form offers."""
    fields = (field for field in form.head if field.role is Role.UNIT_LEVEL)
    return tuple(option for field in fields for option in field.options)


def _asked(form: Form, unit: Unit) -> Unit:
    """Return a unit as a form asks for it: with a level only where the form offers that."""
    return unit if unit.level in levels(form) else replace(unit, level="")


def with_last_year(form: Form, issue: Issue, previous: Previous) -> Issue:
    """Return a workbook's issue with what the unit reported the year before.

    Args:
        form: the edition.
        issue: for a unit and a year.
        previous: what units reported earlier.

    Raises:
        Unheld: there is nothing of this unit, or nothing to be relied on.
        ValueError: it is issued for no year.
    """
    if issue.year is None:
        raise ValueError(issue.unit.name)
    table = previous.of(issue.unit, issue.year - 1)
    last_year = _beside(form, table.form, table.values)
    if not last_year:
        told = words.say("previous.edition", year=table.year, edition=table.form)
        raise Unheld(told)
    return replace(issue, last_year=last_year)


def _beside(form: Form, edition: str, last: Figures) -> Figures:
    """Return last year's figures by the keys of a form, where they mean just the same.

    What can be compared only as a sum of several figures, or with something to bear in mind, has
    no place beside a single figure.

    Args:
        form: this year's edition.
        edition: the name of last year's.
        last: last year's figures.
    """
    pairs = compare.pairs(form, edition, last)
    alike = [pair for pair in pairs if len(pair.now) == 1 and not pair.note]
    return {pair.now[0]: compare.total(last, pair.then) for pair in alike}
