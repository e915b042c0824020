"""The review page in a real Chromium: filters, sources, keyboard, screens, paper, planted texts."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, PHONE, Open, Screen
from tests.office import pdf_text
from tests.reviewed import FILES, NAMES, OWN, WHOLE, collection, samples
from tests.sent import COUNT, FORM, TRICK
from toolkit import definition, words
from toolkit.submissions import Box
from toolkit.writing import review_page

CONTENT = collection().page()
UNITS = len(NAMES) - 1
PLANTS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "\"><svg onload=alert(1)><input autofocus onfocus='alert(1)'>",
    "<a href=javascript:alert(1)>x</a><iframe src=//example.org>",
    "{{ 7*7 }}{% include 'page.css' %}",
    TRICK,
    "+cmd|' /C calc'!A0",
    "&lt;b&gt;<b>b</b>--><!--",
    "\u202etxt.slx\u2066",
)
HARMLESS = "某"


def shown(page: Page, rows: str) -> list[str]:
    """Return the texts of the rows that are not hidden."""
    return list(
        page.eval_on_selector_all(
            rows, "all => all.filter((one) => one.checkVisibility()).map((one) => one.innerText)"
        )
    )


def told(page: Page, section: str) -> str:
    return page.locator(f"{section} .shown").inner_text()


def figure(key: str = COUNT) -> str:
    """Return the selector of a merged figure."""
    return f".source:visible[data-figure='{list(FORM.indicators).index(key)}']"


def wider(page: Page) -> int:
    """Return by how much the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


# ---------------------------------------------------------------- filters


def test_units_are_filtered_by_state(opened: Open) -> None:
    page = opened(CONTENT)
    assert told(page, "#units") == f"显示 {UNITS} / {UNITS}"
    page.select_option("#units [name=state]", "missing")
    assert [one.split()[0] for one in shown(page, "#unit-rows tr")] == ["戊局", "庚局"]
    assert told(page, "#units") == f"显示 2 / {UNITS}"


def test_units_are_filtered_by_box_and_scope_at_once(opened: Open) -> None:
    page = opened(CONTENT)
    page.select_option("#units [name=box]", "adopted")
    assert len(shown(page, "#unit-rows tr")) == 3
    page.select_option("#units [name=scope]", "below")
    assert [one.split()[0] for one in shown(page, "#unit-rows tr")] == ["己镇"]


@pytest.mark.parametrize("sought", ["丁局", "x4", "Ｘ４", "丁二.XLSX"])
def test_units_are_found_by_name_code_and_file(opened: Open, sought: str) -> None:
    page = opened(CONTENT)
    page.fill("#units [name=search]", sought)
    assert [one.split()[0] for one in shown(page, "#unit-rows tr")] == ["丁局"]


def test_filters_are_cleared(opened: Open) -> None:
    page = opened(CONTENT)
    page.fill("#units [name=search]", "没有这家")
    assert shown(page, "#unit-rows tr") == []
    page.click("#units [type=reset]")
    page.wait_for_selector("#unit-rows tr:visible")
    assert len(shown(page, "#unit-rows tr")) == UNITS


@pytest.mark.parametrize("box", sorted(set(Box) - {Box.NOT_THIS_FORM}))
def test_files_are_filtered_by_box(opened: Open, box: Box) -> None:
    page = opened(CONTENT)
    page.select_option("#files [name=box]", box)
    rows = shown(page, "#file-rows details")
    assert rows
    assert all(box.label in row for row in rows)


def test_findings_are_filtered_by_severity_and_code_and_opened(opened: Open) -> None:
    page = opened(CONTENT)
    page.click("#files [data-fold=close]")
    page.select_option("#files [name=severity]", "waiting")
    (row,) = shown(page, "#file-rows details")
    assert "R13" in row
    assert "R47" not in row
    page.select_option("#files [name=severity]", "")
    page.select_option("#files [name=code]", "R47")
    assert [one[:3] for one in shown(page, "#file-rows .remark")] == ["√已说"]


