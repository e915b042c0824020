"""The commands as they are typed: what they print, where, and their exit codes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tests import commands
from tests.commands import Run
from tests.years import told
from toolkit import cli, definition, resources, schema
from toolkit.files import write
from toolkit.form import Form
from toolkit.reading.returns import read_return
from toolkit.record import Unit, dump

SAMPLES = sorted(resources.data("samples").glob("*/demo.toml"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the program in this process, exit code included."""
    monkeypatch.setattr(sys, "argv", ["toolkit"])
    return commands.run


def record(name: str) -> Path:
    return resources.data("samples", "2018", "records", f"{name}.json")


@pytest.fixture
def returned(run: Run, tmp_path: Path) -> Path:
    """Return a folder with a return that is to be sent back and its correction."""
    folder = tmp_path / "报送 附件（一）"
    for name in ("岭东区-原报", "岭东区-更正（虚构）"):
        assert run("fill", record(name), "-o", folder / f"{name}.xlsx").exit_code == 0
    return folder


def test_forms_lists_every_edition(run: Run) -> None:
    result = run("forms")
    assert result.exit_code == 0
    for edition in definition.editions():
        assert f"{edition}  {definition.load(edition).name}" in result.stdout


def test_schema_prints_the_committed_schema(run: Run, form: Form) -> None:
    result = run("schema", form.edition)
    assert result.stdout == schema.as_text(form)


