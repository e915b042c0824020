"""Zips of attachments: what one stands for, what is not read and why; nothing is ever written."""

import io
import os
import struct
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest

from tests.sent import FORM, record
from tests.zipped import ENCRYPTED, STORED, File, gbk, zipped
from toolkit import archives, zips
from toolkit.archives import DEPTH, INNER_BYTES, MEMBERS, NAME, Member
from toolkit.findings import Refused
from toolkit.reading.formats import Format, sniff
from toolkit.reading.room import RETURN
from toolkit.writing import template

MEBIBYTE = 2**20
OFFICE = {
    Format.XLSX: template.blank(FORM),
    Format.ODS: zipped(
        File("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", method=STORED)
    ),
    Format.OFD: zipped(File("Doc_0/Document.xml"), File("OFD.xml")),
    Format.XLSB: zipped(File("xl/workbook.bin")),
    Format.PPTX: zipped(File("ppt/presentation.xml")),
}


def put(folder: Path, data: bytes, name: str = "附件.zip") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def members(path: Path) -> list[Member]:
    found = archives.members(path)
    assert found is not None
    return list(found)


def walked(folder: Path, *files: File) -> list[Member]:
    return members(put(folder, zipped(*files)))


def names(found: list[Member]) -> list[str]:
    return [member.name for member in found]


def refusals(found: list[Member]) -> dict[str, str]:
    """Return the code and the words of every refusal by the name of what is refused."""
    return {
        member.name: f"{member.refusal.code} {member.refusal.message}"
        for member in found
        if member.refusal
    }


# ---------------------------------------------------------------- what a zip stands for


def test_a_zip_stands_for_the_files_in_it(tmp_path: Path) -> None:
    files = (gbk("附件/"), gbk("附件/教育局.xlsx", b"1"), gbk("民政局.xls", b"2" * 99))
    path = put(tmp_path, zipped(*files))
    found = members(path)
    assert names(found) == ["附件/教育局.xlsx", "民政局.xls"]
    assert [archives.content(path, member.way) for member in found] == [b"1", b"2" * 99]
    assert refusals(found) == {}


def test_a_zip_is_known_by_its_content(tmp_path: Path) -> None:
    assert names(members(put(tmp_path, zipped(File("a", b"1")), "附件.dat"))) == ["a"]
    assert archives.members(put(tmp_path, b"%PDF-1.7", "盖章.zip")) is None


@pytest.mark.parametrize("kind", OFFICE)
@pytest.mark.parametrize("name", ["a.xlsx", "a.zip"])
def test_an_office_document_stays_a_file(tmp_path: Path, kind: Format, name: str) -> None:
    assert sniff(OFFICE[kind]) is kind
    assert archives.members(put(tmp_path, OFFICE[kind], name)) is None


