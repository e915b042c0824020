"""What may be read of a return that went through a mess, cell by cell; and what was read instead.

A cell is right if its value is one of those allowed for it and, where the mess really spoiled it,
a finding concerns it that is strict enough. Rules of the form do not count as findings here: that
a wrong value breaks one of them is luck.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tests.reading.messes.concerns import by_figure, concerns
from toolkit import definition
from toolkit.check import check
from toolkit.findings import Finding, Number, Refused, Severity
from toolkit.form import Form, Role, row_of
from toolkit.reading.returns import read_return
from toolkit.record import Figures, Record, settle


class Allowed(NamedTuple):
    """One way in which a cell may be read."""

    value: Number | None
    least: Severity | None = None
    """The mildest severity of a finding that must concern the cell; None where it needs none."""


Allowance = tuple[Allowed, ...]

LOST = Allowed(None, Severity.ERROR)
"""The figure could not be had, and that is an error."""


@dataclass(frozen=True)
class Expected:
    """What may be read of a return."""

    values: Mapping[str, Allowance]
    """By indicator; computed totals are left out, they follow from what was read."""
    retyped: frozenset[str]
    """The figures of which only cells with types tell how they were typed."""
    reported: Figures
    """The totals that were typed."""
    fields: Mapping[str, str]
    """What head and foot say, by field."""
    explanations: Mapping[str, str]
    """By row; those of rows in which something is spoiled may be lost."""
    troubled: frozenset[str]
    """The totals whose cells something is wrong with."""
    kept: frozenset[str]
    """Texts that must be kept among the rows and columns that the form does not have."""
    codes: frozenset[str]
    """Codes of findings about the file rather than about single figures."""
    due: bool
    """Whether these findings must be there; else they may."""
    refusals: frozenset[str]
    """Codes with which the whole file may be refused."""

    @property
    def spoiled(self) -> frozenset[str]:
        """Return the figures that are not simply read as they stand."""
        told = {key for key, ways in self.values.items() if len(ways) > 1 or ways[0].least}
        return self.troubled | told

    def seen(self) -> "Expected":
        """Return what may be read where only what is seen is left: no types, keys or marks."""
        plain = {
            key: tuple(w._replace(least=None) for w in self.values[key]) for key in self.retyped
        }
        return replace(self, values={**self.values, **plain}, due=False)

    def without(self, keys: Sequence[str]) -> "Expected":
        """Return what may be read where some figures and fields are not in the file."""
        return replace(
            self,
            values={key: (LOST,) if key in keys else ways for key, ways in self.values.items()},
            reported={key: told for key, told in self.reported.items() if key not in keys},
            fields={key: "" if key in keys else text for key, text in self.fields.items()},
            troubled=self.troubled | {key for key in keys if key not in self.fields},
            kept=frozenset(),
        )

    def unsure(self, keys: Sequence[str]) -> "Expected":
        """Return what may be read where some rows may be lost besides."""
        values = {key: (*w, LOST) if key in keys else w for key, w in self.values.items()}
        troubled = self.troubled.union(keys)
        return replace(self, values=values, troubled=troubled, kept=frozenset())


class Outcome(NamedTuple):
    """A file as it was read."""

    record: Record | None
    """None for a file that was refused."""
    findings: tuple[Finding, ...]


def outcome(data: bytes) -> Outcome:
    """Read a file and keep the findings that are about reading it.

    Of the checks of a record only those of single cells and of the whole form are kept.
    """
    try:
        returned = read_return(data)
    except Refused as refused:
        return Outcome(None, (refused.finding,))
    form = definition.load(returned.record.form)
    found = (*returned.findings, *check(form, returned.record))
    about = {"R40", "R41", *(rule.code for rule in form.rules)}
    return Outcome(returned.record, tuple(one for one in found if one.code not in about))


def fields(form: Form, record: Record) -> dict[str, str]:
    """Return what the head and foot of a record say, by field."""
    said = {
        Role.UNIT_NAME: record.unit.name,
        Role.UNIT_CODE: record.unit.code,
        Role.UNIT_LEVEL: record.unit.level,
        Role.YEAR: str(record.year or ""),
        Role.NIL: "是" if record.nil else "",
    }
    return {
        key: said[one.role] if one.role in said else record.contacts.get(key, "")
        for key, one in form.fields.items()
    }


# ---------------------------------------------------------------- the verdict


def judge(form: Form, expected: Expected, read: Outcome) -> Iterator[str]:
    """Yield what is wrong with a file as it was read, one sentence each."""
    record = read.record
    if record is None:
        (refusal,) = read.findings
        if refusal.code not in expected.refusals:
            yield f"refused: {refusal.message}"
        return
    if record.form != form.edition:
        yield f"taken for edition {record.form}"
        return
    concerned = by_figure(form, read.findings)
    yield from _values(expected, record, concerned)
    yield from _totals(form, expected, record, concerned)
    yield from _fields(form, expected, record, read.findings)
    yield from _explanations(expected, record)
    yield from _left_out(expected, record, read.findings)
    yield from _alarms(form, expected, read.findings)


def _values(
    expected: Expected, record: Record, concerned: Mapping[str, Sequence[Finding]]
) -> Iterator[str]:
    for key, ways in expected.values.items():
        value, found = record.values[key], concerned[key]
        if not any(_fits(value, found, one) for one in ways):
            yield f"{key}: read {value} with {_codes(found)}, allowed {ways}"
        if value is not None and not record.sources[key].located:
            yield f"{key}: taken, though it is not said how it was located"


def _fits(value: Number | None, found: Sequence[Finding], allowed: Allowed) -> bool:
    strictest = min((one.severity.rank for one in found), default=len(Severity))
    return value == allowed.value and (allowed.least is None or strictest <= allowed.least.rank)


def _codes(found: Sequence[Finding]) -> str:
    return str(sorted({one.code for one in found}) or "no finding")


def _totals(
    form: Form,
    expected: Expected,
    record: Record,
    concerned: Mapping[str, Sequence[Finding]],
) -> Iterator[str]:
    """Yield what is wrong with totals: they are the sums of what was read, typed ones are kept."""
    entered = {one.key: record.values[one.key] for one in form.entered}
    values, _ = settle(form, entered, record.reported)
    first = {key: ways[0].value for key, ways in expected.values.items()}
    wanted, typed = settle(form, first, expected.reported)
    for total in form.totals:
        key, parts = total.key, total.parts
        if record.values[key] != values[key]:
            yield f"{key}: {record.values[key]} is not what its parts add up to"
        if any(f.severity is Severity.ERROR for one in (key, *parts) for f in concerned[one]):
            continue
        sure = all(len(expected.values.get(part, ())) == 1 for part in parts)
        if sure and record.values[key] != wanted[key]:
            yield f"{key}: {record.values[key]} instead of {wanted[key]}"
        found, stated = record.reported.get(key), typed.get(key)
        repeats = stated is None and found == record.values[key]
        if found != stated and not repeats and not concerned[key]:
            yield f"{key}: reported as {found} instead of {stated}"


def _fields(
    form: Form, expected: Expected, record: Record, findings: Sequence[Finding]
) -> Iterator[str]:
    about = {one.key for one in findings if one.severity is Severity.ERROR}
    for key, text in fields(form, record).items():
        if text != expected.fields[key] and about.isdisjoint({key, form.fields[key].role}):
            yield f"{key}: read {text!r} instead of {expected.fields[key]!r}, and nothing said"


def _explanations(expected: Expected, record: Record) -> Iterator[str]:
    spoiled = {row_of(key) for key in expected.spoiled}
    for row in {**expected.explanations, **record.explanations}:
        wanted, found = expected.explanations.get(row, ""), record.explanations.get(row, "")
        if found != wanted and not (row in spoiled and not found):
            yield f"{row}: explained by {found!r} instead of {wanted!r}"


def _left_out(expected: Expected, record: Record, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what the form has no place for and is not kept, and what should have been said."""
    for text in expected.kept:
        if not any(text in told for entry in record.extra.items() for told in entry):
            yield f"{text}: not kept among {dict(record.extra)}"
    for code in expected.codes - {one.code for one in findings} if expected.due else ():
        yield f"{code} is missing"


def _alarms(form: Form, expected: Expected, findings: Iterable[Finding]) -> Iterator[str]:
    """Yield errors and warnings that concern nothing that was spoiled."""
    for one in findings:
        expects = one.severity is Severity.NOTICE or one.code in expected.codes
        if not expects and not any(concerns(form, one, key) for key in expected.spoiled):
            yield f"false alarm: {one.code} {one.message}"
