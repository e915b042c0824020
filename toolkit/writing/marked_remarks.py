"""What is said in a workbook sent back: each finding with its place there, and what stood there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit import record as records
from toolkit import text, words
from toolkit.findings import Finding
from toolkit.form import Field
from toolkit.record import Record, Source
from toolkit.writing import contents
from toolkit.writing.contents import Content
from toolkit.writing.fields import Fields
from toolkit.writing.layout import Layout
from toolkit.writing.marked_asking import Asking
from toolkit.writing.marked_words import one_line, problem
from toolkit.writing.places import Place

_STOOD, _SAID, _MESSAGE = 120, 200, 400
"""So many characters of a text are shown; a returned file may hold very long ones."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as its workbook shows it."""

    found: Finding
    place: Place | None
    """The cell of this workbook; None for a finding about the file as a whole."""
    name: str
    """What the figure or field is called."""
    stood: str
    """What stood there in the file that came in."""
    source: str
    """Where it stood, if that was not the same cell; "" otherwise."""
    said: str
    """The 说明 that the clerk wrote in its row."""
    message: str
    """What is wrong and what to do."""


class Remarks:
    """The findings about one return, and the layout of the workbook they are shown in."""

    def __init__(
        self, layout: Layout, fields: Fields, record: Record, findings: Iterable[Finding]
    ) -> None:
        """Keep what the remarks are made of.

        Args:
            layout: where everything stands in the workbook sent back.
            fields: what stands in its head and foot.
            record: the return.
            findings: all that was found in it.
        """
        self.layout, self.fields, self.record = layout, fields, record
        self._findings = tuple(findings)
        self.asking = Asking(layout.form, record, self._findings)
        form = layout.form
        dated = records.date_field(form)
        self.date_key = dated.key if dated else ""
        self._fields = dict(form.fields) | records.places(form)
        self._rows = {
            row: Place(sheet.name, at, sheet.explanation)
            for sheet in layout.sheets
            for row, at in sheet.keyed_rows.items()
        }
        self._labels = {line.key: line.label for _, line in form.listed() if line.key}
        self._order = {sheet.name: number for number, sheet in enumerate(layout.sheets)}

    def all(self) -> tuple[Remark, ...]:
        """Return the findings as remarks: the strictest first, then from top to bottom."""
        return tuple(sorted(map(self._remark, self._findings), key=self._sorted_by))

    def place(self, key: str) -> Place | None:
        """Return where a key's content is put right: of a total in its 原报数, if one was told.

        Of a row it is its 说明.
        """
        if self.asking.told(key):
            return self.layout.reported(key)
        if key in self.layout.form.indicators:
            return self.layout.value(key)
        if entry := self._fields.get(key):
            return self._field(entry)
        return self._rows.get(key)

    def content(self, key: str) -> Content:
        """Return what the workbook holds for a key; for a total what was reported, if it was."""
        form = self.layout.form
        if key in form.indicators:
            if not form.indicators[key].computed:
                return contents.of_input(form, self.record, key)
            told = contents.of_total(form, self.record, key)
            return self.record.values[key] if told is None else told
        if entry := self._fields.get(key):
            return self.fields.content(entry) or None
        return self.record.explanations.get(key)

    def originals(self) -> Iterator[tuple[str, str]]:
        """Yield the keys of figures that are not what stood in the file, and what stood there."""
        for key in self.layout.form.indicators:
            if original := self.original(key):
                yield key, original

    def original(self, key: str) -> str:
        """Return what stood in the file for a key, with its place; "" if the workbook shows it."""
        source = self.record.sources.get(key)
        if source is None or not source.raw.strip() or source.raw == _spelled(self.content(key)):
            return ""
        raw = one_line(source.raw, _STOOD)
        where = _where(source)
        return words.say("marked.original.line", raw=raw, place=where) if where else raw

    def _remark(self, found: Finding) -> Remark:
        asking = self.asking.cells(found)
        # What should have been done to the file that came in cannot be done in this one.
        message = problem(found) + self.asking.remedy(asking) if asking else found.message
        place = self.place(asking[0] if asking else found.key)
        return Remark(
            found,
            place,
            self._name(found.key),
            self._stood(found, asking),
            self._source(found, place),
            one_line(found.explanation or self.record.explanation(found.key), _SAID),
            one_line(message, _MESSAGE),
        )

    def _field(self, entry: Field) -> Place:
        sheet = next(s for s in self.layout.sheets if any(entry == f for _, f in s.fields()))
        return sheet.field(entry.key)

    def _name(self, key: str) -> str:
        if key in self.layout.form.indicators:
            return self.layout.form.indicators[key].name
        entry = self._fields.get(key)
        return entry.label if entry else self._labels.get(key, "")

    def _stood(self, found: Finding, asking: Sequence[str]) -> str:
        source = self.record.sources.get(found.key)
        if source is None and len(asking) == 1:
            source = self.record.sources.get(asking[0])
        if source and source.raw.strip():
            return one_line(source.raw, _STOOD)
        if len(asking) > 1 or any(map(self.asking.missing, asking)):
            return ""
        if found.value is None:
            return text.show(None) if self.place(found.key) else ""
        return one_line(_spelled(found.value), _STOOD)

    def _source(self, found: Finding, place: Place | None) -> str:
        """Return where a finding was made, if that is not where this workbook has it."""
        if not found.sheet and not found.cell:
            return ""
        if place and (place.sheet, place.address) == (found.sheet, found.cell):
            return ""
        return _where(Source(found.sheet, found.cell))

    def _sorted_by(self, remark: Remark) -> tuple[int | str, ...]:
        place, rank = remark.place, remark.found.severity.rank
        if place is None:
            return rank, -1, 0, 0, remark.found.code
        return rank, self._order[place.sheet], place.row, place.column, remark.found.code


def _spelled(content: Content) -> str:
    return content if isinstance(content, str) else text.spell_out(content)


def _where(source: Source) -> str:
    """Return a place in the file that came in as people name it."""
    sheet, cell = (one_line(part, 60) for part in (source.sheet, source.cell))
    if sheet and not cell:
        return words.say("marked.in_sheet", sheet=sheet)
    return words.say("marked.place", sheet=sheet, cell=cell) if sheet else cell
