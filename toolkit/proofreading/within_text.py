"""The figures of the text against each other (X3), and those that are no counts (X9)."""

from collections.abc import Iterator

from toolkit import text, words
from toolkit.proofreading import stated
from toolkit.proofreading.against_table import may_be
from toolkit.proofreading.claims import Claim
from toolkit.proofreading.reference import place
from toolkit.proofreading.remarks import Remark, remark
from toolkit.proofreading.report import Report


def stated_twice(report: Report) -> Iterator[Remark]:
    """Yield quantities that the text states twice with different figures (X3).

    Where the table has the figure, a count that differs from it is said to do so (X1).
    """
    for claim in report.claims:
        if claim.scope or not report.of_this_year(claim):
            continue
        known = report.table is not None and report.table.figure(claim.of) is not None
        other = None if claim.firm and known else report.elsewhere(claim)
        if other is not None and not may_be(claim, other.value):
            yield remark(
                "X3",
                claim.words,
                key=claim.of[0],
                value=claim.value,
                other=other.words,
                number=other.paragraph,
            )


def rough(report: Report) -> Iterator[Remark]:
    """Yield figures of indicators that are no counts, and figures made rough twice (X9)."""
    spoken = {(id(claim.words.passage), claim.at) for claim in report.claims}
    yield from (_no_count(report, claim) for claim in report.claims if claim.rough)
    for one in report.texts:
        for figure in stated.find(one.text):
            if figure.doubly and (id(one.passage), figure.start) not in spoken:
                why = words.say("proofread.rough.twice", rough=figure.rough)
                yield remark("X9", one.quote(figure.start, figure.end), why=why)


def _no_count(report: Report, claim: Claim) -> Remark:
    cell = report.table.cell(claim.of) if report.table else None
    if cell is None or cell.value is None:
        why = words.say("proofread.rough.count", rough=claim.rough)
        return remark("X9", claim.words, key=claim.of[0], value=claim.value, why=why)
    why = words.say(
        "proofread.rough.known",
        rough=claim.rough,
        label=cell.label,
        place=place(cell),
        figure=text.show(cell.value),
    )
    return remark("X9", claim.words, key=claim.of[0], value=claim.value, cell=cell, why=why)
