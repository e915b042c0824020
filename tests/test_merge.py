"""Which file ends in which box, and what the sums are."""

from collections import Counter
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.sent import COUNT, FORM, MONEY, YEAR, record, refused, sent
from toolkit.check import Expected
from toolkit.merge import Decided, Summary, Undecided, expected, held_against, merge
from toolkit.record import Record
from toolkit.submissions import Box, Submission

EARLY, LATE = "2019-01-10", "2019-01-20"
MORNING, EVENING = "2019-01-31T08:00:00Z", "2019-01-31T20:00:00Z"
OURS = "2000-01-01T00:00:00Z"
"""The date of a workbook that nobody has saved since we wrote it."""


def merged(*files: Submission) -> Summary:
    return merge(FORM, YEAR, files)


def boxes(*files: Submission) -> dict[str, str]:
    return {entry.submission.path: str(entry.box) for entry in merged(*files).entries}


def reason(path: str, *files: Submission) -> str:
    return next(e.reason for e in merged(*files).entries if e.submission.path == path)


# ---------------------------------------------------------------- boxes


def test_two_units_are_adopted_and_summed() -> None:
    summary = merged(
        sent("a.xlsx", record("甲局", {COUNT: 2, MONEY: Decimal("0.10")})),
        sent("b.xlsx", record("乙局", {COUNT: 3, MONEY: Decimal("0.20")})),
    )
    assert (summary.counted, summary.units) == (2, 2)
    assert summary.whole.totals[COUNT] == 5
    assert summary.whole.totals[MONEY] == Decimal("0.3")


def test_a_merge_is_settled_when_nothing_is_left_to_do() -> None:
    files = [sent("a.xlsx", record("甲局", {COUNT: 0})), sent("b.xlsx", record("乙局", {COUNT: 0}))]
    assert merged(*files).settled
    assert not merged(*files, refused("c.pdf", "R2", what="图片")).settled


def test_equal_returns_are_duplicates_of_the_first_by_path() -> None:
    files = [sent(path, record()) for path in ("c.xlsx", "a.xlsx", "b.json")]
    assert boxes(*files) == {"a.xlsx": "adopted", "b.json": "duplicate", "c.xlsx": "duplicate"}
    assert "a.xlsx" in reason("c.xlsx", *files)
    assert merged(*files).whole.totals[COUNT] == 1


def test_the_newest_by_filing_date_counts() -> None:
    files = [
        sent("a.xlsx", record(figures={COUNT: 5}, filed=LATE), modified=MORNING),
        sent("b.xlsx", record(figures={COUNT: 4}, filed=EARLY), modified=EVENING),
    ]
    assert boxes(*files) == {"a.xlsx": "adopted", "b.xlsx": "superseded"}
    assert merged(*files).whole.totals[COUNT] == 5


@pytest.mark.parametrize(("first", "second"), [(EARLY, EARLY), ("", ""), (EARLY, "")])
def test_where_filing_dates_do_not_say_the_date_in_the_file_does(first: str, second: str) -> None:
    files = [
        sent("a.xlsx", record(figures={COUNT: 5}, filed=first), modified=MORNING),
        sent("b.xlsx", record(figures={COUNT: 4}, filed=second), modified=EVENING),
    ]
    assert boxes(*files) == {"a.xlsx": "superseded", "b.xlsx": "adopted"}


@pytest.mark.parametrize(
    ("first", "second"), [("", ""), (MORNING, MORNING), (MORNING, ""), (OURS, EVENING), ("?", "?")]
)
def test_what_no_date_puts_in_order_is_a_conflict(first: str, second: str) -> None:
    files = [
        sent("a.xlsx", record(figures={COUNT: 5}), modified=first),
        sent("b.xlsx", record(figures={COUNT: 4}), modified=second),
    ]
    summary = merged(*files)
    assert boxes(*files) == {"a.xlsx": "conflict", "b.xlsx": "conflict"}
    assert (summary.counted, summary.units, summary.whole.totals[COUNT]) == (0, 1, None)
    assert not summary.settled


def test_dates_that_go_round_in_a_circle_are_a_conflict() -> None:
    files = [
        sent("a.xlsx", record(figures={COUNT: 1}, filed=EARLY), modified=EVENING),
        sent("b.xlsx", record(figures={COUNT: 2}, filed=LATE), modified=OURS),
        sent("c.xlsx", record(figures={COUNT: 3}), modified=MORNING),
    ]
    assert set(boxes(*files).values()) == {"conflict"}


