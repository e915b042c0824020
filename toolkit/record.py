"""The record: one unit's figures for one year, and where each of them came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import simplejson

from toolkit import text, words
from toolkit.findings import Number, Refused
from toolkit.form import Field, Form, Indicator, Role, row_of
from toolkit.text import Meaning

Figures = Mapping[str, Number | None]

DOUBT, MISSING = "doubt", "missing"
"""What a source says of a figure that was not taken: of several cells, or none for sure, it is
not certain which one holds it or what it means; or no cell was found for it.
"""

NO_FIGURE = frozenset({Meaning.NO_FIGURE, Meaning.APPROXIMATE, "R11", "R12"})
"""Traces of what stood where a figure should, and was none."""
_WITHOUT_FIGURE = NO_FIGURE | {Meaning.NOTHING}
"""What can have been found only where no figure was taken."""
_DONE = _WITHOUT_FIGURE | {Meaning.TIDIED, "R13"}
"""What a trace may say was done or found."""
_FIRST_MONTH_TO_FILE = 12
"""A return is filed from this month of its year to the end of the next; other dates are slips."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Who reports."""

    name: str = ""
    code: str = ""
    """As the coordinator's roster has it; "" where none was given."""
    level: str = ""
    """机关层级, one of those the form offers; "" where it is not known."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value came from and what was done to it."""

    sheet: str = ""
    cell: str = ""
    raw: str = ""
    """What stood there, letter for letter; of several cells that differ, in each."""
    done: str = ""
    """The code of what was done or found (F3, F5, R11 …); "" for a figure taken as it stood."""
    located: str = ""
    """How the cell was found (key, label), or why nothing was taken: DOUBT, MISSING."""

    @property
    def unsure(self) -> bool:
        """Tell whether nothing was taken, though something may stand somewhere."""
        return self.located in (DOUBT, MISSING)


@dataclass(frozen=True)
class Record:
    """One return.

    ``values`` holds every indicator of the form; a computed one is the sum of its parts, or
    what was reported where all parts are blank. ``reported`` holds what the source itself
    printed in computed rows, present only where that differs from ``values`` or may do so.
    """

    form: str
    year: int | None
    unit: Unit
    values: Figures
    reported: Figures = field(default_factory=dict)
    nil: bool = False
    contacts: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    """附加指标: rows the form does not have, by label, as they stood."""

    def explanation(self, anchor: str) -> str:
        """Return the 说明 that answers for an anchor: its own, or its row's in a matrix.

        A word for nothing explains nothing.
        """
        said = (self.explanations.get(key, "") for key in (anchor, row_of(anchor)))
        return next((one for one in said if not text.says_nothing(one)), "")

    def nothing(self, key: str) -> str:
        """Return the word for nothing (无) that stands in an indicator's place, "" if none does."""
        source = self.sources.get(key)
        if source is None or self.values[key] is not None:
            return ""
        return source.raw if source.done == text.Meaning.NOTHING else ""

    def timely(self, day: date) -> bool:
        """Tell whether a return of this year can have been filed on a day."""
        if self.year is None:
            return True
        return (self.year, _FIRST_MONTH_TO_FILE) <= (day.year, day.month) < (self.year + 2, 1)

    def filed(self, form: Form) -> date | None:
        """Return the 填报日期, None where it is missing, no date, or no day to file on."""
        field_ = date_field(form)
        day = text.read_date(self.contacts.get(field_.key, "")) if field_ else None
        return day if day and self.timely(day) else None


def date_field(form: Form) -> Field | None:
    """Return the field of the 填报日期, None for a form without one."""
    return next((f for f in form.foot if f.role is Role.DATE), None)


def places(form: Form) -> dict[str, Field]:
    """Return the fields whose sources a record keeps: the head's by role, the date by its key."""
    dated = date_field(form)
    return {str(f.role): f for f in form.head} | ({dated.key: dated} if dated else {})


def settle(
    form: Form, given: Figures, reported: Figures
) -> tuple[dict[str, Number | None], dict[str, Number | None]]:
    """Return the values and reported totals that figures as given amount to.

    A total that was typed in among the given figures and is not what its parts amount to
    (blank counting as a statement) becomes a reported one.

    Args:
        form: the edition.
        given: figures as typed, totals among them or not.
        reported: totals known to have been printed in the source.
    """
    values = {key: given.get(key) for key in form.indicators}
    told = dict(reported)
    for total in form.totals:
        parts = [part for key in total.parts if (part := values[key]) is not None]
        computed = text.exact(sum(parts)) if parts else None
        if total.key in given and total.key not in told and values[total.key] != computed:
            told[total.key] = values[total.key]
        values[total.key] = told.get(total.key) if computed is None else computed
    return values, {
        key: told[key] for key, i in form.indicators.items() if i.computed and key in told
    }


def dump(record: Record) -> str:
    """Return the record as JSON text; money stays exact."""
    data: dict[str, Any] = {
        "form": record.form,
        "year": record.year,
        "unit": unit_of(record),
        "nil": record.nil,
        "contacts": dict(record.contacts),
        "values": dict(record.values),
        "reported": dict(record.reported),
        "explanations": dict(record.explanations),
        "sources": {key: _source(source) for key, source in record.sources.items()},
        "extra": dict(record.extra),
    }
    return str(simplejson.dumps(data, ensure_ascii=False, indent=2, use_decimal=True)) + "\n"


