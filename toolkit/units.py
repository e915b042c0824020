"""Which returns are of one office: the same code, or without a code the same name."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from toolkit import text, words
from toolkit.record import Unit

Key = tuple[str, str]
"""What tells offices apart: a code, or a name; both where one code stands for several names."""


def plain(content: str) -> str:
    """Return a name or code as it is compared: no spaces, plain characters, upper case."""
    return text.squeeze(unicodedata.normalize("NFKC", content)).upper()


def region_stem(name: str) -> str:
    """Return what the names of a region's offices begin with.

    Args:
        name: of the region's government.
    """
    stem = plain(name)
    for ending in words.entry("roster.region_endings"):
        stem = stem.removesuffix(ending)
    return stem


class Units:
    """The offices that reported."""

    def __init__(self, reported: Iterable[Unit], counted: Iterable[Unit]) -> None:
        """Learn which codes and names belong together.

        Args:
            reported: the units of all returns; they tell whose code a name without one has.
            counted: the units of the valid returns; only these can contest a code, so that a
                slip in a return that is sent back holds up nobody else.
        """
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._valid: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        for unit in reported:
            if plain(unit.code):
                self._codes[plain(unit.name)].add(plain(unit.code))
        for unit in sorted(counted, key=lambda unit: (unit.code, unit.name)):
            self._names[self._code(unit)].setdefault(plain(unit.name), unit.name.strip())
            if plain(unit.code):
                self._valid[plain(unit.name)].add(plain(unit.code))

    def _code(self, unit: Unit) -> str:
        """Return a unit's code; a name that goes with exactly one code has that code."""
        codes = self._codes.get(plain(unit.name), set())
        return plain(unit.code) or (next(iter(codes)) if len(codes) == 1 else "")

    def _sharing(self, unit: Unit) -> list[str]:
        """Return the names that stand under the unit's code."""
        code = self._code(unit)
        return sorted(self._names[code].values()) if code in self._names and code else []

    def key(self, unit: Unit) -> Key:
        """Return what is equal for all returns of one office; two empty texts for no office."""
        code, name = self._code(unit), plain(unit.name)
        return (code, name if not code or len(self._sharing(unit)) > 1 else "")

    def doubt(self, unit: Unit) -> str:
        """Return why nobody can tell which office a valid return is of, "" where it is clear."""
        names, codes = self._sharing(unit), sorted(self._codes.get(plain(unit.name), set()))
        if len(names) > 1:
            told = words.say("text.and").join(names)
            return words.say("box.reason.shared_code", code=self._code(unit), names=told)
        if plain(unit.code):  # one office under two codes would count twice
            codes, reason = sorted(self._valid[plain(unit.name)]), "two_codes"
        else:
            reason = "which_code"
        if not plain(unit.name) or len(codes) < 2:
            return ""
        told = words.say("text.and").join(codes)
        return words.say(f"box.reason.{reason}", name=unit.name, codes=told)
