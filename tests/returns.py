"""Records for tests, made of the few figures that matter."""

from collections.abc import Iterable

from toolkit.findings import Finding, Severity
from toolkit.form import Form
from toolkit.record import Figures, Record, Unit, settle


def returned(form: Form, figures: Figures, reported: Figures | None = None) -> Record:
    """Return a record of a named unit for a year the form serves; all else is blank."""
    values, told = settle(form, figures, reported or {})
    return Record(form.edition, form.first_year, Unit("示例局"), values, told)


def codes(found: Iterable[Finding], *severities: Severity) -> list[str]:
    """Return the codes of findings of the severities asked for, of all without any."""
    return [one.code for one in found if not severities or one.severity in severities]
