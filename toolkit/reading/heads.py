"""Head and foot of a located form: unit, year, 零报告, and who signed when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit import record, text, words
from toolkit.findings import Finding, finding
from toolkit.form import Form, Role
from toolkit.marks import Mark
from toolkit.reading import figures
from toolkit.reading.grid import Kind
from toolkit.reading.labels import bare
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
    """Where the fields of the head stand, by role, and the 填报日期, by its key."""
    findings: tuple[Finding, ...]


def read_head(
    form: Form, located: Located, known: Mapping[str, str], *, from_1904: bool = False
) -> Head:
    """Read the fields of head and foot.

    What a field says stands; a blank one takes what the file was issued for.

    Args:
        form: the edition.
        located: where its fields are.
        known: our marks in the file.
        from_1904: whether the serial numbers of dates count from 1904.
    """
    contents = {key: entry.content for key, entry in located.fields.items()}
    said = {field.role: contents.get(field.key, "") for field in form.head}
    year, code = said.get(Role.YEAR, ""), said.get(Role.UNIT_CODE, "")
    sources = {
        place: Source(entry.spot.sheet.name, entry.spot.address, entry.content)
        for place, field in record.places(form).items()
        if (entry := located.fields.get(field.key))
    }
    contacts = {
        field.key: figures.day(content, from_1904=from_1904) if field.role is Role.DATE else content
        for field in form.foot
        if (content := contents.get(field.key))
    }
    return Head(
        unit=Unit(
            said.get(Role.UNIT_NAME, ""),
            (code if not text.asks(code) else "") or known.get(Mark.UNIT, ""),
            _level(form, said.get(Role.UNIT_LEVEL, "")),
        ),
        year=text.read_year(year) if year else _stated_year(located, known),
        nil=text.read_nil(said.get(Role.NIL, "")) is True,
        contacts=contacts,
        sources=sources,
        findings=(
            *_contradictions(form, year, code, known, sources),
            *_neither(form, said.get(Role.NIL, ""), sources),
            *_asking(form, code, sources),
        ),
    )


def _level(form: Form, said: str) -> str:
    """Return the level of office that was chosen; what was never offered stays as it stands."""
    options = (o for f in form.head if f.role is Role.UNIT_LEVEL for o in f.options)
    return next((option for option in options if bare(option) == bare(said)), said)


def _stated_year(located: Located, known: Mapping[str, str]) -> int | None:
    """Return the year the file was issued for, or the one year its title names."""
    if known:
        return text.read_year(known.get(Mark.YEAR, ""))
    named = {
        year
        for margin in located.margins
        for row in margin.rows
        if row < margin.top
        for cell in margin.page.rows[row].values()
        if cell.kind is Kind.TEXT
        for year in text.years_named(cell.raw)
    }
    return named.pop() if len(named) == 1 else None


def _contradictions(
    form: Form, year: str, code: str, known: Mapping[str, str], sources: Mapping[str, Source]
) -> Iterator[Finding]:
    """Yield F8 where the head says something else than the file was issued for."""
    found, issued = text.read_year(year), text.read_year(known.get(Mark.YEAR, ""))
    if found and issued and found != issued:
        wrong = words.say("reading.issued_year", found=found, issued=issued)
        yield _wrong(form, Role.YEAR, found, wrong, sources)
    unit = known.get(Mark.UNIT, "")
    if code and unit and text.tidy(code) != text.tidy(unit):
        wrong = words.say("reading.issued_unit", found=code, issued=unit)
        yield _wrong(form, Role.UNIT_CODE, code, wrong, sources)


def _neither(form: Form, nil: str, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield F8 for a 零报告 that says neither yes nor no."""
    if text.read_nil(nil) is None:
        yield _wrong(form, Role.NIL, nil, words.say("head.nil", raw=nil), sources)


def _asking(form: Form, code: str, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield F8 for a code that was sent back and is still in doubt."""
    if text.asks(code):
        yield _wrong(form, Role.UNIT_CODE, code, words.say("head.asked", raw=code), sources)


def _wrong(
    form: Form, role: Role, value: int | str, wrong: str, sources: Mapping[str, Source]
) -> Finding:
    found = finding("F8", severity=form.formats["F8"], key=role, value=value, wrong=wrong)
    return replace(found, sheet=sources[role].sheet, cell=sources[role].cell)
