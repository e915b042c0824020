"""What people see of a number by its format, and what is read of it: the same figure or none."""

from decimal import Decimal

import pytest

from toolkit.findings import Number
from toolkit.reading.figures import figure, shown
from toolkit.reading.grid import UNSURE, Cell, Kind, NumberFormat, Style
from toolkit.reading.number_formats import style_of
from toolkit.text import why_no_figure


def cell(number: float, code: str) -> Cell:
    return Cell(1, 1, Kind.NUMBER, str(number), style=style_of(code))


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("", Style.GENERAL),
        ("General", Style.GENERAL),
        ("G/通用格式", Style.GENERAL),
        ("@", Style.GENERAL),
        ("[Red]", Style.GENERAL),
        ("#,##0", Style.GENERAL),
        ("# ##0", Style.GENERAL),
        ("# ?/?", Style.GENERAL),
        ("0.00E+00", Style.GENERAL),
        ("[DBNum2][$-804]General", Style.GENERAL),
        ("0.00_ ;[Red]\\-0.00\\ ", Style.GENERAL),
        ("0.00;[Red]0.00", Style.GENERAL),
        ("#,##0_);(#,##0)", Style.GENERAL),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', Style.GENERAL),
        ("0;-0;;@", Style.GENERAL),
        ("[$-804]yyyy年m月d日;@", Style.DATE),
        ("[h]:mm", Style.DATE),
        ("[h]", Style.DATE),
        ("[mm]", Style.DATE),
        ("[S]", Style.DATE),
        ("[$-804]aaaa;@", Style.DATE),
        ("0.00%", Style.PERCENT),
        ("#,##0,", Style.SCALED),
        ("#,##0.00,,;-#,##0.00,,", Style.SCALED),
        ('#,##0,"千"', Style.SCALED),
        ('0!.0,"万"', Style.SCALED),
        ("0\\.0000", Style.SCALED),
        ("000-0000", Style.SCALED),
        (f'0"{"件" * 1000}"', Style.SCALED),
    ],
)
def test_what_a_format_makes_of_every_number(code: str, style: Style) -> None:
    assert style_of(code) is style


@pytest.mark.parametrize("style", UNSURE)
def test_a_cell_of_which_not_all_may_count_is_no_figure(style: Style) -> None:
    read = figure(Cell(1, 1, Kind.NUMBER, "12", style=style), "件")
    assert (read.value, read.done) == (None, "F2")
    assert why_no_figure(read.raw, "件") == style
    assert figure(Cell(1, 1, Kind.TEXT, " \u3000", style=style), "件").done == ""


@pytest.mark.parametrize(
    ("code", "number", "seen"),
    [
        ('0"元"', 300, "300元"),
        ('G/通用格式"件"', 5, "5件"),
        ("0元", 300, "300元"),
        ('"约"0', 12, "约12"),
        ('"共" 0 "件"', -5, "-共5件"),
        ('0"件";-0"件"', -5, "-5件"),
        ('0"件";(0"件")', -5, "(5件)"),
        ('0"件";(0)"件"', -5, "-5件"),
        ("0;0", -5, "5"),
        ("0;0", 5, "5"),
        ('0"0"', 12, "120"),
        ('"12"', 5, "12"),
        (";;;", 12, ""),
        ("0;", -5, ""),
        ('0;-0;"12"', 0, "12"),
        ('#"件"', 0, "件"),
        ("[$¥-804]#,##0.00", 5, "¥5"),
        ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 0, "¥ -"),
        ('[>=10000]0"多";[>=100]0"多些";0', 99, "99"),
        ('[>=10000]0"多";[>=100]0"多些";0', 100, "100多些"),
        ("[>=10000]0;[<0]0", -5, "5"),
        ('[=1]"是";[=0]"否"', 1, "是"),
        ('[<>1]0"件";0', 2, "2件"),
    ],
)
def test_what_people_see_of_a_number(code: str, number: int, seen: str) -> None:
    assert shown(cell(number, code)) == seen


def test_only_the_section_that_a_number_has_counts() -> None:
    code = '[>=10000]0!.0,"万";0'
    assert isinstance(style_of(code), NumberFormat)
    assert figure(cell(5, code), "件").value == 5
    assert figure(cell(12345, code), "件").done == "F2"
    assert figure(cell(50, "[>1]0%;0"), "件").done == "F2"
    assert figure(cell(1, "[>1]0%;0"), "件").value == 1
    assert figure(cell(5, '[=1]"是";[=0]"否"'), "件").done == "F2"


@pytest.mark.parametrize(
    ("number", "code", "unit", "value"),
    [
        (5, '0"件"', "件", 5),
        (1180, '#,##0" 件"', "件", 1180),
        (25.2, '#,##0.00"万元"', "万元", Decimal("25.2")),
        (25.2, '"人民币"0.00"万元"', "万元", Decimal("25.2")),
        (25.2, '¥0.00"万元"', "万元", Decimal("25.2")),
        (-8, '0"项";-0"项"', "项", -8),
        (-8, '0"项";(0)"项"', "项", -8),
        (-8, '0"项";"负"0"项"', "项", -8),
        (0, ";;;", "件", 0),
        (0, '0"件";;"无"', "件", 0),
        (0, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "万元", 0),
        (0, '0"元"', "万元", 0),
    ],
)
def test_a_text_that_changes_nothing_is_no_oddity(
    number: float, code: str, unit: str, value: Number
) -> None:
    read = figure(cell(number, code), unit)
    assert (read.value, read.done) == (value, "")
    assert type(read.value) is type(value)


@pytest.mark.parametrize(
    ("number", "code", "unit", "done"),
    [
        (300, '0"元"', "万元", "F2"),
        (5, '0"万"', "件", "F2"),
        (5, '0"万"', "万元", "F2"),
        (5, '0"亿元"', "万元", "F2"),
        (5, "[$¥-804]#,##0.00", "万元", "F2"),
        (5, '0"人"', "件", "F2"),
        (12, '0"0"', "件", "F2"),
        (5, '"12"', "件", "F2"),
        (5, '"5"', "件", ""),
        (12, ";;;", "件", "F2"),
        (50, '0"%"', "件", "F2"),
        (-8, "0;0", "项", "F2"),
        (0, '0;-0;"12"', "件", "F2"),
        (128, '0"余"', "件", "F4"),
        (12, '"约"0', "件", "F4"),
        (0, '0"余"', "件", "F4"),
    ],
)
def test_what_would_be_another_figure_if_it_was_typed_is_none(
    number: float, code: str, unit: str, done: str
) -> None:
    read = figure(cell(number, code), unit)
    assert (read.value is None, read.done) == (bool(done), done)


def test_it_is_said_what_is_stored_and_what_is_seen() -> None:
    assert figure(cell(300, '0"元"'), "万元").raw == "300（单元格格式使它显示成300元）"
    assert figure(cell(12, ";;;"), "件").raw == "12（单元格格式把它隐藏了）"
    assert figure(cell(128, '0"余"'), "件").raw == "128余"
    assert figure(cell(5, '0"件"'), "件").raw == "5"
