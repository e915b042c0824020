"""Files read and checked: each becomes exactly one outcome, whatever is wrong with it."""

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sent import COUNT, FORM, MONEY, YEAR, record
from tests.zipped import ENCRYPTED, File, gbk, zipped
from toolkit import intake, merge
from toolkit.folder import Place, Skipped, find
from toolkit.intake import Outcome, compact, read
from toolkit.reading.returns import Return, read_return
from toolkit.reading.room import COLLECTION, RETURN
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
    assert {COUNT, MONEY} <= sent.record.sources.keys()
    assert sent.modified.startswith("2000-01-01")


def test_in_memory_only_those_sources_are_kept_that_tell_something(tmp_path: Path) -> None:
    put(tmp_path / "a.xlsx", record(figures={COUNT: 3, MONEY: 1}, words=(FORM.entered[-1].key,)))
    (outcome,) = map(compact, read(places(tmp_path)))
    told = only(outcome).record
    assert told is not None
    assert told.values[COUNT] == 3
    assert [key for key in told.sources if key in FORM.indicators] == [FORM.entered[-1].key]


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
    monkeypatch.setattr(intake, "COLLECTION", replace(COLLECTION, file_bytes=10))
    (tmp_path / "a.xlsx").write_bytes(b"PK\3\4" + b"x" * 100)
    (outcome,) = read(places(tmp_path))
    assert only(outcome).digest == hashlib.sha256(b"PK\3\4" + b"x" * 100).hexdigest()
    assert code(outcome) == "R3"


# ---------------------------------------------------------------- files in zips


def test_a_return_in_a_zip_is_read(tmp_path: Path) -> None:
    data = template.filled(FORM, record(figures={COUNT: 3}))
    (tmp_path / "附件.zip").write_bytes(zipped(gbk("甲局.xlsx", data)))
    (outcome,) = read(places(tmp_path))
    sent = only(outcome)
    assert (sent.path, sent.digest) == ("附件.zip/甲局.xlsx", hashlib.sha256(data).hexdigest())
    assert sent.record is not None
    assert sent.record.values[COUNT] == 3
    assert {finding.file for finding in sent.findings} <= {"附件.zip/甲局.xlsx"}


def test_one_broken_file_in_a_zip_costs_only_itself(tmp_path: Path) -> None:
    good = dump(record()).encode()
    files = (
        File("1.json", good),
        File("2.json", good, checksum=1),
        File("3.json", good, flags=ENCRYPTED),
        File("4.pdf", b"%PDF-1.7"),
        File("5.json", b""),
        File("6.json", b"\0" * (RETURN.file_bytes + 1)),
        File("7.zip", zipped()),
        File("8.json", good),
    )
    (tmp_path / "附件.zip").write_bytes(zipped(*files))
    outcomes = list(read(places(tmp_path)))
    assert [code(one) for one in outcomes] == ["", "R3", "R62", "R2", "R3", "R4", "R61", ""]
    digests = [bool(only(one).digest) for one in outcomes]
    assert digests == [True, False, False, True, True, False, False, True]


def test_a_broken_zip_keeps_its_digest(tmp_path: Path) -> None:
    data = zipped(File("a.xlsx"))[:-9]
    (tmp_path / "附件.zip").write_bytes(data)
    (outcome,) = read(places(tmp_path))
    assert (code(outcome), only(outcome).path) == ("R60", "附件.zip")
    assert only(outcome).digest == hashlib.sha256(data).hexdigest()


def test_a_zip_that_vanishes_or_is_replaced_costs_its_files(tmp_path: Path) -> None:
    path = tmp_path / "附件.zip"
    path.write_bytes(zipped(File("a.json", b"{}"), File("b.json", b"{}")))
    found = places(tmp_path)
    path.write_bytes(zipped(File("b.json", b"[]"), File("a.json", b"[]")))
    assert [code(one) for one in read(found)] == ["R3", "R3"]
    path.unlink()
    assert [code(one) for one in read(found)] == ["R1", "R1"]


def thousand() -> dict[str, bytes]:
    """Return the files of returns from many units, with a few that cannot be counted."""
    files = {
        f"乡镇/{number:04}.json": dump(record(f"单位{number}", {COUNT: number})).encode()
        for number in range(1000)
    }
    return files | {"乡镇/重复.json": files["乡镇/0007.json"], "盖章.pdf": b"%PDF-1.7", "~$a": b""}


def summed(found: Path, start: Callable[[], Executor] | None = None) -> bytes:
    places, skipped = find([found])
    sent = [only(one) for one in read(places, start)]
    return summary.workbook(merge.merge(FORM, YEAR, sent), skipped)


def test_a_thousand_returns_in_a_zip_are_summed_as_in_a_folder(tmp_path: Path) -> None:
    loose, packed = tmp_path / "散" / "附件.zip", tmp_path / "包" / "附件.zip"
    packed.parent.mkdir()
    files = thousand()
    for name, data in files.items():
        path = loose / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    packed.write_bytes(zipped(*(gbk(name, data) for name, data in reversed(files.items()))))
    wanted = summed(loose.parent)
    assert summed(packed.parent) == wanted
    assert summed(packed.parent, pool) == wanted


def test_a_zip_in_a_zip_is_summed_as_a_zip(tmp_path: Path) -> None:
    data = zipped(*(File(f"{n}.json", dump(record(f"单位{n}")).encode()) for n in range(40)))
    inner, packed = tmp_path / "甲" / "附件.zip", tmp_path / "乙" / "附件.zip"
    for folder in (inner, packed):
        folder.parent.mkdir()
    (inner.parent / "甲.zip").write_bytes(zipped(File("附件.zip", data)))
    (packed.parent / "甲.zip").mkdir()
    (packed.parent / "甲.zip" / "附件.zip").write_bytes(data)
    assert summed(inner.parent, pool) == summed(packed.parent)


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


def test_a_member_that_kills_its_worker_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 2)
    good = dump(record()).encode()
    files = (File("1.json", good), File("2.json", DEADLY), File("3.json", good))
    (tmp_path / "附件.zip").write_bytes(zipped(*files))
    outcomes = list(read(places(tmp_path), trapped_pool))
    assert [code(one) for one in outcomes] == ["", "R23", ""]
    assert only(outcomes[1]).digest == hashlib.sha256(DEADLY).hexdigest()


def test_workers_give_what_one_process_gives(tmp_path: Path) -> None:
    for number in range(20):
        put(tmp_path / f"{number}.xlsx", record(f"单位{number}", {COUNT: number}))
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    found = places(tmp_path)
    assert list(read(found, pool)) == list(read(found))
