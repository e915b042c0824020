"""Head and foot of a located form: unit, year, 零报告, and who signed when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit import text, words
from toolkit.findings import Finding, finding
from toolkit.form import Form, Role
from toolkit.marks import Mark
from toolkit.reading import figures
from toolkit.reading.grid import Kind
from toolkit.reading.locate import Located
from toolkit.record import Source, Unit


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the tables."""

    unit: Unit
    year: int | None
    nil: bool
    contacts: Mapping[str, str]
    sources: Mapping[str, Source]
    """Where the fields of the head stand, by role."""
    findings: tuple[Finding, ...]


def read_head(form: Form, located: Located, known: Mapping[str, str]) -> Head:
    """Read the fields of head and foot.

    What a field says stands; a blank one takes what the file was issued for.

    Args:
        form: the edition.
        located: where its fields are.
        known: our marks in the file.
    """
    contents = {key: entry.content for key, entry in located.fields.items()}
    said = {field.role: contents.get(field.key, "") for field in form.head}
    year, code = said.get(Role.YEAR, ""), said.get(Role.UNIT_CODE, "")
    sources = {
        str(field.role): Source(entry.spot.sheet.name, entry.spot.address, entry.content)
        for field in form.head
        if (entry := located.fields.get(field.key))
    }
    contacts = {
        field.key: figures.day(content) if field.role is Role.DATE else content
        for field in form.foot
        if (content := contents.get(field.key))
    }
    return Head(
        unit=Unit(said.get(Role.UNIT_NAME, ""), code or known.get(Mark.UNIT, "")),
        year=figures.year(year) if year else _stated_year(located, known),
        nil=text.tidy(said.get(Role.NIL, "")) == text.nil_words()[0],
        contacts=contacts,
        sources=sources,
        findings=tuple(_contradictions(form, year, code, known, sources)),
    )


def _stated_year(located: Located, known: Mapping[str, str]) -> int | None:
    """Return the year the file was issued for, or the one year its title names."""
    if known:
        return figures.year(known.get(Mark.YEAR, ""))
    pattern = re.compile(words.entry("reading.title_year"))
    named = {
        int(year)
        for page in located.pages
        for row, cells in page.rows.items()
        if row < page.header
        for cell in cells.values()
        if cell.kind is Kind.TEXT
        for year in pattern.findall(text.tidy(cell.raw))
    }
    return named.pop() if len(named) == 1 else None


def _contradictions(
    form: Form, year: str, code: str, known: Mapping[str, str], sources: Mapping[str, Source]
) -> Iterator[Finding]:
    """Yield F8 where the head says something else than the file was issued for."""
    found, issued = figures.year(year), figures.year(known.get(Mark.YEAR, ""))
    if found and issued and found != issued:
        wrong = words.say("reading.issued_year", found=found, issued=issued)
        yield _wrong(form, Role.YEAR, found, wrong, sources)
    unit = known.get(Mark.UNIT, "")
    if code and unit and text.tidy(code) != text.tidy(unit):
        wrong = words.say("reading.issued_unit", found=code, issued=unit)
        yield _wrong(form, Role.UNIT_CODE, code, wrong, sources)


def _wrong(
    form: Form, role: Role, value: int | str, wrong: str, sources: Mapping[str, Source]
) -> Finding:
    found = finding("F8", severity=form.formats["F8"], key=role, value=value, wrong=wrong)
    return replace(found, sheet=sources[role].sheet, cell=sources[role].cell)