def unit_of(record: Record) -> dict[str, str]:
    """Return the unit as it stands in a record's JSON; a level that is not known is left out."""
    unit = {"name": record.unit.name, "code": record.unit.code}
    return unit | ({"level": record.unit.level} if record.unit.level else {})


def _source(source: Source) -> dict[str, str]:
    return {f.name: value for f in fields(Source) if (value := getattr(source, f.name))}


def parse(content: str) -> Any:
    """Return JSON text as plain data with exact decimals.

    Raises:
        Refused: R7, the text is no JSON, names a key twice, or holds NaN, infinity or what no
            program can hold.
    """
    try:
        return simplejson.loads(
            content,
            use_decimal=True,
            parse_constant=_refuse_constant,
            object_pairs_hook=_each_once,
        )
    except simplejson.JSONDecodeError as error:
        reason = words.say("text.no_json", line=error.lineno, column=error.colno)
        raise Refused("R7", reason=reason) from error
    except ValueError as error:
        raise Refused("R7", reason=words.say("text.no_number", value=error)) from error
    except (ArithmeticError, RecursionError) as error:
        raise Refused("R7", reason=words.say("text.beyond")) from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused("R7", reason=words.say("definition.twice", key=text.printable(key)))
        found[key] = value
    return found


def undump(data: Mapping[str, Any], form: Form) -> Record:
    """Return the record that plain data of the shape of record.schema.json describes.

    Figures of the wrong type are kept out of ``values`` and traced, so that checking the
    record names them; figures of rows that the form does not have become 附加指标.
    """
    unit = _strings(data.get("unit"))
    totals = {total.key: total for total in form.totals}
    given, traced, strange = _figures(_mapping(data.get("values")), form.indicators)
    printed, traced_too, strange_too = _figures(_mapping(data.get("reported")), totals)
    # A key that is left out says the same as null: nothing stands there.
    values, reported = settle(form, {key: given.get(key) for key in form.indicators}, printed)
    year, untold = _year(data.get("year"))
    stated = _sources(form, _mapping(data.get("sources")), values, reported)
    return Record(
        form=_text(data.get("form")),
        year=year,
        unit=Unit(unit.get("name", ""), unit.get("code", ""), unit.get("level", "")),
        values=values,
        reported=reported,
        nil=data.get("nil") is True,
        contacts=_strings(data.get("contacts")),
        explanations=_strings(data.get("explanations")),
        sources=untold | stated | traced | traced_too,
        extra=_strings(data.get("extra")) | strange_too | strange,
    )


def _year(value: Any) -> tuple[int | None, dict[str, Source]]:
    """Return a year, and a trace of what stands there if it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value, {}
    year = text.read_year(str(value)) if isinstance(value, str | Decimal) else None
    unread = year is None and value is not None
    return year, {str(Role.YEAR): Source(raw=_text(value))} if unread else {}


def _sources(
    form: Form, entries: Mapping[str, Any], values: Figures, reported: Figures
) -> dict[str, Source]:
    """Return the sources as stated, less what cannot have been done to the figures."""
    fields_, found = places(form), {}
    for key, entry in entries.items():
        if key in form.indicators:
            own = reported if form.indicators[key].computed else values
            found[key] = _believed(_stated(entry), own.get(key))
        elif key in fields_:
            found[key] = replace(_stated(entry), done="")
    return found


def _believed(source: Source, value: Number | None) -> Source:
    contradicted = source.done in _WITHOUT_FIGURE and value is not None
    return replace(source, done="") if contradicted or source.done not in _DONE else source


def _stated(entry: Any) -> Source:
    known = {f.name for f in fields(Source)}
    return Source(**{name: told for name, told in _strings(entry).items() if name in known})


def _figures(
    entries: Mapping[str, Any], rows: Mapping[str, Indicator]
) -> tuple[dict[str, Number | None], dict[str, Source], dict[str, str]]:
    """Return typed figures, a trace of each that was no plain figure, and what has no row."""
    figures: dict[str, Number | None] = {}
    traced: dict[str, Source] = {}
    strange: dict[str, str] = {}
    for key, value in entries.items():
        if key not in rows:
            strange[text.printable(str(key))] = _text(value)
            continue
        reading = _figure(value, rows[key].measure.name)
        figures[key] = reading.value
        if reading.meaning is not text.Meaning.PLAIN:
            traced[key] = Source(raw=_text(value), done=str(reading.meaning))
    return figures, traced, strange


def _figure(value: Any, unit: str) -> text.Reading:
    if value is None:
        return text.Reading(None)
    if isinstance(value, str):
        return text.read_figure(value, unit)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return text.Reading(None, text.Meaning.NO_FIGURE)
    if not text.sound(Decimal(value)):
        return text.Reading(None, text.Meaning.NO_FIGURE)
    return text.Reading(text.exact(value))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return "" if value is None else text.printable(str(value))


def _strings(value: Any) -> dict[str, str]:
    entries = _mapping(value).items()
    return {text.printable(str(key)): _text(item) for key, item in entries if item is not None}
