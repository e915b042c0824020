"""The proofreader: all that is found in a report's text, against its table and against itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit import definition
from toolkit.form import Form
from toolkit.narrative import Grid, Narrative, Passage
from toolkit.proofreading import (
    against_table,
    authorities,
    headings,
    language,
    mentions,
    parts,
    phrases,
    shares,
    small_tables,
    within_text,
    years,
)
from toolkit.proofreading.claims import Claim, claims
from toolkit.proofreading.phrases import Phrases
from toolkit.proofreading.plain import Plain, plain
from toolkit.proofreading.reference import Reference
from toolkit.proofreading.remarks import Remark
from toolkit.proofreading.report import Report
from toolkit.reading.summaries import Table


@dataclass(frozen=True)
class Proof:
    """A report as it was proofread."""

    remarks: tuple[Remark, ...]
    """In the order of the text; those on the same words strictest first."""
    claims: tuple[Claim, ...]
    """The figures of the text that speak of indicators."""
    form: Form
    year: int | None
    paragraphs: int
    agreeing: int
    """Claims that say what the table says."""


def proofread(narrative: Narrative, table: Table | None, year: int | None = None) -> Proof:
    """Proofread a report.

    Args:
        narrative: its text.
        table: the figures it is held against; without them it is only held against itself.
        year: the year it is about, where that is known better than from table and text.
    """
    texts = tuple(map(plain, narrative.passages))
    told = year or (table.year if table else None)
    about = told or years.stated_year(texts)
    form = definition.load(table.form) if table else _usual(about)
    known = phrases.load(form)
    report = Report(
        form=form,
        texts=texts,
        claims=_claims(form, known, narrative, texts),
        table=_reference(form, table) if table else None,
        year=about,
        names="\n".join(filter(None, (table.unit.name if table else "", years.names(texts)))),
        regional=any(language.pattern("scope.region").search(one.text) for one in texts),
    )
    paths = headings.paths(texts)
    found = list(_found(report, known, narrative, paths))
    under = {id(one.passage): path for one, path in zip(texts, paths, strict=True)}
    return Proof(
        remarks=_in_order(narrative, found, under),
        claims=report.claims,
        form=form,
        year=about,
        paragraphs=len(texts),
        agreeing=_agreeing(report),
    )


def _reference(form: Form, table: Table) -> Reference:
    return Reference(form, {**table.values, **table.reported}, table.values, table.sources)


def _claims(
    form: Form, known: Phrases, narrative: Narrative, texts: Sequence[Plain]
) -> tuple[Claim, ...]:
    """Return the claims of paragraphs and small tables in the order of the text."""
    plains = {id(one.passage): one for one in texts}
    found: list[Claim] = []
    for block in narrative.blocks:
        if isinstance(block, Passage):
            found += claims(form, known, plains[id(block)])
        else:
            found += small_tables.claims(form, known, block)
    return tuple(found)


def _usual(year: int | None) -> Form:
    """Return the edition that is usual for a year: the newest of those that serve it."""
    forms = [definition.load(edition) for edition in definition.editions()]
    serving = [form for form in forms if year is not None and form.serves(year)]
    return max(serving or forms, key=lambda form: form.first_year)


def _found(
    report: Report, known: Phrases, narrative: Narrative, paths: Sequence[tuple[str, ...]]
) -> Iterator[Remark]:
    yield from against_table.remarks(report)
    yield from within_text.stated_twice(report)
    yield from within_text.rough(report)
    yield from shares.remarks(report)
    yield from (r for grid in narrative.grids for r in small_tables.remarks(report, known, grid))
    yield from parts.remarks(report)
    yield from headings.faults(report.texts)
    yield from authorities.remarks(report)
    yield from years.remarks(report)
    yield from mentions.remarks(report, known.mentions, paths)


def _in_order(
    narrative: Narrative, found: Iterable[Remark], under: dict[int, tuple[str, ...]]
) -> tuple[Remark, ...]:
    """Return remarks from top to bottom, each with the headings it stands under."""
    order: dict[int, int] = {}
    path: tuple[str, ...] = ()
    for block in narrative.blocks:
        cells = block.cells if isinstance(block, Grid) else (block,)
        for passage in cells:
            order[id(passage)] = len(order)
            path = under.setdefault(id(passage), path)

    def place(one: Remark) -> tuple[int, int, int]:
        return order[id(one.words.passage)], one.words.start, one.finding.severity.rank

    return tuple(
        replace(one, heading=under[id(one.words.passage)]) for one in sorted(found, key=place)
    )


def _agreeing(report: Report) -> int:
    table = report.table
    return 0 if table is None else sum(against_table.agrees(one, table) for one in report.claims)
