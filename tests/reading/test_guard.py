import io
import struct
import zipfile

import pytest

from tests.reading import by_hand
from toolkit.findings import Refused
from toolkit.reading import guard
from toolkit.reading.room import RETURN


def stored(*members: tuple[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.finding.code


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        guard.open_package(data)
    return code_of(refused)


def part_refusal(data: bytes, name: str = "a.xml") -> str:
    package = guard.open_package(data)
    with pytest.raises(Refused) as refused:
        package.xml(name)
    return code_of(refused)


def test_parts_are_found_whatever_the_spelling() -> None:
    package = guard.open_package(stored(("XL\\Workbook.xml", "<a/>"), ("xl/", "")))
    assert package.names == ("xl/workbook.xml",)
    assert package.part("/xl/workbook.xml") == b"<a/>"
    assert package.part("xl/other.xml") is None
    assert package.xml("xl/other.xml") is None


def test_a_truncated_zip_is_damaged() -> None:
    whole = by_hand.xlsx()
    assert refusal(whole[: len(whole) // 2]) == "R3"
    assert refusal(b"PK\x03\x04") == "R3"
    assert refusal(b"") == "R3"


@pytest.mark.parametrize("name", ["../a.xml", "xl/../../a.xml", "xl\\..\\a.xml"])
def test_a_member_outside_the_package_is_unsafe(name: str) -> None:
    assert refusal(stored((name, "<a/>"))) == "R4"


def test_names_that_differ_in_case_only_are_duplicates() -> None:
    assert refusal(by_hand.packed([("a.xml", "1"), ("a.xml", "2")])) == "R4"
    assert refusal(stored(("xl/a.xml", "1"), ("XL\\A.xml", "2"))) == "R4"


def test_too_many_members_are_unsafe() -> None:
    assert refusal(stored(*((f"{n}.xml", "") for n in range(guard.MEMBERS + 1)))) == "R4"
    assert refusal(stored(*((f"{n}.xml", "") for n in range(60_000)))) == "R4"


def test_a_file_too_large_is_unsafe() -> None:
    data = by_hand.xlsx()
    assert refusal(data + bytes(RETURN.file_bytes)) == "R4"


def test_an_encrypted_member_needs_a_password() -> None:
    data = bytearray(stored(("a.xml", "<a/>")))
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, directory + 8, 1)
    assert refusal(bytes(data)) == "R5"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compression_is_not_inflated(method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("a.xml", "<a/>")
    assert refusal(target.getvalue()) == "R3"


def test_a_part_that_inflates_too_far_is_unsafe() -> None:
    bomb = by_hand.packed([("a.xml", bytes(RETURN.part_bytes + 1))])
    assert len(bomb) < 20_000
    assert part_refusal(bomb) == "R4"


def test_the_parts_together_have_a_limit() -> None:
    data = by_hand.packed([(f"{n}.xml", bytes(RETURN.part_bytes)) for n in range(5)])
    package = guard.open_package(data)
    for n in range(4):
        package.part(f"{n}.xml")
    with pytest.raises(Refused) as refused:
        package.part("4.xml")
    assert code_of(refused) == "R4"


@pytest.mark.parametrize("declared", [10, 2**31])
def test_the_declared_size_is_not_believed(declared: int) -> None:
    content = bytes(RETURN.part_bytes + 1)
    data = bytearray(by_hand.packed([("a.xml", content)]))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, declared)
    assert part_refusal(bytes(data)) in {"R3", "R4"}


def test_a_wrong_checksum_is_damage() -> None:
    data = stored(("a.xml", "<a>12</a>")).replace(b"<a>12</a>", b"<a>92</a>")
    assert part_refusal(data) == "R3"


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><a>&d;</a>'
)
EXTERNAL = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'


@pytest.mark.parametrize("document", [LAUGHS, EXTERNAL, "<!DOCTYPE a><a/>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_unsafe_in_every_encoding(document: str, encoding: str) -> None:
    for declaration in ("", '<?xml version="1.0"?>'):
        with pytest.raises(Refused) as refused:
            guard.parse_xml((declaration + document).encode(encoding))
        assert code_of(refused) == "R4"


def test_a_declaration_cannot_hide_a_document_type() -> None:
    data = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
    with pytest.raises(Refused) as refused:
        guard.parse_xml(data)
    assert code_of(refused) == "R3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_utf_8_and_utf_16_are_read(encoding: str) -> None:
    document = '<?xml version="1.0" encoding="UTF-16"?><a>中<!-- 注 -->文</a>'
    assert guard.parse_xml(document.encode(encoding)).text == "中文"


MALFORMED = [
    b"",
    b"<a>",
    b"<a>&b;</a>",
    b"\xff\xfe<",
    b"\xff\xfe<\0\0\xd8",
    "<a>中</a>".encode("gb18030"),
    b"<a>" * 100_000 + b"</a>" * 100_000,
]


@pytest.mark.parametrize("data", MALFORMED)
def test_what_is_not_well_formed_is_damaged(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        guard.parse_xml(data)
    assert code_of(refused) == "R3"


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" + b"<b/>" * RETURN.marks + b"</a>",
        b"<a " + b" ".join(b'b%d=""' % n for n in range(RETURN.marks)) + b"/>",
    ],
    ids=["elements", "attributes"],
)
def test_a_tree_too_large_is_unsafe(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        guard.parse_xml(data)
    assert code_of(refused) == "R4"
