"""The sample records: five reports as filed, and an invented corrected return of each."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from toolkit import record, resources, schema
from toolkit.check import Expected, check
from toolkit.form import Form
from toolkit.record import Record

FILES = sorted(resources.data("samples", "2018", "records").glob("*.json"))
INVENTED = "更正（虚构）"

every = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
filed = pytest.mark.parametrize("file", [f for f in FILES if INVENTED not in f.stem], ids=str)
corrected = pytest.mark.parametrize("file", [f for f in FILES if INVENTED in f.stem], ids=str)


def load(file: Path, form: Form) -> Record:
    return record.undump(record.parse(file.read_text(encoding="utf-8")), form)


def test_each_of_five_units_has_two_returns(form: Form) -> None:
    codes = [load(file, form).unit.code for file in FILES]
    assert sorted(codes) == [f"S0{n}" for n in (1, 1, 2, 2, 3, 3, 4, 4, 5, 5)]


@every
def test_a_sample_satisfies_the_schema(file: Path, form: Form) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    Draft202012Validator(schema.record_schema(form)).validate(data)


@every
def test_a_sample_is_as_we_would_write_it(file: Path, form: Form) -> None:
    assert record.dump(load(file, form)) == file.read_text(encoding="utf-8")


@every
def test_nobody_real_signs_a_sample(file: Path, form: Form) -> None:
    contacts = load(file, form).contacts
    assert all(contacts[key].startswith("示例") for key in ("head", "reviewer", "clerk"))
    assert contacts["phone"] == "0000-0000000"


@filed
def test_what_was_filed_has_errors(file: Path, form: Form) -> None:
    one = load(file, form)
    assert any(found.open for found in check(form, one))
    assert one.filed(form) == date(2019, 1, 10)


@corrected
def test_what_is_corrected_has_nothing_open(file: Path, form: Form) -> None:
    one = load(file, form)
    found = check(form, one, expected=Expected(form.edition, 2018))
    assert [f.message for f in found if f.open] == []
    assert one.filed(form) == date(2019, 1, 20)


@corrected
def test_what_is_invented_says_so(file: Path, form: Form) -> None:
    one = load(file, form)
    assert "虚构" in one.contacts["clerk"]
    assert all("虚构" in said for said in one.explanations.values())
