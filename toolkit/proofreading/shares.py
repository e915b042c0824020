"""Percentages of a text, computed again (X4).

A percentage that is cut off or raised to its last digit is right: shares that are to make 100
together cannot all be rounded.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit import text
from toolkit.findings import Number
from toolkit.narrative import Quote
from toolkit.proofreading import language, stated
from toolkit.proofreading.phrases import Keys
from toolkit.proofreading.plain import Plain
from toolkit.proofreading.reference import parts_of
from toolkit.proofreading.remarks import Remark, remark
from toolkit.proofreading.report import Report
from toolkit.proofreading.stated import PERCENT, Stated

_CLAUSES = "。；！？\n"
_PAUSES = "，：、" + _CLAUSES


def remarks(report: Report) -> Iterator[Remark]:
    """Yield the percentages that their figures do not make."""
    for one in report.texts:
        figures = list(stated.find(one.text))
        for place, figure in enumerate(figures):
            if figure.unit == PERCENT and not figure.rough:
                yield from _recomputed(report, one, figures[:place], figure)


def right(percent: Stated, part: Number, whole: Number) -> bool:
    """Tell whether a percentage is that of a part in a whole, cut off or raised or rounded."""
    if not whole:
        return True
    said, decimals = stated.percentage(percent)
    return abs(_share(part, whole) - said) < Decimal(1).scaleb(-decimals)


def wrong(words: Quote, percent: Stated, part: Number, whole: Number) -> Remark:
    """Return the remark on a percentage that is not that of a part in a whole."""
    return remark(
        "X4",
        words,
        value=stated.percentage(percent)[0],
        part=text.show(part),
        whole=text.show(whole),
        percent=text.show(_share(part, whole)),
    )


def wholes(report: Report, of: Keys) -> list[Number]:
    """Return the figures, of text and table, of what an indicator is a part of.

    Where parts overlap, people take their sum for the whole as well.
    """
    found: list[Number] = []
    for key in report.form.indicators:
        for parts in parts_of(report.form, key):
            if set(of) <= set(parts.of):
                found += report.figures((key,))
                found += [_added(report, parts.of)] if parts.overlap else []
    return found


def _added(report: Report, of: Keys) -> Number:
    known = [figures[0] for key in of if (figures := report.figures((key,)))]
    return text.exact(sum(map(Decimal, known)))


def _share(part: Number, whole: Number) -> Decimal:
    """Return what per cent a part is of a whole that is not 0."""
    return Decimal(part) * 100 / Decimal(whole)


def _recomputed(
    report: Report, one: Plain, before: Sequence[Stated], figure: Stated
) -> Iterator[Remark]:
    lead = one.text[before[-1].end if before else 0 : figure.start]
    if language.pattern("share.growth").search(lead):
        return
    counts = [other for other in before if other.unit != PERCENT and not other.rough]
    if language.pattern("share.share").search(lead):
        found = _of_whole(report, one, counts, figure)
    elif language.pattern("share.rate").search(lead):
        found = _rate(one, counts, figure)
    else:
        return
    if found is not None:
        start = max(one.text.rfind(sign, 0, figure.start) for sign in _PAUSES) + 1
        yield wrong(one.quote(start, figure.end), figure, *found)


def _of_whole(
    report: Report, one: Plain, counts: Sequence[Stated], figure: Stated
) -> tuple[Number, Number] | None:
    """Return part and whole of a share that is wrong for every whole it may be of."""
    part = counts[-1] if counts else None
    value = _value(part) if part else None
    if part is None or value is None or _parted(one, part.end, figure.start):
        return None
    claim = report.at(one).get(part.start)
    known = wholes(report, claim.of) if claim else []
    others = [
        said
        for other in counts[:-1]
        if other.unit == part.unit and (said := _value(other)) is not None and said > value
    ]
    every = [*known, *others]
    if not every or any(right(figure, value, whole) for whole in every):
        return None
    if not known and len(set(others)) > 1:
        return None  # nobody can tell which of them is the whole
    return (value, every[0]) if every[0] else None


def _rate(one: Plain, counts: Sequence[Stated], figure: Stated) -> tuple[Number, Number] | None:
    """Return part and whole of a rate that the two figures before it do not make."""
    same = [other for other in counts if not _parted(one, other.end, figure.start)]
    same = [other for other in same if other.unit == same[-1].unit]
    values = [value for other in same if (value := _value(other)) is not None]
    pairs = [(part, whole) for part in values for whole in values if part <= whole]
    if len(values) != 2 or any(right(figure, *pair) for pair in pairs):
        return None
    part, whole = min(values), max(values)
    return (part, whole) if part < whole else None


def _parted(one: Plain, start: int, end: int) -> bool:
    return any(sign in one.text[start:end] for sign in _CLAUSES)


def _value(figure: Stated) -> Number | None:
    return figure.value(stated.COIN)
