"""The list at the end of a zip and the bytes of a member: as zipfile has them, and against lies."""

import io
import random
import struct
import time
import zipfile
from contextlib import suppress
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zipped import ENCRYPTED, STORED, File, gbk, unicode_path, zipped
from toolkit import zips

MOST = 100


def listing(data: bytes, most: int = MOST) -> tuple[zips.Entry, ...]:
    return zips.listing(io.BytesIO(data), most)


def names(data: bytes) -> list[str]:
    return [entry.name for entry in listing(data)]


def contents(data: bytes) -> list[bytes]:
    return [zips.inflate(io.BytesIO(data), entry) for entry in listing(data)]


def reason(data: bytes, most: int = MOST) -> str:
    with pytest.raises(zips.Broken) as broken:
        listing(data, most)
    return broken.value.reason


# ---------------------------------------------------------------- what is listed


@given(
    st.dictionaries(st.text(min_size=1, max_size=9).filter(lambda n: "\0" not in n), st.binary()),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.binary(max_size=40).filter(lambda comment: b"PK" not in comment),
)
def test_what_zipfile_writes_is_read(files: dict[str, bytes], method: int, comment: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.comment = comment
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    assert dict(zip(names(packed.getvalue()), contents(packed.getvalue()), strict=True)) == files


def test_a_member_written_as_a_stream_is_read() -> None:
    packed = Mock(wraps=io.BytesIO())
    packed.seekable.return_value = False
    packed.seek.side_effect = packed.tell.side_effect = OSError  # sizes follow behind the data
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"1" * 99)
    written = b"".join(call.args[0] for call in packed.write.call_args_list)
    assert contents(written) == [b"1" * 99]


def test_numbers_may_stand_in_the_field_for_long_ones() -> None:
    long = struct.pack("<HHQQ", 1, 16, 3, 5)  # as some packers write it for every file
    unknown = struct.pack("<HH", 0xCAFE, 2) + b"??"
    file = File("a", b"abc", extra=unknown + long, size=0xFFFF_FFFF, packed=0xFFFF_FFFF)
    assert contents(zipped(file)) == [b"abc"]


@pytest.mark.parametrize("behind", [b"\r\n", b"\0" * 22, b"<html>" * 1000])
def test_what_stands_behind_the_end_does_not_matter(behind: bytes) -> None:
    assert contents(zipped(File("a", b"1"), comment=b"PK", behind=behind)) == [b"1"]


def test_the_two_spellings_of_a_name_may_differ() -> None:
    data = zipped(File("教育局.xlsx", b"1", local_name="教育局.xlsx".encode("gbk")))
    assert (names(data), contents(data)) == (["教育局.xlsx"], [b"1"])


def test_two_members_of_one_name_are_both_listed() -> None:
    assert contents(zipped(File("a", b"1"), File("a", b"2"))) == [b"1", b"2"]


# ---------------------------------------------------------------- names


def test_names_in_gbk_are_decoded() -> None:
    wanted = ["某某县/教育局.xlsx", "民政局（最终版）.xls", "镕.et"]
    assert names(zipped(*map(gbk, wanted))) == wanted


def test_names_in_utf_8_that_do_not_say_so_are_decoded() -> None:
    wanted = ["教育局.xlsx", "a.xlsx"]
    assert names(zipped(*(File(name.encode()) for name in wanted))) == wanted


def test_a_name_that_is_both_is_what_the_others_are() -> None:
    both = "模.xlsx"
    assert both.encode("gbk").decode() == "ģ.xlsx"
    assert names(zipped(gbk(both), gbk("教育局.xlsx"))) == [both, "教育局.xlsx"]


def test_names_of_four_bytes_a_letter_are_decoded() -> None:
    assert names(zipped(File("㐂镇.xlsx".encode("gb18030")))) == ["㐂镇.xlsx"]


def test_names_in_neither_are_taken_for_the_standard_s_own() -> None:
    assert names(zipped(File(b"\x81.xlsx"))) == ["ü.xlsx"]


def test_names_in_several_encodings_are_decoded_each_for_itself() -> None:
    mixed = zipped(File("教育局".encode()), gbk("民政局"), File(b"\x81."))
    assert names(mixed) == ["教育局", "民政局", "ü."]


