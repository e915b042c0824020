"""What each row of a page claims to be, by the two witnesses it has: its key and its label.

Where both agree, the row is certain wherever it has moved to. Where they do not, or the key
is gone, the label decides, within its section and only if it can mean one thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from toolkit.findings import Finding, finding
from toolkit.form import Form
from toolkit.reading.labels import Labels, bare
from toolkit.reading.pages import Page, Spot, headings


class How(StrEnum):
    """Which witness named a row."""

    KEY = "key"
    """The key, and the label agrees."""
    LABEL = "label"
    """The label alone."""
    DOUBT = ""
    """Neither: they contradict each other."""


class Placed(NamedTuple):
    """An indicator and its cells; a tuple as cells are."""

    key: str
    page: Page
    label: Spot
    value: Spot
    explanation: Spot | None
    reported: Spot | None
    how: How
    taken: bool = True
    """False where it is not certain that the value is meant and is this indicator's."""
    findings: tuple[Finding, ...] = ()

    @property
    def keyed(self) -> bool:
        """Tell whether anything stands in the row's key cell."""
        return bool(self.page.key(self.label.row))


@dataclass(frozen=True, slots=True)
class Extra:
    """A value in a row that the form does not have (附加指标)."""

    label: str
    value: Spot


def claims(page: Page, form: Form, known: Labels) -> Iterator[Placed | Extra]:
    """Yield what the rows below the header row claim to be; rows that hold nothing claim nothing.

    Args:
        page: one sheet.
        form: the edition it is read as.
        known: the labels of that edition.
    """
    section, in_foot = "", False
    for row in page.rows:
        if row <= page.header:
            continue
        key, label = page.key(row), bare(page.label(row))
        section = known.sections.get(label, section)
        in_foot = in_foot or key in form.fields or label in known.fields
        if key in form.indicators and key in known.indicators.get(label, ()):
            yield _placed(page, row, form, key, How.KEY)
            continue
        decided = known.decide(label, section)
        if key in form.indicators:
            yield _contradicted(page, row, form, key, decided)
        elif decided:
            yield _placed(page, row, form, decided, How.LABEL)
        elif not in_foot and label not in headings() and page.value(row).filled:
            yield Extra(page.label(row), page.value(row))


def _contradicted(page: Page, row: int, form: Form, key: str, decided: str) -> Placed:
    """Return the claim of a row whose key and label disagree."""
    label, name = page.label(row), form.indicators[key].name
    if decided:
        placed = _placed(page, row, form, decided, How.LABEL)
        found = finding("R15", key=decided, label=label, name=name)
    else:
        placed = _placed(page, row, form, key, How.DOUBT)._replace(taken=False)
        found = finding("R9", key=key, label=label, name=name)
    return placed._replace(findings=(*placed.findings, at(found, placed.label)))


def _placed(page: Page, row: int, form: Form, key: str, how: How) -> Placed:
    label = Spot(page.sheet, row, page.columns["label"])
    value = page.value(row)
    placed = Placed(
        key, page, label, value, page.spot(row, "explanation"), page.spot(row, "reported"), how
    )
    if not page.covered(row):
        return placed
    found = at(finding("R19", key=key, label=form.indicators[key].name), value)
    return placed._replace(taken=False, findings=(found,))


def at(found: Finding, spot: Spot) -> Finding:
    """Return a finding with the place it is about."""
    return replace(found, sheet=spot.sheet.name, cell=spot.address)
