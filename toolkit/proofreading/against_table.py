"""The figures of the text against those of the table (X1, X2, B11)."""

from collections.abc import Iterator

from toolkit import text, words
from toolkit.findings import Number, Severity
from toolkit.proofreading import stated
from toolkit.proofreading.claims import Claim
from toolkit.proofreading.reference import Reference, place
from toolkit.proofreading.remarks import Remark, TableCell, remark
from toolkit.proofreading.report import Report


def remarks(report: Report) -> Iterator[Remark]:
    """Yield what the text says otherwise than the table."""
    if report.table is None:
        return
    for claim in report.claims:
        if not report.of_this_year(claim):
            continue
        if agrees(claim, report.table):
            yield from _same(report, claim, report.table.cell(claim.of))
        elif not _contradicts_text(report, claim):  # which is said as that
            yield _differs(report.table, claim)


def agrees(claim: Claim, table: Reference) -> bool:
    """Tell whether a claim may be about what the table says.

    A blank agrees with 0: to leave blank what there was nothing of is a lawful way to fill the
    form. Of a blank and a rough figure nobody can tell.
    """
    return any(
        (not claim.value or bool(claim.rough)) if count is None else may_be(claim, count)
        for count in table.may_be(claim.of)
    )


def may_be(claim: Claim, count: Number) -> bool:
    """Tell whether a claim may speak of a count."""
    if claim.rough:
        return stated.may_mean(claim.way, claim.value, count)
    return claim.value == count


def _contradicts_text(report: Report, claim: Claim) -> bool:
    """Tell whether a claim that is not firm differs from a firm one of the text."""
    if claim.scope or not (claim.rough or claim.loose):
        return False
    other = report.elsewhere(claim)
    return other is not None and not may_be(claim, other.value)


def _same(report: Report, claim: Claim, cell: TableCell) -> Iterator[Remark]:
    """Yield X2 for a figure of a part of the region that is also the table's for all of it."""
    narrow = claim.scope and not claim.portal and report.regional
    if not narrow or claim.rough or cell.value is None:
        return
    why = words.say(
        "proofread.scope.same",
        scope=claim.scope,
        label=cell.label,
        place=place(cell),
        figure=text.show(cell.value),
    )
    yield remark(
        "X2",
        claim.words,
        severity=Severity.NOTICE,
        key=claim.of[0],
        value=claim.value,
        cell=cell,
        why=why,
    )


def _differs(table: Reference, claim: Claim) -> Remark:
    cell = table.cell(claim.of)
    key, hint = claim.of[0], table.hint(claim.of, claim.value)
    label, where, figure = cell.label, place(cell), text.show(cell.value)
    if claim.scope or claim.loose:
        why = words.say(
            "proofread.scope.other" if claim.scope else "proofread.scope.loose",
            scope=claim.scope,
            label=label,
            place=where,
            figure=figure,
            hint=hint,
        )
        return remark("X2", claim.words, key=key, value=claim.value, cell=cell, why=why)
    return remark(
        claim.code or "X1",
        claim.words,
        key=key,
        value=claim.value,
        cell=cell,
        label=label,
        place=where,
        figure=figure,
        hint=hint,
    )
