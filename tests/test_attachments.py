"""Zips of attachments on the command line: walked like folders, wherever a folder may be named."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests.years import told
from tests.zipped import ENCRYPTED, File, gbk, zipped
from toolkit import cli
from toolkit.record import Unit, dump

Run = Callable[..., Result]
JIA, YI = Unit("甲局", "X1"), Unit("乙局", "X2")
GOOD = dump(told(2023, unit=YI)).encode()
CARRIED = dump(told(2023, carried_in=2, unit=JIA)).encode()
LAST = dump(told(2022, carried_over=3, unit=JIA)).encode()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs the program in this process, in an empty folder."""

    def invoke(*arguments: str | Path) -> Result:
        command = click.Command("run", callback=lambda: cli.main([str(one) for one in arguments]))
        return CliRunner().invoke(command, [])

    monkeypatch.setattr(sys, "argv", ["toolkit"])
    monkeypatch.chdir(tmp_path)
    return invoke


def put(name: str, *files: File) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zipped(*files))
    return path


def test_check_walks_a_zip(run: Run) -> None:
    path = put("附件.zip", gbk("局/乙局.json", GOOD), gbk("局/~$乙局.xlsx"), gbk("__MACOSX/._a"))
    result = run("check", path)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "附件.zip/局/乙局.json（没有问题）"
    assert result.stdout.splitlines()[-1].startswith("共1份：")
    assert result.stderr.splitlines() == [
        "未计：附件.zip/__MACOSX/._a（系统文件，不是报表）",
        "未计：附件.zip/局/~$乙局.xlsx（临时文件，不是报表）",
    ]


def test_check_walks_the_zips_in_a_folder(run: Run) -> None:
    put("报送/县直/附件.zip", gbk("乙局.json", GOOD), gbk("内.zip", zipped(gbk("乙.json", GOOD))))
    put("报送/残.zip", File("a.json", GOOD, packed=10**6))
    content = json.loads(run("check", "报送", "--json").stdout)
    found = [(one["file"], one["code"]) for one in content["findings"]]
    assert (content["files"], found) == (3, [("残.zip", "R63")])


@pytest.mark.parametrize(
    ("files", "code", "said"),
    [
        ([File("a.json", GOOD), File("b.pdf", b"%PDF-1.7")], 1, "附件.zip/b.pdf（1处错误"),
        ([File("a.json", GOOD, flags=ENCRYPTED)], 1, "× R62  压缩包设有密码，这份文件无法读取。"),
        ([File("a.json", GOOD, checksum=1)], 1, "附件.zip/a.json（1处错误"),
        ([File("a.zip", zipped())], 1, "附件.zip/a.zip（1处错误"),
        ([File("~$a.xlsx")], 3, "× R61  压缩包里没有可以读取的文件。"),
        ([], 3, "× R61  压缩包里没有可以读取的文件。"),
        ([File("a.json", GOOD, packed=10**6)], 3, "× R63  压缩包没有解开：里面的文件互相重叠"),
    ],
)
def test_what_is_wrong_with_a_named_zip(run: Run, files: list[File], code: int, said: str) -> None:
    result = run("check", put("附件.zip", *files))
    assert result.exit_code == code, result.output
    assert said in result.stdout
    folder = run("check", ".")  # in a folder it is not what was named
    assert folder.exit_code == 1
    assert said in folder.stdout


def test_a_zip_is_named_beside_others(run: Run) -> None:
    path = put("附件.zip", File("a.json", GOOD))
    assert run("check", path, path, ".").exit_code == 0
    Path("b.pdf").write_bytes(b"%PDF-1.7")
    assert run("check", path, "b.pdf").exit_code == 3
    assert run("check", path, ".").exit_code == 1


@pytest.mark.parametrize("named", ["附件.zip", "."])
def test_merge_walks_a_zip(run: Run, named: str) -> None:
    files = [gbk("乙局.json", GOOD), gbk("乙局(1).json", GOOD), gbk("a.pdf", b"%PDF-1.7")]
    put("附件.zip", *files)
    result = run("merge", named, "-o", "汇总.xlsx")
    assert result.exit_code == 1, result.output
    assert "共3份文件：采用1、" in result.stdout
    assert "重复1" in result.stdout
    assert "  附件.zip/乙局.json  与“附件.zip/乙局(1).json”内容相同" in result.stdout
    received = openpyxl.load_workbook("汇总.xlsx")["收件登记"]
    cells = {cell.value for row in received.iter_rows() for cell in row}
    assert {
        f"附件.zip/{file.name.decode('gbk')}" for file in files if isinstance(file.name, bytes)
    } <= cells


def test_a_return_in_a_zip_and_beside_it_is_counted_once(run: Run) -> None:
    put("报送/附件.zip", gbk("乙局.json", GOOD))
    Path("报送/乙局.json").write_bytes(GOOD)
    result = run("merge", "报送", "-o", "汇总.xlsx")
    assert result.exit_code == 0, result.output
    assert "采用1" in result.stdout
    assert "重复1" in result.stdout


def test_merge_refuses_what_is_one_file(run: Run) -> None:
    Path("乙局.json").write_bytes(GOOD)
    result = run("merge", "乙局.json", "-o", "汇总.xlsx")
    assert result.exit_code == 2
    assert "乙局.json 不是文件夹，也不是放着统计表的压缩包（zip）" in result.stderr


@pytest.mark.parametrize("option", ["merge", "--previous"])
def test_a_zip_that_cannot_be_walked_is_named(run: Run, option: str) -> None:
    put("附件.zip", File("a.json", GOOD))
    path = Path("残.zip")
    path.write_bytes(zipped(File("a.json", GOOD))[:-5])
    arguments = {
        "merge": ("merge", path, "-o", "汇总.xlsx"),
        "--previous": ("check", "附件.zip", "--previous", path),
    }
    result = run(*arguments[option])
    assert result.exit_code == 3
    assert result.stderr.startswith(
        "残.zip：压缩包解不开：内容残缺，可能没有下载完整。请重新下载；"
    )
    assert not Path("汇总.xlsx").exists()


def test_last_year_may_lie_in_a_zip(run: Run) -> None:
    this, last = put("今年.zip", gbk("甲局.json", CARRIED)), put("上年.zip", gbk("甲局.json", LAST))
    assert run("check", this).exit_code == 0
    result = run("check", this, "--previous", last)
    assert result.exit_code == 1
    assert "× B5  “上年结转政府信息公开申请数量·总计”：填报2件" in result.stdout
    assert result.stderr == ""


def test_where_one_table_is_asked_for_a_zip_is_none(run: Run) -> None:
    path = put("附件.zip", gbk("乙局.json", GOOD))
    result = run("read", path)
    assert result.exit_code == 3
    assert "压缩包" in result.stderr
