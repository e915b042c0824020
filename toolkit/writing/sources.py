"""The 来源 sheet: each figure that is not as it stood in its file, and where it came from."""

from collections.abc import Iterator, Sequence

from toolkit import text, words
from toolkit.form import Form
from toolkit.reading.columns import How
from toolkit.record import Record, Source
from toolkit.sums import Adjustment, Counted
from toolkit.writing import lists
from toolkit.writing.details import Details
from toolkit.writing.details_sheet import adjusted_by
from toolkit.writing.sheets import Content, Sheet

_COLUMNS = {
    "unit_name": 24.0,
    "indicator": 38.0,
    "value": 12.0,
    "done": 22.0,
    "raw": 20.0,
    "file": 32.0,
    "sheet": 18.0,
    "cell": 9.0,
}
_HEADER = 2


def write(sheet: Sheet, details: Details) -> None:
    """Write what was done to figures.

    Args:
        sheet: an empty sheet.
        details: the returns that count, and what was added to them.
    """
    summary = details.summary
    form = summary.form
    rows = [
        *(row for one in summary.adopted for row in _of_return(form, one)),
        *(_of_adjustment(form, one) for one in details.adjustments),
    ]
    sheet.title(words.say("summary.sources", name=form.name, year=summary.year))
    sheet.remark(1, words.say("summary.sourced", count=len(rows)))
    lists.write(sheet, _HEADER, _COLUMNS, rows, frozen=2)


def _of_return(form: Form, one: Counted) -> Iterator[Sequence[Content]]:
    """Yield the figures of a return that do not stand in its file as they were added up."""
    record, path = one.record, one.submission.path
    traced = record.sources.keys() | record.reported.keys()
    for key in (key for key in form.indicators if key in traced):
        source = record.sources.get(key, Source())
        if how := done(record, key, source):
            told = words.say(f"summary.done.{how}")
            raw = source.raw or text.show(record.reported.get(key))
            name, figure = form.indicators[key].name, record.values[key]
            yield record.unit.name, name, figure, told, raw, path, source.sheet, source.cell


def done(record: Record, key: str, source: Source) -> str:
    """Return by which word of the catalogue is told what became of a figure; "" for nothing.

    A word for nothing stands in 明细 as it stood in the file.

    Args:
        record: the return.
        key: the figure.
        source: where it came from.
    """
    if record.reported.get(key, record.values[key]) != record.values[key]:
        return "recomputed"
    if source.done in words.entry("summary.done"):
        return source.done
    if source.done != text.Meaning.NOTHING and source.raw and record.values[key] is None:
        return "unread"
    return "similar" if source.located == How.SIMILAR else ""


def _of_adjustment(form: Form, added: Adjustment) -> Sequence[Content]:
    decision = added.decision
    name = form.indicators[decision.key].name
    told = words.say("summary.done.adjusted")
    return added.unit.name, name, decision.amount, told, "", adjusted_by(added), "", ""
