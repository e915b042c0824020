"""A mutant for every number: a return of some edition and format, changed by chance.

Chance is seeded with the number alone, so that the number is the mutant.
"""

from dataclasses import dataclass
from random import Random

from tests.fuzz import bytewise, containers, originals, plain, tags
from tests.fuzz.originals import Original, Shape
from tests.reading import binary_by_hand as binary
from tests.zipped import zipped
from toolkit import definition

FINELY = "finely"
"""How most of them are made: by the grammar of what stands in their parts."""


@dataclass(frozen=True)
class Mutant:
    """A file to be read."""

    name: str
    data: bytes
    how: str
    """Of what it was made, and how."""
    files: int = 1
    """How many files must come out of it at least; one, if it is no zip of attachments."""


def mutant(number: int) -> Mutant:
    """Return the mutant of a number."""
    dice = Random(number)
    chosen, other = _original(dice), _original(dice)
    how = dice.choices(_WAYS, _WEIGHTS)[0]
    data = _WAYS_OF[chosen.shape](dice, chosen, other, how)
    ending = other.name if dice.random() < 0.05 else chosen.name
    return Mutant(f"{number:07}-{ending}", data, f"{chosen.name} {how}")


def sound(chosen: Original) -> bytes:
    """Return an original as a file."""
    match chosen.shape:
        case Shape.PACKAGE:
            return containers.packed(chosen.parts)
        case Shape.COMPOUND:
            return binary.compound(chosen.parts)
    return chosen.data


_WAYS = (FINELY, "parts", "list", "bytes", "splice")
_WEIGHTS = (74, 8, 8, 7, 3)


def _original(dice: Random) -> Original:
    edition = dice.choice(definition.editions())
    return originals.original(edition, dice.choices(originals.KINDS, originals.WEIGHTS)[0])


def _coarsely(dice: Random, data: bytes, other: Original, how: str) -> bytes:
    if how == "splice":
        return bytewise.spliced(dice, data, sound(other))
    return bytewise.mutated(dice, data)


def _package(dice: Random, chosen: Original, other: Original, how: str) -> bytes:
    if how in ("bytes", "splice"):
        return _coarsely(dice, containers.packed(chosen.parts), other, how)
    if how == FINELY:
        return containers.packed(containers.within(dice, chosen.parts))
    more = other.parts if other.shape is Shape.PACKAGE else chosen.parts
    files = containers.among(dice, chosen.parts, more if how == "parts" else chosen.parts)
    return containers.lying(dice, files) if how == "list" else zipped(*files)


def _compound(dice: Random, chosen: Original, other: Original, how: str) -> bytes:
    if how in ("bytes", "splice"):
        return _coarsely(dice, binary.compound(chosen.parts), other, how)
    if how == FINELY:
        return binary.compound(containers.streams(dice, chosen.parts))
    return containers.sectors(dice, chosen.parts)


def _tags(dice: Random, chosen: Original, other: Original, how: str) -> bytes:
    if how in ("bytes", "splice"):
        return _coarsely(dice, chosen.data, other, how)
    return tags.mutated(dice, chosen.data)


def _lines(dice: Random, chosen: Original, other: Original, how: str) -> bytes:
    if how in ("bytes", "splice"):
        return _coarsely(dice, chosen.data, other, how)
    return plain.mutated(dice, chosen.data)


def _json(dice: Random, chosen: Original, other: Original, how: str) -> bytes:
    if how in ("bytes", "splice"):
        return _coarsely(dice, chosen.data, other, how)
    return plain.json_mutated(dice, chosen.data)


_WAYS_OF = {
    Shape.PACKAGE: _package,
    Shape.COMPOUND: _compound,
    Shape.TAGS: _tags,
    Shape.LINES: _lines,
    Shape.JSON: _json,
}
