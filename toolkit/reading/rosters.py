"""A roster from any list of units: our own workbook, or the list that an office keeps.

It may be spread over several sheets. What is wrong with a unit is found cell by cell, and nothing
is left out in silence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from toolkit import text, words
from toolkit.findings import Finding, Refused, Severity, finding, in_order
from toolkit.marks import Kind, Mark
from toolkit.reading import books, grid, limits
from toolkit.reading.figures import day, written
from toolkit.reading.grid import Book, Sheet, State
from toolkit.reading.labels import bare
from toolkit.reading.recognise import metadata
from toolkit.reading.room import COLLECTION
from toolkit.reading.roster_lists import (
    NEEDED,
    TOGETHER,
    UnitList,
    compared,
    faults,
    known,
    printed,
    unit_list,
)
from toolkit.record import Unit
from toolkit.roster import Member, Roster, Scope, levels
from toolkit.units import plain

_SEVERAL = re.compile(r"[、，,；;\r\n]+")
"""What stands between several names in one cell."""


@dataclass(frozen=True, slots=True)
class Rostered:
    """A roster as it was read."""

    roster: Roster
    findings: tuple[Finding, ...] = ()
    """What is wrong with it; with an error among them it cannot be relied on."""


def read_roster(data: bytes) -> Rostered:
    """Read a roster in any format that is read.

    Args:
        data: the bytes of the file.

    Raises:
        Refused: R2–R6 the file cannot be read, N1 it is no list of units.
    """
    book = books.read(data, COLLECTION)
    if metadata(book).get(Mark.KIND, Kind.ROSTER) != Kind.ROSTER:
        raise Refused("N1", reason=words.say("roster.reason.other"))
    seen = (sheet for sheet in book.sheets if sheet.state is State.VISIBLE)
    lists = [found for sheet in seen if (found := unit_list(sheet))]
    if not lists:
        names = words.say("text.and").join(map(printed, NEEDED))
        raise Refused("N1", reason=words.say("roster.reason.head", names=names))
    lines = [line for one in lists for line in _lines(one, from_1904=book.from_1904)]
    wrong = [
        *_left_out(book),
        *(found for one in lists for found in (*faults(one), *_region_faults(one))),
        *(found for line in lines for found in _faults(line)),
        *_twice(lines),
    ]
    if not lines:
        empty = finding("N1", reason=words.say("roster.reason.empty"))
        wrong.append(lists[0].at(empty, lists[0].bottom + 1, min(lists[0].used)))
    region = next((told for one in lists if (told := _region(one)) != Unit()), Unit())
    return Rostered(Roster(tuple(map(_member, lines)), region), in_order(wrong))


def _left_out(book: Book) -> Iterator[Finding]:
    """Yield the notes of the reader; units that were not read are units that nobody waits for."""
    beyond = {limits.beyond(sheet.name, COLLECTION) for sheet in book.sheets}
    for note in book.notes:
        severity = Severity.ERROR if note in beyond else Severity.NOTICE
        yield finding("R21", severity=severity, note=note)


# ---------------------------------------------------------------- the region


def _region(one: UnitList) -> Unit:
    """Return for whom the returns are added up."""
    said = {kind: content for kind, (content, _) in one.above.items()}
    return Unit(said.get("name", ""), said.get("code", ""), _level(said.get("level", "")))


def _region_faults(one: UnitList) -> Iterator[Finding]:
    raw, cell = one.above.get("level", ("", None))
    if cell and not _level(raw):
        yield one.at(_unknown_level(raw), cell.row, cell.column)


# ---------------------------------------------------------------- units


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with a unit in it."""

    one: UnitList
    row: int
    texts: Mapping[str, str]
    """What stands in it, by kind of column."""

    def __getitem__(self, kind: str) -> str:
        """Return what stands in a kind of column, "" for nothing."""
        return self.texts.get(kind, "")

    @property
    def aliases(self) -> tuple[str, ...]:
        """Return its other names, each once."""
        told = {plain(part): part.strip() for part in _SEVERAL.split(self[TOGETHER])}
        return tuple(told[name] for name in told if name not in ("", plain(self["name"])))

    def _column(self, kind: str) -> int:
        """Return a kind's column, the first of all where the list has none of it."""
        return min(self.one.columns.get(kind, self.one.used))

    def at(self, found: Finding, kind: str) -> Finding:
        """Return a finding with its place."""
        return self.one.at(found, self.row, self._column(kind))

    def seen(self, other: "_Line", kind: str) -> str:
        """Return where a kind stands as it is named in another line: with its sheet if need be."""
        cell, sheet = grid.address(self.row, self._column(kind)), self.one.sheet
        if sheet is other.one.sheet:
            return cell
        return words.say("roster.place", sheet=sheet.name, cell=cell)


