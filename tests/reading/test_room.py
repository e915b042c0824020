"""What the user has named is read in a larger room than what others send; both have an end."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.office import Office
from tests.reading import by_hand
from tests.reading.open_document import SPACES, ods, row, table
from toolkit import definition, words
from toolkit.findings import Refused
from toolkit.form import Form
from toolkit.marks import Kind, Mark
from toolkit.merge import merge
from toolkit.reading import books, guard, limits, values
from toolkit.reading.returns import read_return
from toolkit.reading.room import COLLECTION, RETURN, Room
from toolkit.reading.rosters import read_roster
from toolkit.reading.summaries import read_table, read_units
from toolkit.record import Record, Unit, settle
from toolkit.roster import Member, Roster
from toolkit.submissions import Submission
from toolkit.writing import roster_book, summary

OLDEST, WIDEST = (
    choose(map(definition.load, definition.editions()), key=lambda form: len(form.indicators))
    for choose in (min, max)
)


@cache
def collected(form: Form, units: int) -> bytes:
    """Return the summary of so many units, each of which reports its own number everywhere."""
    return summary.workbook(merge(form, form.first_year, list(_sent(form, units))))


def _sent(form: Form, units: int) -> Iterator[Submission]:
    for number in range(1, units + 1):
        figures = dict.fromkeys((one.key for one in form.entered), number)
        values, reported = settle(form, figures, {})
        unit = Unit(f"第{number}单位", f"X{number:05}")
        read = Record(form.edition, form.first_year, unit, values, reported)
        yield Submission(f"{number:05}.xlsx", f"{number:064}", read)


def code(data: bytes, room: Room = RETURN) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data, room)
    return refused.value.finding.code


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_return(data)
    return refused.value.finding.code


# ---------------------------------------------------------------- what is read whole


def test_a_long_roster_is_read_whole() -> None:
    members = tuple(Member(Unit(f"第{n}局", f"X{n:05}")) for n in range(1, 3_001))
    listed = "\n".join(f"{one.unit.code},{one.unit.name}" for one in members)
    page = "".join(f"<tr><td>{one.unit.code}<td>{one.unit.name}" for one in members)
    for data in (
        roster_book.workbook(Roster(members)),
        f"单位代码,单位名称\n{listed}".encode(),
        f"<table><tr><td>单位代码<td>单位名称{page}</table>".encode(),
    ):
        read = read_roster(data)
        assert (read.findings, read.roster.members) == ((), members)


def test_a_long_summary_is_read_whole() -> None:
    data = collected(OLDEST, 2_500)
    tables = read_units(data)
    assert [one.unit.code for one in tables] == [f"X{n:05}" for n in range(1, 2_501)]
    entered = OLDEST.entered[0].key
    assert tables[2_499].values[entered] == 2_500
    assert read_table(data).values[entered] == 2_500 * 2_501 // 2


def test_a_wide_summary_is_read_whole() -> None:
    data = collected(WIDEST, 1_200)
    assert code(data) == guard.UNSAFE
    assert len(read_units(data)) == 1_200


# ---------------------------------------------------------------- what is held to a return's room


@pytest.mark.parametrize(("form", "units"), [(OLDEST, 2_500), (WIDEST, 1_200)])
def test_a_large_summary_among_returns_is_known_for_what_it_is(form: Form, units: int) -> None:
    assert refusal(collected(form, units)) == "R14"


@pytest.mark.parametrize(
    ("kind", "expected"), [(Kind.SUMMARY, "R14"), (Kind.ROSTER, "R51"), (Kind.RETURN, "R4")]
)
def test_files_of_ours_are_known_by_their_properties_alone(kind: Kind, expected: str) -> None:
    told = f'<meta:user-defined meta:name="{Mark.KIND}">{kind}</meta:user-defined>'
    meta = (
        f"<office:document-meta {SPACES}><office:meta>{told}</office:meta></office:document-meta>"
    )
    endless = table(row(" " * RETURN.part_bytes))
    assert refusal(ods(endless, changed={"meta.xml": meta})) == expected


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_properties_are_read_alike_without_the_sheets(
    suffix: str, office: Office, tmp_path: Path
) -> None:
    source = tmp_path / "汇总.xlsx"
    source.write_bytes(collected(OLDEST, 1))
    (saved,) = office.convert([source], suffix, tmp_path / "saved")
    data = saved.read_bytes()
    assert books.properties(data)[Mark.KIND] == Kind.SUMMARY
    assert books.properties(data) == books.read(data).properties
    assert books.properties(data[: len(data) // 2]) == {}


def test_a_file_too_large_for_a_return_is_looked_at_all_the_same() -> None:
    parts = by_hand.unpacked(collected(OLDEST, 1))
    stamp = {"xl/media/stamp.png": bytes(RETURN.file_bytes)}
    assert refusal(by_hand.packed((parts | stamp).items(), compressed=False)) == "R14"
    assert refusal(bytes(RETURN.file_bytes + 1)) == "R4"
    assert refusal(b"{" + b" " * RETURN.file_bytes + b"}") == "R4"


def test_a_return_named_as_last_years_figures_is_held_to_its_room() -> None:
    long = by_hand.xlsx(" " * RETURN.part_bytes)
    assert books.read(long, COLLECTION).sheets
    with pytest.raises(Refused) as refused:
        read_units(long)
    assert refused.value.finding.code == guard.UNSAFE


# ---------------------------------------------------------------- where the larger one ends


def test_nothing_is_beyond_the_larger_room_in_silence() -> None:
    wide = b",".join([b"1"] * (COLLECTION.columns + 1))
    book = books.read(b"\n".join([wide, wide]), COLLECTION)
    assert len(book.sheets[0].cells) == 2 * COLLECTION.columns
    assert book.notes == (limits.beyond(book.sheets[0].name, COLLECTION),)


@pytest.mark.parametrize(
    "data",
    [
        bytes(COLLECTION.file_bytes + 1),
        by_hand.xlsx("<a>" * COLLECTION.package_tags),
        b"<html>" + b"<b>" * COLLECTION.page_tags,
    ],
    ids=["file", "tags", "page"],
)
def test_the_larger_room_ends(data: bytes) -> None:
    assert code(data, COLLECTION) == guard.UNSAFE


def test_the_larger_room_ends_with_its_cells() -> None:
    gathered = limits.Gathered(COLLECTION, 1)
    gathered.put(COLLECTION.rows, COLLECTION.columns, values.text("甲"))
    with pytest.raises(Refused, match=words.say("reading.reason.cells")):
        gathered.put(1, 1, values.text("乙"))
