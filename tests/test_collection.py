"""Of a folder that was read before, only what is new or changed is read; nothing else differs."""

import os
import sqlite3
import time
from collections.abc import Callable, Generator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.sent import COUNT, FORM, MONEY, YEAR, record
from tests.zipped import File, zipped
from toolkit import collection, folder, intake, ledger
from toolkit.collection import Found, collect
from toolkit.folder import Place
from toolkit.merge import merge
from toolkit.record import Source, dump
from toolkit.submissions import Submission

OLD = time.time_ns() - 3600 * 10**9
"""An hour ago: long enough for a file to be known by its time."""

Run = Callable[[], tuple[list[Found], list[str]]]


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Return a folder of three files: two returns, and one that cannot be read."""
    there = tmp_path / "报送"
    there.mkdir()
    for name in ("甲局", "乙局"):
        put(there / f"{name}.json", dump(record(name)).encode())
    put(there / "丙局.pdf", b"%PDF-1.4")
    return there


def put(path: Path, content: bytes, saved: int = OLD) -> None:
    path.write_bytes(content)
    os.utime(path, ns=(saved, saved))


@pytest.fixture
def run(tmp_path: Path, returns: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what collects the folder with one ledger, and tells which files were opened."""
    opened: list[str] = []
    load = intake.load

    def noted(place: Place) -> tuple[bytes, str]:
        opened.append(place.name)
        return load(place)

    monkeypatch.setattr(intake, "load", noted)

    def collected() -> tuple[list[Found], list[str]]:
        opened.clear()
        places, _ = folder.find([returns])
        with ledger.opened(tmp_path / "汇总.ledger.sqlite", create=True) as kept:
            found = list(collect(places, kept))
        return found, list(opened)

    return collected


def test_a_second_run_opens_no_file_and_finds_the_same(run: Run) -> None:
    first, opened = run()
    assert opened == ["丙局.pdf", "乙局.json", "甲局.json"]
    assert run() == (first, [])


