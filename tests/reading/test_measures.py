"""A figure in a table that names another unit for it than the form does is not taken."""

from collections.abc import Callable, Sequence

import pytest

from tests.reading.messes.bench import Bench, bench
from tests.reading.messes.moving import insert, put
from tests.reading.messes.own import the_clerks_own_workbook
from toolkit import definition, quantity
from toolkit.findings import Finding
from toolkit.reading.returns import Return, read_return

LIST, MATRICES = definition.load("2018"), definition.load("2021")
FEE = "fee.collected"
SCALE = LIST.indicators[FEE].measure.name
FEES = [key for key, one in LIST.indicators.items() if one.measure.name == SCALE]
CHARGE = next(k for k, one in MATRICES.indicators.items() if one.measure.name == SCALE)


def own() -> Bench:
    """Return the clerk's own list, whose lines above the table are free."""
    on = bench(LIST)
    the_clerks_own_workbook(on)
    return on


def units(found: Return) -> Sequence[Finding]:
    return [one for one in found.findings if one.code == "R48"]


def beside(on: Bench, key: str, unit: str) -> None:
    figure = on.figures[key]
    put(on.sheets[0], figure.row, figure.column - 1, unit)


def read(on: Bench) -> Return:
    return read_return(on.saved())


@pytest.mark.parametrize("make", [own, lambda: bench(LIST)], ids=["own", "template"])
@pytest.mark.parametrize(
    "unit",
    ["元", "（元）", "人民币元", "百元", "单位：元", "元/年", "万美元", "千", "元、万元"],
)
def test_another_unit_beside_an_amount(make: Callable[[], Bench], unit: str) -> None:
    on = make()
    beside(on, FEE, unit)
    found = read(on)
    (said,) = units(found)
    assert (said.key, said.cell) == (FEE, on.figures[FEE].coordinate)
    assert f"“{unit}”" in said.message
    assert found.record.values[FEE] is None
    assert "R42" not in {one.code for one in found.findings if one.key == FEE}


@pytest.mark.parametrize("unit", ["（万元）", "人民币万元", "单位：万元", "万圓", "万 元", "万"])
def test_the_same_unit_in_other_words(unit: str) -> None:
    on = own()
    beside(on, FEE, unit)
    found = read(on)
    assert not units(found)
    assert found.record.values[FEE] == on.given[FEE]


@pytest.mark.parametrize("value", [None, 0])
def test_nothing_is_the_same_in_every_unit(value: int | None) -> None:
    on = own()
    on.figures[FEE].value = value
    beside(on, FEE, "元")
    found = read(on)
    assert (found.record.values[FEE], units(found)) == (value, [])


def test_another_unit_of_a_count() -> None:
    on = own()
    key = next(key for key in on.typed if on.form.indicators[key].measure.name == "条")
    other = next(k for k in on.typed if k != key and on.form.indicators[k].measure.name == "条")
    beside(on, key, "万条")
    beside(on, other, "件")
    assert [one.key for one in units(read(on))] == [key]


@pytest.mark.parametrize("said", ["（元）", "（单位：元）", "（以千元计）"])
def test_another_unit_behind_a_label(said: str) -> None:
    on = own()
    on.labels[FEE].value = f"{on.labels[FEE].value}{said}"
    found = read(on)
    assert [one.key for one in units(found)] == [FEE]
    assert found.record.values[FEE] is None


def test_another_unit_in_a_heading() -> None:
    on = bench(MATRICES)
    (heading,) = on.heads[CHARGE.partition("/")[2]]
    heading.value = str(heading.value).replace(SCALE, "元")
    found = read(on)
    assert [one.key for one in units(found)] == [CHARGE]
    assert found.record.values[CHARGE] is None


@pytest.mark.parametrize(
    "line",
    [
        "单位：元",
        "金额单位：元",
        "（单位：人民币元）",
        "单位：件、元",
        "本表金额以元计。",
        "计量单位 元",
    ],
)
def test_another_unit_above_the_table(line: str) -> None:
    on = own()
    put(on.sheets[0], 3, 3, line)
    found = read(on)
    assert [one.key for one in units(found)] == FEES
    assert {found.record.values[key] for key in FEES} == {None}


@pytest.mark.parametrize(
    "line",
    ["单位：件、万元", "填报单位：元氏县公安局", "金额以万元计", "共收取5000元，已退回"],
)
def test_a_line_that_names_no_other_unit(line: str) -> None:
    on = own()
    put(on.sheets[0], 3, 3, line)
    found = read(on)
    assert not units(found)
    assert found.record.values[FEE] == on.given[FEE]


def test_a_row_of_theirs_names_its_own_unit_only() -> None:
    on = own()
    row = on.figures[FEE].row
    insert(on.sheets[0], rows=[row + 1])
    for column, content in enumerate(["其中：复制费（元）", "元", 5000], 1):
        put(on.sheets[0], row + 1, column, content)
    found = read(on)
    assert not units(found)
    assert found.record.values[FEE] == on.given[FEE]


@pytest.mark.parametrize(
    ("said", "unit", "other"),
    [
        ("元", "万元", True),
        ("万元", "元", True),
        ("万元", "万元", False),
        ("件", "条", False),
        ("万件", "件", True),
        ("元", "件", True),
        ("", "件", False),
        ("平方米", "平方米", False),
    ],
)
def test_a_unit_is_another_one_where_its_figures_would_be(
    said: str, unit: str, other: bool
) -> None:
    assert quantity.measured_otherwise(said, unit) is other


def test_what_is_said_of_all_figures_counts_for_those_of_its_kind() -> None:
    assert quantity.measured_otherwise("单位：元", "万元", elsewhere=True)
    assert not quantity.measured_otherwise("单位：元", "件", elsewhere=True)
    assert quantity.measured_otherwise("单位：万件", "件", elsewhere=True)
    assert not quantity.measured_otherwise("单位：万件", "条", elsewhere=True)


def test_long_texts_of_spaces_take_no_longer() -> None:
    said = f"单位：元{' ' * 30_000}件{' ' * 30_000}（元{' ' * 30_000}"
    assert [*quantity.stated(said)] == ["单位：元 件"]
    assert [*quantity.in_brackets(said)] == []
