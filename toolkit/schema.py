"""The JSON Schema of a record, made from the form, and its errors in our own codes.

JSON Schema errors are F1, F2 and F8; what a schema cannot say well (decimal places,
relations between figures) is left to the rules.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from jsonschema import Draft202012Validator

from toolkit import text, words
from toolkit.findings import Finding, Number, finding
from toolkit.form import Form, Measure, Role
from toolkit.record import Record, unit_of

_LAST_YEAR = 9999
"""A year has four digits, also in an edition that is open-ended."""
_SHOWN = 80
"""How many characters of a place are shown; a key may be very long."""
_EMPTY_KEY = '""'
_TEXT = {"type": "string", "maxLength": text.LONGEST}
_TEXTS = {"type": "object", "additionalProperties": _TEXT}


def record_schema(form: Form) -> dict[str, Any]:
    """Return the JSON Schema (Draft 2020-12) that a record of an edition satisfies."""
    values = {key: _value(i.measure) for key, i in form.indicators.items()}
    totals = {total.key: _value(total.measure) for total in form.totals}
    served = years(form)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{form.name} {form.edition}",
        "description": "One unit's figures for one year. null is blank, not 0.",
        "type": "object",
        "required": ["form", "year", "unit", "values"],
        "additionalProperties": False,
        "properties": {
            "form": {"const": form.edition},
            "year": {"type": "integer", "minimum": served[0], "maximum": served[-1]},
            "unit": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {
                    "name": _TEXT | {"pattern": r"\S"},
                    "code": _TEXT,
                    "level": _TEXT,
                },
            },
            "nil": {"type": "boolean"},
            "contacts": {
                "type": "object",
                "additionalProperties": False,
                "properties": {f.key: _TEXT | {"title": f.label} for f in form.foot},
            },
            "values": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    key: {"title": form.indicators[key].label} | value
                    for key, value in values.items()
                },
            },
            "reported": {
                "type": "object",
                "description": "What the source itself printed in computed rows.",
                "additionalProperties": False,
                "properties": totals,
            },
            "explanations": {
                "type": "object",
                "description": "By indicator, or by the row of a matrix.",
                "additionalProperties": False,
                "properties": dict.fromkeys(_explained(form), _TEXT),
            },
            "sources": {
                "type": "object",
                "additionalProperties": _TEXTS,
                "description": "Sheet, cell and raw text of each value, and what was done to it.",
            },
            "extra": _TEXTS,
        },
    }


def years(form: Form) -> range:
    """Return the years an edition serves."""
    last = _LAST_YEAR if form.last_year is None else form.last_year
    return range(form.first_year, last + 1)


def _explained(form: Form) -> list[str]:
    """Return the keys that a 说明 may have."""
    rows = [line.key for _, block in form.blocks() for line in block.lines if line.key]
    return [*dict.fromkeys([*form.indicators, *rows])]


def _value(measure: Measure) -> dict[str, Any]:
    limits: dict[str, Any] = {"exclusiveMaximum": text.LIMIT}
    if not measure.signed:
        limits["minimum"] = 0
    kind = "number" if measure.decimals else "integer"
    return {"type": [kind, "null"], "description": measure.name} | limits


def as_text(form: Form) -> str:
    """Return the schema as it is committed and printed."""
    return json.dumps(record_schema(form), ensure_ascii=False, indent=2) + "\n"


@cache
def _validator(form: Form) -> Draft202012Validator:
    return Draft202012Validator(record_schema(form))


@lru_cache(maxsize=65_536, typed=True)  # most figures are small and come again and again
def _broken(measure: Measure, figure: Number) -> tuple[str, ...]:
    """Return the keywords of its part of the schema that a figure breaks."""
    return tuple(str(error.validator) for error in _of_measure(measure).iter_errors(figure))


@cache
def _of_measure(measure: Measure) -> Draft202012Validator:
    return Draft202012Validator(_value(measure))


def errors(form: Form, record: Record) -> Iterator[Finding]:
    """Yield what the record schema finds wrong with a record, as F1, F2 and F8.

    Figures are held against the schema one by one: what it says of one depends on nothing else.
    """
    head = {
        "form": record.form,
        "year": record.year,
        "unit": unit_of(record),
        "values": {},
    }
    for error in _validator(form).iter_errors(head):
        if error.validator == "maxLength":
            continue  # said of the document as a whole, by ``misshapen``
        yield _head_error(form, str(error.absolute_path[0]), record)
    # A computed value is no statement of its own; what a source stated is in `reported`.
    entered = {i.key: record.values[i.key] for i in form.entered}
    for key, figure in (*entered.items(), *record.reported.items()):
        if figure is not None:
            for keyword in _broken(form.indicators[key].measure, figure):
                yield _figure_error(form, key, figure, keyword)


def _figure_error(form: Form, key: str, figure: Number, keyword: str) -> Finding:
    indicator = form.indicators[key]
    code = "F1" if keyword == "minimum" else "F2"
    return finding(
        code,
        severity=form.formats[code],
        key=key,
        value=figure,
        label=indicator.name,
        wrong=words.say(f"format.{keyword}", value=text.spell_out(figure)),
    )


def _head_error(form: Form, part: str, record: Record) -> Finding:
    severity = form.formats["F8"]
    if part == "form":
        wrong = words.say("head.form", found=record.form, wanted=form.edition)
        return finding("F8", severity=severity, value=record.form, wrong=wrong)
    if part == "unit":
        return finding("F8", severity=severity, key=Role.UNIT_NAME, wrong=words.say("head.unit"))
    source = record.sources.get(Role.YEAR)
    raw = source.raw.strip() if source else ""
    wrong = words.say("head.odd_year", raw=raw) if raw else words.say("head.no_year")
    if record.year is not None:
        years = words.say(
            "head.open_years" if form.last_year is None else "head.years",
            first=form.first_year,
            last=form.last_year,
        )
        wrong = words.say("head.year", year=record.year, edition=form.edition, years=years)
    return finding("F8", severity=severity, key=Role.YEAR, value=record.year, wrong=wrong)


def misshapen(data: Any, form: Form) -> str:
    """Return the first part of a JSON document that no record has, "" if it can be read as one."""
    if not isinstance(data, Mapping):
        return words.say("definition.top")
    for error in _validator(form).iter_errors(data):
        path = [str(part) for part in error.absolute_path]
        if error.validator == "additionalProperties" and path[:1] not in _FIGURES:
            path.append(
                next(key for key in error.instance if key not in error.schema["properties"])
            )
        elif error.validator != "maxLength" and (error.validator != "type" or _named_later(path)):
            continue
        return _shortened(path)
    return next((_shortened(path) for path in _too_long(data)), "")


_FIGURES = (["values"], ["reported"])
"""Parts whose unknown keys are 附加指标, and whose figures of a wrong type are F2."""


def _named_later(path: list[str]) -> bool:
    """Tell whether checking the record can name what is wrong there."""
    return path == ["year"] or (len(path) == 2 and path[:1] in _FIGURES)


def _too_long(data: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield the places of keys that are too long, and of texts too long among the figures."""
    for part, entries in data.items():
        for key, value in entries.items() if isinstance(entries, Mapping) else ():
            content = str(value) if [part] in _FIGURES else ""
            if max(len(str(key)), len(content)) > text.LONGEST:
                yield [part, str(key)]


def _shortened(path: list[str]) -> str:
    where = text.printable(".".join(path)) or _EMPTY_KEY
    return where if len(where) <= _SHOWN else where[: _SHOWN - 1] + "…"
