"""What a file turned out to be is the same after it was kept as text."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.sent import COUNT, MONEY, record, refused, sent
from toolkit import definition, folder, intake, resources, stored
from toolkit.folder import Skipped
from toolkit.record import Source
from toolkit.submissions import Submission


def again(outcome: Submission | Skipped) -> Submission | Skipped:
    path = outcome.path if isinstance(outcome, Submission) else outcome.name
    return stored.undump(stored.dump(outcome), path, outcome.digest)


@pytest.mark.parametrize("edition", definition.editions())
def test_every_sample_return_as_it_was_read(edition: str) -> None:
    places, _ = folder.find([resources.data("samples", edition, "returns")])
    outcomes = list(intake.read(places))
    assert outcomes
    assert [again(one) for one in outcomes] == outcomes


@given(
    st.one_of(st.none(), st.integers(-(10**12), 10**12)),
    strategies.money(),
    st.text(max_size=20),
    st.sampled_from(["", "无", "近50"]),
)
def test_every_figure_exactly_as_it_was(
    count: int | None, money: Decimal | None, said: str, raw: str
) -> None:
    returned = replace(
        record(said, {COUNT: count, MONEY: money}),
        extra={said: raw},
        sources={COUNT: Source("表一", "C5", raw, "F4", "key")},
    )
    one = sent("a.xlsx", returned)
    assert again(one) == one
    assert isinstance(one.record.values[MONEY], type(again(one).record.values[MONEY]))  # type: ignore[union-attr]


def test_refusals_and_files_that_are_no_returns() -> None:
    for one in (
        refused("a.pdf", "R2", what="图片"),
        Skipped("汇总.xlsx", "本工具的汇总", "1" * 64),
    ):
        digest = one.digest
        assert replace(again(one), digest=digest) == one


def test_a_file_that_was_renamed_is_called_by_its_new_name() -> None:
    one = sent("旧名.xlsx", record(figures={COUNT: -1}))
    renamed = stored.undump(stored.dump(one), "新名.xlsx", one.digest)
    assert isinstance(renamed, Submission)
    assert (renamed.path, {found.file for found in renamed.findings}) == (
        "新名.xlsx",
        {"新名.xlsx"},
    )
    assert renamed.record == one.record
