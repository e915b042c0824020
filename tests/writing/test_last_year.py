"""Last year's figures beside the inputs: seen by the clerk, never read as this year's."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office import Office, pdf_text
from tests.packages import parts
from tests.reading.matrices import parsed
from tests.returns import returned
from toolkit import definition, words
from toolkit.form import Form
from toolkit.previous import Previous, Unheld
from toolkit.reading import books, returns
from toolkit.reading.returns import Return, read_return
from toolkit.reading.summaries import Table
from toolkit.record import Figures, Unit
from toolkit.roster import Member, Roster, Scope
from toolkit.writing import issues, template
from toolkit.writing.layout import KEY, Layout
from toolkit.writing.template import Issue, Writer

EDITIONS = definition.editions()
FORMS = [*map(definition.load, EDITIONS), parsed("matrix.yaml"), parsed("matrix-blocks.yaml")]
SHOWN = "上年数"
UNIT = Unit("某某县教育局", "X07")


@pytest.fixture(scope="module", params=FORMS, ids=lambda form: form.edition)
def form(request: pytest.FixtureRequest) -> Form:
    found: Form = request.param
    return found


def last_year(form: Form) -> dict[str, int]:
    """Return figures that occur nowhere else; some of the form have none."""
    return {key: 70_001 + n for n, key in enumerate(form.indicators) if n % 5}


def entered(form: Form) -> dict[str, int]:
    return {one.key: n % 7 for n, one in enumerate(form.entered) if n % 3}


def workbook(form: Form, figures: Mapping[str, int] | None = None) -> bytes:
    """Return a workbook with last year's figures, filled in where there are any."""
    told = returned(form, figures) if figures is not None else None
    return Writer(form, Issue(UNIT, form.first_year, last_year(form)), told).bytes()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    book = opened(content)
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def holds(read: Return, form: Form, figures: Mapping[str, int]) -> None:
    """Assert that a return tells what was entered, and nothing of last year."""
    assert read.record.values == returned(form, figures).values
    assert read.record.reported == {}
    assert read.record.extra == {}
    assert read.record.explanations == {}


# ---------------------------------------------------------------- what is shown


def test_each_figure_stands_in_the_row_of_its_own_under_its_heading(form: Form) -> None:
    book, layout = opened(workbook(form)), Layout(form, last_year=True)
    for key, indicator in form.indicators.items():
        sheet, place = layout.sheet_of(key), layout.sheet_of(key).of_last_year(key)
        cell = book[place.sheet].cell(place.row, place.column)
        assert cell.value == last_year(form).get(key)
        assert cell.protection.locked
        assert place.row == sheet.values[key].row
        (block,) = [b for b in sheet.printed.blocks if key in _keys(b.block)]
        heading = book[place.sheet].cell(sheet.rows[block.top], place.column).value
        assert heading == f"{SHOWN}\n{indicator.column}".strip()


def _keys(block: Any) -> set[str]:
    return {block.cell(row, column) for row in block.lines for column in block.columns or (None,)}


def test_it_stands_outside_of_what_is_printed(form: Form) -> None:
    for sheet in Layout(form, last_year=True).sheets:
        assert sheet.last_printed < sheet.first_last_year


def test_a_list_shows_it_before_the_checks_and_a_matrix_behind(form: Form) -> None:
    for sheet in Layout(form, last_year=True).sheets:
        assert (sheet.first_last_year < sheet.verdict) is not sheet.table.is_matrix


def test_nothing_else_is_different(form: Form) -> None:
    """What is printed, and what is filled in, stands where it stands without last year."""
    blank = template.blank(form, Issue(UNIT, form.first_year))
    with_it, without = opened(workbook(form)), opened(blank)
    for sheet in Layout(form).sheets:
        for row in without[sheet.name].iter_rows(max_col=sheet.last_printed):
            for cell in row:
                same = with_it[sheet.name].cell(cell.row, cell.column)
                assert same.data_type == cell.data_type
                assert same.data_type == "f" or same.value == cell.value
                assert same.protection.locked == cell.protection.locked
        assert with_it[sheet.name].print_area == without[sheet.name].print_area