def test_a_name_that_is_not_in_the_encoding_it_declares_is_decoded_all_the_same() -> None:
    assert names(zipped(File("教育局".encode("gbk"), flags=1 << 11))) == ["教育局"]


def test_the_unicode_path_field_counts() -> None:
    raw, wanted = b"??.xlsx", "教育局.xlsx"
    assert names(zipped(File(raw, extra=unicode_path(raw, wanted.encode())))) == [wanted]


@pytest.mark.parametrize(
    "extra",
    [
        unicode_path(b"another name", "教育局".encode()),
        unicode_path(b"raw", "教育局".encode(), version=2),
        unicode_path(b"raw", "教育局".encode("gbk")),
        unicode_path(b"raw", b""),
        unicode_path(b"raw", "教育局".encode())[:9],
        b"\x75\x70\xff\xff",
        b"\x75",
    ],
)
def test_a_unicode_path_field_that_is_wrong_or_stale_says_nothing(extra: bytes) -> None:
    assert names(zipped(File(b"raw", extra=extra))) == ["raw"]


# ---------------------------------------------------------------- what cannot be listed


GOOD = zipped(File("a", b"abc"), File("b", b"abc" * 99))


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "damaged"),
        (b"PK\3\4", "damaged"),
        (GOOD[:-23], "damaged"),
        (GOOD[:-1], "damaged"),
        (GOOD + b"\0" * 70_000, "damaged"),
        (GOOD.replace(b"PK\1\2", b"PK\1\3"), "damaged"),
        (GOOD[20:], "damaged"),
        (zipped(File("a"), count=2), "damaged"),
        (zipped(File("a"), File("b"), count=1), "damaged"),
        (zipped(File("a"), disk=3), "volumes"),
        (zipped(*[File("a")] * (MOST + 1)), "many"),
        (zipped(File(b"n" * 65_000), File(b"n" * 65_000)), "many"),
        (zipped(File("a", b"1"), count=65_535), "many"),
        (zipped(File("a", b"1"), File("b", b"1", offset=0)), "overlap"),
        (zipped(File("a", b"1", packed=100)), "overlap"),
        (zipped(File("a", b"1", offset=10_000)), "overlap"),
        (GOOD[:-6] + b"\xff\xff\xff\xff" + GOOD[-2:], "large"),
    ],
)
def test_what_cannot_be_listed_says_why(data: bytes, wanted: str) -> None:
    assert reason(data) == wanted


def test_the_list_is_counted_before_it_is_read() -> None:
    data = zipped(*[File("a")] * 60_000)
    start = time.perf_counter()
    assert reason(data) == "many"
    assert time.perf_counter() - start < 0.2


def test_endless_extra_fields_take_no_time() -> None:
    data = zipped(*[File("a", extra=b"\0" * 65_000)] * 100)
    start = time.perf_counter()
    listing(data, most=10_000)
    assert time.perf_counter() - start < 2


# ---------------------------------------------------------------- what cannot be inflated


@pytest.mark.parametrize(
    "file",
    [
        File("a", b"abc" * 99, size=9),
        File("a", b"abc" * 99, size=9, method=STORED),
        File("a", b"abc" * 99, size=298),
        File("a", b"abc" * 99, packed=5),
        File("a", b"abc" * 99, checksum=1),
        File("a", b"\xff" * 99, method=STORED, flags=ENCRYPTED, checksum=1),
    ],
)
def test_a_member_that_is_not_as_declared_is_damaged(file: File) -> None:
    data = zipped(file)
    with pytest.raises(zips.Broken, match="damaged"):
        contents(data)


def test_no_more_is_inflated_than_declared() -> None:
    (entry,) = listing(data := zipped(File("a", b"\0" * 2**26, size=10)))
    start = time.perf_counter()
    with pytest.raises(zips.Broken, match="damaged"):
        zips.inflate(io.BytesIO(data), entry)
    assert time.perf_counter() - start < 0.05


def test_damaged_zips_are_read_or_refused() -> None:
    chance = random.Random(4)
    for _ in range(3000):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 80, 127, 255))
        with suppress(zips.Broken):
            contents(bytes(data[: chance.choice((len(data), chance.randrange(len(data))))]))
