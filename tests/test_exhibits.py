"""Exhibits: shown where the figures make one, with nothing drawn of a blank."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from toolkit import compare, definition
from toolkit.exhibits import Exhibit, Kind, panel
from toolkit.wording import Wording

DATA = Path(__file__).parent / "data"
FORM = definition.parse((DATA / "blocks.yaml").read_text("utf-8"), "blocks.yaml")
UPHELD, CORRECTED, AFTER = "dispute/upheld", "dispute/corrected", "dispute/after"
Figures = Mapping[str, int | None]


def exhibit(kind: Kind) -> Exhibit:
    parts = {"维持": (UPHELD,), "纠正": (CORRECTED,), "诉讼": (AFTER, "dispute/direct")}
    return Exhibit(kind, "{{ 年 }}年复议", "结果", parts, "注：{{ 单位 }}")


def wording(figures: Figures, *unanswered: str, last: Figures | None = None) -> Wording:
    blank = dict.fromkeys(FORM.indicators)
    sides = [{**blank, **one} for one in (figures, last or {})]
    rows = () if last is None else compare.compare(FORM, sides[0], "2000", sides[1])
    return Wording(FORM, figures, 2000, "某局", frozenset(unanswered), rows)


ALL = {UPHELD: 1, CORRECTED: 0, AFTER: 1, "dispute/direct": 1}


def test_a_table_has_every_part_with_its_share() -> None:
    shown = panel(exhibit(Kind.SHARES), wording(ALL))
    assert shown is not None
    assert (shown.caption, shown.of, shown.note, shown.measure) == (
        "2000年复议",
        "结果",
        "注：某局",
        "件",
    )
    assert (shown.names, shown.series[0].figures) == (("维持", "纠正", "诉讼"), (1, 0, 2))
    assert shown.shares == (Decimal("33.3"), Decimal("0.0"), Decimal("66.7"))
    assert shown.total == 3


@pytest.mark.parametrize(
    ("figures", "unanswered"),
    [
        (ALL | {CORRECTED: None}, ()),
        (ALL | {AFTER: None}, ()),  # the part is more than what is known of it
        (ALL, (CORRECTED,)),  # the 0 may only be missing
    ],
)
def test_of_what_is_not_known_there_are_no_shares(
    figures: Figures, unanswered: tuple[str, ...]
) -> None:
    shown = panel(exhibit(Kind.SHARES), wording(figures, *unanswered))
    assert shown is not None
    assert shown.shares == ()
    assert len(shown.names) == 3


def test_a_chart_leaves_blanks_out_and_shows_zeros() -> None:
    shown = panel(exhibit(Kind.BARS), wording(ALL | {UPHELD: 5}))
    assert shown is not None
    assert shown.series[0].figures == (5, 0, 2)
    fewer = panel(exhibit(Kind.BARS), wording({UPHELD: 5, AFTER: 2}))
    assert fewer is not None
    assert (fewer.names, fewer.series[0].figures) == (("维持", "诉讼"), (5, 2))


@pytest.mark.parametrize("kind", [Kind.SHARES, Kind.BARS])
@pytest.mark.parametrize("figures", [{}, {UPHELD: 0, CORRECTED: 0}, {UPHELD: 7, CORRECTED: 0}])
def test_one_part_alone_makes_no_exhibit(kind: Kind, figures: Figures) -> None:
    assert panel(exhibit(kind), wording(figures)) is None


def test_two_years_stand_side_by_side_where_both_are_known() -> None:
    this, last = {UPHELD: 3, CORRECTED: 0, AFTER: 1}, {UPHELD: 0, CORRECTED: 2, AFTER: 5}
    shown = panel(exhibit(Kind.YEARS), wording(this, last=last))
    assert shown is not None
    assert shown.names == ("维持", "纠正")  # of 诉讼 one part is not known
    assert [(one.name, one.figures) for one in shown.series] == [
        ("1999年", (0, 2)),
        ("2000年", (3, 0)),
    ]
    assert shown.told == "2000年复议。1999年：维持0件、纠正2件。2000年：维持3件、纠正0件。"


@pytest.mark.parametrize("last", [None, {}, {UPHELD: 0}])
def test_without_a_figure_of_last_year_nothing_is_compared(last: Figures | None) -> None:
    assert panel(exhibit(Kind.YEARS), wording({UPHELD: 0, CORRECTED: 4}, last=last)) is None
