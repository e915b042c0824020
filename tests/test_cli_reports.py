"""The report as it is asked for on the command line: what is written, said and refused."""

import io
import json
from pathlib import Path

import docx
import pytest

from tests import sample_template
from tests.commands import run
from tests.years import told
from toolkit import definition, outline, resources, words
from toolkit.record import dump

RECORDS = resources.data("samples", "2018", "records")
THIS = next(RECORDS.glob("岭东区-更正*.json"))
FAULTY = RECORDS / "岭东区-原报.json"


@pytest.fixture
def last(tmp_path: Path) -> Path:
    """Return what the unit of ``THIS`` may have reported for the year before."""
    return changed(tmp_path / "2017.json", year=2017, proactive=660)


def changed(path: Path, *, year: int, proactive: int) -> Path:
    content = json.loads(THIS.read_text(encoding="utf-8"))
    content["year"] = year
    content["values"]["proactive.total"] = proactive
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def text(path: Path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    return "".join(paragraph.text for paragraph in document.paragraphs)


def test_a_draft_says_on_screen_what_is_left(tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    result = run("report", "2018", THIS, "-o", file)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    left = text(file).count("【待填")
    assert f"还有{left}处【待填】：\n  【待填：" in result.stderr
    assert result.stderr.count("  【待填") == left
    assert "682条" in text(file)


@pytest.mark.parametrize("name", outline.names(definition.load("2018")))
def test_an_outline_is_named(name: str, tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    assert run("report", "2018", THIS, "-o", file, "--outline", name).exit_code == 0
    assert outline.load(definition.load("2018"), name).sections[0].heading in text(file)


def test_the_help_names_every_outline() -> None:
    said = run("report", "-h").stdout
    for edition in definition.editions():
        for name in outline.names(definition.load(edition)):
            assert name in said


def test_an_unknown_outline_is_refused_with_those_there_are(tmp_path: Path) -> None:
    result = run("report", "2021", "-o", tmp_path / "x.docx", "--outline", "七部分")
    assert result.exit_code == 2
    assert (
        "没有“七部分”这个提纲，2021版现有：法定（国办公开办函〔2021〕30号规定的六个部分）"
        in result.stderr
    )


OWN = """\
name: 我们的
title: "{{ 年 }}年报告"
sections:
  - heading: 收费
    paragraphs: [[收费, {text: 完。}]]
annex: 附件
"""


def test_an_office_may_bring_its_own_outline(tmp_path: Path) -> None:
    own, file = tmp_path / "我们的.yaml", tmp_path / "报告.docx"
    own.write_text(OWN, encoding="utf-8")
    assert run("report", "2018", THIS, "-o", file, "--outline", own).exit_code == 0
    assert text(file).startswith("2018年报告收费")
    assert "完。" in text(file)


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (OWN.replace("收费, {", "收税, {"), 4, "我们的.yaml 第5行：没有名叫“收税”的句子"),
        (
            OWN.replace("{{ 年 }}", "{{ 月 }}"),
            4,
            "第2行：句子“{{ 月 }}年报告”填不出来（“月”不存在）",
        ),
        (OWN + "  : :", 4, "第7行：YAML 写法不对"),
        (b"\xff\xfe\x00", 4, "第1行：不是 UTF-8 编码"),
        (None, 3, "我们的.yaml"),
    ],
)
def test_a_broken_outline_is_refused_by_line(
    content: str | bytes | None, code: int, said: str, tmp_path: Path
) -> None:
    own = tmp_path / "我们的.yaml"
    if content is not None:
        own.write_bytes(content.encode() if isinstance(content, str) else content)
    result = run("report", "2018", THIS, "-o", tmp_path / "x.docx", "--outline", own)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert not (tmp_path / "x.docx").exists()


# ---------------------------------------------------------------- last year


def test_growth_is_told_where_last_year_is_given(last: Path, tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    result = run("report", "2018", THIS, "-o", file, "--previous", last)
    assert result.exit_code == 0, result.stderr
    assert "比上年增加22条，增长3.3%" in text(file)
    assert "2017年、2018年依申请公开情况" in text(file)


@pytest.mark.parametrize(
    ("year", "said"), [(2018, "早于"), (2016, "2018年度的报告要与2017年度的数比较")]
)
def test_only_the_year_before_is_last_year(year: int, said: str, tmp_path: Path) -> None:
    other = changed(tmp_path / "x.json", year=year, proactive=1)
    result = run("report", "2018", THIS, "-o", tmp_path / "x.docx", "--previous", other)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_last_year_alone_makes_no_report(last: Path, tmp_path: Path) -> None:
    result = run("report", "2018", "-o", tmp_path / "x.docx", "--previous", last)
    assert (result.exit_code, "本年的汇总表" in result.stderr) == (2, True)


def test_what_to_bear_in_mind_about_the_years_is_said(last: Path, tmp_path: Path) -> None:
    other = next(RECORDS.glob("南昌高新区-更正*.json"))
    content = json.loads(other.read_text(encoding="utf-8")) | {"year": 2017}
    last.write_text(json.dumps(content), encoding="utf-8")
    result = run("report", "2018", THIS, "-o", tmp_path / "x.docx", "--previous", last)
    assert result.exit_code == 0
    assert "不是同一家单位" in result.stderr


def test_figures_of_an_earlier_edition_are_named_where_they_are_only_alike(tmp_path: Path) -> None:
    this = tmp_path / "2019.json"
    figures = json.loads(
        next(resources.data("samples", "2019").glob("records/*教育局*")).read_text()
    )
    this.write_text(json.dumps(figures | {"year": 2019}), encoding="utf-8")
    result = run("report", "2019", this, "-o", tmp_path / "x.docx", "--previous", THIS)
    assert result.exit_code == 0, result.stderr
    assert "与上年相比时请注意：口径相近" in result.stderr


def test_a_faulty_return_is_said_to_be_one(tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    for given in (
        (FAULTY,),
        (THIS, "--previous", changed(tmp_path / "y.json", year=2017, proactive=1)),
    ):
        result = run("report", "2018", *given, "-o", file)
        assert result.exit_code == 1
        assert "×" in result.stderr
        assert file.exists()


# ---------------------------------------------------------------- an office's own template


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "我们的模板.docx"
    path.write_bytes(sample_template.sample(definition.load("2018")))
    return path


def test_an_office_may_bring_its_own_template(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    result = run("report", "2018", THIS, "-o", file, "--template", own)
    assert result.exit_code == 0, result.stderr
    assert "全年主动公开政府信息682条" in text(file)
    assert f"还有{text(file).count('【待填')}处【待填】" in result.stderr
    first = file.read_bytes()
    assert run("report", "2018", THIS, "-o", file, "--template", own).exit_code == 0  # our own
    assert file.read_bytes() == first


def test_a_template_of_another_edition_names_what_it_cannot_fill(own: Path, tmp_path: Path) -> None:
    this = tmp_path / "2023.json"
    this.write_text(dump(told(2023)), encoding="utf-8")
    result = run("report", "2021", this, "-o", tmp_path / "x.docx", "--template", own)
    assert result.exit_code == 4
    assert f"模板有误：{own}\n  正文第" in result.stderr
    assert "2021版没有“收到申请数”这一项" in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04broken", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为“Word 文档（.docx）”"),
        (b"{\\rtf1 x}", "另存为“Word 文档（.docx）”"),
        (b"", "另存为“Word 文档（.docx）”"),
        (None, "没有这个文件"),
    ],
)
def test_what_is_no_word_document_is_no_template(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    own = tmp_path / "模板.docx"
    if content is not None:
        own.write_bytes(content)
    result = run("report", "2018", THIS, "-o", tmp_path / "x.docx", "--template", own)
    assert (result.exit_code, said in result.stderr) == (3, True), result.stderr


def test_a_workbook_is_no_template(tmp_path: Path) -> None:
    own = next(resources.data("samples", "2018", "returns").glob("*.xlsx"))
    result = run("report", "2018", THIS, "-o", tmp_path / "x.docx", "--template", own)
    assert (result.exit_code, "这不是 Word 文档" in result.stderr) == (3, True)


def test_a_template_is_not_overwritten_by_what_comes_of_it(own: Path) -> None:
    before = own.read_bytes()
    result = run("report", "2018", THIS, "-o", own, "--template", own, "--force")
    assert result.exit_code == 2
    assert own.read_bytes() == before


def test_outline_and_template_exclude_each_other(own: Path, tmp_path: Path) -> None:
    arguments = ("--template", own, "--outline", words.entry("report.outline"))
    result = run("report", "2018", THIS, "-o", tmp_path / "x.docx", *arguments)
    assert (result.exit_code, "只能用一个" in result.stderr) == (2, True)