def test_what_is_left_to_do_leads_to_it(opened: Open) -> None:
    page = opened(CONTENT)
    page.click(".tasks a[data-value=waiting]")
    assert [one.split()[0] for one in shown(page, "#unit-rows tr")] == ["乙局"]
    page.click(".tasks a[data-value=unreadable]")
    assert len(shown(page, "#file-rows details")) == 1


def test_a_file_of_a_unit_is_opened_even_where_a_filter_hides_it(opened: Open) -> None:
    page = opened(CONTENT)
    page.select_option("#files [name=box]", "unreadable")
    page.click("#unit-rows tr:first-child a >> nth=0")
    file = page.locator("#file-rows details[open]", has_text="甲/最终版(1).xlsx")
    file.first.wait_for()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_columns_are_sorted_and_put_back(opened: Open) -> None:
    page = opened(CONTENT)
    page.click(".units th.deadline .sort")
    deadlines = shown(page, "#unit-rows td:nth-last-child(2)")
    dates = [one.split("年", 1)[1].split()[0] for one in deadlines]
    assert dates == sorted(dates)
    assert page.get_attribute(".units th.deadline", "aria-sort") == "ascending"
    page.click(".units th.deadline .sort")
    assert shown(page, "#unit-rows tr")[0].split()[0] in {"乙局", "庚局"}
    page.click(".units th.deadline .sort")
    assert [one.split()[0] for one in shown(page, "#unit-rows tr")] == list(NAMES.values())[:-1]


def test_of_two_years_rows_with_figures_are_shown_and_the_rest_on_demand(opened: Open) -> None:
    page = opened(CONTENT)
    some = len(shown(page, "#year-rows [data-item]"))
    page.select_option("#years [name=kind]", "swings")
    assert len(shown(page, "#year-rows [data-item]")) == 1
    assert len(shown(page, "#year-rows [data-heading]")) == 1
    page.select_option("#years [name=kind]", "all")
    assert some < len(shown(page, "#year-rows [data-item]")) == len(FORM.indicators)


# ---------------------------------------------------------------- the sources of a figure


def test_a_click_shows_what_a_figure_is_made_of(opened: Open) -> None:
    page = opened(CONTENT)
    page.click(figure())
    dialog = page.locator("dialog").inner_text()
    assert FORM.indicators[COUNT].name in dialog
    assert f"合计{WHOLE}，未填0家" in dialog
    rows = [one.split("\t") for one in shown(page, "#source-table tr")]
    assert ["甲局", "2", "甲/最终版(1).xlsx", "表!C6", "原文“2 条”，整理成数字"] in rows
    assert ["手工调整（甲局）", "+5", "", "", "某人：电话核实"] in rows
    assert len(rows) == 5


def test_own_offices_have_figures_and_sources_of_their_own(opened: Open) -> None:
    page = opened(CONTENT)
    assert page.locator(figure()).count() == 1
    page.click("[data-show=cover-own]")
    assert page.locator(figure()).inner_text().startswith(str(OWN))
    page.click(figure())
    assert "己镇" not in page.locator("dialog").inner_text()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_sources_are_shown_and_closed_from_the_keyboard(opened: Open, key: str) -> None:
    page = opened(CONTENT)
    page.focus(figure())
    page.keyboard.press(key)
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert page.evaluate("document.activeElement.dataset.figure") is not None


def test_a_file_among_the_sources_leads_to_what_was_found_in_it(opened: Open) -> None:
    page = opened(CONTENT)
    page.click(figure())
    page.click("#source-table a >> text=乙.xlsx")
    page.locator("details[open]:has-text('R13') summary:focus").wait_for()
    assert not page.locator("dialog").is_visible()


# ---------------------------------------------------------------- keyboard and screens