def test_a_word_document_stays_a_file(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    assert archives.members(tmp_path / "a.docx") is None


def test_folders_of_attachments_may_be_called_like_those_of_documents(tmp_path: Path) -> None:
    wanted = ["word/a.docx", "xl/a.xlsx", "a/[Content_Types].xml"]
    assert names(walked(tmp_path, *map(File, wanted))) == wanted


def test_lock_files_and_what_systems_leave_are_told_apart(tmp_path: Path) -> None:
    junk = {
        "~$教育局.xlsx": "temporary",
        "报/.~lock.教育局.ods#": "temporary",
        "__MACOSX/._教育局.xlsx": "system",
        "Thumbs.db": "system",
        "报/.DS_Store": "system",
    }
    found = walked(tmp_path, *map(File, junk), File("教育局.xlsx"))
    assert {member.name: member.junk for member in found if member.junk} == junk
    assert [member.name for member in found if not member.junk] == ["教育局.xlsx"]


def test_an_empty_file_in_a_zip_is_a_file(tmp_path: Path) -> None:
    path = put(tmp_path, zipped(File("a")))
    assert archives.content(path, members(path)[0].way) == b""


@pytest.mark.parametrize(
    "files", [(), (File("a/"),), (File("__MACOSX/._a"), File("~$a.xlsx")), (File("a\\"),)]
)
def test_a_zip_that_holds_nothing_says_so(tmp_path: Path, files: tuple[File, ...]) -> None:
    found = walked(tmp_path, *files)
    (message,) = refusals(found).values()
    assert message.startswith("R61 压缩包里没有可以读取的文件。")
    assert found[-1].way == ()


# ---------------------------------------------------------------- zips in a zip


def test_zips_in_a_zip_are_walked(tmp_path: Path) -> None:
    inner = zipped(gbk("教育局.xlsx", b"1"), File("~$a"))
    path = put(tmp_path, zipped(gbk("县直/教育.ZIP", inner), File("b.xlsx", b"2")))
    found = members(path)
    assert names(found) == ["县直/教育.ZIP/教育局.xlsx", "县直/教育.ZIP/~$a", "b.xlsx"]
    assert archives.content(path, found[0].way) == b"1"
    assert archives.content(path, found[2].way) == b"2"
    assert found[1].junk


def test_an_office_document_called_a_zip_is_a_file(tmp_path: Path) -> None:
    found = walked(tmp_path, File("a.zip", OFFICE[Format.XLSX]), File("b.zip", b"text"))
    assert names(found) == ["a.zip", "b.zip"]
    assert refusals(found) == {}


def test_zips_are_walked_to_a_certain_depth(tmp_path: Path) -> None:
    data = zipped(File("a.xlsx", b"1"))
    for _ in range(DEPTH):
        data = zipped(File("内.zip", data), File("b.xlsx"))
    found = members(put(tmp_path, data))
    deepest = "/".join(["内.zip"] * DEPTH)
    assert refusals(found)[deepest].startswith("R63 压缩包没有解开：压缩包套了太多层。")
    assert names(found) == [deepest, "内.zip/b.xlsx", "b.xlsx"]


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        (File("内.zip", zipped(File("a"))[:-9]), "R60 压缩包解不开：内容残缺"),
        (File("内.zip", zipped(File("a")), checksum=1), "R60 压缩包解不开：内容残缺"),
        (File("内.zip", zipped()), "R61 压缩包里没有可以读取的文件"),
        (File("内.zip", zipped(File("a")), flags=ENCRYPTED), "R62 压缩包设有密码"),
        (File("内.zip", zipped(File("a"), disk=1)), "R60 压缩包解不开：这只是分卷压缩的一卷"),
        (File("内.zip", b"1" * (INNER_BYTES + 1)), "R63 压缩包没有解开：套在里面的压缩包过大"),
        (File("内.zip", b"1" * (RETURN.file_bytes + 1)), "R4 文件内容异常"),
    ],
)
def test_a_zip_in_a_zip_costs_only_itself(tmp_path: Path, inner: File, message: str) -> None:
    found = walked(tmp_path, inner, File("b.xlsx"))
    assert names(found) == ["内.zip", "b.xlsx"]
    assert refusals(found).keys() == {"内.zip"}
    assert refusals(found)["内.zip"].startswith(message)


def test_a_zip_in_a_zip_is_inflated_once_for_all_its_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped(*(File(f"{number}.xlsx", b"%d" % number) for number in range(200)))
    path = put(tmp_path, zipped(File("内.zip", inner)))
    found = members(path)
    inflated, inflate = [], zips.inflate

    def counted(file: io.BytesIO, entry: zips.Entry) -> bytes:
        inflated.append(entry.name)
        return inflate(file, entry)

    monkeypatch.setattr(zips, "inflate", counted)
    read = [archives.content(path, member.way) for member in found]
    assert read == [b"%d" % number for number in range(200)]
    assert inflated.count("内.zip") == 1


# ---------------------------------------------------------------- what is not read


def test_encrypted_members_are_said_so(tmp_path: Path) -> None:
    found = walked(tmp_path, File("a.xlsx", b"1", flags=ENCRYPTED), File("b.xlsx", b"1"))
    assert refusals(found) == {
        "a.xlsx": "R62 压缩包设有密码，这份文件无法读取。"
        "请解压后把它放进文件夹；不知道密码的，请对方不设密码再发一次。"
    }


def test_members_packed_in_an_unusual_way_are_said_so(tmp_path: Path) -> None:
    found = walked(tmp_path, File("a.xlsx", b"1", method=14), File("b.xlsx", b"1"))
    assert refusals(found)["a.xlsx"].startswith("R63 压缩包没有解开：用了少见的压缩方法。")
    assert names(found) == ["a.xlsx", "b.xlsx"]


def test_a_member_that_is_too_large_costs_only_itself(tmp_path: Path) -> None:
    video = File("会议.mp4", os.urandom(RETURN.file_bytes + 1), method=STORED)
    found = walked(tmp_path, video, File("b.xlsx", b"1"))
    assert refusals(found).keys() == {"会议.mp4"}
    assert "R4" in refusals(found)["会议.mp4"]


