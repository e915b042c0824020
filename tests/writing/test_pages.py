"""The measures of GB/T 9704-2012, read back from the pages that LibreOffice prints (in points)."""

import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from tests.office import Office
from toolkit.writing import gbt9704
from toolkit.writing.document import OfficialDocument

MM = 72 / 25.4
LEFT, RIGHT = 28 * MM, (28 + 156) * MM
TOP, BOTTOM = 37 * MM, (37 + 225) * MM
PITCH, SIGN = 225 * MM / 22, 156 * MM / 28
"""The height of a line and the width of a sign, so that 22 × 28 of them fill the text area."""
NEAR = 1.5
"""Half a millimetre: signs have ink a little within the square they stand in."""
_XHTML = "{http://www.w3.org/1999/xhtml}"


class Line(NamedTuple):
    """A printed line and where its ink may be."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def printed(file: Path) -> list[list[Line]]:
    """Return the lines of every page from top to bottom."""
    command = ["pdftotext", "-bbox-layout", str(file), "-"]
    shown = subprocess.run(command, check=True, capture_output=True).stdout
    pages = ElementTree.fromstring(shown).iter(f"{_XHTML}page")
    return [
        sorted(map(_line, page.iter(f"{_XHTML}line")), key=lambda one: one.top) for page in pages
    ]


def _line(element: ElementTree.Element) -> Line:
    left, top, right, bottom = (
        float(element.get(name, "nan")) for name in ("xMin", "yMin", "xMax", "yMax")
    )
    return Line(left, top, right, bottom, "".join("".join(element.itertext()).split()))


@pytest.fixture(scope="module")
def pages(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Sequence[Line]]:
    document = OfficialDocument(title="年度报告")
    document.title("某某县人民政府\n年度报告")
    document.heading("概述", 1)
    for _ in range(4):
        document.paragraph("政府信息公开" * 100)
    document.attachment("附件：统计表")
    # LibreOffice puts gaps between Chinese and digits whatever the document says.
    document.signature("某某县人民政府", "二〇一九年三月三十一日")
    folder = tmp_path_factory.mktemp("pages")
    file = folder / "report.docx"
    file.write_bytes(document.save())
    (pdf,) = office.convert([file], "pdf", folder)
    return printed(pdf)


@pytest.fixture(scope="module")
def full(pages: Sequence[Sequence[Line]]) -> Sequence[Line]:
    """Return the lines of text on a page full of it."""
    *lines, _number = pages[1]
    return lines


def test_a_page_is_a4(office: Office, pages: Sequence[Sequence[Line]], tmp_path: Path) -> None:
    assert (gbt9704.PAGE_WIDTH_MM, gbt9704.PAGE_HEIGHT_MM) == (210, 297)
    assert len(pages) >= 4
    document = OfficialDocument(title="")
    document.paragraph("正文")
    file = tmp_path / "one.docx"
    file.write_bytes(document.save())
    (pdf,) = office.convert([file], "pdf", tmp_path)
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True).stdout.decode()
    assert "595.304 x 841.89 pts (A4)" in told


def test_a_page_has_22_lines_as_far_apart_as_the_standard_wants(full: Sequence[Line]) -> None:
    assert len(full) == 22
    gaps = [lower.middle - upper.middle for upper, lower in pairwise(full)]
    assert gaps == [pytest.approx(PITCH, abs=0.2)] * 21


def test_a_line_has_28_signs_as_wide_as_the_standard_wants(full: Sequence[Line]) -> None:
    whole = [line for line in full if len(line.text) == 28]
    assert len(whole) > 15
    for line in whole:
        assert (line.right - line.left) / 28 == pytest.approx(SIGN, abs=0.05)


def test_the_text_fills_the_area_between_the_margins(full: Sequence[Line]) -> None:
    for line in full:
        if len(line.text) == 28:
            assert line.left == pytest.approx(LEFT, abs=NEAR)
            assert line.right == pytest.approx(RIGHT, abs=NEAR)
    assert full[0].middle == pytest.approx(TOP + PITCH / 2, abs=2 * NEAR)
    assert full[-1].middle == pytest.approx(BOTTOM - PITCH / 2, abs=2 * NEAR)
    assert all(line.top > TOP - NEAR and line.bottom < BOTTOM + NEAR for line in full)


def test_a_paragraph_begins_two_signs_in(pages: Sequence[Sequence[Line]]) -> None:
    first = next(line for line in pages[0] if line.text.startswith("政府信息公开"))
    assert first.left == pytest.approx(LEFT + 2 * SIGN, abs=NEAR)
    heading = next(line for line in pages[0] if line.text == "一、概述")
    assert heading.left == pytest.approx(LEFT + 2 * SIGN, abs=NEAR)


def test_the_title_stands_in_the_middle(pages: Sequence[Sequence[Line]]) -> None:
    for line in pages[0][:2]:
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_page_number_stands_outside_one_sign_in(
    pages: Sequence[Sequence[Line]], number: int
) -> None:
    line = pages[number - 1][-1]
    assert line.text == f"—{number}—"
    if number % 2:
        assert line.right == pytest.approx(RIGHT - 14, abs=NEAR)
    else:
        assert line.left == pytest.approx(LEFT + 14, abs=NEAR)
    assert line.middle == pytest.approx(BOTTOM + 7 * MM, abs=2 * NEAR)


def test_it_is_dated_four_signs_in_below_what_is_attached(
    pages: Sequence[Sequence[Line]],
) -> None:
    attached, unit, date, _number = pages[-1][-4:]
    assert (attached.text, date.text) == ("附件：统计表", "二〇一九年三月三十一日")
    assert attached.left == pytest.approx(LEFT + 2 * SIGN, abs=2 * NEAR)
    assert RIGHT - date.right == pytest.approx(4 * SIGN, abs=NEAR)
    assert (unit.left + unit.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=2 * NEAR)
    assert unit.middle - attached.middle == pytest.approx(3 * PITCH, abs=NEAR)
