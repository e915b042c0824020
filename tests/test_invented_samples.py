"""The invented sample records of the matrix editions: what is good is, what is broken says why."""

import json
from pathlib import Path

import pytest

from toolkit import definition, record, resources
from toolkit.check import Expected, check
from toolkit.form import Form
from toolkit.record import Record

BROKEN = {
    "2019/示例县人民政府办公室-2020新公开偏多（虚构）": ["B9"],
    "2019/示例县市场监督管理局-2020负数（虚构）": ["F1"],
    "2021/示例县卫生健康局-2023总计不符（虚构）": ["B3"],
    "2021/示例县样品镇-2023误填规章（虚构）": ["B6", "B6"],
    "2021/示例县民政局-2023一列不平（虚构）": ["B1", "B1"],
    "2021/示例县水利局-2023年度填错（虚构）": ["F8"],
}
"""The open findings of the samples that have any."""
EDITIONS = {edition: definition.load(edition) for edition in definition.editions()[1:]}
FILES = [
    (edition, path)
    for edition in EDITIONS
    for folder in ("records", "previous")
    for path in sorted(resources.data("samples", edition, folder).glob("*.json"))
]
every = pytest.mark.parametrize(("edition", "path"), FILES, ids=[p.stem for _, p in FILES])


def load(path: Path, form: Form) -> Record:
    return record.undump(record.parse(path.read_text(encoding="utf-8")), form)


def one(edition: str, folder: str, name: str) -> Record:
    (path,) = resources.data("samples", edition, folder).glob(f"{name}*.json")
    return load(path, EDITIONS[edition])


def test_every_broken_sample_is_there() -> None:
    assert BROKEN.keys() <= {f"{edition}/{path.stem}" for edition, path in FILES}


@every
def test_a_sample_has_exactly_what_it_is_to_show(edition: str, path: Path) -> None:
    found = check(EDITIONS[edition], load(path, EDITIONS[edition]))
    codes = [one.code for one in found if one.open]
    assert codes == BROKEN.get(f"{edition}/{path.stem}", [])


@every
def test_a_sample_is_as_we_would_write_it_and_invented(edition: str, path: Path) -> None:
    returned = load(path, EDITIONS[edition])
    written = path.read_text(encoding="utf-8")
    assert record.dump(returned) == written
    assert json.loads(written)["form"] == edition
    assert returned.unit.name.startswith("示例县")
    assert "虚构" in path.stem
    assert "虚构" in returned.contacts["clerk"]


def test_what_was_carried_over_is_carried_in() -> None:
    form = EDITIONS["2021"]
    for name in ("示例县自然资源局", "示例县人民政府办公室"):
        this, last = one("2021", "records", name), one("2021", "previous", name)
        found = check(form, this, expected=Expected("2021", 2023), last=last.values)
        told = {(f.code, f.key, f.severity.value) for f in found}
        if name == "示例县自然资源局":
            assert told == set()
        else:
            assert told == {
                ("B5", "carried_in/total", "error"),
                ("B5", "carried_in/person", "warning"),
                ("B8", "normative/valid", "warning"),
            }


def test_last_years_other_edition_has_no_rule_it_cannot_answer() -> None:
    form = EDITIONS["2021"]
    this = one("2021", "records", "示例县自然资源局")
    last = one("2019", "records", "示例县自然资源局")
    codes = {found.code for found in check(form, this, last=last.values)}
    assert "B8" not in codes


def test_the_2019_form_does_not_serve_2023() -> None:
    form = EDITIONS["2019"]
    returned = one("2019", "records", "示例县教育局")
    moved = record.undump(json.loads(record.dump(returned)) | {"year": 2023}, form)
    (found,) = [f for f in check(form, moved) if f.code == "F8"]
    assert "2019版统计表用于2019至2020年度，不用于2023年度" in found.message