@pytest.mark.parametrize(
    "file",
    [
        File("a.xlsx", b"abc" * 99, size=9),
        File("a.xlsx", b"abc", checksum=1),
        File("a.xlsx", b"a" * 9, packed=2),
    ],
)
def test_a_damaged_member_is_refused_when_it_is_read(tmp_path: Path, file: File) -> None:
    path = put(tmp_path, zipped(file))
    (member,) = members(path)
    with pytest.raises(Refused) as refused:
        archives.content(path, member.way)
    assert refused.value.finding.code == "R3"


def test_a_zip_that_is_cut_off_is_refused_under_its_name(tmp_path: Path) -> None:
    data = zipped(File("a.xlsx", b"1" * 99))[:-30]
    (member,) = members(put(tmp_path, data))
    assert (member.name, member.way) == ("", ())
    assert refusals([member])[""].startswith(
        "R60 压缩包解不开：内容残缺，可能没有下载完整。请重新下载"
    )
    assert archives.members(put(tmp_path, data, "教育局.xlsx")) is None  # its reader says why


# ---------------------------------------------------------------- bombs


def refused_at_once(path: Path) -> str:
    """Return the refusal of a whole zip, given in less than 2 s and 64 MB."""
    tracemalloc.start()
    start = time.perf_counter()
    try:
        found = members(path)
        seconds, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seconds < 2
    assert peak < 64 * MEBIBYTE
    (message,) = refusals(found).values()
    assert [member.name for member in found] == [""]
    return message


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, zipped(*[File("a")] * (MEMBERS + 1)))
    assert refused_at_once(path).startswith("R63 压缩包没有解开：里面的文件过多。")


