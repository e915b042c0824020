"""What a report shows beside its sentences: small tables of shares, and charts.

An exhibit is data of an edition; the figures decide whether there is anything to show. Nothing is
drawn of a figure that is not there: in a chart a gap would look like 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from toolkit import text, words
from toolkit.findings import Number
from toolkit.wording import Wording


class Kind(StrEnum):
    """How an exhibit shows its parts."""

    SHARES = "shares"
    """A table: each part, its figure, its share in the sum of all."""
    BARS = "bars"
    """A chart with a bar for each part."""
    YEARS = "years"
    """A chart with two columns for each part: last year and this."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table or a chart as the data of an edition describe it; texts are Jinja templates."""

    kind: Kind
    caption: str
    of: str
    """What the parts are; the heading above them in a table."""
    parts: Mapping[str, tuple[str, ...]]
    """The keys of the figures that make up each part, by its name."""
    note: str = ""
    """What stands below a table."""


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one year, one for each part."""

    name: str
    figures: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """An exhibit with its figures."""

    kind: Kind
    caption: str
    of: str
    measure: str
    """The unit of all its figures."""
    names: tuple[str, ...]
    """What the parts are called."""
    series: tuple[Series, ...]
    """This year last."""
    shares: tuple[Decimal, ...] = ()
    """The shares of the parts; none where a part has no figure."""
    note: str = ""

    @property
    def total(self) -> Number:
        """Return the sum of this year's figures."""
        return text.exact(sum(Decimal(one) for one in self.series[-1].figures if one is not None))

    @property
    def told(self) -> str:
        """Return all of it in words, for those who cannot see a picture."""
        comma = words.say("text.and")
        lines = (
            words.say(
                "report.panel.series",
                series=series.name,
                parts=comma.join(
                    f"{name}{text.show(figure)}{self.measure}"
                    for name, figure in zip(self.names, series.figures, strict=True)
                ),
            )
            for series in self.series
        )
        return words.say("report.panel.told", caption=self.caption, series="".join(lines))


def panel(exhibit: Exhibit, wording: Wording) -> Panel | None:
    """Return an exhibit with its figures; None where they do not make one.

    A table or a chart of one year takes two parts above 0, a chart of two years one that is above
    0 in either.

    Raises:
        Unfillable: its caption cannot be filled.
    """
    of_years = exhibit.kind is Kind.YEARS
    names, series = _years(exhibit, wording) if of_years else _year(exhibit, wording)
    above = [figure for one in series for figure in one.figures if figure]
    if len(above) < (1 if of_years else 2):
        return None
    keys = list(exhibit.parts.values())
    return Panel(
        exhibit.kind,
        wording.text(exhibit.caption),
        exhibit.of,
        wording.form.indicators[keys[0][0]].measure.name,
        names,
        series,
        (wording.shares(keys) or ()) if exhibit.kind is Kind.SHARES else (),
        wording.text(exhibit.note),
    )


def _year(exhibit: Exhibit, wording: Wording) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    figures = {name: wording.total(*keys) for name, keys in exhibit.parts.items()}
    if exhibit.kind is not Kind.SHARES:  # a table may have an empty cell
        figures = {name: figure for name, figure in figures.items() if figure is not None}
    return tuple(figures), (_series("this", wording, figures.values()),)


def _years(exhibit: Exhibit, wording: Wording) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    rows = {name: wording.year_to_year(keys) for name, keys in exhibit.parts.items()}
    known = {name: row for name, row in rows.items() if row is not None}
    return tuple(known), (
        _series("last", wording, (row.last for row in known.values())),
        _series("this", wording, (row.this for row in known.values())),
    )


def _series(which: str, wording: Wording, figures: Iterable[Number | None]) -> Series:
    return Series(wording.text(words.entry(f"report.panel.{which}")), tuple(figures))
