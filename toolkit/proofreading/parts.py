"""The parts that a text gives of a whole, added up (X5).

What may be added up the form's rules say, where they know the figures: channels overlap, the ways
in which applications came in do not. Of other figures the text alone is believed: 其中 and what
follows it in the same unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from toolkit import text, words
from toolkit.findings import Number, Severity
from toolkit.form import Form
from toolkit.proofreading import language, stated, times
from toolkit.proofreading.claims import Claim
from toolkit.proofreading.plain import SENTENCE, Plain, between
from toolkit.proofreading.reference import parts_of
from toolkit.proofreading.remarks import Remark, remark
from toolkit.proofreading.report import Report
from toolkit.proofreading.stated import Stated

_NEAR = 24
"""Characters between a whole and 其中."""
_SEVERAL = 8
"""Figures of a sentence before 其中 that it may speak of together."""
_SLIP = Decimal("0.1")
"""Parts that fall short of the whole by no more than this share of it were meant to be all."""


@dataclass(frozen=True, slots=True)
class _Split:
    """A figure, 其中, and the figures in its unit that follow."""

    whole: Stated
    parts: tuple[Stated, ...]
    room: Number
    """What the figures before 其中 add up to: it may speak of all of them."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """What parts add up to, and what can be concluded from it."""

    values: Sequence[Number]
    most: Number
    """They cannot be more than this."""
    overlap: bool = False
    """Whether they may well be more: one thing counts in several of them."""
    complete: bool = True
    """Whether all figures that follow are among them."""


def remarks(report: Report) -> Iterator[Remark]:
    """Yield wholes that their parts exceed, or just miss."""
    for one in report.texts:
        claims = report.at(one)
        figures = [f for f in stated.find(one.text) if _counts(one, f)]
        for split in _splits(one, figures):
            yield from _added_up(report.form, one, claims, split)


def _splits(one: Plain, figures: Sequence[Stated]) -> Iterator[_Split]:
    """Yield what the sentences of a text split with 其中."""
    starts = [figure.start for figure in figures]
    among = list(language.pattern("parts.among").finditer(one.text))
    for number, found in enumerate(among):
        first, last = one.start(SENTENCE, found.start()), one.end(SENTENCE, found.end())
        if number + 1 < len(among):
            last = min(last, among[number + 1].start())
        before = [figures[at] for at in between(starts, first, found.start())][-_SEVERAL:]
        if not before or found.start() - before[-1].end > _NEAR:
            continue
        whole = before[-1]
        following = [figures[at] for at in between(starts, found.end(), last)]
        parts = [f for f in _listed(one, found.end(), following) if f.unit == whole.unit]
        amounts = [_value(figure) for figure in before if figure.unit == whole.unit]
        yield _Split(whole, tuple(parts), _total([one for one in amounts if one is not None]))


def _listed(one: Plain, place: int, figures: Sequence[Stated]) -> Iterator[Stated]:
    """Yield the figures behind 其中 until the sentence turns to something else."""
    for number, figure in enumerate(figures):
        if number and language.pattern("parts.elsewhere").search(one.text[place : figure.start]):
            return
        place = figure.end
        yield figure


def _added_up(
    form: Form, one: Plain, claims: Mapping[int, Claim], split: _Split
) -> Iterator[Remark]:
    total = _value(split.whole)
    if split.whole.rough or any(part.rough for part in split.parts) or not total:
        return
    spoken = claims.get(split.whole.start)
    known = [claims[part.start] for part in split.parts if part.start in claims]
    if spoken is None or not known:
        values = [value for part in split.parts if (value := _value(part)) is not None]
        yield from _compared(one, split, total, _Sum(values, split.room))
        return
    for group in parts_of(form, spoken.of[0]) if len(spoken.of) == 1 else ():
        # Of each part that the rules name the first figure; the next may be of something else.
        named = {c.of: c.value for c in reversed(known) if set(c.of) <= {*group.of}}
        complete = len(known) == len(split.parts)
        added = _Sum(list(named.values()), total, group.overlap, complete)
        yield from _compared(one, split, total, added)


def _compared(one: Plain, split: _Split, total: Number, found: _Sum) -> Iterator[Remark]:
    if not found.values or total in accumulate(found.values):
        return  # what follows the parts that make the whole tells of something else
    added = _total(found.values)
    short = Decimal(total) - Decimal(added)
    if added > found.most and not found.overlap:
        kind, severity = "more", Severity.ERROR
    elif 0 < short <= Decimal(total) * _SLIP and len(found.values) > 1 and found.complete:
        kind, severity = "less", Severity.NOTICE
    else:
        return
    why = words.say(
        f"proofread.parts.{kind}",
        parts=text.show(added),
        whole=text.show(total),
        apart=text.show(text.exact(abs(short))),
    )
    quoted = one.quote(split.whole.start, max(part.end for part in split.parts))
    yield remark("X5", quoted, severity=severity, value=added, why=why)


def _counts(one: Plain, figure: Stated) -> bool:
    """Tell whether a figure counts things, and not a share or a change."""
    share = not figure.unit or figure.unit == stated.PERCENT
    return not share and not times.is_change(one.text, figure.start)


def _value(figure: Stated) -> Number | None:
    return figure.value(stated.COIN)


def _total(values: Sequence[Number]) -> Number:
    return text.exact(sum(map(Decimal, values)))
