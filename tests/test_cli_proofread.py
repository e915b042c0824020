"""Proofreading as it is asked for on the command line, and reports read back as returns."""

import io
import json
from pathlib import Path

import docx
import pytest

from tests.commands import run
from tests.office import Office
from tests.proofreading import drawn
from tests.proofreading.reports import CASES, CHANNELS, STAFF, Case, Line
from toolkit import resources, words
from toolkit.form import Form
from toolkit.record import Record, Unit, dump, settle

RECORDS = sorted(resources.data("samples").glob("*/records/*.json"))


def record(form: Form, case: Case) -> Record:
    values, reported = settle(form, case.figures, case.reported)
    return Record(form.edition, 2018, Unit(case.unit), values, reported)


def annex(form: Form, told: Record) -> list[Line]:
    """Return the form with its figures as a report prints it."""
    heads = words.entry("sheet.columns")
    rows: list[Line] = [[heads["label"], heads["unit"], heads["value"]]]
    for _, line in form.listed():
        measure = form.indicators[line.key].measure.name if line.key else ""
        value = told.reported.get(line.key, told.values.get(line.key)) if line.key else None
        rows.append([line.label, measure, "" if value is None else str(value)])
    name = f"{told.unit.name}2018年度政府信息公开情况统计表"
    return ["附件1", name, f"填报单位（盖章）：{told.unit.name}", *rows]


@pytest.fixture
def table(form: Form, tmp_path: Path) -> Path:
    path = tmp_path / "记录.json"
    path.write_text(dump(record(form, STAFF)), encoding="utf-8")
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "年度 报告（终稿）.docx"
    path.write_bytes(drawn.as_document(STAFF.lines))
    return path


def test_what_is_found_is_shown_with_its_place(report: Path, table: Path) -> None:
    result = run("proofread", report, table)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == f"{report}（1处错误，0处须核实，0处提示）"
    assert lines[1].startswith(
        "  × X1  第9段（四、存在的问题）  “各部门无专职的政府信息公开人员”："
    )
    assert "“专职人员数”是1" in lines[1]
    assert lines[-1].startswith("核对了9段文字中5处提到指标的数，其中4处与统计表相符")


def test_a_report_without_faults_is_good(form: Form, tmp_path: Path) -> None:
    report, table = tmp_path / "报告.txt", tmp_path / "记录.json"
    report.write_text(
        "示例县2018年政府信息公开工作年度报告\n主动公开政府信息12条。", encoding="utf-8"
    )
    case = Case("", "示例县教育局", [], {"proactive.total": 12, "channel.website": 12}, [])
    table.write_text(dump(record(form, case)), encoding="utf-8")
    result = run("proofread", report, table)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "没有问题" in result.stdout


def test_json_is_one_object_and_nothing_else(report: Path, table: Path) -> None:
    content = json.loads(run("proofread", report, table, "--json").stdout)
    assert (content["report"], content["form"], content["year"]) == (str(report), "2018", 2018)
    assert content["table"]["unit"]["name"] == STAFF.unit
    (found,) = content["findings"]
    assert (found["code"], found["severity"], found["key"]) == ("X1", "error", "staff.full_time")
    assert (found["paragraph"], found["heading"]) == (9, ["四、存在的问题"])
    assert found["quote"] == "各部门无专职的政府信息公开人员"
    assert found["table"] == {"label": "专职人员数", "value": 1, "sheet": "", "cell": ""}
    assert [one["value"] for one in content["figures"]] == [1180, 9, 1, 5, 0]
    assert content["agreeing"] == 4


@pytest.mark.parametrize("write", [drawn.as_text, drawn.as_page, drawn.as_document])
def test_the_annex_in_the_report_is_its_table(
    form: Form, write: drawn.Write, tmp_path: Path
) -> None:
    report = tmp_path / "报告"
    report.write_bytes(write([*CHANNELS.lines, *annex(form, record(form, CHANNELS))]))
    content = json.loads(run("proofread", report, "--json").stdout)
    assert content["table"]["file"] == str(report)
    assert [one["code"] for one in content["findings"]] == [code for code, _ in CHANNELS.found]
    first = next(one for one in content["findings"] if one["code"] == "X1")
    assert first["table"]["cell"].startswith("第")  # row and column; a text has no addresses


