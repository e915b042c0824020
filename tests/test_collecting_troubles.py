"""Merging where the disk is full, the screen knows few characters, or names are hostile."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands import run
from tests.sent import COUNT, record
from toolkit import resources
from toolkit.record import dump

SAMPLES = resources.data("samples", "2018")
LIMITED = """
import resource, signal, sys
from toolkit.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
main()
"""
"""The program where no file can grow beyond so many bytes, as on a full disk."""
OUTPUTS = ("汇总.xlsx", "汇总-上报（全行政区域）.xlsx", "核对.html")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Return a folder with the sample roster, and the sample returns below it."""
    there = tmp_path / "县"
    shutil.copytree(SAMPLES / "returns", there / "报送")
    shutil.copy(SAMPLES / "roster.xlsx", there / "名册.xlsx")
    return there


def typed(county: Path) -> list[str]:
    more = ("--roster", county / "名册.xlsx", "--html", county / "核对.html")
    return [str(one) for one in ("merge", county / "报送", "-o", county / "汇总.xlsx", *more)]


def ran(*command: str, encoding: str = "utf-8") -> tuple[int, str]:
    code, told, errors = both(*command, encoding=encoding)
    return code, told + errors


def both(*command: str, encoding: str = "utf-8") -> tuple[int, str, str]:
    """Return the exit code, and what a run told on either stream."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    ended = subprocess.run(
        [sys.executable, *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment,
        check=False,
    )
    return ended.returncode, ended.stdout.decode(encoding), ended.stderr.decode(encoding)


def written(county: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in county.iterdir() if path.name in OUTPUTS}


@pytest.mark.parametrize("most", [0, 20_000, 70_000])
def test_on_a_full_disk_one_sentence_says_so_and_the_next_run_comes_to_the_same(
    county: Path, tmp_path: Path, most: int
) -> None:
    shutil.copytree(county, tmp_path / "另一处")
    ran("-m", "toolkit", *typed(tmp_path / "另一处"))
    code, _, told = both("-c", LIMITED, str(most), *typed(county))
    assert (code, written(county)) == (3, {})
    *_, last = told.splitlines()
    assert last.startswith(("台账写不了", "无法写入"))
    assert told.count("台账写不了") + told.count("无法写入") == 1
    assert not list(county.glob("*.tmp"))
    assert ran("-m", "toolkit", *typed(county))[0] == 1
    whole = written(tmp_path / "另一处")
    assert {name: written(county)[name] for name in OUTPUTS[:2]} == {
        name: whole[name] for name in OUTPUTS[:2]
    }


def test_a_decision_that_the_disk_has_no_room_for_was_not_made(county: Path) -> None:
    ran("-m", "toolkit", *typed(county))
    ledger = county / "汇总.ledger.sqlite"
    file = next((county / "报送").iterdir()).name
    decide = ["decide", "use", str(ledger), file, "--by", "张三", "--reason", "核" * 9000]
    code, told = ran("-c", LIMITED, "4096", *decide)
    assert (code, told.startswith("台账写不了")) == (3, True)
    assert "还没有决定" in run("decide", "list", ledger).output
    connection = sqlite3.connect(ledger)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_on_a_chinese_console_of_windows_everything_can_be_read(county: Path) -> None:
    (county / "报送" / "🙂.txt").write_bytes(b"x")
    code, told = ran("-m", "toolkit", *typed(county), encoding="gbk")
    assert (code, set(written(county))) == (1, set(OUTPUTS))
    assert "未报（1）：示例市教育局。" in told
    assert "  ?.txt  " in told


HOSTILE = ("\x1b[31m红\x1b]0;t\x07局\r\n二行", "\u202e反\u200b", "局" * 5000, "=1+1", "<script>")


def test_what_names_may_hold_reaches_no_screen(tmp_path: Path) -> None:
    returns = tmp_path / "报送"
    returns.mkdir()
    for number, name in enumerate(HOSTILE):
        told = dump(record(name, {COUNT: 0}))
        (returns / f"{number}\x1b[2J\n.json").write_text(told, encoding="utf-8")
    ledger = ("--ledger", tmp_path / "汇总.ledger.sqlite")
    commands = (
        ("merge", returns, "-o", tmp_path / "汇总.xlsx", "--html", tmp_path / "核对.html"),
        ("status", returns, *ledger),
    )
    for command in commands:
        result = run(*command)
        assert result.exit_code in (0, 1)
        assert not {"\x1b", "\x07", "\u202e", "\u200b"} & set(result.output)
    told = run("status", returns, *ledger, "--json").stdout
    assert not {"\x1b", "\x07"} & set(told)
    assert [one["box"] for one in json.loads(told)["files"]] == ["adopted"] * len(HOSTILE)
