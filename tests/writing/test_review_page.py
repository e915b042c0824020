"""The review page: what it says, what it is made of, and that it is known again."""

import base64
import hashlib
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml.html import HtmlElement

from tests.reviewed import FILES, FIRST, NAMES, OWN, WHOLE, collection, samples
from tests.sent import COUNT, FORM, YEAR, record, sent
from toolkit import definition, files, folder, intake, marks, merge, words
from toolkit.folder import Skipped
from toolkit.roster import Cover
from toolkit.submissions import Box
from toolkit.writing import review_page

ONE = collection()
CONTENT = ONE.page()
EDITIONS = definition.editions()


def read(content: bytes = CONTENT) -> HtmlElement:
    return lxml.html.document_fromstring(content)


def text(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def texts(page: HtmlElement, path: str) -> list[str]:
    return [text(one) for one in page.cssselect(path)]


def data(content: bytes = CONTENT) -> Any:
    (element,) = read(content).cssselect("#data")
    return json.loads(str(element.text_content()))


# ---------------------------------------------------------------- what it says


def test_it_begins_with_how_far_the_collection_has_come() -> None:
    (head,) = texts(read(), "header")
    assert "示例县" in head
    assert f"{YEAR}年度" in head
    assert "已计入 3 / 7 家" in head
    assert "报送率42%（3 / 7 家）" in head
    assert "收到9份 = 采用3 + 被新件取代1 + 重复1 + 冲突待定2 + 退回1 + 无法读取1" in head


def test_it_tells_what_is_left_to_do_and_where() -> None:
    told = texts(read(), ".tasks li")
    assert told[0] == "2家未报，其中1家已过期限"
    assert "2份报表冲突待定，要人决定" in told
    assert "1份文件无法读取，请单位重发" in told
    for link in read().cssselect(".tasks a"):
        assert read().cssselect(link.get("href"))


def test_nothing_is_left_to_do_where_all_is_settled() -> None:
    figures = dict.fromkeys((i.key for i in FORM.entered), 0)
    page = read(review_page.page(merge.merge(FORM, YEAR, [sent("a", record("甲局", figures))])))
    assert texts(page, ".tasks li") == []


def test_a_newer_return_that_was_sent_back_is_left_to_do_though_the_unit_counts() -> None:
    filed = {"a.xlsx": (0, f"{YEAR + 1}-01-01"), "b.xlsx": (-1, f"{YEAR + 1}-01-09")}
    sent_in = [sent(path, record("甲局", {COUNT: n}, filed=d)) for path, (n, d) in filed.items()]
    page = read(review_page.page(merge.merge(FORM, YEAR, sent_in)))
    assert "已采用" in texts(page, "#unit-rows tr")[0]
    assert "1份报表退回，等改正后重新报送" in texts(page, ".tasks li")


def test_units_stand_in_the_order_of_the_roster_each_with_its_state_and_files() -> None:
    rows = texts(read(), "#unit-rows tr")
    assert len(rows) == len(NAMES) - 1  # nobody waits for the unit under vertical management
    assert [row.split()[0] for row in rows] == list(NAMES.values())[:-1]
    assert "已采用，待说明" in rows[1]
    assert "1处必须改正" in rows[2]
    assert "冲突待定" in rows[3]
    assert "丁一.xlsx" in rows[3]
    assert "垂直管理单位不计入汇总：辛税务局。" in text(read().cssselect("#units")[0])


def test_dates_are_written_as_people_here_write_them() -> None:
    assert f"{YEAR + 1}年1月10日 09:05" in texts(read(), "#unit-rows tr")[0]


def test_whoever_sent_nothing_is_listed_and_the_late_ones_first() -> None:
    assert texts(read(), ".missing caption") == ["已过期限（1）", "期限未到（1）"]
    assert ["戊局" in row for row in texts(read(), ".missing tbody tr")] == [True, False]


def test_without_a_day_nobody_is_late() -> None:
    page = read(ONE.page(None))
    assert texts(page, ".missing caption") == ["未报（2）"]
    assert "已逾期" not in text(page)


def test_the_last_day_is_in_time() -> None:
    assert "已逾期" not in text(read(ONE.page(FIRST)))


@pytest.mark.parametrize("today", [date(YEAR + 1, 1, 16), date(YEAR + 1, 1, 18)])
def test_the_day_after_is_late(today: date) -> None:
    assert "已逾期" in text(read(ONE.page(today)))


def test_without_a_roster_it_claims_no_rate() -> None:
    page = text(read(review_page.page(samples(definition.load(EDITIONS[0])))))
    assert "报送率" not in page
    assert words.say("page.no_roster") in page


def test_every_file_stands_in_its_box_with_its_reason() -> None:
    found = {text(one.cssselect(".path")[0]): one for one in read().cssselect("#file-rows details")}
    assert len(found) == len(ONE.summary.entries) == FILES
    for entry in ONE.summary.entries:
        shown = found[entry.submission.path]
        assert shown.get("data-box") == entry.box
        assert entry.reason in text(shown)


def test_a_finding_says_where_it_is_what_to_do_and_what_the_unit_said() -> None:
    remarks = [one for one in texts(read(), "#files .remark") if "表!C6" in one]
    assert any("待说明 R13 表!C6" in one and "请改为直接填数字" in one for one in remarks)
    assert any("已说明 R47" in one and "单位说明：无误" in one for one in remarks)


def test_files_that_need_somebody_stand_first_and_open() -> None:
    opened = ["open" in one.attrib for one in read().cssselect("#file-rows details")]
    assert opened == sorted(opened, reverse=True)
    assert sum(opened) == 5  # one waits, one is sent back, two are in conflict, one is a picture


def test_skipped_files_are_named() -> None:
    assert texts(read(), "#skipped li") == ["~$甲.xlsx 临时文件", "汇总.xlsx 本工具生成的汇总表"]


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize(("cover", "total"), [(Cover.ALL, WHOLE), (Cover.OWN, OWN)])
def test_merged_figures_stand_in_the_printed_table(cover: Cover, total: int) -> None:
    index = list(FORM.indicators).index(COUNT)
    (button,) = read().cssselect(f"#cover-{cover} [data-figure='{index}']")
    assert text(button).startswith(str(total))
    assert cover.label in button.get("aria-label")
    assert words.say("page.totals.adjusted") in text(button)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_figure_of_every_edition_can_be_asked_for_its_sources(edition: str) -> None:
    form = definition.load(edition)
    page = read(review_page.page(samples(form)))
    asked = [int(one.get("data-figure")) for one in page.cssselect("#cover-all .source")]
    assert sorted(asked) == list(range(len(form.indicators)))


@pytest.mark.parametrize("cover", list(Cover))
def test_the_sources_of_a_figure_amount_to_it(cover: Cover) -> None:
    told = data()
    for index, total in enumerate(told["covers"][cover]["totals"]):
        units = [one["values"][index] for one in told["units"] if cover in one["covers"]]
        changes = [
            one["values"][str(index)]
            for one in told["adjustments"]
            if cover in one["covers"] and str(index) in one["values"]
        ]
        figures = [Decimal(one) for one in (*units, *changes) if one is not None]
        shown = f"{sum(figures, Decimal()).normalize():f}"
        assert total == (shown if figures else words.say("text.blank"))


def test_a_source_names_the_cell_and_what_stood_there() -> None:
    first = data()["units"][0]
    index = list(FORM.indicators).index(COUNT)
    assert first["traces"][str(index)] == ["表!C6", "原文“2 条”，整理成数字"]
    assert first["path"] == "甲/最终版(1).xlsx"


def test_what_the_merged_figures_break_is_told() -> None:
    (finding,) = [one for one in texts(read(), "#cover-all .remark") if "A3" in one]
    assert "M3" in finding


def test_both_years_stand_side_by_side_and_swings_are_listed() -> None:
    assert "同口径：只比较已计入的" in text(read().cssselect("#years > p")[0])
    (row,) = [one for one in read().cssselect("#year-rows tr") if "变化较大" in text(one)]
    assert texts(row, ".number") == [str(WHOLE), "1", "+19", "+1900.0%"]
    assert any("M6" in one for one in texts(read(), "#years .remark"))


def test_without_last_year_it_says_so() -> None:
    page = read(review_page.page(ONE.summary))
    assert words.say("page.years.none") in text(page.cssselect("#years")[0])


def test_a_bar_is_as_long_as_its_figure() -> None:
    form = definition.load(EDITIONS[0])
    page = read(review_page.page(samples(form)))
    charts = page.cssselect(".chart")
    assert charts
    for chart in charts:
        figures = [Decimal(one) for one in texts(chart, ".number div")]
        lengths = [Decimal(one.get("width").rstrip("%")) for one in chart.cssselect(".bars rect")]
        longest = max(figures)
        for figure, length in zip(figures, lengths, strict=True):
            assert abs(figure * 100 / longest - length) < Decimal("0.01")


def test_a_collection_of_nothing_makes_a_page() -> None:
    page = read(review_page.page(merge.merge(FORM, YEAR, [])))
    assert "已计入 0 / 0 家" in text(page)


# ---------------------------------------------------------------- what it is made of


def test_the_order_of_files_does_not_matter() -> None:
    assert collection(backwards=True).page() == CONTENT


def test_its_policy_lets_nothing_in_but_its_own_style_and_script() -> None:
    (policy,) = re.findall(rb'Content-Security-Policy" content="([^"]+)"', CONTENT)
    page = CONTENT.decode()
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()) for one in (style, script)]
    assert policy.decode().split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashes[0].decode()}'",
        f"script-src 'sha256-{hashes[1].decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_it_names_nothing_outside_itself() -> None:
    page = read()
    assert not page.cssselect("[src], link, base, iframe, object, [style]")
    assert all(one.get("href").startswith("#") for one in page.cssselect("[href]"))
    assert b"url(" not in CONTENT
    assert b"@import" not in CONTENT