def test_the_checks_say_the_same(office: Office, tmp_path: Path) -> None:
    sources = []
    for form in FORMS[: len(EDITIONS)]:
        told = returned(form, entered(form))
        plain = Writer(form, Issue(UNIT, form.first_year), told).bytes()
        for kind, content in (("plain", plain), ("beside", workbook(form, entered(form)))):
            sources.append(tmp_path / f"{form.edition}-{kind}.xlsx")
            sources[-1].write_bytes(content)
    saved = iter(office.recalculate(sources, tmp_path / "saved"))
    for form in FORMS[: len(EDITIONS)]:
        assert verdicts(next(saved), Layout(form)) == verdicts(next(saved), Layout(form, True))


def verdicts(path: Path, layout: Layout) -> list[object]:
    """Return all that the checks and the totals of a workbook say."""
    book = openpyxl.load_workbook(path, data_only=True)
    keys = layout.form.indicators
    places = [layout.value(key) for key in keys] + [layout.verdict_on(key) for key in keys]
    places += [sheet.status(row) for sheet in layout.sheets for row in (1, 2)]
    said: list[object] = [book[place.sheet].cell(place.row, place.column).value for place in places]
    assert any(isinstance(one, str) and one.startswith("×") for one in said)
    return said


def test_the_help_says_what_it_is(form: Form) -> None:
    for content, said in ((workbook(form), True), (template.blank(form), False)):
        texts = b"".join(parts(content).values()).decode("utf-8", "replace")
        assert (words.say("sheet.last_year_guide") in texts) is said


def test_the_same_issue_gives_the_same_bytes(form: Form) -> None:
    assert workbook(form) == workbook(form)


# ---------------------------------------------------------------- what is read


def test_an_untouched_workbook_tells_nothing(form: Form) -> None:
    holds(read_workbook(form, workbook(form)), form, {})


def test_only_what_was_filled_in_is_read(form: Form) -> None:
    read = read_workbook(form, workbook(form, entered(form)))
    holds(read, form, entered(form))
    assert read.findings == ()


def read_workbook(form: Form, content: bytes) -> Return:
    """Read a workbook as one of a form, which need not be an edition."""
    return returns.read_workbook(books.read(content), form)


def without_keys(form: Form) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for sheet in Layout(form, last_year=True).sheets:
            page = book[sheet.name]
            for row in range(1, page.max_row + 1):
                page.cell(row, KEY).value = None
            for block in sheet.printed.blocks if sheet.table.is_matrix else ():
                for column in range(1, page.max_column + 1):
                    page.cell(sheet.key_row(block), column).value = None

    return change


def test_without_its_keys_it_is_still_not_read(form: Form) -> None:
    content = changed(workbook(form, entered(form)), without_keys(form))
    holds(read_workbook(form, content), form, entered(form))


def test_without_its_merged_headings_it_is_still_not_read(form: Form) -> None:
    def unmerged(book: Any) -> None:
        without_keys(form)(book)
        for sheet in Layout(form, last_year=True).sheets:
            page = book[sheet.name]
            for area in [*page.merged_cells.ranges]:
                if area.min_col >= sheet.first_last_year:
                    page.unmerge_cells(str(area))

    content = changed(workbook(form, entered(form)), unmerged)
    holds(read_workbook(form, content), form, entered(form))


@pytest.mark.parametrize("kind", ["ods", "xls", "html"])
def test_saved_by_another_program_it_is_still_not_read(
    kind: str, office: Office, tmp_path: Path
) -> None:
    forms = FORMS[: len(EDITIONS)]
    sources = [tmp_path / f"{form.edition}.xlsx" for form in forms]
    for form, source in zip(forms, sources, strict=True):
        content = workbook(form, entered(form))
        source.write_bytes(changed(content, without_keys(form)) if kind == "html" else content)
    saved = office.convert(sources, kind, tmp_path / kind)
    for form, path in zip(forms, saved, strict=True):
        read = read_return(path.read_bytes())
        assert read.record.values == returned(form, entered(form)).values
        assert read.record.extra == {}