def test_template_for_a_unit(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "发 出"
    arguments = ("--unit", "某某县/教育局", "--code", "X07", "--year", "2018")
    assert run("template", "2018", "-o", folder, *arguments).exit_code == 0
    (file,) = folder.iterdir()
    assert file.name == "X07-某某县_教育局-2018.xlsx"
    assert read_return(file.read_bytes()).record.unit.name == "某某县/教育局"


def test_template_refuses_a_year_it_does_not_serve(run: Run, tmp_path: Path) -> None:
    result = run("template", "2018", "-o", tmp_path / "x", "--year", "2013")
    assert result.exit_code == 2
    assert "2013" in result.stderr
    assert not (tmp_path / "x").exists()


def test_fill_then_read_gives_the_record_back(run: Run, tmp_path: Path) -> None:
    source = record("南昌高新区-原报")
    file = tmp_path / "高新区.xlsx"
    assert run("fill", source, "-o", file).exit_code == 0
    read = json.loads(run("read", file).stdout)
    original = json.loads(source.read_text(encoding="utf-8"))
    for part in ("form", "year", "unit", "contacts", "values", "reported", "explanations"):
        assert read[part] == original[part], part


def test_check_groups_by_file_and_says_where(run: Run, returned: Path) -> None:
    result = run("check", returned)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("岭东区-原报.xlsx（2处错误，3处须核实")
    assert any("× A19  统计表!D66  “从事政府信息公开工作人员数”" in line for line in lines)
    assert lines[-1].startswith("共2份：2处错误，")


def test_check_json_is_one_object_and_nothing_else(run: Run, returned: Path) -> None:
    result = run("check", returned, "--json")
    content = json.loads(result.stdout)
    assert content["files"] == 2
    a19 = next(one for one in content["findings"] if one["code"] == "A19")
    wanted = ("code", "severity", "file", "sheet", "cell", "key", "value", "message")
    assert set(wanted) <= set(a19)
    assert (a19["severity"], a19["file"]) == ("error", "岭东区-原报.xlsx")
    assert (a19["sheet"], a19["cell"], a19["key"]) == ("统计表", "D66", "staff.total")


def test_check_of_a_good_return_is_good(run: Run, returned: Path) -> None:
    result = run("check", returned / "岭东区-更正（虚构）.xlsx")
    assert result.exit_code == 0, result.stdout


def test_check_treats_workbook_and_record_alike(run: Run, returned: Path) -> None:
    found = []
    for path in (returned / "岭东区-原报.xlsx", record("岭东区-原报")):
        content = json.loads(run("check", path, "--json").stdout)
        found.append([(one["code"], one["key"], one["message"]) for one in content["findings"]])
    assert sorted(found[0]) == sorted(found[1])


def test_check_against_another_year(run: Run, returned: Path) -> None:
    file = returned / "岭东区-更正（虚构）.xlsx"
    result = run("check", file, "--year", "2017")
    assert result.exit_code == 1
    assert "F8" in result.stdout
    assert "2017" in result.stdout


def test_merge_puts_every_file_in_a_box(run: Run, returned: Path, tmp_path: Path) -> None:
    (returned / "盖章扫描.pdf").write_bytes(b"%PDF-1.7 ...")
    (returned / "~$岭东区.xlsx").write_bytes(b"lock")
    output = tmp_path / "汇总.xlsx"
    result = run("merge", returned, "-o", output)
    assert result.exit_code == 1
    assert "共3份文件：" in result.stdout
    assert "采用1" in result.stdout
    assert "退回1" in result.stdout
    assert "无法读取1" in result.stdout
    assert "已计入1/1家" in result.stdout
    assert "~$岭东区.xlsx" in result.stderr
    sheets = ["汇总表", "报送情况", "图表", "明细", "审核意见", "来源", "收件登记"]
    assert openpyxl.load_workbook(output).sheetnames == sheets


def test_merge_says_tie_and_stops(run: Run, returned: Path, tmp_path: Path) -> None:
    data = json.loads(record("岭东区-更正（虚构）").read_text(encoding="utf-8"))
    other = tmp_path / "2017"
    other.mkdir()
    for year in (2016, 2017):
        data["year"] = year
        (other / f"{year}.json").write_text(json.dumps(data), encoding="utf-8")
    result = run("merge", other, "-o", tmp_path / "x.xlsx")
    assert result.exit_code == 2
    assert "2016" in result.stderr
    assert run("merge", other, "-o", tmp_path / "x.xlsx", "--year", "2017").exit_code == 1
    assert (tmp_path / "x.xlsx").exists()
    assert returned.exists()


def test_report_from_a_summary(run: Run, returned: Path, tmp_path: Path) -> None:
    summary, draft = tmp_path / "汇总.xlsx", tmp_path / "报告.docx"
    run("merge", returned, "-o", summary)
    result = run("report", "2018", summary, "-o", draft, "--unit", "示例市人民政府")
    assert result.exit_code == 0, result.stderr
    assert "还有" in result.stderr
    with ZipFile(draft) as package:
        text = package.read("word/document.xml").decode()
    assert "示例市人民政府" in text
    assert "682条" in text


def test_report_skeleton(run: Run, tmp_path: Path) -> None:
    assert run("report", "2018", "-o", tmp_path / "骨架.docx").exit_code == 0


# ---------------------------------------------------------------- year to year


@pytest.fixture
def years(tmp_path: Path) -> Path:
    """Return a folder with the returns of two years: what 甲局 carried over does not agree."""
    jia, yi = Unit("甲局", "X1"), Unit("乙局", "X2")
    for file, returned in {
        "2023/甲局": told(2023, carried_in=2, unit=jia),
        "2023/乙局": told(2023, carried_in=1, unit=yi),
        "2022/甲局": told(2022, carried_over=3, unit=jia),
        "2021/甲局": told(2021, unit=jia),
    }.items():
        path = tmp_path / f"{file}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(dump(returned), encoding="utf-8")
    return tmp_path


def test_check_against_last_year(run: Run, years: Path, tmp_path: Path) -> None:
    assert run("check", years / "2023").exit_code == 0
    summary = tmp_path / "汇总.xlsx"
    assert run("merge", years / "2022", "-o", summary).exit_code == 0
    for last in (years / "2022", years / "2022" / "甲局.json", summary):
        result = run("check", years / "2023", "--previous", last)
        assert result.exit_code == 1
        assert "× B5  “上年结转政府信息公开申请数量·总计”：填报2件" in result.stdout
        assert "提示 R29  没有与上年的数核对：2022年度的数里没有这家单位。" in result.stdout
        assert result.stderr == ""


def test_check_against_last_year_as_json(run: Run, years: Path) -> None:
    content = json.loads(run("check", years, "--previous", years, "--json").stdout)
    found = [(one["file"], one["code"]) for one in content["findings"]]
    assert found == [
        ("2021/甲局.json", "R29"),
        ("2023/乙局.json", "R29"),
        ("2023/甲局.json", "B5"),
        ("2023/甲局.json", "B5"),
    ]


def test_check_says_which_files_of_last_year_were_not_used(run: Run, years: Path) -> None:
    (years / "2022" / "扫描.pdf").write_bytes(b"%PDF-1.4")
    (years / "2021" / "甲局.json").replace(years / "2022" / "前年.json")
    result = run("check", years / "2023", "--previous", years / "2022")
    assert result.stderr.startswith("上年未用：扫描.pdf  这不是电子表格，而是PDF 文件。")
    assert len(result.stderr.splitlines()) == 1


def test_check_names_the_file_of_last_year_that_cannot_be_read(run: Run, years: Path) -> None:
    broken = years / "上年.xlsx"
    for content, said in ((None, "没有这个文件"), (b"%PDF-1.4", "PDF")):
        if content is not None:
            broken.write_bytes(content)
        result = run("check", years / "2023", "--previous", broken)
        assert result.exit_code == 3
        assert str(broken) in result.stderr
        assert said in result.stderr
        assert result.stdout == ""


def test_compare_two_years(run: Run, years: Path) -> None:
    result = run("compare", years / "2023" / "甲局.json", years / "2022" / "甲局.json")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    place = lines.index("  上年结转政府信息公开申请数量")
    assert lines[place + 1].split() == ["自然人", "件", "2", "0", "+2"]
    assert lines[-1] == "共200项。"
    assert len(lines) < 40
    whole = run("compare", years / "2023" / "甲局.json", years / "2022" / "甲局.json", "--all")
    assert len(whole.stdout.splitlines()) > 200


def test_compare_summaries_as_json(run: Run, years: Path, tmp_path: Path) -> None:
    for year in ("2022", "2023"):
        assert run("merge", years / year, "-o", tmp_path / f"{year}.xlsx").exit_code == 0
    result = run("compare", tmp_path / "2023.xlsx", tmp_path / "2022.xlsx", "--json")
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    (row,) = (one for one in content["rows"] if one["keys"] == ["carried_in/total"])
    assert [one["value"] for one in row["figures"]] == [3, 0]
    assert row["changes"] == [{"year": 2023, "since": 2022, "difference": 3, "percent": None}]
    assert [one["counted"] for one in content["tables"]] == [2, 1]
    assert content["notes"] == ["两份汇总计入的家数不同：本年2家，上年1家。"]
    assert result.stderr == content["notes"][0] + "\n"


def test_compare_notes_what_is_odd_about_the_tables(run: Run, years: Path) -> None:
    result = run("compare", years / "2023" / "乙局.json", years / "2021" / "甲局.json")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "2023年度与2021年度不是相邻的两年。",
        "两份表不是同一家单位的：本年是“乙局”，上年是“甲局”。",
    ]


