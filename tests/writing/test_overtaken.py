"""What was found in a file that does not count any more asks nobody for anything."""

import io

import openpyxl

from tests.collected import JIA, collection, told, waiting
from tests.sent import COUNT
from toolkit import words
from toolkit.decisions import Action, Decision, Decisions
from toolkit.merge import Summary
from toolkit.submissions import Submission
from toolkit.writing import review_files
from toolkit.writing.summary import workbook

SETTLED = words.say("summary.state.overtaken")


def version(name: str, figure: int, filed: str) -> Submission:
    """Return a version of 甲局's return, with something to explain."""
    made = told(JIA, {COUNT: figure}, filed=filed)
    return waiting(Submission(name, name.encode().hex().ljust(64, "0"), made.record))


FILES = (version("旧.xlsx", 1, "2019-01-10"), version("新.xlsx", 2, "2019-01-20"))


def listed(summary: Summary) -> list[tuple[object, object]]:
    """Return file and state of what 审核意见 lists of the two."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(summary)))[
        words.say("summary.sheet.findings")
    ]
    heads = [cell.value for cell in sheet[2]]
    file, state = (heads.index(words.say(f"summary.head.{name}")) for name in ("file", "state"))
    rows = [(row[file].value, row[state].value) for row in sheet.iter_rows(min_row=3)]
    return [row for row in rows if row[0] in {one.path for one in FILES}]


def test_of_a_file_that_a_newer_one_replaced_nothing_has_to_be_explained() -> None:
    summary = collection(FILES, Decisions())
    assert sorted(listed(summary)) == [("新.xlsx", "待说明"), ("旧.xlsx", SETTLED)]
    first, second = review_files.rows(summary, {})
    assert (first.entry.submission.path, first.open, dict(first.counts)) == (
        "新.xlsx",
        True,
        {"待说明": 1},
    )
    assert (second.open, dict(second.counts)) == (False, {SETTLED: 1})


def test_of_a_file_left_out_nothing_has_to_be_put_right() -> None:
    wrong = told(JIA, {COUNT: -1})
    made = Decision(Action.LEAVE_OUT, "张三", "误发", number=1, digest=wrong.digest)
    summary = collection([wrong], Decisions([made]))
    (row,) = review_files.rows(summary, {})
    assert (row.open, SETTLED in row.counts, "必须改正" in row.counts) == (False, True, False)
