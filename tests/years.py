"""Returns and tables of several years, and a small form with earlier editions."""

from pathlib import Path

from toolkit import definition
from toolkit.findings import Refused
from toolkit.reading.summaries import Table
from toolkit.record import Record, Unit, settle

MATRIX = (Path(__file__).parent / "data" / "matrix.yaml").read_text(encoding="utf-8")
EARLIER = """
earlier:
  "1990":
    reason: 旧表只有收到和办结
    pairs:
      - {now: [desk/person, mail/person], then: [asked.person], note: 口径相近}
      - {now: [closed/total], then: [done.person, done.company]}
  "1991":
    reason: 旧表不分当面和信函
    same: true
    pairs:
      - {now: [desk/company], then: [desk/company, mail/company]}
"""
SMALL = definition.parse(MATRIX + EARLIER, "matrix.yaml")
LATEST = definition.load("2021")
IN, OVER = "carried_in/person", "carried_over/person"
UNRELIABLE = Refused("R5").finding
"""Any error."""


def told(
    year: int | None = 2023,
    *,
    carried_in: int = 0,
    carried_over: int = 0,
    unit: Unit | None = None,
    filed: str = "",
) -> Record:
    """Return a faultless return of an office that had requests left over."""
    figures: dict[str, int] = dict.fromkeys((i.key for i in LATEST.entered), 0)
    done, new = max(0, carried_in - carried_over), max(0, carried_over - carried_in)
    figures |= {IN: carried_in, OVER: carried_over, "granted/person": done, "new/person": new}
    values, reported = settle(LATEST, figures, {})
    contacts = {"date": filed} if filed else {}
    return Record("2021", year, unit or Unit("甲局", "X1"), values, reported, contacts=contacts)


def table(
    year: int = 2022, *, carried_over: int = 0, unit: Unit | None = None, faulty: bool = False
) -> Table:
    record = told(year, carried_over=carried_over, unit=unit)
    errors = (UNRELIABLE,) if faulty else ()
    return Table(record.form, record.year, record.values, record.unit, errors=errors)
