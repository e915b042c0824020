"""What is said in a workbook sent back: each finding with its place there, and what stood there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit import record as records
from toolkit import text, words
from toolkit.certainty import Verdict
from toolkit.findings import Finding, Number, Severity
from toolkit.form import Field, row_of
from toolkit.record import MISSING, Record, Source
from toolkit.writing import contents
from toolkit.writing.contents import Content
from toolkit.writing.fields import Fields
from toolkit.writing.layout import Layout
from toolkit.writing.places import Place

_STOOD, _SAID, _MESSAGE = 120, 200, 400
"""So many characters of a text are shown; a returned file may hold very long ones."""
_CUT = "…"
_ASKED = "R59"
"""A question that came back; what it asked then is its value."""


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


def one_line(content: str, limit: int) -> str:
    """Return a text without line breaks, cut to a length that can be shown."""
    joined = " ".join(text.printable(content).split())
    return joined if len(joined) <= limit else joined[: limit - 1] + _CUT


def problem(found: Finding) -> str:
    """Return what is wrong, without what the file that came in should have been done to."""
    entry: dict[str, str] = words.entry("finding").get(found.code, {})
    return found.message.removesuffix(entry.get("remedy", ""))


class Remarks:
    """The findings about one return, and the layout of the workbook they are shown in."""

    def __init__(self, layout: Layout, fields: Fields, record: Record) -> None:
        """Keep what the remarks are made of.

        Args:
            layout: where everything stands in the workbook sent back.
            fields: what stands in its head and foot.
            record: the return.
        """
        self.layout, self.fields, self.record = layout, fields, record
        form = layout.form
        dated = records.date_field(form)
        self.date_key = dated.key if dated else ""
        self._fields = dict(form.fields) | records.places(form)
        self._rows = {
            row: Place(sheet.name, at, sheet.explanation)
            for sheet in layout.sheets
            for row, at in sheet.keyed_rows.items()
        }
        self._rules = {rule.code for rule in form.rules}
        self._labels = {line.key: line.label for _, line in form.listed() if line.key}
        self._order = {sheet.name: number for number, sheet in enumerate(layout.sheets)}

    def of(self, findings: Iterable[Finding]) -> tuple[Remark, ...]:
        """Return findings as remarks: the strictest first, then from top to bottom."""
        return tuple(sorted(map(self._remark, findings), key=self._sorted_by))

    def place(self, key: str) -> Place | None:
        """Return where a key's content is put right: of a total in its 原报数, if one was told.

        Of a row it is its 说明.
        """
        if self.told(key):
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

    def told(self, key: str) -> bool:
        """Tell whether a total was told by who reports, rightly or wrongly."""
        indicator = self.layout.form.indicators.get(key)
        if indicator is None or not indicator.computed:
            return False
        return contents.of_total(self.layout.form, self.record, key) is not None

    def figure(self, key: str) -> Number | None:
        """Return the figure that was read for a key; None for a field or a row."""
        record = self.record
        return record.reported.get(key, record.values.get(key))

    def question(self, found: Finding) -> str:
        """Return what a finding asks that no cell and no rule asks again; "" for nothing."""
        if found.severity is not Severity.WARNING or found.code in self._rules | {*Verdict}:
            return ""
        entered = [i.key for i in self.layout.form.entered if found.key in (i.key, row_of(i.key))]
        known = found.key in self._rows or found.key in self.layout.form.indicators
        if not known or (entered and all(self._unsure(key) for key in entered)):
            return ""
        asked = found.value if found.code == _ASKED else problem(found)
        return one_line(str(asked), _MESSAGE)

    def asking(self, found: Finding) -> Sequence[str]:
        """Return the keys of the figures of which a finding left none for sure; their cells ask."""
        if found.severity is not Severity.ERROR or found.code in self._rules:
            return ()
        indicators = self.layout.form.indicators
        return [
            key
            for key in indicators
            if self._unsure(key)
            and (found.key in (key, row_of(key)) if found.key else self._missing(key))
            and (self.told(key) or not indicators[key].computed)
        ]

    def _unsure(self, key: str) -> bool:
        return self.record.sources.get(key, Source()).unsure

    def _missing(self, key: str) -> bool:
        return self.record.sources.get(key, Source()).located == MISSING

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
        asking = self.asking(found)
        place = self.place(asking[0] if asking and found.key else found.key)
        return Remark(
            found,
            place,
            self._name(found.key),
            self._stood(found),
            self._source(found, place),
            one_line(found.explanation or self.record.explanation(found.key), _SAID),
            one_line(self._message(found, asking), _MESSAGE),
        )

    def _message(self, found: Finding, asking: Sequence[str]) -> str:
        """Return what is wrong and what to do; what cannot be done in this workbook is left out."""
        if not asking:
            return found.message
        if len(asking) > 1:
            return problem(found) + words.say("marked.asking.several")
        (key,) = asking
        name = "marked.asking.total" if self.told(key) else "marked.asking.one"
        return problem(found) + words.say(name, content=self.content(key))

    def _field(self, entry: Field) -> Place:
        sheet = next(s for s in self.layout.sheets if any(entry == f for _, f in s.fields()))
        return sheet.field(entry.key)

    def _name(self, key: str) -> str:
        if key in self.layout.form.indicators:
            return self.layout.form.indicators[key].name
        entry = self._fields.get(key)
        return entry.label if entry else self._labels.get(key, "")

    def _stood(self, found: Finding) -> str:
        source = self.record.sources.get(found.key)
        if source and (source.raw.strip() or source.located == MISSING):
            return one_line(source.raw, _STOOD)
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
