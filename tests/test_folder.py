"""What is found under the paths given, by which name, and what is left out."""

import os
import unicodedata
from pathlib import Path

import pytest

from tests.zipped import File, gbk, zipped
from toolkit.folder import Unusable, find


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def names(*paths: Path) -> list[str]:
    return [place.name for place in find(paths)[0]]


def left_out(*paths: Path) -> dict[str, str]:
    return {skipped.name: skipped.reason for skipped in find(paths)[1]}


def test_a_folder_stands_for_all_files_in_it_by_name(tmp_path: Path) -> None:
    put(tmp_path, "乙.xlsx", "新建文件夹(2)/最终版(1).xlsx", "a/b/c.json", "甲.xlsx")
    assert names(tmp_path) == ["a/b/c.json", "乙.xlsx", "新建文件夹(2)/最终版(1).xlsx", "甲.xlsx"]


def test_a_named_file_keeps_the_path_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "x/a.xlsx")
    monkeypatch.chdir(tmp_path)
    (place,), skipped = find([Path("x/a.xlsx")])
    assert (place.path, place.name, skipped) == (Path("x/a.xlsx"), "a.xlsx", ())


def test_several_paths_are_told_apart_and_none_is_read_twice(tmp_path: Path) -> None:
    put(tmp_path, "x/a.xlsx", "y/a.xlsx")
    given = [tmp_path / "x", tmp_path / "y", tmp_path / "x" / ".." / "x" / "a.xlsx"]
    assert names(*given) == ["x/a.xlsx", "y/a.xlsx"]


def test_files_that_are_no_returns_are_left_out_and_named(tmp_path: Path) -> None:
    junk = [
        "~$a.xlsx",
        ".~lock.a.xlsx#",
        "b/.DS_Store",
        "Thumbs.db",
        "__MACOSX/a.xlsx",
        "._a.xlsx",
        "汇总.ledger.sqlite",
    ]
    put(tmp_path, "a.xlsx", *junk)
    assert names(tmp_path) == ["a.xlsx"]
    assert set(left_out(tmp_path)) == set(junk)
    assert all(left_out(tmp_path).values())


def test_a_linked_folder_is_not_entered_a_linked_file_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", "elsewhere/b.xlsx", "given/c.xlsx")
    given = tmp_path / "given"
    (given / "round").symlink_to(given)
    (given / "d.xlsx").symlink_to(tmp_path / "a.xlsx")
    assert names(given) == ["c.xlsx", "d.xlsx"]
    assert set(left_out(given)) == {"round"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert names(tmp_path) == []
    assert set(left_out(tmp_path)) == {"pipe.xlsx"}


def test_names_are_the_same_on_every_system(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFD", "é.xlsx"))
    assert names(tmp_path) == [unicodedata.normalize("NFC", "é.xlsx")]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_names_that_are_shown_alike_are_told_apart(tmp_path: Path) -> None:
    composed = "é.xlsx"
    put(tmp_path, composed, unicodedata.normalize("NFD", composed), "z.xlsx")
    assert names(tmp_path) == ["z.xlsx", "é.xlsx", "é.xlsx（同名第2个）"]
    assert len({place.path for place in find([tmp_path])[0]}) == 3


def test_a_name_in_another_encoding_can_be_printed(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + "甲".encode("gbk") + b".xlsx"
    Path(os.fsdecode(path)).write_bytes(b"x")
    (name,) = names(tmp_path)
    assert name == r"\xbc\xd7.xlsx"


def test_a_name_with_a_line_break_stays_in_one_line(tmp_path: Path) -> None:
    put(tmp_path, "a\n1\u202e.xlsx", "局\u3000b.xlsx")
    assert names(tmp_path) == [r"a\n1\u202e.xlsx", "局\u3000b.xlsx"]


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="没有这个文件"):
        find([tmp_path, tmp_path / "none.xlsx"])


def test_a_folder_that_cannot_be_listed_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "closed/a.xlsx")
    listing = os.scandir

    def refuse(path: str | Path) -> object:  # permissions would not stop root
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(tmp_path) == ["closed"]
    with pytest.raises(Unusable, match="没有权限"):
        find([tmp_path / "closed"])


# ---------------------------------------------------------------- zips


def attachments(path: Path, *files: File) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zipped(*files))
    return path


def test_a_zip_in_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    put(tmp_path, "局.xlsx", "县直/民政局.xlsx")
    attachments(tmp_path / "县直" / "附件.zip", gbk("局/教育局.xlsx"), gbk("局/~$教育局.xlsx"))
    assert names(tmp_path) == ["县直/民政局.xlsx", "县直/附件.zip/局/教育局.xlsx", "局.xlsx"]
    assert set(left_out(tmp_path)) == {"县直/附件.zip/局/~$教育局.xlsx"}


def test_a_zip_on_the_command_line_stands_for_the_files_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachments(tmp_path / "附件.zip", gbk("教育局.xlsx"))
    monkeypatch.chdir(tmp_path)
    (place,), skipped = find([Path("附件.zip")])
    assert (place.path, place.name) == (Path("附件.zip"), "附件.zip/教育局.xlsx")
    assert (place.inside[-1].name, place.refusal, skipped) == ("教育局.xlsx", None, ())


def test_a_zip_named_twice_is_walked_once(tmp_path: Path) -> None:
    path = attachments(tmp_path / "附件.zip", File("a.xlsx"))
    assert names(path, tmp_path) == ["附件.zip/a.xlsx"]


def test_a_lock_file_of_a_zip_is_left_out(tmp_path: Path) -> None:
    attachments(tmp_path / "~$附件.zip", File("a.xlsx"))
    assert (names(tmp_path), set(left_out(tmp_path))) == ([], {"~$附件.zip"})


def test_a_zip_that_cannot_be_walked_is_a_file(tmp_path: Path) -> None:
    attachments(tmp_path / "空.zip")
    attachments(tmp_path / "附件.zip", File("a.xlsx"))
    (tmp_path / "残.zip").write_bytes(zipped(File("a.xlsx"))[:-9])
    places, _ = find([tmp_path])
    codes = {place.name: place.refusal.code if place.refusal else "" for place in places}
    assert codes == {"空.zip": "R61", "残.zip": "R60", "附件.zip/a.xlsx": ""}
    assert all(bool(place.inside) == ("/" in place.name) for place in places)


def test_a_file_that_cannot_be_opened_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = attachments(tmp_path / "附件.zip", File("a.xlsx"))

    def refuse(self: Path, mode: str = "r") -> object:
        raise PermissionError(13, "Permission denied", str(self), mode)

    monkeypatch.setattr(Path, "open", refuse)
    (place,), _ = find([tmp_path])
    assert (place.path, place.name) == (path, "附件.zip")
