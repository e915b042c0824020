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
from toolkit.record import Record


def record_schema(form: Form) -> dict[str, Any]:
    """Return the JSON Schema (Draft 2020-12) that a record of an edition satisfies."""
    strings = {"type": "object", "additionalProperties": {"type": "string"}}
    values = {key: _value(i.measure) for key, i in form.indicators.items()}
    totals = {total.key: _value(total.measure) for total in form.totals}
    year: dict[str, Any] = {"type": "integer", "minimum": form.first_year}
    if form.last_year is not None:
        year["maximum"] = form.last_year
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{form.name} {form.edition}",
        "description": "One unit's figures for one year. null is blank, not 0.",
        "type": "object",
        "required": ["form", "year", "unit", "values"],
        "additionalProperties": False,
        "properties": {
            "form": {"const": form.edition},
            "year": year,
            "unit": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "pattern": r"\S"},
                    "code": {"type": "string"},
                },
            },
            "nil": {"type": "boolean"},
            "contacts": {
                "type": "object",
                "additionalProperties": False,
                "properties": {f.key: {"type": "string", "title": f.label} for f in form.foot},
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
            "explanations": strings,
            "sources": {
                "type": "object",
                "additionalProperties": strings,
                "description": "Sheet, cell and raw text of each value, and what was done to it.",
            },
            "extra": strings,
        },
    }


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
        "unit": {"name": record.unit.name, "code": record.unit.code},
        "values": {},
    }
    for error in _validator(form).iter_errors(head):
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
        wrong=words.say(f"format.{keyword}", value=text.show(figure)),
    )


def _head_error(form: Form, part: str, record: Record) -> Finding:
    severity = form.formats["F8"]
    if part == "form":
        wrong = words.say("head.form", found=record.form, wanted=form.edition)
        return finding("F8", severity=severity, value=record.form, wrong=wrong)
    if part == "unit":
        return finding("F8", severity=severity, key=Role.UNIT_NAME, wrong=words.say("head.unit"))
    wrong = words.say("head.no_year")
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
        inside_figures = len(path) == 2 and path[0] in ("values", "reported")
        if error.validator == "type" and not inside_figures and path != ["year"]:
            return ".".join(path)
    return ""
