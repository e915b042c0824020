"""What a merge came to, and the files that tell of it; each is made only where it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.folder import Skipped
    from toolkit.ledger import Ledger
    from toolkit.merge import Summary
    from toolkit.outputs import Output
    from toolkit.questions import Question
    from toolkit.record import Unit
    from toolkit.roster import Cover
    from toolkit.swings import YearOnYear


@dataclass(frozen=True)
class Merged:
    """What came of merging."""

    summary: "Summary"
    skipped: "tuple[Skipped, ...]"
    yearly: "YearOnYear | None"
    arrivals: Mapping[str, datetime]

    @property
    def settled(self) -> bool:
        """Tell whether nobody has to do anything any more."""
        return self.summary.settled and (self.yearly is None or self.yearly.settled)

    @property
    def questions(self) -> "tuple[Question, ...]":
        """Return all that somebody may have to explain about the merged figures."""
        sums = (one for found in self.summary.sums.values() for one in found.questions)
        swings = self.yearly.swings if self.yearly else ()
        return (*sums, *(one.question for one in swings))

    @cached_property
    def fingerprint(self) -> str:
        """Return what all outputs are made of."""
        from toolkit import collection, outputs

        told = (collection.stamp(), self.summary, self.skipped, self.yearly)
        return outputs.fingerprint(*told)


def summary(merged: Merged, path: Path) -> "Output":
    """Return the summary workbook."""
    from toolkit.outputs import Output

    def make() -> bytes:
        from toolkit.writing import summary as writer

        return writer.workbook(merged.summary, merged.skipped, merged.yearly)

    return Output(path, merged.fingerprint, make)


def sent_up(merged: Merged, path: Path, region: "Unit", cover: "Cover") -> "Output":
    """Return the region's own return, of all of it or of its own offices."""
    from toolkit import sums
    from toolkit.outputs import Output, fingerprint

    form, year = merged.summary.form, merged.summary.year
    record = sums.record_of(form, year, region, merged.summary.sums[cover])

    def make() -> bytes:
        from toolkit.writing import template

        return template.region(form, record, cover)

    return Output(path, fingerprint(merged.fingerprint, record, cover), make)


def page(merged: Merged, path: Path, ledger: "Ledger", today: date) -> "Output":
    """Return the review page, as of a day, with the source of every figure from the ledger."""
    from toolkit.outputs import Output, fingerprint

    def make() -> bytes:
        from toolkit import collection
        from toolkit.writing import review_page

        traced = collection.traced(merged.summary, ledger)
        return review_page.page(traced, merged.skipped, merged.yearly, merged.arrivals, today)

    return Output(path, fingerprint(merged.fingerprint, merged.arrivals, today), make)
