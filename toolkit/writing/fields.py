"""Head and foot fields of the locked workbook: who reports, for which year, who signs."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from toolkit import text, words
from toolkit.form import Field, Role
from toolkit.record import Record, Unit
from toolkit.writing import prompts, status
from toolkit.writing.layout import FIRST, KEY, Layout, SheetLayout
from toolkit.writing.places import letter
from toolkit.writing.style import Look, Looks

FIRST_DATE = date(1900, 3, 1)
"""Before this the serial numbers of workbooks are off by one (ECMA-376 part 1, 18.17.4.1)."""


class Fields:
    """What stands in head and foot; what was known when the workbook was issued is locked."""

    def __init__(
        self,
        layout: Layout,
        look: Looks,
        unit: Unit,
        year: int | None,
        digest: str,
        record: Record | None,
    ) -> None:
        """Keep what is filled in.

        Args:
            layout: where everything stands.
            look: the formats of the workbook.
            unit: who the workbook is issued to.
            year: the year it is issued for.
            digest: names what is issued.
            record: the return it is filled with.
        """
        self.layout, self.look, self.digest, self.record = layout, look, digest, record
        self._issued: dict[Role, str | int] = {
            Role.UNIT_NAME: unit.name,
            Role.UNIT_CODE: unit.code,
            Role.UNIT_LEVEL: unit.level,
            Role.YEAR: year or "",
        }

    def write(self, sheet: Any, place: SheetLayout) -> Iterator[str]:
        """Write the fields of a sheet; yield the addresses of those that are inputs."""
        first, last = place.field_column, place.last_field_column
        for row, entry in place.fields():
            sheet.write_string(row - 1, KEY - 1, entry.key, self.look(Look.PLAIN))
            label = words.say("sheet.field", label=entry.label)
            look = self.look(Look.FIELD_LABEL)
            if first > FIRST + 1:
                sheet.merge_range(row - 1, FIRST - 1, row - 1, first - 2, "", look)
            sheet.write_string(row - 1, FIRST - 1, label, look)
            locked = bool(self._issued.get(entry.role))
            cells = (row - 1, first - 1, row - 1, last - 1)
            self._field(sheet, cells, entry, locked=locked)
            if verdict := status.head_verdict(self.layout, entry.role):
                sheet.write_formula(
                    row - 1, place.verdict - 1, verdict, self.look(Look.VERDICT), ""
                )
            sheet.set_row(row - 1, 20)
            if not locked:
                yield f"{letter(first)}{row}:{letter(last)}{row}"

    def content(self, entry: Field) -> str | int:
        """Return what stands in a field, "" for nothing."""
        if issued := self._issued.get(entry.role):
            return issued
        if self.record is None:
            return ""
        return _told(self.record, entry) or _untaken(self.record, entry)

    def _field(
        self, sheet: Any, cells: tuple[int, int, int, int], entry: Field, *, locked: bool
    ) -> None:
        value, (row, column, *_) = self.content(entry), cells
        look = self.look(Look.FIELD_FIXED if locked else Look.FIELD_INPUT)
        day = text.read_date(str(value)) if entry.role is Role.DATE else None
        if entry.role in (Role.YEAR, Role.NIL) and not locked:
            look = self.look(Look.FIELD_INPUT, num_format="General")
        if entry.role is Role.DATE:
            look = self.look(Look.FIELD_DATE)
        sheet.merge_range(*cells, "", look)
        if day is not None and day >= FIRST_DATE:
            sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), look)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, look)
        elif value:
            sheet.write_string(row, column, value, look)
        if not locked:
            sheet.data_validation(row, column, row, column, prompts.of_field(entry))


def _told(record: Record, entry: Field) -> str | int:
    """Return what a record says for a field."""
    unit = record.unit
    match entry.role:
        case Role.UNIT_NAME:
            return unit.name
        case Role.UNIT_CODE:
            return unit.code
        case Role.UNIT_LEVEL:
            return unit.level
        case Role.YEAR:
            return record.year or ""
        case Role.NIL:
            return text.nil_words()[0] if record.nil else ""
        case _:
            return record.contacts.get(entry.key, "")


def _untaken(record: Record, entry: Field) -> str:
    """Return what stood in a field that says nothing which could be taken."""
    read = {Role.YEAR: text.read_year, Role.NIL: text.read_nil}.get(entry.role)
    source = record.sources.get(entry.role)
    raw = source.raw if source else ""
    return raw if read and raw.strip() and read(raw) is None else ""
