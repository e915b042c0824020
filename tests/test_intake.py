"""Files read and checked: each becomes exactly one outcome, whatever is wrong with it."""

import hashlib
import os
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.sent import COUNT, FORM, MONEY, YEAR, record
from toolkit import intake, merge
from toolkit.folder import Place, Skipped, find
from toolkit.intake import Outcome, read
from toolkit.reading.returns import Return, read_return
from toolkit.record import Record, dump
from toolkit.submissions import Submission
from toolkit.writing import summary, template

DEADLY, FAULTY = b"kill", b"fault"


def put(path: Path, returned: Record) -> None:
    path.write_bytes(template.filled(FORM, returned))


def places(folder: Path) -> tuple[Place, ...]:
    return find([folder])[0]


def only(outcome: Outcome) -> Submission:
    assert isinstance(outcome, Submission)
    return outcome


def code(outcome: Outcome) -> str:
    refusal = only(outcome).refusal
    return refusal.code if refusal else ""


def pool() -> Executor:
    return ProcessPoolExecutor(2)


def test_a_return_comes_with_its_record_findings_and_digest(tmp_path: Path) -> None:
    put(tmp_path / "a.xlsx", record(figures={COUNT: 3, MONEY: 1}, words=(FORM.entered[-1].key,)))
    (outcome,) = read(places(tmp_path))
    sent = only(outcome)
    assert sent.digest == hashlib.sha256((tmp_path / "a.xlsx").read_bytes()).hexdigest()
    assert sent.record is not None
    assert (sent.record.year, sent.record.values[COUNT]) == (YEAR, 3)
    assert {finding.file for finding in sent.findings} == {"a.xlsx"}
    assert [key for key in sent.record.sources if key in FORM.indicators] == [FORM.entered[-1].key]
    assert sent.modified.startswith("2000-01-01")


def test_a_record_is_a_return_too(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(dump(record()), encoding="utf-8")
    (outcome,) = read(places(tmp_path))
    assert only(outcome).record is not None


def test_our_own_summary_is_skipped(tmp_path: Path) -> None:
    merged = merge.merge(FORM, YEAR, [])
    (tmp_path / "汇总.xlsx").write_bytes(summary.workbook(merged))
    (outcome,) = read(places(tmp_path))
    assert isinstance(outcome, Skipped)
    assert outcome.name == "汇总.xlsx"


def test_what_is_no_return_is_refused_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.xlsx").write_bytes(b"")
    refused = list(read(places(tmp_path)))
    assert [(code(one), only(one).path) for one in refused] == [("R2", "a.pdf"), ("R3", "b.xlsx")]


def test_a_file_that_vanishes_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "a.xlsx", record())
    put(tmp_path / "b.xlsx", record())
    found = places(tmp_path)
    (tmp_path / "a.xlsx").unlink()
    gone, there = read(found)
    assert (code(gone), only(gone).digest, code(there)) == ("R1", "", "")


def test_a_file_too_large_keeps_its_own_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "FILE_BYTES", 10)
    (tmp_path / "a.xlsx").write_bytes(b"PK\3\4" + b"x" * 100)
    (outcome,) = read(places(tmp_path))
    assert only(outcome).digest == hashlib.sha256(b"PK\3\4" + b"x" * 100).hexdigest()
    assert code(outcome) == "R3"


# ---------------------------------------------------------------- faults of our own


def trapped(data: bytes) -> Return:
    """Fail on one file and die on another."""
    if data == DEADLY:
        os._exit(9)
    if data == FAULTY:
        raise ZeroDivisionError
    return read_return(data)


def set_traps() -> None:
    """Put the traps into a worker, which is thrown away with them."""
    intake.__dict__["read_return"] = trapped


def trapped_pool() -> Executor:
    return ProcessPoolExecutor(2, initializer=set_traps)


def test_a_fault_in_a_reader_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "read_return", trapped)
    put(tmp_path / "a.xlsx", record())
    (tmp_path / "b.xlsx").write_bytes(FAULTY)
    put(tmp_path / "c.xlsx", record())
    outcomes = list(read(places(tmp_path)))
    assert [code(one) for one in outcomes] == ["", "R22", ""]
    refusal = only(outcomes[1]).refusal
    assert refusal is not None
    assert "ZeroDivisionError" in refusal.message


def test_a_worker_that_dies_costs_only_the_file_that_killed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 2)
    monkeypatch.setattr(intake, "AHEAD", 3)
    for number in range(16):
        path = tmp_path / f"{number:02}.xlsx"
        if number in (3, 11):
            path.write_bytes(DEADLY)
        else:
            put(path, record(f"单位{number}"))
    outcomes = list(read(places(tmp_path), trapped_pool))
    assert [only(one).path for one in outcomes] == [f"{n:02}.xlsx" for n in range(16)]
    wanted = ["R23" if n in (3, 11) else "" for n in range(16)]
    assert [code(one) for one in outcomes] == wanted
    assert only(outcomes[3]).digest == hashlib.sha256(DEADLY).hexdigest()


def test_workers_give_what_one_process_gives(tmp_path: Path) -> None:
    for number in range(20):
        put(tmp_path / f"{number}.xlsx", record(f"单位{number}", {COUNT: number}))
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    found = places(tmp_path)
    assert list(read(found, pool)) == list(read(found))