def test_compare_several_years(run: Run, years: Path) -> None:
    tables = [years / year / "甲局.json" for year in ("2023", "2022", "2021")]
    result = run("compare", *tables)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert "2023年度、2022年度与2021年度对比" in lines[0]
    assert any("2023比2022" in line and "2023比2021" in line for line in lines)


def test_compare_writes_a_workbook(run: Run, years: Path, tmp_path: Path) -> None:
    tables = [years / year / "甲局.json" for year in ("2023", "2022")]
    output = tmp_path / "对比.xlsx"
    result = run("compare", *tables, "-o", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"已写出 {output}" in result.stderr
    form = definition.load("2021")
    assert openpyxl.load_workbook(output).sheetnames == [table.name for table in form.tables]
    short = openpyxl.load_workbook(output).worksheets[1].max_row
    both = run("compare", *tables, "-o", output, "--all", "--json")
    assert json.loads(both.stdout)["rows"]
    assert openpyxl.load_workbook(output).worksheets[1].max_row > short
    output.write_bytes("别人的".encode())
    refused = run("compare", *tables, "-o", output)
    assert refused.exit_code == 3
    assert "已经存在" in refused.stderr
    assert run("compare", *tables, "-o", output, "--force").exit_code == 0


def test_compare_never_overwrites_what_it_compares(run: Run, years: Path) -> None:
    summary = years / "2023.xlsx"
    assert run("merge", years / "2023", "-o", summary).exit_code == 0
    before = summary.read_bytes()
    result = run("compare", summary, years / "2022" / "甲局.json", "-o", summary, "--force")
    assert result.exit_code == 2
    assert "要对比的" in result.stderr
    assert summary.read_bytes() == before


def test_compare_wants_earlier_tables_last(run: Run, years: Path) -> None:
    this, last, first = (years / year / "甲局.json" for year in ("2023", "2022", "2021"))
    for *tables, wrong in ((last, this), (this, this), (this, first, last)):
        result = run("compare", *tables, wrong)
        assert result.exit_code == 2
        assert "应当早于前一份" in result.stderr
        assert f"{wrong}：" in result.stderr
        assert result.stdout == ""


def test_compare_says_what_is_wrong_with_a_return(run: Run, returned: Path, tmp_path: Path) -> None:
    data = json.loads(record("岭东区-更正（虚构）").read_text(encoding="utf-8")) | {"year": 2017}
    last = tmp_path / "2017.json"
    last.write_text(json.dumps(data), encoding="utf-8")
    result = run("compare", returned / "岭东区-原报.xlsx", last)
    assert result.exit_code == 1
    assert "× A19" in result.stderr
    assert "A19" not in result.stdout


def test_compare_names_the_file_that_cannot_be_read(run: Run, years: Path) -> None:
    (years / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    result = run("compare", years / "2023" / "甲局.json", years / "坏.xlsx")
    assert result.exit_code == 3
    assert "坏.xlsx：文件已损坏" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check", "没有这个文件.xlsx"], 3, "没有这个文件"),
        (["read", "没有这个文件.xlsx"], 3, "没有这个文件"),
        (["fill", "没有.json", "-o", "x.xlsx"], 3, "没有这个文件"),
        (["merge", "没有", "-o", "x.xlsx"], 3, "没有这个文件或文件夹"),
        (["compare", "没有.json", "没有.json"], 3, "没有这个文件"),
        (["compare", "a.xlsx"], 2, "缺少"),
        (["template", "1999", "-o", "x"], 2, "没有“1999”这个表式"),
        (["tempalte"], 2, "没有“tempalte”这条命令"),
        (["template", "2018"], 2, "缺少"),
        (["forms", "a"], 2, "多出的参数 a"),
        (["template", "2018", "-o", "x", "--year", "二〇一八"], 2, "不是四位数字"),
        (["forms", "--all"], 2, "没有选项 --all"),
    ],
)
def test_wrong_commands_get_one_sentence(
    run: Run,
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.4", "PDF"),
        (b"", "空"),
        (b"PK\x03\x04 broken", "损坏"),
        (b"hello", "不是电子表格"),
        (b"{}", "记录"),
    ],
)
def test_named_files_that_are_no_returns(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(content)
    for command in ("check", "read"):
        result = run(command, file)
        assert result.exit_code == 3
        assert said in result.output
        assert "Traceback" not in result.output


def test_existing_files_of_others_are_not_replaced(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "骨架.docx"
    output.write_bytes(b"somebody's work")
    result = run("report", "2018", "-o", output)
    assert result.exit_code == 3
    assert "--force" in result.stderr
    assert output.read_bytes() == b"somebody's work"
    assert run("report", "2018", "-o", output, "--force").exit_code == 0
    first = output.read_bytes()
    assert run("report", "2018", "-o", output).exit_code == 0  # our own, saved by nobody since
    assert output.read_bytes() == first


def test_a_saved_workbook_is_somebodys_work(run: Run, tmp_path: Path) -> None:
    assert run("template", "2018", "-o", tmp_path).exit_code == 0
    (file,) = tmp_path.iterdir()
    book = openpyxl.load_workbook(file)
    book.save(file)
    kept = file.read_bytes()
    assert run("template", "2018", "-o", tmp_path).exit_code == 3
    assert file.read_bytes() == kept


def test_output_below_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    result = run("template", "2018", "-o", tmp_path / "文件" / "x")
    assert result.exit_code == 3
    assert "无法写入" in result.stderr


def test_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "汇总.xlsx"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Exception, match="磁盘已满"):
        write(file, b"new", force=True)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_broken_definition_has_its_own_exit_code(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("words.toml", "values.toml", "form.schema.json"):
        source = resources.data("schemas", name)
        target = tmp_path / "schemas" / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(source.read_bytes())
    broken = tmp_path / "schemas" / "2099" / "form.yaml"
    broken.parent.mkdir()
    broken.write_text('edition: "2099"\nname: [\n', encoding="utf-8")
    monkeypatch.setattr(resources, "data", tmp_path.joinpath)
    result = run("forms")
    assert result.exit_code == 4
    assert "form.yaml 第" in result.stderr


def test_a_gbk_console_is_no_obstacle(returned: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "toolkit", "check", str(returned)]
    result = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert result.returncode == 1
    assert "×" in result.stdout.decode("gbk")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has such a device")
def test_output_that_cannot_be_printed_is_said() -> None:
    command = [sys.executable, "-m", "toolkit", "schema", "2018"]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 3
    assert result.stderr.decode().splitlines() == ["结果没有能全部输出：磁盘已满。"]


def test_every_command_explains_itself(run: Run) -> None:
    for name in cli.cli.commands:
        result = run(name, "-h")
        assert result.exit_code == 0
        assert "例：" in result.stdout
        assert "用法：" in result.stdout
        assert not {"Options", "required", "default"} & set(re.findall("[A-Za-z]+", result.stdout))


def test_help_names_the_exit_codes(run: Run) -> None:
    shown = run("-h").stdout
    for code in (
        "0 正常",
        "1 还有事",
        "2 命令写错",
        "3 指定的文件",
        "4 表式、提纲或模板",
        "130 中断",
    ):
        assert code in shown


def test_demo_runs_the_whole_job(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "演示"
    result = run("demo", "-o", folder)
    assert result.exit_code == 0, result.output
    assert "$ toolkit merge" in result.stdout
    assert "采用5" in result.stdout
    assert "退回5" in result.stdout
    assert "已计入5/6家" in result.stdout
    assert "示例市教育局：贵单位2018年度" in result.stdout
    made = sorted(path.name for path in folder.iterdir())
    assert made == [path.parent.name for path in SAMPLES]
    for path in SAMPLES:
        edition = folder / path.parent.name
        kinds = {made.suffix for made in edition.iterdir()}
        assert kinds == {"", ".xlsx", ".docx", ".html", ".sqlite"}
        records = list(path.parent.glob("records/*.json"))
        assert len(list(edition.glob("2-*/*.xlsx"))) == len(records)
    assert run("demo", "-o", folder).exit_code == 0  # and once more into the same folder


def test_check_marks_what_is_to_be_sent_back(run: Run, tmp_path: Path) -> None:
    returns = resources.data("samples", "2021", "returns")
    marked = tmp_path / "退 回"
    result = run("check", returns, "--marked", marked)
    assert result.exit_code == 1
    names = sorted(path.name for path in marked.iterdir())
    assert len(names) == 4  # three with errors, one with warnings that wait for a 说明
    assert all(name.endswith("-退回.xlsx") for name in names)
    again = run("check", marked)  # nobody has touched them: they are no returns
    assert "共0份" in again.stdout
    assert again.stderr.count("退回后没有人改动过") == 4
    assert run("check", returns, "--marked", marked).exit_code == 1  # replaced without --force


def test_a_note_on_an_unreadable_file_is_no_return(run: Run, tmp_path: Path) -> None:
    folder, marked = tmp_path / "报送", tmp_path / "退回"
    folder.mkdir()
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert run("check", folder, "--marked", marked).exit_code == 1
    assert [path.name for path in marked.iterdir()] == ["坏-退回.xlsx"]
    assert "退回说明，不是单位报表" in run("check", marked).stderr


def test_a_workbook_is_issued_for_a_level_that_the_form_offers(run: Run, tmp_path: Path) -> None:
    unit = ("--unit", "示例县样例镇", "--level", "乡镇政府、街道办事处")
    assert run("template", "2021", "-o", tmp_path, *unit).exit_code == 0
    (path,) = tmp_path.iterdir()
    assert read_return(path.read_bytes()).record.unit.level == unit[-1]
    wrong = run("template", "2021", "-o", tmp_path, "--unit", "某局", "--level", "乡")
    assert wrong.exit_code == 2
    assert "乡镇政府、街道办事处" in wrong.stderr
    none = run("template", "2018", "-o", tmp_path, "--unit", "某局", "--level", "乡")
    assert "不问机关层级" in none.stderr