def test_everything_is_reached_with_the_tab_key_and_seen_to_be(opened: Open) -> None:
    page = opened(CONTENT)
    wanted = page.evaluate(
        """() => {
            const all = document.querySelectorAll("a, button, input, select, summary");
            const seen = Array.from(all).filter((one) => one.checkVisibility());
            seen.forEach((one, number) => { one.dataset.test = number; });
            return seen.length;
        }"""
    )
    reached: list[str] = []
    for _ in range(2 * wanted):
        page.keyboard.press("Tab")
        number, outline = page.evaluate(
            """() => [document.activeElement.dataset.test,
                      getComputedStyle(document.activeElement).outlineStyle]"""
        )
        if number is not None:
            assert outline != "none"
            reached.append(number)
        if len(set(reached)) == wanted:
            break
    assert reached == [str(number) for number in range(wanted)]


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "planted", ["", "很长的名称" * 40, "w" * 400], ids=["", "long", "unbroken"]
)
def test_nothing_sticks_out_of_the_window(opened: Open, screen: Screen, planted: str) -> None:
    page = opened(collection(planted).page(), screen)
    assert wider(page) == 0
    page.click("#files [data-fold=open]")
    page.select_option("#years [name=kind]", "all")
    assert wider(page) == 0
    page.click(figure())
    box = page.locator("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= screen.width
    assert wider(page) == 0


@pytest.mark.parametrize("edition", definition.editions())
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_tables_of_every_edition_fit_or_scroll(
    opened: Open, screen: Screen, edition: str
) -> None:
    page = opened(review_page.page(samples(definition.load(edition))), screen)
    assert wider(page) == 0


def test_without_its_script_there_is_still_everything_to_read(
    chromium: Browser, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_bytes(CONTENT)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    assert page.locator("#cover-all").is_visible()
    assert page.locator("#cover-own").is_visible()
    page.click("summary >> text=甲/旧.xlsx")
    assert page.get_by_text("这一份不计入，无需处理").is_visible()
    context.close()


# ---------------------------------------------------------------- paper


@pytest.fixture
def printed(opened: Open, tmp_path: Path) -> Path:
    file = tmp_path / "page.pdf"
    opened(CONTENT).pdf(path=file, prefer_css_page_size=True)
    return file


def test_on_paper_all_is_open_and_nothing_is_there_to_click(printed: Path) -> None:
    paper = "".join(pdf_text(printed).split())
    assert paper.count("文件校验码") == FILES
    assert "全行政区域（3家）" in paper
    assert "本级（2家）" in paper
    assert words.say("page.filter.reset") not in paper
    assert words.say("page.totals.hint") not in paper


def test_the_paper_is_a4(printed: Path) -> None:
    about = subprocess.run(["pdfinfo", str(printed)], check=True, capture_output=True).stdout
    assert b"(A4)" in about


# ---------------------------------------------------------------- what returns say


def skeleton(page: Page) -> object:
    """Return the names and attributes of all elements, without what may be written in them."""
    return page.evaluate(
        """() => Array.from(document.querySelectorAll("*"), (one) =>
            [one.tagName, ...one.getAttributeNames()].join(" "))"""
    )


@pytest.fixture(scope="module")
def harmless(chromium: Browser) -> Iterator[object]:
    """Return the skeleton of the page in which nothing harmful is planted."""
    page = chromium.new_page()
    page.set_content(collection(HARMLESS).page().decode())
    page.click(figure())
    yield skeleton(page)
    page.close()


@pytest.mark.parametrize("planted", PLANTS)
def test_planted_texts_are_shown_as_they_are_and_do_nothing(
    opened: Open, harmless: object, planted: str
) -> None:
    page = opened(collection(planted).page())
    page.click(figure())
    assert skeleton(page) == harmless
    assert page.evaluate("document.body.textContent").count(planted) > 30
    assert planted in page.locator("#source-table").evaluate("one => one.textContent")


def test_a_script_that_came_in_all_the_same_would_not_run(
    chromium: Browser, tmp_path: Path
) -> None:
    broken = tmp_path / "page.html"
    broken.write_bytes(CONTENT.replace(b"</main>", b"<script>document.title = 1</script></main>"))
    page, told = chromium.new_page(), list[str]()
    page.on("console", lambda one: told.append(one.text))
    page.goto(broken.as_uri())
    assert page.title() != "1"
    assert ["Content Security Policy" in one for one in told] == [True]
    page.close()