def test_it_is_not_printed(office: Office, tmp_path: Path) -> None:
    forms = FORMS[: len(EDITIONS)]
    sources = [tmp_path / f"{form.edition}.xlsx" for form in forms]
    for form, source in zip(forms, sources, strict=True):
        source.write_bytes(workbook(form))
    for pdf in office.convert(sources, "pdf", tmp_path / "pdf"):
        tables = pdf_text(pdf).partition(words.say("sheet.guide"))[0]
        assert SHOWN not in tables
        assert "7000" not in tables


# ---------------------------------------------------------------- whose figures, and which


LATEST = FORMS[len(EDITIONS) - 1]
ROSTER = Roster(
    (
        Member(Unit("甲局", "X1", "县级政府部门"), ("老甲局",)),
        Member(Unit("乙镇", "X2", "没有的层级"), (), Scope.BELOW),
        Member(Unit("丙局", "X3"), (), Scope.VERTICAL),
    )
)


def told(form: Form, unit: Unit, year: int, figures: Figures) -> Table:
    return Table(form.edition, year, returned(form, figures).values, unit)


def test_every_expected_unit_gets_a_workbook_in_the_order_of_the_roster() -> None:
    found = issues.of_roster(LATEST, ROSTER, 2023)
    assert [(one.unit.name, one.unit.code, one.year) for one in found] == [
        ("甲局", "X1", 2023),
        ("乙镇", "X2", 2023),
    ]


def test_a_level_is_locked_only_where_the_form_offers_it() -> None:
    latest, first = (issues.of_roster(form, ROSTER, None) for form in (LATEST, FORMS[0]))
    assert [one.unit.level for one in latest] == ["县级政府部门", ""]
    assert [one.unit.level for one in first] == ["", ""]


def test_last_year_is_found_under_a_former_name() -> None:
    key = LATEST.entered[0].key
    last = told(LATEST, Unit("老甲局"), 2022, {key: 5})
    known = Previous((last,)).under(ROSTER)
    issue = issues.with_last_year(LATEST, Issue(ROSTER.members[0].unit, 2023), known)
    assert issue.last_year is not None
    assert issue.last_year[key] == 5


def test_without_figures_of_last_year_it_says_why() -> None:
    blank = Issue(ROSTER.members[0].unit, 2023)
    known = Previous((told(LATEST, blank.unit, 2021, {}),))
    with pytest.raises(Unheld, match="没有2022年度的，只有2021年度的"):
        issues.with_last_year(LATEST, blank, known)
    other = Previous((told(FORMS[0], blank.unit, 2022, {}),))
    with pytest.raises(Unheld, match="没有意思相同的指标"):
        issues.with_last_year(LATEST, blank, other)


def test_of_an_earlier_edition_only_what_means_the_same_is_shown() -> None:
    now, then = FORMS[1], FORMS[0]
    last = told(then, UNIT, 2018, dict.fromkeys(then.indicators, 3))
    issue = issues.with_last_year(now, Issue(UNIT, 2019), Previous((last,)))
    assert issue.last_year is not None
    shown = {key: value for key, value in issue.last_year.items() if value is not None}
    assert shown["partial/total"] == 3  # 同意部分公开
    assert "new/total" not in shown  # 口径相近 alone is not the same
    assert "granted/total" not in shown
    assert "dispute/direct.upheld" not in shown  # comparable only as a sum


def test_names_of_files_are_all_different() -> None:
    units = [Unit("甲/局", "a"), Unit("甲:局", "A"), Unit("乙局", "a")]
    names = template.file_names(LATEST, [Issue(unit, 2023) for unit in units])
    assert names == ["a-甲_局-2023.xlsx", "A-甲_局-2023（2）.xlsx", "a-乙局-2023.xlsx"]