def test_files_of_another_year_are_known_apart_though_they_have_the_same_names(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = run()
    before = tmp_path / "去年"
    before.mkdir()
    put(before / "甲局.json", dump(record("甲局", {COUNT: 9})).encode())
    places, _ = folder.find([before])
    with ledger.opened(tmp_path / "汇总.ledger.sqlite", create=True) as kept:
        (found,) = collect(places, kept, folder=str(before))
        assert list(kept.seen()) == ["丙局.pdf", "乙局.json", "甲局.json"]
        assert list(kept.seen(str(before))) == ["甲局.json"]
        with monkeypatch.context() as patched:
            patched.delattr(intake, "load")
            assert list(collect(places, kept, folder=str(before))) == [found]
    assert run() == (first, [])


def test_without_a_ledger_the_same_is_found(run: Run, returns: Path) -> None:
    places, _ = folder.find([returns])
    assert list(collect(places)) == run()[0] == run()[0]


def test_a_changed_file_is_read_again(run: Run, returns: Path) -> None:
    run()
    put(returns / "甲局.json", dump(record("甲局", {COUNT: 7})).encode(), OLD + 10**9)
    found, opened = run()
    assert opened == ["甲局.json"]
    assert isinstance(found[2].outcome, Submission)
    assert found[2].outcome.record
    assert found[2].outcome.record.values[COUNT] == 7


def test_a_file_of_the_same_size_saved_a_moment_ago_may_have_changed(
    run: Run, returns: Path
) -> None:
    put(returns / "甲局.json", dump(record("甲局")).encode(), time.time_ns())
    run()
    assert run()[1] == ["甲局.json"]


def test_a_file_that_went_away_is_found_no_more(run: Run, returns: Path) -> None:
    run()
    (returns / "甲局.json").unlink()
    found, opened = run()
    assert ([one.outcome.digest != "" for one in found], opened) == ([True, True], [])


def test_a_renamed_file_is_read_again_under_its_new_name(run: Run, returns: Path) -> None:
    run()
    (returns / "甲局.json").rename(returns / "甲局-最终版.json")
    found, opened = run()
    assert opened == ["甲局-最终版.json"]
    assert isinstance(found[-1].outcome, Submission)
    assert found[-1].outcome.path == "甲局-最终版.json"


def test_files_in_a_zip_are_known_as_long_as_the_zip_is(run: Run, returns: Path) -> None:
    attachments = returns / "附件.zip"
    put(attachments, zipped(File("丁局.json", dump(record("丁局")).encode())))
    assert "附件.zip/丁局.json" in run()[1]
    assert run()[1] == []
    put(attachments, zipped(File("丁局.json", dump(record("丁局", {COUNT: 8})).encode())), OLD + 1)
    assert run()[1] == ["附件.zip/丁局.json"]


def test_a_file_that_could_not_be_opened_is_tried_again(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = intake.load

    def locked(place: Place) -> tuple[bytes, str]:
        if place.name == "甲局.json":
            raise PermissionError(13, "locked")
        return load(place)

    with monkeypatch.context() as patched:
        patched.setattr(intake, "load", locked)
        found, _ = run()
    assert isinstance(found[2].outcome, Submission)
    assert found[2].outcome.refusal
    assert run()[1] == ["甲局.json"]
    assert run()[1] == []


def test_a_folder_that_vanishes_while_it_is_read_costs_nothing_but_this_run(
    run: Run, returns: Path, tmp_path: Path
) -> None:
    places, _ = folder.find([returns])
    returns.rename(tmp_path / "别处")
    with ledger.opened(tmp_path / "汇总.ledger.sqlite", create=True) as kept:
        found = [one.outcome for one in collect(places, kept)]
        assert kept.seen() == {}
    assert [one.refusal and one.refusal.code for one in found if isinstance(one, Submission)] == [
        "R1"
    ] * 3
    (tmp_path / "别处").rename(returns)
    assert len(run()[1]) == 3


def test_another_program_reads_everything_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first, opened = run()
    monkeypatch.setattr(collection, "stamp", lambda: "another")
    assert run() == (first, opened)


def test_when_a_file_came_stays_when_it_is_only_copied_again(run: Run, returns: Path) -> None:
    first, _ = run()
    put(returns / "甲局.json", (returns / "甲局.json").read_bytes(), OLD + 10**12)
    again, opened = run()
    assert opened == ["甲局.json"]
    assert [one.arrived for one in again] == [one.arrived for one in first]


def test_when_a_file_came_stays_when_it_is_moved_by_copying(run: Run, returns: Path) -> None:
    (first, *_), _ = run()
    assert first.arrived is not None
    content = (returns / "丙局.pdf").read_bytes()
    (returns / "丙局.pdf").unlink()
    run()
    (returns / "另一批").mkdir()
    put(returns / "另一批" / "丙局.pdf", content, OLD + 10**12)
    again, _ = run()
    found = {one.outcome.path: one for one in again if isinstance(one.outcome, Submission)}
    assert found["另一批/丙局.pdf"].arrived == first.arrived


def test_what_lay_under_a_name_before_is_known_when_it_comes_again(run: Run, returns: Path) -> None:
    first = collection.arrivals(run()[0])["甲局.json"]
    content = (returns / "甲局.json").read_bytes()
    put(returns / "甲局.json", dump(record("甲局", {COUNT: 7})).encode(), OLD + 10**11)
    assert collection.arrivals(run()[0])["甲局.json"] > first
    put(returns / "甲局.json", content, OLD + 10**12)
    assert collection.arrivals(run()[0])["甲局.json"] == first


def test_of_copies_the_first_is_meant_in_whatever_order_they_are_found(
    run: Run, returns: Path
) -> None:
    content = (returns / "甲局.json").read_bytes()
    put(returns / "甲局 - 副本.json", content, OLD + 10**12)
    put(returns / "甲局（2）.json", content, OLD - 10**12)
    for _ in range(2):
        came = collection.arrivals(run()[0])
        copies = {came[name] for name in came if name.startswith("甲局")}
        assert copies == {datetime.fromtimestamp((OLD - 10**12) / 1e9, UTC)}


def test_last_years_files_do_not_tell_when_this_years_came(returns: Path, tmp_path: Path) -> None:
    places, _ = folder.find([returns])
    with ledger.opened(tmp_path / "甲.ledger.sqlite", create=True) as kept:
        list(collect(places, kept, folder=str(returns)))
        assert kept.arrivals() == {}


def test_many_files_are_the_same_from_several_processes(returns: Path, tmp_path: Path) -> None:
    for number in range(40):
        put(returns / f"{number:02}局.json", dump(record(f"{number}局", {COUNT: number})).encode())
    places, _ = folder.find([returns])
    with ledger.opened(tmp_path / "甲.ledger.sqlite", create=True) as kept:
        spread = list(collect(places, kept, ProcessPoolExecutor))
        known = list(collect(places, kept))
    assert spread == known == list(collect(places))


def test_what_was_read_before_an_interruption_is_kept(
    run: Run, returns: Path, tmp_path: Path
) -> None:
    places, _ = folder.find([returns])

    def interrupted() -> Generator[Found, None, None]:
        with ledger.opened(tmp_path / "汇总.ledger.sqlite", create=True) as kept:
            yield from collect(places, kept)

    reading = interrupted()
    next(reading)
    next(reading)
    reading.close()
    assert run()[1] == ["甲局.json"]


def test_what_the_ledger_no_longer_tells_is_said(run: Run, tmp_path: Path) -> None:
    run()
    path = tmp_path / "汇总.ledger.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE contents SET outcome = substr(outcome, 2)")
    connection.close()
    with pytest.raises(ledger.Unusable, match="损坏"):
        run()


def test_from_the_ledger_every_figure_is_traced_again(returns: Path, tmp_path: Path) -> None:
    cells = {COUNT: Source("统计表", "D5", "0"), MONEY: Source("统计表", "D6", "0")}
    for name in ("甲局", "乙局"):
        told = replace(record(name, {COUNT: 0, MONEY: 0}), sources=cells)
        put(returns / f"{name}.json", dump(told).encode())
    places, _ = folder.find([returns])
    with ledger.opened(tmp_path / "甲.ledger.sqlite", create=True) as kept:
        found = [one.outcome for one in collect(places, kept)]
        summary = merge(FORM, YEAR, [one for one in found if isinstance(one, Submission)])
        traced = collection.traced(summary, kept)
    assert [MONEY in one.record.sources for one in summary.adopted] == [False, False]
    assert [one.record.sources[MONEY].cell for one in traced.adopted] == ["D6", "D6"]
    values = [one.record.values for one in summary.adopted]
    assert [one.record.values for one in traced.adopted] == values
