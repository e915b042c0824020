"""The workbook of a roster, as other programs see it."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office import Office, pdf_pages, pdf_text
from tests.sent import TRICK
from toolkit import words
from toolkit.reading.rosters import read_roster
from toolkit.record import Unit
from toolkit.roster import Member, Roster, Scope, levels
from toolkit.writing.roster_book import workbook

HEADER, FIRST = 6, 7
"""The rows of the headings and of the first unit."""
HEADINGS = list(words.entry("roster.head").values())
MANY = Roster(
    tuple(Member(Unit(f"某某县第{n}局", f"X{n:03}"), (f"{n}局",)) for n in range(1, 61)),
    Unit("某某县人民政府", "X0", "县级政府"),
)


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(Roster((), MANY.region), 2023)))


@pytest.fixture(scope="module")
def page(book: Any) -> Any:
    return book[words.say("roster.book.sheet")]


def rules(page: Any) -> dict[str, Any]:
    found = page.data_validations.dataValidation
    return {str(area): rule for rule in found for area in rule.sqref.ranges}


def test_the_same_roster_gives_the_same_bytes() -> None:
    assert workbook(MANY) == workbook(MANY)


def test_it_opens_at_the_list_with_its_headings_in_sight(book: Any, page: Any) -> None:
    assert book.active is page
    assert book.sheetnames == ["名册", "填写说明"]
    assert [cell.value for cell in page[HEADER]] == HEADINGS
    assert page.freeze_panes == f"C{FIRST}"
    assert page.auto_filter.ref == f"A{HEADER}:H2000"
    assert page["A1"].value == "政府信息公开统计报送单位名册（2023年度）"
    assert [page[f"B{row}"].value for row in (2, 3, 4)] == ["某某县人民政府", "X0", "县级政府"]


def test_nothing_is_locked(book: Any) -> None:
    assert not any(sheet.protection.sheet for sheet in book)


def test_it_prints_on_a4_across(page: Any) -> None:
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == f"${HEADER}:${HEADER}"


def test_choices_are_offered_and_dates_checked(page: Any) -> None:
    offered = {column: rules(page)[f"{column}{FIRST}:{column}2000"] for column in "DEH"}
    assert offered["D"].formula1 == f'"{",".join(levels())}"'
    assert offered["E"].formula1 == '"本级,下级,垂直管理"'
    assert offered["H"].type == "date"
    assert offered["D"].errorStyle == "warning"  # what is not known is a warning on reading too
    assert offered["E"].errorStyle in (None, "stop")


def test_every_prompt_fits(page: Any) -> None:
    for rule in rules(page).values():
        assert rule.prompt
        assert len(rule.prompt) <= 255
        assert len(rule.formula1 or "") <= 257


def test_codes_and_numbers_keep_their_zeros(page: Any) -> None:
    assert [page.column_dimensions[column].number_format for column in "ABCG"] == ["@"] * 4
    plain = openpyxl.load_workbook(io.BytesIO(workbook(MANY)))["名册"]
    assert plain[f"A{FIRST}"].number_format == "@"
    assert plain[f"A{FIRST}"].value == "X001"


def test_texts_are_no_formulas() -> None:
    trick = Roster((Member(Unit(TRICK, TRICK), person=TRICK),), Unit(TRICK, TRICK))
    content = workbook(trick)
    page = openpyxl.load_workbook(io.BytesIO(content))["名册"]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert TRICK in [cell.value for cell in cells]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert read_roster(content).roster == trick


def test_a_unit_that_is_typed_in_is_read(page: Any, book: Any) -> None:
    for column, content in zip("ABCE", ("007", "某某县教育局", "教育局", "下级"), strict=True):
        page[f"{column}{FIRST}"] = content
    target = io.BytesIO()
    book.save(target)
    read = read_roster(target.getvalue())
    assert read.findings == ()
    assert read.roster == Roster(
        (Member(Unit("某某县教育局", "007"), ("教育局",), Scope.BELOW),), MANY.region
    )


def test_its_pages_repeat_the_headings_and_end_with_the_last_unit(
    office: Office, tmp_path: Path
) -> None:
    source = tmp_path / "名册.xlsx"
    source.write_bytes(workbook(MANY))
    (pdf,) = office.convert([source], "pdf", tmp_path / "pdf")
    printed = pdf_text(pdf)
    assert printed.count("简称和别名") == 3  # on two pages, and once in the help
    assert "某某县第60局" in printed
    assert len(pdf_pages(pdf, tmp_path / "png", dots_per_inch=20)) == 3
