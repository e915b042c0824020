"""A file is what its content says, and every format is either read or refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import by_hand
from toolkit.findings import Refused
from toolkit.reading import books, formats
from toolkit.reading.formats import Format

OLE = bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0")
OPEN = "application/vnd.oasis.opendocument."
READ = {
    Format.XLSX,
    Format.XLSB,
    Format.XLS,
    Format.ODS,
    Format.FODS,
    Format.XML_2003,
    Format.DOCX,
    Format.HTML,
    Format.TEXT,
}
FODS = (
    '<?xml version="1.0"?>\n<office:document xmlns:office='
    '"urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
)
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)


def ole(stream: str) -> bytes:
    entry = stream.encode("utf-16-le").ljust(128, b"\0")
    return OLE + "Root Entry".encode("utf-16-le").ljust(128, b"\0") + entry


def stored(*members: tuple[str, str]) -> bytes:
    return by_hand.packed(members, compressed=False)


SNIFFED = [
    (b"", Format.EMPTY),
    (by_hand.xlsx(), Format.XLSX),
    (stored(("xl\\workbook.xml", "")), Format.XLSX),
    (stored(("xl/workbook.bin", "")), Format.XLSB),
    (stored(("mimetype", f"{OPEN}spreadsheet"), ("content.xml", "")), Format.ODS),
    (stored(("mimetype", f"{OPEN}spreadsheet-template"), ("content.xml", "")), Format.ODS),
    (stored(("mimetype", f"{OPEN}text"), ("content.xml", "")), Format.ODT),
    (stored(("mimetype", "application/epub+zip")), Format.ZIP),
    (stored(("word/document.xml", "")), Format.DOCX),
    (stored(("word/document.xml", ""), ("word/embeddings/a.xlsx", "")), Format.DOCX),
    (stored(("ppt/presentation.xml", "")), Format.PPTX),
    (stored(("OFD.xml", "")), Format.OFD),
    (stored(("统计表.xlsx", "")), Format.ZIP),
    (by_hand.xlsx()[:300], Format.ZIP),
    (ole("Workbook"), Format.XLS),
    (ole("WORKBOOK"), Format.XLS),
    (ole("Book"), Format.XLS),
    (ole("EncryptedPackage"), Format.ENCRYPTED),
    (ole("WordDocument"), Format.DOC),
    (OLE + b"..\0" + "Workbook".encode("utf-16-le") + bytes(200), Format.OLE),
    (b"%PDF-1.7\n", Format.PDF),
    (b"\x89PNG\r\n\x1a\n\0\0", Format.IMAGE),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", Format.IMAGE),
    (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Format.IMAGE),
    (b"RIFF\0\0\0\0WEBPVP8 ", Format.IMAGE),
    (b"\0\0\0\x18ftypheic", Format.IMAGE),
    (b"Rar!\x1a\x07\0", Format.ARCHIVE),
    (b"{\\rtf1\\ansi", Format.RTF),
    (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", Format.MHTML),
    (
        b"From: <Saved by WPS>\r\nSubject: =?utf-8?B?57uf6K6h?=\r\n\t=?utf-8?B?6KGo?=\r\n"
        b'Content-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n--b\r\n\r\n<html><table>',
        Format.MHTML,
    ),
    ("单位,数\nContent-Type: text/html,1".encode(), Format.TEXT),
    (b"<!DOCTYPE html><p>", Format.HTML),
    (b"\xef\xbb\xbf \r\n<HTML xmlns:x='urn:schemas-microsoft-com:office:excel'>", Format.HTML),
    (b'<meta http-equiv="Content-Type" content="text/html"><table>', Format.HTML),
    (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', Format.HTML),
    ("<html><table>".encode("utf-16"), Format.HTML),
    (FODS.encode(), Format.FODS),
    (XML_2003.encode(), Format.XML_2003),
    (XML_2003.encode("utf-16"), Format.XML_2003),
    (b'<?xml version="1.0"?><Workbook/>', Format.XML),
    ('<?xml version="1.0"?>'.encode("utf-16-le"), Format.XML),
    (b'\xef\xbb\xbf{"form": "2018"}', Format.JSON),
    ("指标,数\r\n主动公开,12\r\n".encode("gb18030"), Format.TEXT),
    ("指标,数".encode("utf-16"), Format.TEXT),
    (b"\0\1\2\3", Format.UNKNOWN),
]


@pytest.mark.parametrize(("data", "found"), SNIFFED)
def test_a_file_is_what_its_content_says(data: bytes, found: Format) -> None:
    assert formats.sniff(data) is found


@given(st.binary(max_size=200))
def test_sniffing_never_fails(data: bytes) -> None:
    assert formats.sniff(data) in Format
    assert formats.sniff(b"PK\x03\x04" + data) in Format


@pytest.mark.parametrize("found", sorted(set(Format) - READ))
def test_a_format_that_is_not_read_is_refused_in_words(found: Format) -> None:
    expected = {
        Format.EMPTY: "R3",
        Format.ENCRYPTED: "R5",
        Format.XLS_95: "R6",
        Format.MHTML: "R6",
        Format.XML: "R6",
    }
    assert formats.refusal(found).finding.code == expected.get(found, "R2")


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


@pytest.mark.parametrize(("data", "found"), SNIFFED)
def test_a_file_without_anything_in_it_is_refused(data: bytes, found: Format) -> None:
    """All of these but two only look like a file of their format."""
    if data is SNIFFED[1][0]:
        assert books.read(data).sheets
    elif found is Format.TEXT:
        assert books.read(data).sheets if b"\n" in data else refusal(data) == "R2"
    else:
        assert refusal(data) in {"R2", "R3", "R5", "R6"}


def test_a_file_too_large_is_refused_before_anybody_looks_at_it() -> None:
    assert refusal(b"1,2\n" * 3_000_000) == "R4"


STARTS = [b"", b"<table><tr><td>", OLE, b"PK\x03\x04", XML_2003.encode()[:-2] + b">"]


@given(st.sampled_from(STARTS), st.binary(max_size=2_000))
def test_anything_is_read_or_refused(start: bytes, data: bytes) -> None:
    try:
        books.read(start + data)
    except Refused as refused:
        found = refused
    else:
        return
    assert found.finding.code in {"R2", "R3", "R4", "R5", "R6", "R54"}
