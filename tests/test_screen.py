"""What merging shows on the screen: under each heading only what its advice is right for."""

import click

from tests.collected import JIA, added, collection
from toolkit import screen
from toolkit.decisions import Decisions
from toolkit.record import Unit

HEADS = ("汇总数不符合审核关系", "汇总数要核实", "没有起作用的决定")


def under(head: str, told: str) -> list[str]:
    """Return the lines that stand under a heading."""
    lines = told.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(head)) + 1
    end = next(n for n in range(start, len(lines)) if not lines[n].startswith("  "))
    return lines[start:end]


def test_what_is_wrong_what_is_doubtful_and_what_had_no_effect_stand_apart() -> None:
    decisions = Decisions([added(JIA, -1), added(Unit("没有这家"), 1, number=2)])
    told = click.unstyle(screen.summary(collection(decisions=decisions)))
    signs = {head: {line.split("  ")[1] for line in under(head, told)} for head in HEADS}
    assert signs == {HEADS[0]: {"× M3"}, HEADS[1]: {"！ M3"}, HEADS[2]: {"× M9"}}
    explained = [line[:5] for line in told.splitlines() if "decide explain" in line]
    assert explained == [head[:5] for head in HEADS[:2]]


def test_where_nothing_is_open_no_heading_stands() -> None:
    told = click.unstyle(screen.summary(collection(files=[], decisions=Decisions())))
    assert not [line for line in told.splitlines() if line.startswith(HEADS)]
