"""What each row below headings claims to be, by the two witnesses it has: its key and its label.

Where both agree, the row is certain wherever it has moved to. Where they do not, or the key is
gone, the label decides, within its section and only if it can mean one thing.
"""

from collections.abc import Mapping, Sequence
from math import inf
from typing import NamedTuple

from toolkit import words
from toolkit.findings import Finding, Severity, finding
from toolkit.form import Form
from toolkit.reading.areas import Area
from toolkit.reading.columns import How
from toolkit.reading.labels import bare
from toolkit.reading.pages import Spot, at
from toolkit.reading.unlabelled import only_row
from toolkit.reading.vocabulary import Leaf, Vocabulary
from toolkit.reading.wrapped import Part


class Claim(NamedTuple):
    """A row of a sheet, and the row of the form that it claims to be."""

    number: int
    row: Leaf
    how: How
    label: Spot
    keyed: bool
    """Whether anything stands in its key cell."""
    findings: tuple[Finding, ...] = ()
    shifted: bool = False
    """Whether its figures may stand in other columns than their own."""


def claims(area: Area, form: Form, known: Vocabulary, path: list[str]) -> Sequence[Claim]:
    """Return what the rows of an area claim to be; rows that hold nothing claim nothing.

    Args:
        area: headings and the rows below them.
        form: the edition they are read as.
        known: its vocabulary.
        path: the labels that the first row stands under, from the top; brought up to date.
    """
    fits, odd, found = area.fits, list[int](), list[Claim]()
    astray, part = _astray(area, known, path), Part()
    for number in area.rows:
        claim = _claim(area, number, known, path, fits, sure=number not in astray)
        part = Part((number,), claim.label.column) if claim else part.further(area, number, known)
        if len(part.rows) > 1 and (claim := _wrapped(area, part, known, path, found)):
            found = [one for one in found if one.number not in part.rows]
            odd = [one for one in odd if one not in part.rows]
        if claim:
            found.append(claim)
        else:
            odd.append(number)
    for row in known.unlabelled.values():
        if row.block in fits:
            keyed = [claim.number for claim in found if claim.row is row]
            foot = min((n for n in area.page.fields if n > area.run.bottom), default=inf)
            others = [number for number in odd if number < foot]
            only = only_row(area, row, keyed, others, foot, form)
            if only != keyed:
                spots = [Spot(area.page.sheet, number, area.left) for number in only]
                found = [claim for claim in found if claim.row is not row]
                found += [Claim(s.row, row, How.LABEL, s, keyed=False) for s in spots]
    return found


def _claim(
    area: Area,
    number: int,
    known: Vocabulary,
    path: list[str],
    fits: Mapping[str, float],
    *,
    sure: bool,
) -> Claim | None:
    page, texts = area.page, area.page.texts[number]
    columns = [column for column in area.labels if column in texts]
    labels = [texts[column] for column in columns]
    for label in labels:
        _enter(path, label, known)
    key = page.key(number)
    row = known.rows.get(key) if key else None
    spot = Spot(page.sheet, number, columns[-1] if columns else area.left)
    if row and row.block in fits and _agree(row, labels, known):
        return Claim(number, row, How.KEY, spot, keyed=True)
    decided = known.decide(labels[-1], path if sure else (), fits) if labels else None
    if decided is None and labels:
        keyed = row if row and row.block in fits else None
        near = known.near(labels[-1], path if sure else (), {keyed.block} if keyed else fits)
        if near and (keyed is None or near is keyed):
            return _similar(area, spot, near, keyed=bool(key))
    if row and (decided or row.block in fits):
        return _contradicted(area, spot, row, decided)
    return Claim(number, decided, How.LABEL, spot, bool(key)) if decided else None


def _similar(area: Area, label: Spot, row: Leaf, *, keyed: bool) -> Claim:
    """Return the claim of a row whose label is nearly that of a row of the form."""
    printed = area.page.text(label.row, label.column)
    severity = Severity.NOTICE if keyed else Severity.WARNING
    found = finding("R47", severity=severity, key=row.key, label=printed, name=row.name)
    return Claim(label.row, row, How.SIMILAR, label, keyed, (at(found, label),))


def _wrapped(
    area: Area, part: Part, known: Vocabulary, path: Sequence[str], found: Sequence[Claim]
) -> Claim | None:
    """Return the claim of a row whose label is wrapped over several, None if it is none."""
    label = bare(part.label(area))
    row = known.decide(label, path, area.fits)
    number = part.figured(area, row) if row else None
    claimed = [one for one in found if one.number in part.rows]
    if row is None or number is None or any(one.row is not row for one in claimed):
        return None
    if claimed:
        return claimed[0]._replace(number=number)
    spot = Spot(area.page.sheet, part.rows[0], part.column)
    return Claim(number, row, How.LABEL, spot, any(map(area.page.key, part.rows)))


def _astray(area: Area, known: Vocabulary, path: Sequence[str]) -> set[int]:
    """Return the rows that stand under a section together with rows of another one.

    Where rows were sorted or headings deleted, the section that a row stands under says nothing.
    """
    found, under, mixed, at = set[int](), list[int](), False, list(path)
    for number in area.rows:
        texts = area.page.texts[number]
        for label in (texts[column] for column in area.labels if column in texts):
            level = known.levels.get(label)
            if level and level[0] == 0:
                found |= {*under} if mixed else set()
                under, mixed = [], False
            _enter(at, label, known)
            rows = known.named.get(label, ())
            mixed = mixed or (len(rows) == 1 and rows[0].above[:1] not in {(), tuple(at[:1])})
        under.append(number)
    return found | {*under} if mixed else found


def _enter(path: list[str], label: str, known: Vocabulary) -> None:
    """Bring the labels that rows stand under up to date with one that was met."""
    if found := known.levels.get(label):
        level, heading = found
        del path[level:]
        while len(path) < level:  # what stands above was left out
            path.append("")
        path.append(heading)


def _agree(row: Leaf, labels: Sequence[str], known: Vocabulary) -> bool:
    if not row.label:
        return known.levels.keys().isdisjoint(labels)
    return any(row in known.named.get(label, ()) for label in labels)


def _contradicted(area: Area, label: Spot, row: Leaf, decided: Leaf | None) -> Claim:
    """Return the claim of a row whose key and label disagree."""
    printed, line = area.page.text(label.row, label.column), words.say("reading.row")
    code = "R15" if decided else "R9"
    found = finding(code, key=(decided or row).key, line=line, label=printed, name=row.name)
    how = How.LABEL if decided else How.DOUBT
    return Claim(label.row, decided or row, how, label, True, (at(found, label),))
