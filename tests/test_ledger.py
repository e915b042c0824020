"""The ledger keeps what it was told, belongs to one run at a time, and says what is wrong."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from toolkit import ledger
from toolkit.decisions import Action, Decision
from toolkit.files import Unwritable
from toolkit.ledger import Ledger, Seen, Unusable, Withdrawn
from toolkit.record import Unit

SEEN = Seen("甲局.xlsx", 9, 1, 2, "a" * 64)
CAME = datetime(2019, 1, 31, 8, tzinfo=UTC)
USED = Decision(
    Action.USE,
    "张三",
    "电话核实",
    "2019-02-01",
    digest="a" * 64,
    path="甲局.xlsx",
    edition="2018",
    year="2018",
)
ADDED = Decision(
    Action.ADJUST, "李四", "核对", unit=Unit("甲局"), key="fee.collected", amount=Decimal("-0.25")
)
BACK = Withdrawn("2019-02-02", "王五", "记错了")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "新 文件夹" / "汇总.ledger.sqlite"


@pytest.fixture
def kept(path: Path) -> Iterator[Ledger]:
    with ledger.opened(path, create=True) as opened:
        yield opened


# ---------------------------------------------------------------- what it keeps


def test_it_tells_what_it_was_told(path: Path) -> None:
    with ledger.opened(path, create=True) as opened:
        opened.save("stamp", [(SEEN, "{}")])
        opened.note(form="2018", year="2018")
        opened.note(year="2019")
        opened.keep_arrivals({"a" * 64: CAME})
        numbers = [opened.decide(USED), opened.decide(ADDED)]
    with ledger.opened(path, create=False) as opened:
        assert opened.seen() == {"甲局.xlsx": SEEN}
        assert opened.known("stamp") == {"a" * 64}
        assert opened.known("another") == frozenset()
        assert opened.outcome("a" * 64) == "{}"
        assert opened.collected() == {"form": "2018", "year": "2019"}
        assert opened.arrivals() == {"a" * 64: CAME}
        (used, _), (added, _) = opened.decisions()
        assert [used.number, added.number] == numbers == [1, 2]
        assert replace(used, number=0) == USED
        assert replace(added, number=0) == ADDED


def test_an_explanation_keeps_what_it_answers(kept: Ledger) -> None:
    states = ("warning all 3/2", "warning own 2/1")
    made = Decision(
        Action.EXPLAIN, "张三", "含结转", code="M3", key="a/b", rule="A17", states=states
    )
    kept.decide(made)
    ((told, _),) = kept.decisions()
    assert replace(told, number=0) == made


def test_a_decision_taken_back_stays_on_record_and_its_number_is_not_given_again(
    kept: Ledger,
) -> None:
    number = kept.decide(USED)
    kept.withdraw(number, BACK)
    kept.decide(ADDED)
    assert [(one.number, back) for one, back in kept.decisions()] == [(1, BACK), (2, None)]


def test_files_are_kept_all_or_none(kept: Ledger) -> None:
    class Broken(Exception):
        pass

    def read() -> Iterator[tuple[Seen, str]]:
        yield SEEN, "{}"
        raise Broken

    with pytest.raises(Broken):
        kept.save("stamp", read())
    assert kept.seen() == {}


def test_when_something_came_first_is_not_changed_by_its_coming_again(kept: Ledger) -> None:
    kept.keep_arrivals({"a" * 64: CAME})
    kept.keep_arrivals({"a" * 64: CAME - timedelta(days=1), "b" * 64: CAME})
    assert kept.arrivals() == {"a" * 64: CAME, "b" * 64: CAME}


def test_it_is_new_only_when_it_was_made(path: Path) -> None:
    told = []
    for _ in range(2):
        with ledger.opened(path, create=True) as opened:
            told.append(opened.new)
    assert told == [True, False]


# ---------------------------------------------------------------- of an earlier version

FIRST_VERSION = """
CREATE TABLE contents (digest TEXT PRIMARY KEY, stamp TEXT NOT NULL, outcome TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER NOT NULL, saved INTEGER NOT NULL,
    read INTEGER NOT NULL, digest TEXT NOT NULL, arrived TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE decisions (number INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL,
    who TEXT NOT NULL, why TEXT NOT NULL, made TEXT NOT NULL, digest TEXT NOT NULL,
    path TEXT NOT NULL, unit_name TEXT NOT NULL, unit_code TEXT NOT NULL,
    indicator TEXT NOT NULL, code TEXT NOT NULL, amount TEXT NOT NULL, edition TEXT NOT NULL,
    year TEXT NOT NULL, withdrawn TEXT NOT NULL DEFAULT '',
    withdrawn_by TEXT NOT NULL DEFAULT '', withdrawn_why TEXT NOT NULL DEFAULT '');
CREATE TABLE collected (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO contents VALUES ('aa', 'stamp', '{}');
INSERT INTO files VALUES ('乙/甲局.xlsx', 9, 1, 2, 'aa', '2019-01-31T08:00:00+00:00');
INSERT INTO files VALUES ('甲局.xlsx', 9, 1, 2, 'aa', '2019-02-03T08:00:00.5+00:00');
INSERT INTO decisions (action, who, why, made, digest, path, unit_name, unit_code, indicator,
    code, amount, edition, year, withdrawn, withdrawn_by, withdrawn_why)
    VALUES ('use', '张三', '核实', '2019-02-01', 'aa', '甲局.xlsx', '', '', '', '', '0', '2018',
    '2018', '2019-02-02', '王五', '记错了');
INSERT INTO collected VALUES ('year', '2018');
PRAGMA application_id = 1196119116;
PRAGMA user_version = 1;
"""


def old(path: Path, script: str = FIRST_VERSION) -> Path:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.executescript(script)
    connection.close()
    return path


def test_a_ledger_of_the_first_version_is_brought_up_to_date_with_all_it_holds(
    path: Path,
) -> None:
    for _ in range(2):
        with ledger.opened(old(path) if not path.exists() else path, create=False) as opened:
            assert not opened.new
            assert opened.seen() == {
                name: Seen(name, 9, 1, 2, "aa") for name in ("乙/甲局.xlsx", "甲局.xlsx")
            }
            assert opened.arrivals() == {"aa": CAME}
            assert opened.known("stamp") == {"aa"}
            assert opened.collected() == {"year": "2018"}
            ((made, back),) = opened.decisions()
            assert (made.action, made.who, back) == (Action.USE, "张三", BACK)


def columns(path: Path) -> dict[str, set[tuple[str, str]]]:
    """Return names and types of the columns of each table."""
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    told = {
        name: {row[1:3] for row in connection.execute(f"PRAGMA table_info({name})")}
        for (name,) in names
    }
    connection.close()
    return told


def test_a_ledger_brought_up_to_date_has_the_tables_of_a_new_one(path: Path) -> None:
    with ledger.opened(old(path), create=False), ledger.opened(path.with_name("新"), create=True):
        pass
    assert columns(path) == columns(path.with_name("新"))


def test_a_ledger_that_cannot_be_brought_up_to_date_is_left_as_it_was(path: Path) -> None:
    old(path, FIRST_VERSION + "CREATE TABLE files_before (a);")
    before = path.read_bytes()
    with pytest.raises(Unusable, match="损坏"), ledger.opened(path, create=False):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, -1])
def test_a_ledger_of_no_version_is_said_to_be_damaged(path: Path, version: int) -> None:
    old(path, FIRST_VERSION + f"PRAGMA user_version = {version};")
    with pytest.raises(Unusable, match="损坏"), ledger.opened(path, create=False):
        pass


# ---------------------------------------------------------------- one run at a time


def test_a_second_run_is_told_that_there_is_a_first(path: Path, kept: Ledger) -> None:
    kept.decide(USED)  # a commit does not give it back
    code = (
        "import sys, pathlib; from toolkit import ledger\n"
        "try:\n"
        "    with ledger.opened(pathlib.Path(sys.argv[1]), create=True): pass\n"
        "except ledger.Unusable as error: print(error)"
    )
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "另一次运行" in told.stdout


def test_the_next_run_may_open_it(path: Path) -> None:
    for _ in range(2):
        with ledger.opened(path, create=True) as opened:
            opened.decide(USED)


# ---------------------------------------------------------------- what is no ledger


def test_none_is_made_where_there_should_be_one(path: Path) -> None:
    with pytest.raises(Unusable, match="没有这个台账"), ledger.opened(path, create=False):
        pass
    assert not path.exists()


def test_a_ledger_of_a_newer_version_is_left_alone(path: Path) -> None:
    with ledger.opened(path, create=True):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Unusable, match="更新版本"), ledger.opened(path, create=True):
        pass


@pytest.mark.parametrize("statement", ["CREATE TABLE theirs (a)", "PRAGMA application_id = 5"])
def test_a_database_of_another_program_is_left_alone(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "theirs.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Unusable, match="不是本工具的台账"), ledger.opened(path, create=True):
        pass
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(b"PK\x03\x04" * 400)
    with pytest.raises(Unusable, match="不是本工具的台账"), ledger.opened(path, create=True):
        pass
    assert path.read_bytes() == b"PK\x03\x04" * 400


def test_a_damaged_ledger_is_said_to_be_damaged(path: Path) -> None:
    with ledger.opened(path, create=True) as opened:
        for number in range(200):
            opened.save("stamp", [(SEEN, "x" * 1000 * (number % 3))])
            opened.decide(USED)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(Unusable, match="损坏"), ledger.opened(path, create=True) as opened:
        opened.decisions()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET action = 'none'",
        "UPDATE decisions SET amount = 'none'",
        "UPDATE arrivals SET arrived = 'none'",
        "ALTER TABLE decisions RENAME COLUMN who TO whom",
        "DROP TABLE files",
    ],
)
def test_a_ledger_that_somebody_else_changed_is_said_to_be_damaged(
    path: Path, statement: str
) -> None:
    with ledger.opened(path, create=True) as opened:
        opened.save("stamp", [(SEEN, "{}")])
        opened.keep_arrivals({SEEN.digest: CAME})
        opened.decide(USED)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()

    def told() -> tuple[object, ...]:
        with ledger.opened(path, create=False) as opened:
            return opened.seen(), opened.arrivals(), opened.decisions()

    with pytest.raises(Unusable, match="损坏"):
        told()


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "汇总.ledger.sqlite"
    path.touch()
    with ledger.opened(path, create=True) as opened:
        assert opened.decide(USED) == 1


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    for place in (tmp_path / "文件" / "汇总.ledger.sqlite", tmp_path):
        with pytest.raises(Unwritable, match="台账写不了"), ledger.opened(place, create=True):
            pass


def test_a_full_disk_costs_only_what_did_not_fit(path: Path) -> None:
    with ledger.opened(path, create=True) as opened:
        opened.save("stamp", [(SEEN, "{}")])
        opened._connection.execute("PRAGMA max_page_count = 12")
        with pytest.raises(Unwritable, match="磁盘已满"):
            opened.save("stamp", [(SEEN, "x" * 100_000)])
    with ledger.opened(path, create=False) as opened:
        assert opened.outcome(SEEN.digest) == "{}"