def test_saving_a_copy_again_makes_what_it_says_the_newest() -> None:
    files = [
        sent("a.xlsx", record(figures={COUNT: 1}), modified="2019-01-01T00:00:00Z"),
        sent("b.xlsx", record(figures={COUNT: 2}), modified=MORNING),
        sent("c.xlsx", record(figures={COUNT: 1}), modified=EVENING),
    ]
    assert boxes(*files) == {"a.xlsx": "adopted", "b.xlsx": "superseded", "c.xlsx": "duplicate"}


def test_an_older_valid_return_stays_adopted_when_the_newer_one_is_sent_back() -> None:
    files = [
        sent("a.xlsx", record(figures={COUNT: 5}, filed=EARLY)),
        sent("b.xlsx", record(figures={COUNT: -1}, filed=LATE)),
    ]
    assert boxes(*files) == {"a.xlsx": "adopted", "b.xlsx": "returned"}
    assert "F1" in reason("b.xlsx", *files)
    assert merged(*files).whole.totals[COUNT] == 5


def test_another_year_is_sent_back() -> None:
    files = [sent("a.xlsx", record()), sent("b.xlsx", record("乙局", year=YEAR + 1))]
    assert boxes(*files) == {"a.xlsx": "adopted", "b.xlsx": "returned"}
    (finding,) = [f for f in merged(*files).entries[1].submission.errors if f.code == "F8"]
    assert (finding.file, str(YEAR + 1) in finding.message) == ("b.xlsx", True)


def test_what_could_not_be_read() -> None:
    files = [
        refused("a.pdf", "R2", what="图片"),
        refused("b.xlsx", "R10", reason="别的表"),
        refused("c.xlsx", "R1", reason="没有权限"),
    ]
    wanted = {"a.pdf": "unreadable", "b.xlsx": "not_this_form", "c.xlsx": "unreadable"}
    assert boxes(*files) == wanted
    assert reason("a.pdf", *files) == files[0].all_findings[0].message
    assert merged(*files).units == 0


# ---------------------------------------------------------------- which office


@pytest.mark.parametrize("name", ["甲 局", "甲　局", " 甲局 "])
def test_spaces_make_no_other_office(name: str) -> None:
    assert boxes(sent("a.xlsx", record()), sent("b.xlsx", record(name)))["b.xlsx"] == "duplicate"


def test_full_width_letters_make_no_other_office() -> None:
    files = [sent("a.xlsx", record("Ａ局（１）")), sent("b.xlsx", record("A局(1)"))]
    assert boxes(*files)["b.xlsx"] == "duplicate"


def test_a_return_without_a_code_belongs_to_the_code_of_its_name() -> None:
    files = [
        sent("a.xlsx", record(code="X01", filed=EARLY)),
        sent("b.xlsx", record(figures={COUNT: 9}, filed=LATE)),
    ]
    assert boxes(*files) == {"a.xlsx": "superseded", "b.xlsx": "adopted"}
    assert merged(*files).units == 1


def test_two_offices_under_one_code_are_a_conflict() -> None:
    files = [
        sent("a.xlsx", record("甲局", code="X01", filed=EARLY)),
        sent("b.xlsx", record("乙局", code="Ｘ01", filed=LATE)),
        sent("c.xlsx", record("丙局", code="X03")),
    ]
    assert boxes(*files) == {"a.xlsx": "conflict", "b.xlsx": "conflict", "c.xlsx": "adopted"}
    assert "乙局、甲局" in reason("a.xlsx", *files)
    assert (merged(*files).counted, merged(*files).units) == (1, 3)


def test_a_return_that_is_sent_back_contests_nobodys_code() -> None:
    files = [
        sent("a.xlsx", record("甲局", code="X01")),
        sent("b.xlsx", record("乙局", {COUNT: -1}, code="X01")),
    ]
    assert boxes(*files) == {"a.xlsx": "adopted", "b.xlsx": "returned"}


def test_a_name_with_two_codes_is_for_a_person_to_decide() -> None:
    files = [
        sent("a.xlsx", record(code="X01")),
        sent("b.xlsx", record(figures={COUNT: 2}, code="X02")),
        sent("c.xlsx", record(figures={COUNT: 3})),
    ]
    assert boxes(*files) == {"a.xlsx": "conflict", "b.xlsx": "conflict", "c.xlsx": "conflict"}
    assert "X01、X02" in reason("c.xlsx", *files)


def test_units_stand_by_code_and_those_without_one_last() -> None:
    files = [
        sent("a.xlsx", record("甲局")),
        sent("b.xlsx", record("乙局", code="X02")),
        sent("c.xlsx", record("丙局", code="X01")),
    ]
    assert [one.record.unit.name for one in merged(*files).adopted] == ["丙局", "乙局", "甲局"]


# ---------------------------------------------------------------- blank, 0, 无