def _lines(one: UnitList, *, from_1904: bool) -> Iterator[_Line]:
    """Yield the rows below the headings that hold anything; headings may be repeated there."""
    joined = words.say("text.and")
    for row in sorted({row for row, _ in one.sheet.cells if row > one.bottom}):
        texts = {
            kind: joined.join(filter(None, (_text(one.sheet, row, column) for column in columns)))
            for kind, columns in one.columns.items()
        }
        texts["deadline"] = day(texts.get("deadline", ""), from_1904=from_1904)
        repeated = all(compared(texts.get(kind, "")) in known("head") for kind in NEEDED)
        if any(texts.values()) and not repeated:
            yield _Line(one, row, texts)


def _text(sheet: Sheet, row: int, column: int) -> str:
    return text.printable(written(sheet.cells.get((row, column))))


def _member(line: _Line) -> Member:
    return Member(
        Unit(line["name"], line["code"], _level(line["level"])),
        line.aliases,
        _scope(line["scope"]) or Scope.OWN,
        line["person"],
        line["phone"],
        text.read_date(line["deadline"]),
    )


def _scope(said: str) -> Scope | None:
    """Return the scope that a word means, None for none; blank is 本级."""
    kind, _ = known("scope").get(compared(said), ("", 0))
    if not kind:
        return None if said else Scope.OWN
    return Scope(kind)


def _level(said: str) -> str:
    """Return the level of office that was chosen, "" for one that no form offers."""
    return _levels().get(bare(said), "")


@cache
def _levels() -> Mapping[str, str]:
    """Return the levels of office that forms offer, by their bare words."""
    return {bare(level): level for level in reversed(levels())}


# ---------------------------------------------------------------- what is wrong with them


def _faults(line: _Line) -> Iterator[Finding]:
    """Yield what is wrong with a unit by itself."""
    for kind in NEEDED:
        if kind in line.one.columns and not line[kind]:
            yield line.at(finding("N3", column=printed(kind)), kind)
    if _scope(line["scope"]) is None:
        allowed = words.say("text.and").join(scope.label for scope in Scope)
        wrong = finding("N6", raw=line["scope"], known=allowed, blank=Scope.OWN.label)
        yield line.at(wrong, "scope")
    if line["deadline"] and text.read_date(line["deadline"]) is None:
        yield line.at(finding("N7", raw=line["deadline"]), "deadline")
    if line["level"] and not _level(line["level"]):
        yield line.at(_unknown_level(line["level"]), "level")


def _unknown_level(raw: str) -> Finding:
    return finding("N8", raw=raw, known=words.say("roster.between").join(levels()))


def _twice(lines: Iterable[_Line]) -> Iterator[Finding]:
    """Yield the codes and names that stand for more than one unit."""
    codes: dict[str, _Line] = {}
    names: dict[str, _Line] = {}
    for line in lines:
        code = plain(line["code"])
        first = codes.setdefault(code, line) if code else line
        if first is not line:
            cell = first.seen(line, "code")
            found = finding("N4", code=line["code"], other=first["name"], cell=cell)
            yield line.at(found, "code")
        for kind, name in (("name", line["name"]), *((TOGETHER, one) for one in line.aliases)):
            other = names.setdefault(plain(name), line) if plain(name) else line
            if other is not line and other is not first:
                cell = other.seen(line, "name")
                yield line.at(finding("N5", name=name, other=other["name"], cell=cell), kind)
