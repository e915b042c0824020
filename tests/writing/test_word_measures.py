"""Widths and type of tables in Word: figures whole, labels readable, the page not exceeded."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.office import Office, pdf_text
from toolkit import definition
from toolkit.printed import Cell, Part, Printed, printed
from toolkit.writing import gbt9704
from toolkit.writing.document import OfficialDocument
from toolkit.writing.word_measures import measures, stacked

NEWEST = definition.load(definition.editions()[-1])
MATRICES = [printed(NEWEST, table) for table in NEWEST.tables]
NAMES = [drawn.table.key for drawn in MATRICES]


def filled(drawn: Printed, digits: int) -> Printed:
    """Return a table with a figure of so many digits in every cell, all of them different."""
    numbers = random.Random(digits)
    lowest = 10 ** (digits - 1)

    def with_figure(cell: Cell) -> Cell:
        return replace(cell, text=str(numbers.randrange(lowest, 10 * lowest)))

    cells = [with_figure(cell) if cell.part is Part.FIGURE else cell for cell in drawn.cells]
    return replace(drawn, cells=tuple(cells))


def figures(drawn: Printed) -> list[str]:
    return [cell.text for cell in drawn.cells if cell.part is Part.FIGURE]


@pytest.mark.parametrize("drawn", MATRICES, ids=NAMES)
def test_blank_and_with_usual_figures_it_is_in_full_size_on_one_page(drawn: Printed) -> None:
    for one in (drawn, filled(drawn, 2)):
        measured = measures(one)
        assert (measured.size, measured.whole) == (gbt9704.SIZE_5_PT, True)


@pytest.mark.parametrize("drawn", MATRICES, ids=NAMES)
def test_type_shrinks_only_with_the_figures(drawn: Printed) -> None:
    sizes = [measures(filled(drawn, digits)).size for digits in range(1, 13)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[3] >= gbt9704.SMALL_SIZES_PT[0]


def test_a_long_figure_widens_its_own_column_first() -> None:
    drawn = MATRICES[-1]
    first = next(cell for cell in drawn.cells if cell.part is Part.FIGURE)
    cells = [replace(c, text="1234567") if c is first else c for c in drawn.cells]
    measured = measures(replace(drawn, cells=tuple(cells)))
    wide, *others = measured.widths
    assert measured.size == gbt9704.SIZE_5_PT
    assert wide > max(others)
    assert max(others) - min(others) <= 1


def test_columns_without_need_are_equal() -> None:
    for drawn in (MATRICES[0], MATRICES[-1]):
        widths = measures(drawn).widths
        assert max(widths) - min(widths) <= 1


def test_rows_are_higher_where_the_page_allows() -> None:
    heights = {drawn.table.key: measures(drawn).row for drawn in MATRICES}
    highest = max(MATRICES, key=lambda drawn: drawn.height).table.key
    assert all(heights[highest] < height for key, height in heights.items() if key != highest)


@pytest.mark.parametrize(
    ("text", "characters", "is_indented"),
    [
        ("总计", 3.4, False),  # one line
        ("商业企业", 2.4, False),  # two and two of themselves
        ("商业企业", 3.4, True),
        ("社会公益组织", 3.4, True),
        ("社会公益组织", 4.4, False),
        ("社会公益组织", 5.4, True),
    ],
)
def test_a_stacked_heading_has_whole_words_on_its_lines(
    text: str, characters: float, is_indented: bool
) -> None:
    width = characters * 10 + 4.5
    indent = stacked(text, width, 10)
    assert (indent > 0) is is_indented
    room = (width - 4.5 - 2 * indent) / 10
    if len(text) > int(characters):
        assert int(room) % 2 == 0
        assert room > 2


@pytest.fixture(scope="module")
def pages(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Sequence[str]]:
    """Return the pages of documents, each with a heading and one table of figures."""
    folder = tmp_path_factory.mktemp("measures")
    files = []
    for digits in (3, 7):
        for drawn in MATRICES:
            document = OfficialDocument(title="")
            document.heading("情况", 1)
            one = filled(drawn, digits)
            document.table(one, measures(one))
            files.append(folder / f"{digits}-{drawn.table.key}.docx")
            files[-1].write_bytes(document.save())
    return [pdf_text(pdf).split("\f")[:-1] for pdf in office.convert(files, "pdf", folder)]


def test_no_figure_is_broken_on_the_page(pages: Sequence[Sequence[str]]) -> None:
    expected = [figures(filled(drawn, digits)) for digits in (3, 7) for drawn in MATRICES]
    for shown, numbers in zip(pages, expected, strict=True):
        words = set("".join(shown).split())
        assert [number for number in numbers if number not in words] == []


def test_tables_of_usual_figures_stand_on_one_page(pages: Sequence[Sequence[str]]) -> None:
    assert [len(shown) for shown in pages[: len(MATRICES)]] == [1] * len(MATRICES)