@pytest.mark.parametrize("write", [drawn.as_text, drawn.as_page, drawn.as_document])
def test_the_annex_reads_as_a_return(form: Form, write: drawn.Write, tmp_path: Path) -> None:
    for case in CASES:
        told = record(form, case)
        report = tmp_path / "报告"
        report.write_bytes(write([*case.lines, *annex(form, told)]))
        result = run("read", report)
        assert result.exit_code == 0, result.stderr
        read = json.loads(result.stdout)
        assert read["values"] == told.values
        assert (read["year"], read["unit"]["name"]) == (2018, case.unit)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_draft_contradicts_nothing_and_reads_back(path: Path, tmp_path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    draft = tmp_path / "初稿.docx"
    assert run("report", told["form"], path, "-o", draft).exit_code in (0, 1)
    content = json.loads(run("proofread", draft, path, "--json").stdout)
    found = {one["code"] for one in content["findings"]}
    assert found <= ({"X5"} if run("check", path).exit_code else set()), content["findings"]
    assert json.loads(run("read", draft).stdout)["values"] == told["values"]


def test_without_any_table_the_text_is_held_against_itself(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_bytes(drawn.as_text(["一、甲", "三、乙"], "gbk"))
    result = run("proofread", report, "--year", "2018")
    assert result.exit_code == 1
    assert "X6" in result.stdout
    assert "只核对文字本身" in result.stderr


def test_an_annex_that_is_not_the_table_given_is_noticed(
    form: Form, table: Path, tmp_path: Path
) -> None:
    report = tmp_path / "报告.docx"
    report.write_bytes(drawn.as_document(["全年工作平稳。", *annex(form, record(form, CHANNELS))]))
    result = run("proofread", report, table)
    assert result.exit_code == 1
    assert "报告里的统计表与所给的有" in result.stderr


def test_the_marked_copy_has_a_comment_at_each_fault(
    report: Path, table: Path, tmp_path: Path
) -> None:
    marked = tmp_path / "校对.docx"
    assert run("proofread", report, table, "--marked", marked).exit_code == 1
    document = docx.Document(io.BytesIO(marked.read_bytes()))
    (comment,) = document.comments
    assert comment.text.startswith("× X1　“各部门无专职")
    assert [p.text for p in document.paragraphs] == [
        p.text for p in docx.Document(str(report)).paragraphs
    ]
    first = marked.read_bytes()
    assert run("proofread", report, table, "--marked", marked).exit_code == 3  # it is a person's
    assert run("proofread", report, table, "--marked", marked, "--force").exit_code == 1
    assert marked.read_bytes() == first


def test_an_old_document_is_converted(
    office: Office, report: Path, table: Path, tmp_path: Path
) -> None:
    (old,) = office.convert([report], "doc:MS Word 97", tmp_path / "old")
    marked = tmp_path / "校对.docx"
    result = run("proofread", old, table, "--marked", marked)
    assert (result.exit_code, "X1" in result.stdout) == (1, True), result.stderr
    assert len(list(docx.Document(str(marked)).comments)) == 1


def test_without_libreoffice_an_old_document_is_named(
    office: Office, report: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = office.convert([report], "doc:MS Word 97", tmp_path / "old")
    monkeypatch.setenv("PATH", "")
    result = run("proofread", old.rename(tmp_path / "报告.wps"), table)
    assert result.exit_code == 3
    assert "报告.wps：旧版 Word 文档（.doc、.wps）不能直接读取" in result.stderr
    assert "另存为" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("没有.docx",), 3, "没有.docx"),
        (("报告.pdf",), 3, "PDF"),
        ((), 2, "缺少"),
    ],
)
def test_what_cannot_be_proofread(
    arguments: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    (tmp_path / "报告.pdf").write_bytes(b"%PDF-1.7")
    result = run("proofread", *(tmp_path / name for name in arguments))
    assert result.exit_code == code
    assert said in result.stderr
