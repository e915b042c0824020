"""An output is made again only where something else would come out, or it lies there no more."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.collected import ROSTER, collection, told
from tests.sent import COUNT
from toolkit import files, ledger, outputs
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


def write(made: Output, kept: Ledger, *, force: bool = False) -> bool:
    return outputs.write([made], kept, force=force)[made.path]


def test_the_same_is_written_once(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "下级" / "汇总.html"
    written = [write(output(path), kept) for _ in range(2)]
    assert (written, path.read_bytes()) == ([True, False], b"1")


def test_a_name_in_another_encoding_is_kept(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("汇总.html".encode("gbk"))
    assert [write(output(path), kept) for _ in range(2)] == [True, False]
    assert outputs.lying(kept) == {path}


def test_what_is_made_of_something_else_is_written_again(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "汇总.html"
    assert write(output(path), kept)
    assert write(output(path, "乙", b"2"), kept)
    assert path.read_bytes() == b"2"


def test_what_lies_there_no_more_is_written_again(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "汇总.html"
    write(output(path), kept)
    path.unlink()
    assert write(output(path), kept)


def test_what_somebody_changed_is_not_taken_for_ours(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "汇总.html"
    write(output(path), kept)
    path.write_bytes(b"theirs")
    assert outputs.lying(kept) == frozenset()
    with pytest.raises(Unwritable, match=r"有人打开改动过.*移走或改名"):
        write(output(path), kept)
    assert path.read_bytes() == b"theirs"
    assert write(output(path), kept, force=True)


def test_what_lay_there_before_is_not_taken_for_ours(kept: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "汇总.html"
    path.write_bytes(b"theirs")
    with pytest.raises(Unwritable, match="不是照这个台账写出的"):
        write(output(path), kept)
    assert path.read_bytes() == b"theirs"


def test_all_outputs_are_written_or_none(kept: Ledger, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.html" for name in "甲乙丙丁"]
    outputs.write([output(path) for path in paths], kept, force=False)
    paths[1].write_bytes(b"theirs")
    paths[2].unlink()
    paths[2].mkdir()
    changed = [output(path, "乙", b"2") for path in paths]
    with pytest.raises(Unwritable) as refused:
        outputs.write(changed, kept, force=False)
    named = [path.name in str(refused.value) for path in paths]
    assert named == [False, True, True, False]
    assert "一样输出也没有写" in str(refused.value)
    assert [paths[n].read_bytes() for n in (0, 1, 3)] == [b"1", b"theirs", b"1"]
    with pytest.raises(Unwritable):  # no --force makes a file of a folder
        outputs.write(changed, kept, force=True)
    assert paths[0].read_bytes() == b"1"


def test_what_cannot_be_made_keeps_all_others_from_being_written(
    kept: Ledger, tmp_path: Path
) -> None:
    def never() -> bytes:
        raise KeyboardInterrupt

    made = [output(tmp_path / "甲.html"), Output(tmp_path / "乙.html", "乙", never)]
    with pytest.raises(KeyboardInterrupt):
        outputs.write(made, kept, force=False)
    assert [path.name for path in tmp_path.iterdir() if "ledger" not in path.name] == []


@pytest.mark.parametrize("put", [0, 1, 2])
def test_a_run_that_was_killed_among_its_outputs_lost_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: int
) -> None:
    paths = [tmp_path / f"{name}.html" for name in "甲乙"]
    left = iter(range(put))

    def killed(temporary: Path, path: Path) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        temporary.replace(path)

    with ledger.opened(tmp_path / "汇总.ledger.sqlite", create=True) as kept:
        outputs.write([output(path) for path in paths], kept, force=False)
        changed = [output(path, "乙", b"2") for path in paths]
        with monkeypatch.context() as patched:
            patched.setattr(files, "put", killed)
            patched.setattr(kept, "note", lambda **told: _noted(kept, told, put))
            with pytest.raises(KeyboardInterrupt):
                outputs.write(changed, kept, force=False)
    with ledger.opened(tmp_path / "汇总.ledger.sqlite", create=False) as kept:
        assert outputs.lying(kept) == set(paths)
        outputs.write(changed, kept, force=False)
    assert [path.read_bytes() for path in paths] == [b"2", b"2"]


def _noted(kept: Ledger, told: dict[str, str], put: int) -> None:
    """Note what is told, unless both files lie in their places: then the run dies before."""
    if put == 2 and not any(name.startswith("begun:") for name in told):
        raise KeyboardInterrupt
    Ledger.note(kept, **told)


def test_outputs_are_known_again_where_all_was_moved_elsewhere(tmp_path: Path) -> None:
    before, after = tmp_path / "甲", tmp_path / "乙"
    with ledger.opened(before / "汇总.ledger.sqlite", create=True) as kept:
        write(output(before / "下" / "汇总.html"), kept)
        assert outputs.lying(kept) == {before / "下" / "汇总.html"}
    before.rename(after)
    with ledger.opened(after / "汇总.ledger.sqlite", create=False) as kept:
        assert outputs.lying(kept) == {after / "下" / "汇总.html"}
        assert not write(output(after / "下" / "汇总.html"), kept)


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
