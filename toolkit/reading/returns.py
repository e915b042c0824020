"""From a file to a record: every figure with its source, and what was found on the way.

What is traced in a single cell (re-typed, a formula, no figure) stands in its source; checking
the record turns it into findings, so that nothing is said twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import record, schema, words
from toolkit.findings import Finding, Refused, Severity, finding
from toolkit.form import Form
from toolkit.marks import Mark
from toolkit.reading import books, formats, guard
from toolkit.reading.asked import unanswered
from toolkit.reading.foreign import foreign
from toolkit.reading.grid import Book
from toolkit.reading.heads import read_head
from toolkit.reading.locate import Located, locate
from toolkit.reading.recognise import (
    edition_named,
    hidden,
    metadata,
    recognise,
    refuse_others,
)
from toolkit.reading.room import RETURN
from toolkit.reading.tables import read_tables
from toolkit.reading.tampering import tampering
from toolkit.record import Record
from toolkit.roster import Cover


@dataclass(frozen=True, slots=True)
class Return:
    """A return as it was read."""

    record: Record
    findings: tuple[Finding, ...] = ()
    """What was found in locating the cells; what stands in them is for the check."""
    modified: str = ""
    """When the file says it was last saved, as an ISO date and time; "" if it does not say."""
    kind: str = ""
    """What the file says it is (marks.Kind), "" for a file that is not ours."""
    scope: str = ""
    """What a region's form covers (roster.Cover), "" for any other return."""


def read_return(data: bytes) -> Return:
    """Read a return, a workbook or the JSON of a record.

    Args:
        data: the bytes of the file.

    Raises:
        Refused: R1–R6 the file cannot be read, R7 the JSON is no record, R10 it is no form, or
            of an edition not defined, R14 it is a summary.
    """
    if formats.is_json(data):
        if len(data) > RETURN.file_bytes:
            raise guard.unsafe("file")
        return Return(_record(data))
    return read_workbook(_book(data))


def _book(data: bytes) -> Book:
    """Return a workbook within the room of a return.

    A summary of ours may well be over its limits, and is said to be one all the same.
    """
    try:
        return books.read(data)
    except Refused as refused:
        if refused.finding.code == guard.UNSAFE:
            refuse_others(books.properties(data))
        raise


def read_workbook(book: Book, form: Form | None = None) -> Return:
    """Read the return in a workbook.

    Args:
        book: the workbook.
        form: the edition to read it as; recognised where it is not given.

    Raises:
        Refused: R10 it is no form, or of an edition not defined, R14 it is a summary.
    """
    form = form or recognise(book)
    known = metadata(book)
    located = locate(book, form)
    strange = foreign(book, form, located)
    above = read_head(form, located, known, from_1904=book.from_1904)
    table = read_tables(form, located)
    returned = Record(
        form=form.edition,
        year=above.year,
        unit=above.unit,
        values=table.values,
        reported=table.reported,
        nil=above.nil,
        contacts=above.contacts,
        explanations=table.explanations,
        sources={**above.sources, **table.sources},
        extra=table.extra,
    )
    notes = tuple(finding("R21", note=note) for note in book.notes)
    found = (
        *above.findings,
        *_located(located, strange),
        *table.findings,
        *unanswered(hidden(book), form, returned),
        *tampering(form, located, known),
        *notes,
    )
    explained = tuple(_explained(one, returned) for one in found)
    scope = known.get(Mark.SCOPE, "")
    covers = scope if scope in set(Cover) else ""
    return Return(returned, explained, book.modified, known.get(Mark.KIND, ""), covers)


def _located(located: Located, strange: Mapping[str, Finding]) -> Sequence[Finding]:
    """Return what was found in locating; of a table of another edition only that it is one."""
    missing = [
        one
        for table, found in located.missing.items()
        for one in ([strange[table]] if table in strange else found)
    ]
    return [*dict.fromkeys(missing), *located.doubts]


def _explained(found: Finding, returned: Record) -> Finding:
    """Return a finding with the 说明 that closes it, if it is a warning."""
    if found.severity is not Severity.WARNING:
        return found
    return replace(found, explanation=returned.explanation(found.key))


def _record(data: bytes) -> Record:
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("R7", reason=words.say("reading.not_text")) from error
    plain = record.parse(content)
    if not isinstance(plain, dict):
        raise Refused("R7", reason=words.say("reading.not_one_object"))
    if "form" not in plain:
        raise Refused("R10", reason=words.say("reading.no_form"))
    form = edition_named(str(plain["form"]))
    if where := schema.misshapen(plain, form):
        raise Refused("R7", reason=words.say("reading.misshapen", where=where))
    return record.undump(plain, form)
