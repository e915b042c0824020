"""A collection in which every kind of outcome occurs, for the tests of the review page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.sent import COUNT, FORM, MONEY, YEAR, record, refused, sent
from toolkit import folder, intake, previous, resources, swings
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Finding, finding
from toolkit.folder import Skipped
from toolkit.form import Form
from toolkit.merge import Summary, expected, merge
from toolkit.reading.summaries import Table
from toolkit.record import Figures, Source, Unit, settle
from toolkit.roster import Member, Roster, Scope
from toolkit.submissions import Submission
from toolkit.swings import YearOnYear
from toolkit.text import Meaning
from toolkit.writing import review_page

FIRST, SECOND = date(YEAR + 1, 1, 15), date(YEAR + 1, 1, 20)
"""Deadlines."""
TODAY = date(YEAR + 1, 1, 18)
FILES = 9
"""How many files were found, those skipped not counted."""
NAMES = {
    "X1": "甲局",
    "X2": "乙局",
    "X3": "丙局",
    "X4": "丁局",
    "X5": "戊局",
    "X6": "己镇",
    "X7": "庚局",
    "X8": "辛税务局",
}
WHOLE, OWN = 20, 14
"""The merged figures of COUNT: 2 + 7 + 6, 5 more by hand; and without those of the 己镇, 6."""


@dataclass(frozen=True)
class Collection:
    """What the review page is made of."""

    summary: Summary
    skipped: Sequence[Skipped]
    yearly: YearOnYear | None
    arrivals: Mapping[str, datetime]

    def page(self, today: date | None = TODAY) -> bytes:
        """Return the page."""
        return review_page.page(self.summary, self.skipped, self.yearly, self.arrivals, today)


def collection(planted: str = "", *, backwards: bool = False) -> Collection:
    """Return the collection.

    Args:
        planted: stands in everything that somebody outside can write: names of units, files and
            sheets, 说明, what stood in cells.
        backwards: whether the files are given in the opposite order.
    """
    roster = _roster(planted)
    files = _files(planted)
    made = [
        Decision(
            Action.ADJUST,
            f"某人{planted}",
            f"电话核实{planted}",
            number=1,
            unit=roster.members[0].unit,
            key=COUNT,
            amount=5,
        )
    ]
    summary = merge(
        FORM,
        YEAR,
        reversed(files) if backwards else files,
        roster=roster,
        decisions=Decisions(made),
    )
    known = previous.of_tables(
        "上年.xlsx",
        [_last(one.unit, count) for one, count in zip(roster.members, (1, 0, 3), strict=False)],
    )
    arrivals = {one.path: datetime(YEAR + 1, 1, 10 + n, 9, 5) for n, one in enumerate(files)}
    skipped = [
        Skipped(f"~$甲{planted}.xlsx", f"临时文件{planted}"),
        Skipped("汇总.xlsx", "本工具生成的汇总表"),
    ]
    yearly = swings.year_on_year(summary, known, Decisions(made))
    return Collection(summary, skipped, yearly, arrivals)


def _roster(planted: str) -> Roster:
    scopes = {"X6": Scope.BELOW, "X8": Scope.VERTICAL}
    due = {"X2": SECOND, "X7": SECOND}
    members = (
        Member(
            Unit(name + planted, code),
            scope=scopes.get(code, Scope.OWN),
            person=f"联系人{planted}",
            phone="0000-0000000",
            deadline=due.get(code, FIRST),
        )
        for code, name in NAMES.items()
    )
    return Roster(tuple(members), Unit(f"示例县{planted}", "X0"))


def _files(planted: str) -> list[Submission]:
    early, late = f"{YEAR + 1}-01-03", f"{YEAR + 1}-01-12"

    def one(code: str, file: str, figures: Figures, filed: str = late) -> Submission:
        told = record(NAMES[code] + planted, figures, code=code, filed=filed)
        return sent(f"{file}{planted}.xlsx", told)

    waiting = _found("R13", planted, label="某项", raw=planted, figure="7")
    explained = replace(
        _found("R47", planted, label=planted, name="某项"), explanation=f"无误{planted}"
    )
    return [
        _typed(one("X1", "甲/最终版(1)", {COUNT: 2, MONEY: Decimal("0.10")}), planted),
        _typed(one("X1", "甲/最终版", {COUNT: 2, MONEY: Decimal("0.10")}), planted),
        one("X1", "甲/旧", {COUNT: 1}, early),
        replace(one("X2", "乙", {COUNT: 7}), findings=(waiting, explained)),
        one("X3", "丙", {COUNT: -1}),
        one("X4", "丁一", {COUNT: 3}, ""),
        one("X4", "丁二", {COUNT: 4}, ""),
        one("X6", "己", {COUNT: 6}),
        refused(f"照片{planted}.png", "R2", what="图片"),
    ]


def _found(code: str, sheet: str, **context: Any) -> Finding:
    return replace(finding(code, key=COUNT, **context), sheet=f"表{sheet}", cell="C6")


def _typed(file: Submission, planted: str) -> Submission:
    """Return a file with a figure that was typed with its unit."""
    assert file.record is not None
    source = Source(f"表{planted}", "C6", f"2 条{planted}", Meaning.TIDIED)
    return replace(file, record=replace(file.record, sources={COUNT: source}))


def _last(unit: Unit, count: int) -> Table:
    values, _ = settle(FORM, {COUNT: count}, {})
    return Table(FORM.edition, YEAR - 1, values, unit)


def samples(form: Form) -> Summary:
    """Return the merge of the samples of an edition."""
    places, _ = folder.find([resources.data("samples", form.edition, "returns")])
    found = [one for one in intake.read(places) if not isinstance(one, Skipped)]
    return merge(form, expected(found).year, found)