@pytest.mark.parametrize(
    "planted", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028"]
)
def test_what_is_planted_cannot_end_the_data(planted: str) -> None:
    content = collection(planted).page()
    assert planted in data(content)["units"][0]["name"]
    (embedded,) = re.findall(rb'id="data">(.*?)</script>', content, re.DOTALL)
    assert not re.search("[<>&\u2028\u2029]", embedded.decode())


def test_no_character_is_left_that_no_page_can_hold() -> None:
    skipped = [Skipped("\ud800.xlsx", "")]
    content = review_page.page(collection("\x00\x1b\ufffe").summary, skipped)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", content)


# ---------------------------------------------------------------- known again


def test_it_is_known_as_ours_and_unchanged() -> None:
    assert marks.unbroken(CONTENT)
    changed = CONTENT.replace("甲局".encode(), "某局".encode(), 1)
    assert marks.is_page(changed)
    assert not marks.unbroken(changed)
    assert not marks.unbroken(b"")


def test_a_later_page_replaces_it_but_not_one_that_somebody_changed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    files.write(path, CONTENT)
    files.write(path, ONE.page(None))
    path.write_bytes(path.read_bytes() + b"<!-- mine -->")
    with pytest.raises(files.Unwritable):
        files.write(path, CONTENT)


def test_among_the_returns_it_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(CONTENT)
    places, _ = folder.find([tmp_path])
    (outcome,) = intake.read(places)
    assert isinstance(outcome, Skipped)
    assert outcome.reason == words.say("folder.skipped.page")


def test_boxes_of_the_collection_are_all_there() -> None:
    """The collection is what makes these tests worth something."""
    missing = {Box.NOT_THIS_FORM}
    assert set(ONE.summary.boxes) == set(Box) - missing
