"""An output is made again only where something else would come out, or it lies there no more."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.collected import ROSTER, collection, told
from tests.sent import COUNT
from toolkit import ledger, outputs
from toolkit.files import Unwritable
from toolkit.ledger import Ledger
from toolkit.outputs import Output, fingerprint
from toolkit.record import Unit


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Ledger]:
    with ledger.opened(tmp_path / "汇总.ledger.sqlite", create=True) as opened:
        yield opened


def output(path: Path, made_of: str = "甲", content: bytes = b"1") -> Output:
    return Output(path, made_of, lambda: content)


def test_the_same_is_written_once(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "下级" / "汇总.html"
    written = [outputs.write(output(path), kept, force=False) for _ in range(2)]
    assert (written, path.read_bytes()) == ([True, False], b"1")


def test_a_name_in_another_encoding_is_kept(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("汇总.html".encode("gbk"))
    assert [outputs.write(output(path), kept, force=False) for _ in range(2)] == [True, False]
    assert outputs.lying(kept) == {path}


def test_what_is_made_of_something_else_is_written_again(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "汇总.html"
    assert outputs.write(output(path), kept, force=True)
    assert outputs.write(output(path, "乙", b"2"), kept, force=True)
    assert path.read_bytes() == b"2"


def test_what_lies_there_no_more_is_written_again(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "汇总.html"
    outputs.write(output(path), kept, force=False)
    path.unlink()
    assert outputs.write(output(path), kept, force=False)


def test_what_somebody_changed_is_not_taken_for_ours(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "汇总.html"
    outputs.write(output(path), kept, force=False)
    path.write_bytes(b"theirs")
    assert outputs.lying(kept) == frozenset()
    with pytest.raises(Unwritable, match="已经存在"):
        outputs.write(output(path), kept, force=False)
    assert path.read_bytes() == b"theirs"
    assert outputs.write(output(path), kept, force=True)


def test_outputs_are_known_again_where_all_was_moved_elsewhere(tmp_path: Path) -> None:
    before, after = tmp_path / "甲", tmp_path / "乙"
    with ledger.opened(before / "汇总.ledger.sqlite", create=True) as kept:
        outputs.write(output(before / "下" / "汇总.html"), kept, force=False)
        assert outputs.lying(kept) == {before / "下" / "汇总.html"}
    before.rename(after)
    with ledger.opened(after / "汇总.ledger.sqlite", create=False) as kept:
        assert outputs.lying(kept) == {after / "下" / "汇总.html"}
        assert not outputs.write(output(after / "下" / "汇总.html"), kept, force=False)


def test_equal_summaries_are_made_of_the_same() -> None:
    assert fingerprint(collection(), ("甲", 1)) == fingerprint(collection(), ("甲", 1))


def test_whatever_differs_is_made_of_something_else() -> None:
    whole = collection()
    others = [
        collection(files=[told(ROSTER.members[0].unit, {COUNT: 3})]),
        collection(roster=None),
        replace(whole, year=whole.year + 1),
        replace(whole, entries=(replace(whole.entries[0], reason="别的"), *whole.entries[1:])),
        replace(whole, roster=replace(ROSTER, region=Unit("别的县"))),
    ]
    assert len({fingerprint(one) for one in [whole, *others]}) == len(others) + 1