def test_too_many_members_in_zips_in_a_zip_are_refused(tmp_path: Path) -> None:
    inner = zipped(*[File("a")] * (MEMBERS // 3))
    found = walked(tmp_path, *(File(f"{number}.zip", inner) for number in range(4)))
    assert refusals(found).keys() == {"2.zip", "3.zip"}
    assert len(found) < MEMBERS


def test_members_far_larger_than_the_zip_are_refused(tmp_path: Path) -> None:
    zeros = File("a", b"\0" * RETURN.file_bytes)
    path = put(tmp_path, zipped(*[zeros] * 7))
    assert refused_at_once(path).startswith("R63 压缩包没有解开：解开后比压缩包大得太多。")


def test_members_that_claim_to_be_far_larger_are_refused_unread(tmp_path: Path) -> None:
    path = put(tmp_path, zipped(*[File("a", b"1", size=RETURN.file_bytes)] * 7))
    assert "解开后比压缩包大得太多" in refused_at_once(path)


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    kernel = File("a", b"\0" * MEBIBYTE)
    path = put(tmp_path, zipped(kernel, *[File("b", b"", size=MEBIBYTE, offset=0)] * 500))
    assert refused_at_once(path).startswith("R63 压缩包没有解开：里面的文件互相重叠")


def test_zips_in_a_zip_that_inflate_far_are_refused(tmp_path: Path) -> None:
    inner = zipped(File("a", b"\0" * RETURN.file_bytes), File("b", b"1"))
    found = walked(tmp_path, *(File(f"{number:02}.zip", inner) for number in range(9)))
    assert [name for name in names(found) if "/" not in name] == ["06.zip", "07.zip", "08.zip"]
    assert len(refusals(found)) == 3


def test_zips_of_zeros_in_a_zip_are_not_all_inflated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zeros = b"PK\3\4" + b"\0" * (INNER_BYTES - 4)
    path = put(tmp_path, zipped(*(File(f"{number}.zip", zeros) for number in range(9))))
    assert "解开后比压缩包大得太多" in refused_at_once(path)
    monkeypatch.setattr(archives, "RATIO", 10_000)
    start = time.perf_counter()
    codes = [message.partition(" ")[0] for message in refusals(members(path)).values()]
    assert time.perf_counter() - start < 2
    assert codes == ["R60"] * 4 + ["R63"] * 5


def test_a_quine_ends(tmp_path: Path) -> None:
    """A zip that holds itself has no end; here it is imitated down to any depth looked at."""
    data = zipped(File("a", b"1"))
    for _ in range(20):
        data = zipped(File("内.zip", data), File("同.zip", data))
        data = data if len(data) < MEBIBYTE else zipped(File("内.zip", data))
    assert len(members(put(tmp_path, data))) < 10


def test_random_damage_is_refused_or_read(tmp_path: Path) -> None:
    good = zipped(gbk("教育局.xlsx", b"1" * 99), File("内.zip", zipped(File("a", b"2"))))
    path = tmp_path / "附件.zip"
    for place in range(len(good)):
        for byte in (0, 0x2F, 0xFF):
            path.write_bytes(good[:place] + bytes([byte]) + good[place + 1 :])
            for member in archives.members(path) or ():
                if not member.refusal and not member.junk:
                    with suppress(Refused):
                        archives.content(path, member.way)


# ---------------------------------------------------------------- names are only names


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("../../x.xlsx", "(..)/(..)/x.xlsx"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\局\\x.xlsx", "C:/局/x.xlsx"),
        ("..\\x.xlsx", "(..)/x.xlsx"),
        ("a/./b//c", "a/b/c"),
        ("a/.. /b", "a/(.. )/b"),
        ("a\nb\x1b[31m\u202excod.xlsx", "a\\nb\\x1b[31m\\u202excod.xlsx"),
        ("教育\u3000局.xlsx", "教育\u3000局.xlsx"),
        ("e\u0301.xlsx", "\u00e9.xlsx"),
    ],
)
def test_a_name_leads_nowhere(tmp_path: Path, name: str, wanted: str) -> None:
    assert names(walked(tmp_path, File(name, b"1"))) == [wanted]


@pytest.mark.parametrize("name", [b"", b"/", b"./", b"\\"])
def test_a_member_without_a_name_is_a_file(tmp_path: Path, name: bytes) -> None:
    assert names(walked(tmp_path, File(name, b"1"))) == ["没有名字的文件"]


def test_a_folder_with_content_is_a_file(tmp_path: Path) -> None:
    assert names(walked(tmp_path, File("a/", b"1"))) == ["a"]


def test_names_that_end_in_a_backslash_in_gbk_are_no_folders(tmp_path: Path) -> None:
    name = "誠"  # its second byte is a backslash in GBK
    assert name.encode("gbk").endswith(b"\\")
    assert names(walked(tmp_path, gbk(name))) == [name]


def test_members_of_one_name_are_all_read_and_told_apart(tmp_path: Path) -> None:
    path = put(
        tmp_path, zipped(*(File("a.xlsx", b"%d" % one) for one in range(3)), File("/a.xlsx"))
    )
    found = members(path)
    assert names(found) == ["a.xlsx", *(f"a.xlsx（同名第{number}个）" for number in (2, 3, 4))]
    assert [archives.content(path, member.way) for member in found] == [b"0", b"1", b"2", b""]


def test_a_name_without_end_is_shortened(tmp_path: Path) -> None:
    (name,) = names(walked(tmp_path, File("长" * 5000 + "/教育局.xlsx")))
    assert len(name) <= NAME + 1
    assert name.endswith("/教育局.xlsx")


def test_many_members_of_one_name_take_no_time(tmp_path: Path) -> None:
    start = time.perf_counter()
    found = walked(tmp_path, *[File("a", b"1")] * (MEMBERS - 1))
    assert len(set(names(found))) == MEMBERS - 1
    assert time.perf_counter() - start < 2


def test_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    inner = zipped(File("../../evil", b"1"))
    path = put(folder, zipped(File("../evil", b"1"), File("内.zip", inner)))
    monkeypatch.chdir(folder)
    before = sorted(tmp_path.rglob("*"))
    for member in members(path):
        archives.content(path, member.way)
    assert sorted(tmp_path.rglob("*")) == before


# ---------------------------------------------------------------- as programs pack them


def test_a_zip_of_returns_gives_their_bytes(tmp_path: Path) -> None:
    data = {f"{name}.xlsx": template.filled(FORM, record(name)) for name in ("教育局", "民政局")}
    path = tmp_path / "附件.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in data.items():
            packed.writestr(name, content)
    found = members(path)
    assert {member.name: archives.content(path, member.way) for member in found} == data


def test_a_zip_with_a_comment_that_looks_like_an_end_is_refused_or_read(tmp_path: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)
    found = members(put(tmp_path, zipped(File("a", b"1"), comment=end)))
    assert names(found) in ([""], ["a"])
