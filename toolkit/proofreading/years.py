"""Years that are not the report's (X8): in its title, in its period, beside its figures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.narrative import Story
from toolkit.proofreading import language, times
from toolkit.proofreading.plain import Plain
from toolkit.proofreading.remarks import Remark, remark
from toolkit.proofreading.report import Report

_TITLE = 5
"""A title is one of the first paragraphs."""


def stated_year(texts: Sequence[Plain]) -> int | None:
    """Return the year that a report says it is about, None where it says nothing of the kind."""
    for one in texts[:_TITLE]:
        if found := language.pattern("year.title").search(one.text):
            return int(found[1])
    for one in texts:
        if period := times.period(one.text):
            return int(period[1])
    named = Counter(year for one in texts for year, _ in times.named(one.text))
    return named.most_common(1)[0][0] if named else None


def remarks(report: Report) -> Iterator[Remark]:
    """Yield the years that are not the report's."""
    if report.year is None:
        return
    for place, one in enumerate(report.texts):
        patterns = [times.period(one.text)]
        if place < _TITLE:
            patterns.append(language.pattern("year.title").search(one.text))
        for found in patterns:
            if found and int(found[1]) != report.year:
                yield _other(report.year, one, found.start(1), found.end(1))
    this_year = {(id(c.words.passage), c.of) for c in report.claims if c.year == report.year}
    for claim in report.claims:
        year = claim.year
        inside = claim.words.passage.story is Story.TABLE
        if year is None or year in (report.year, report.year + 1) or inside:
            continue
        if (id(claim.words.passage), claim.of) not in this_year:  # where two years are compared
            yield remark(
                "X8",
                claim.words,
                key=claim.of[0],
                value=claim.value,
                found=year,
                year=report.year,
            )


def _other(year: int, one: Plain, start: int, end: int) -> Remark:
    found = int(one.text[start:end])
    return remark("X8", one.quote(start, end), value=found, found=found, year=year)


def names(texts: Sequence[Plain]) -> str:
    """Return the title of a report and the line above its date, which name who reports."""
    every = [one.text for one in texts]
    titles = [text for text in every[:_TITLE] if language.pattern("year.title").search(text)]
    dated = language.pattern("year.dated")
    signed = [above for above, below in pairwise(every) if dated.fullmatch(below)]
    return "\n".join([*titles, *signed])