def test_blank_zero_and_nothing_stay_apart() -> None:
    summary = merged(
        sent("a.xlsx", record("甲局", {COUNT: 0})),
        sent("b.xlsx", record("乙局", {MONEY: 1})),
        sent("c.xlsx", record("丙局", {MONEY: 1}, words=(COUNT,))),
    )
    assert summary.whole.totals[COUNT] == 0
    assert (summary.whole.blanks[COUNT], summary.whole.nothings[COUNT]) == (1, 1)


def test_what_nobody_filled_in_has_no_sum() -> None:
    summary = merged(sent("a.xlsx", record(figures={MONEY: 1})))
    assert (summary.whole.totals[COUNT], summary.whole.blanks[COUNT]) == (None, 1)


# ---------------------------------------------------------------- which year and edition


def test_most_returns_decide_the_year() -> None:
    files = [sent(f"{n}.xlsx", record(year=YEAR + n // 2)) for n in range(3)]
    assert expected(files) == Decided(FORM.edition, YEAR)
    assert expected(files, Expected(year=YEAR + 1)) == Decided(FORM.edition, YEAR + 1)


def test_a_tie_and_nothing_at_all_are_undecided() -> None:
    files = [sent(f"{n}.xlsx", record(year=YEAR + n)) for n in range(2)]
    with pytest.raises(Undecided, match=f"{YEAR}年度.*{YEAR + 1}年度"):
        expected(files)
    with pytest.raises(Undecided):
        expected([refused("a.pdf", "R2", what="图片"), sent("b.xlsx", record(year=None))])


def test_held_against_adds_nothing_where_all_is_as_expected() -> None:
    one = sent("a.xlsx", record())
    assert held_against(Expected(FORM.edition, YEAR), one) is one
    assert held_against(Expected(), refused("a.pdf", "R5")) == refused("a.pdf", "R5")


# ---------------------------------------------------------------- laws


@st.composite
def returns(draw: st.DrawFn) -> Record:
    """Draw one of a few units, so that files meet; figures may be refused."""
    figures = {
        COUNT: draw(st.one_of(st.none(), st.integers(-1, 3))),
        MONEY: draw(strategies.money()),
    }
    return record(
        draw(st.sampled_from(["甲局", "乙局", "丙 局"])),
        figures,
        code=draw(st.sampled_from(["", "", "1", "2"])),
        filed=draw(st.sampled_from(["", EARLY, LATE])),
        year=draw(st.sampled_from([YEAR, YEAR, YEAR, YEAR + 1, None])),
        words=draw(st.sampled_from([(), (COUNT,)])),
    )


@st.composite
def folders(draw: st.DrawFn) -> list[Submission]:
    """Draw the files of a folder."""
    drawn = draw(
        st.lists(st.tuples(returns(), st.sampled_from(["", MORNING, EVENING])), max_size=8)
    )
    files = [sent(f"{n}.xlsx", found, modified) for n, (found, modified) in enumerate(drawn)]
    return files + draw(st.sampled_from([[], [refused("x.pdf", "R2", what="图片")]]))


@given(folders(), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(files: list[Submission], random: Random) -> None:
    shuffled = files.copy()
    random.shuffle(shuffled)
    assert merged(*shuffled) == merged(*files)


@given(folders())
def test_every_file_ends_in_exactly_one_box(files: list[Submission]) -> None:
    summary = merged(*files)
    assert [e.submission.path for e in summary.entries] == sorted(file.path for file in files)
    assert sum(map(len, summary.boxes.values())) == len(files)
    assert all(entry.reason for entry in summary.entries)


@given(folders())
def test_sums_are_those_of_the_adopted_returns(files: list[Submission]) -> None:
    summary = merged(*files)
    adopted = [e.submission for e in summary.entries if e.box is Box.ADOPTED]
    records = [file.record for file in adopted if file.record is not None]
    assert Counter(one.submission.path for one in summary.adopted) == Counter(
        f.path for f in adopted
    )
    for key in FORM.indicators:
        filled = [value for found in records if (value := found.values[key]) is not None]
        assert (summary.whole.totals[key] or 0) == sum(map(Decimal, filled))
        others = summary.whole.blanks[key] + summary.whole.nothings[key]
        assert len(filled) + others == summary.counted <= summary.units


@given(folders())
def test_no_unit_counts_twice_and_none_with_an_error(files: list[Submission]) -> None:
    summary = merged(*files)
    units = [one.record.unit for one in summary.adopted]
    names = [(unit.code, unit.name.replace(" ", "")) for unit in units]
    assert len(set(names)) == len(names)
    assert not any(one.submission.errors for one in summary.adopted)
