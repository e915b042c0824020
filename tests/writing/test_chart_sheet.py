"""The 图表 sheet: native charts of live cells, what they show also in words."""

import io
import re
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest

from tests.collected import BING, JIA, of_form
from toolkit import definition, exhibits, material, swings, words
from toolkit.decisions import Decisions
from toolkit.exhibits import Exhibit, Kind
from toolkit.form import Form
from toolkit.merge import Summary, merge
from toolkit.previous import of_tables
from toolkit.reading.summaries import Table
from toolkit.record import Record, Unit, settle
from toolkit.submissions import Submission
from toolkit.swings import YearOnYear
from toolkit.writing.summary import workbook

SHEET = words.say("summary.sheet.charts")
EDITIONS = definition.editions()


def full(form: Form, year: int, unit: Unit, start: int) -> Submission:
    """Return a return in which every figure is another."""
    figures = {one.key: start + place for place, one in enumerate(form.entered)}
    values, reported = settle(form, figures, {})
    read = Record(form.edition, year, unit, values, reported)
    return Submission(f"{unit.code}.xlsx", unit.code.ljust(64, "0"), read)


def years(form: Form) -> tuple[Summary, YearOnYear]:
    year = form.first_year + 1
    summary = merge(form, year, [full(form, year, JIA, 1), full(form, year, BING, 30)])
    before = full(form, year - 1, JIA, 5).record
    assert before is not None
    known = of_tables("上年", [Table(form.edition, year - 1, before.values, JIA)])
    yearly = swings.year_on_year(summary, known, Decisions([]))
    assert yearly is not None
    return summary, yearly


def charts(content: bytes) -> list[str]:
    """Return the charts of a workbook as XML."""
    with ZipFile(io.BytesIO(content)) as package:
        names = sorted(n for n in package.namelist() if n.startswith("xl/charts/chart"))
        return [package.read(name).decode() for name in names]


def shown(form: Form) -> list[Exhibit]:
    known = material.load(form).exhibits.values()
    return [one for one in known if one.kind is not Kind.SHARES]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_chart_of_the_edition_is_there(edition: str) -> None:
    form = definition.load(edition)
    summary, yearly = years(form)
    assert len(charts(workbook(summary, (), yearly))) == len(shown(form))
    alone = [one for one in shown(form) if one.kind is not Kind.YEARS]
    assert 0 < len(alone) < len(shown(form))
    assert len(charts(workbook(summary))) == len(alone)
    unlike = replace(yearly, alike=False)
    assert len(charts(workbook(summary, (), unlike))) == len(alone)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_chart_shows_live_cells_of_the_workbook(edition: str) -> None:
    form = definition.load(edition)
    summary, yearly = years(form)
    content = workbook(summary, (), yearly)
    cached = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[SHEET]
    live = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    for exhibit, chart in zip(shown(form), charts(content), strict=True):
        *_, this = re.findall(r"<c:val><c:numRef><c:f>'?图表'?!(.*?)</c:f>", chart)
        totals = [
            sum(summary.whole.totals[key] or 0 for key in keys) for keys in exhibit.parts.values()
        ]
        assert [row[0].value for row in cached[this.replace("$", "")]] == totals
        assert all(str(row[0].value).startswith("=") for row in live[this.replace("$", "")])
        assert all(f"<c:v>{total}</c:v>" in chart for total in totals)


def test_a_chart_says_in_words_what_it_shows() -> None:
    form = definition.load(EDITIONS[-1])
    summary, yearly = years(form)
    with ZipFile(io.BytesIO(workbook(summary, (), yearly))) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    descriptions = re.findall(r'descr="(.*?)"', drawing)
    assert len(descriptions) == len(shown(form))
    for exhibit, told in zip(shown(form), descriptions, strict=True):
        assert all(name in told for name in exhibit.parts)


def test_where_the_figures_make_no_chart_the_sheet_says_so() -> None:
    content = workbook(of_form(definition.load(EDITIONS[-1])))
    assert charts(content) == []
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    assert sheet["A2"].value == words.say("summary.no_charts")


def test_a_legend_stands_only_where_two_years_are_told_apart() -> None:
    form = definition.load(EDITIONS[0])
    summary, yearly = years(form)
    for exhibit, chart in zip(shown(form), charts(workbook(summary, (), yearly)), strict=True):
        assert ("<c:legend>" in chart) is (exhibit.kind is exhibits.Kind.YEARS)
