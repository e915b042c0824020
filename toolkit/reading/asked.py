"""Questions that a marked workbook came back without an answer to.

A warning about how a figure was read is nothing that its cell shows. So the hidden sheet of a
workbook sent back repeats what it is about, and the question stays until the figure is another one
or a 说明 stands in its row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit import marks, text
from toolkit.findings import Finding, finding
from toolkit.form import Form, row_of
from toolkit.reading import vocabulary
from toolkit.record import Record, Source


def unanswered(hidden: Mapping[str, str], form: Form, returned: Record) -> Iterator[Finding]:
    """Yield R59 for each question; the 说明 that answers it closes it like any other.

    Args:
        hidden: what the hidden sheet of the workbook says.
        form: the edition.
        returned: what was read.
    """
    known = vocabulary.of(form)
    for name, asked in hidden.items():
        key, (stood, *questions) = name.removeprefix(marks.ASKED), asked.split("\n")
        if key == name or not (key in form.indicators or key in known.rows):
            continue
        figure = returned.reported.get(key, returned.values.get(key))
        if key in form.indicators and text.spell_out(figure) != stood:
            continue
        sources = (one for of, one in returned.sources.items() if key in (of, row_of(of)))
        source = next(sources, Source())
        for question in questions:
            found = finding("R59", key=key, value=question, question=question)
            yield replace(found, sheet=source.sheet, cell=source.cell)
