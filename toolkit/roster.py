"""The roster: which units must report, in what scope and by when; whose a return is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from heapq import nlargest
from itertools import chain, islice, pairwise

from toolkit import definition, words
from toolkit.form import Role
from toolkit.likeness import likeness
from toolkit.record import Unit
from toolkit.units import plain, region_stem

_OFFERED = 3
"""So many units of a similar name are offered."""
_LOOKED_AT, _COMPARED = 20_000, 100
"""Of the names that share characters with an unknown one so many are looked at, and of these so
many compared. To compare it with 100 000 names would take a second for every unknown file."""


@cache
def levels() -> tuple[str, ...]:
    """Return the levels of office (机关层级) that any edition of the form offers."""
    fields = (f for e in definition.editions() for f in definition.load(e).head)
    return tuple(dict.fromkeys(o for f in fields if f.role is Role.UNIT_LEVEL for o in f.options))


class Scope(StrEnum):
    """To whom a unit on the roster belongs."""

    OWN = "own"
    """本级: the government itself and its departments."""
    BELOW = "below"
    """下级: a region that sends the sum of its own units."""
    VERTICAL = "vertical"
    """垂直管理: reports to its own superiors and is never summed (M8)."""

    @property
    def label(self) -> str:
        """Return what the scope is called."""
        return words.say(f"roster.scope.{self}")


class Cover(StrEnum):
    """What a sum covers."""

    ALL = "all"
    """全行政区域: all units that are summed."""
    OWN = "own"
    """本级: only those of the government itself."""

    @property
    def label(self) -> str:
        """Return what the cover is called."""
        return words.say(f"roster.cover.{self}")

    def has(self, scope: Scope) -> bool:
        """Tell whether the units of a scope are in the sum."""
        return scope is Scope.OWN or (self is Cover.ALL and scope is Scope.BELOW)


@dataclass(frozen=True, slots=True)
class Member:
    """A unit that must report."""

    unit: Unit
    """Code, full name and level."""
    aliases: tuple[str, ...] = ()
    """Short names, former names and whatever else the unit signs with."""
    scope: Scope = Scope.OWN
    person: str = ""
    """Whom to call."""
    phone: str = ""
    deadline: date | None = None

    @property
    def contact(self) -> str:
        """Return whom to call, and the number."""
        return " ".join(filter(None, (self.person, self.phone)))

    def called(self, name: str) -> bool:
        """Tell whether a name is one of the unit's."""
        return plain(name) in {plain(one) for one in (self.unit.name, *self.aliases)}


@dataclass(frozen=True)
class Roster:
    """The units that must report, in the order in which outputs name them."""

    members: tuple[Member, ...]
    region: Unit = field(default_factory=Unit)
    """For whom the returns are added up."""

    @property
    def expected(self) -> tuple[Member, ...]:
        """Return the units whose returns are summed: all but those under vertical management."""
        return tuple(one for one in self.members if one.scope is not Scope.VERTICAL)

    def within(self, scope: Scope) -> tuple[Member, ...]:
        """Return the units of a scope."""
        return tuple(one for one in self.members if one.scope is scope)

    def member(self, unit: Unit) -> Member | None:
        """Return the member that a return is of: by code, then by name, then by alias.

        A name that is merely similar is suggested (``doubt``), never taken.

        Args:
            unit: who a return says it is of.
        """
        coded, named = self._by_code.get(plain(unit.code)), self._called(unit.name)
        only = named[0] if len(named) == 1 else None
        if coded is None:
            return only
        return coded if only in (None, coded) else None

    def certain(self, unit: Unit) -> bool:
        """Tell whether a return is of a member, and nothing that it says speaks against that.

        Args:
            unit: who a return says it is of.
        """
        member = self.member(unit)
        return member is not None and (not plain(unit.name) or member.called(unit.name))

    def named(self, said: str) -> Member | None:
        """Return the member that people mean by a name, an alias or a code."""
        if not plain(said):
            return None
        return self.member(Unit(said)) or self.member(Unit(code=said))

    def is_region(self, unit: Unit) -> bool:
        """Tell whether a return is of the region for which the others are added up.

        Args:
            unit: who a return says it is of.
        """
        if self.certain(unit):
            return False
        code, name = plain(unit.code), plain(unit.name)
        if name:
            return name == plain(self.region.name)
        return bool(code) and code == plain(self.region.code)

    def resolved(self, unit: Unit) -> Unit:
        """Return a unit under the roster's code and name; one that nobody knows stays as it is.

        A name that is not the member's stays, so that two offices under one code are seen; so does
        a level that the roster does not tell.
        """
        member = self.member(unit)
        if member is None:
            return unit
        known = not plain(unit.name) or member.called(unit.name)
        name = member.unit.name if known else unit.name
        return replace(member.unit, name=name, level=member.unit.level or unit.level)

    def _called(self, name: str) -> Sequence[Member]:
        return self._by_name.get(plain(name), ()) or self._by_alias.get(plain(name), ())

    def doubt(self, unit: Unit) -> str:
        """Return why nobody can tell which member a return is of; to look for names takes long.

        Args:
            unit: who a return says it is of; not that of a return known for sure.
        """
        found, coded = self._called(unit.name), self._by_code.get(plain(unit.code))
        names = words.say("text.and").join(one.unit.name for one in found)
        if coded is not None:
            told = {"code": unit.code, "owner": coded.unit.name, "name": names or unit.name}
            return words.say("roster.doubt.contradiction", **told)
        if found:
            return words.say("roster.doubt.shared", name=unit.name, names=names)
        near = words.say("text.and").join(one.unit.name for one in self.near(unit.name))
        told = {"name": unit.name or words.say("text.blank"), "near": near}
        return words.say(f"roster.doubt.{'near' if near else 'unknown'}", **told)

    def near(self, name: str) -> Sequence[Member]:
        """Return the units with the most similar names, at most three."""
        stem = region_stem(self.region.name)
        said = plain(name).removeprefix(stem)
        alike = [
            (likeness(said, known.removeprefix(stem)), known)
            for known in self._sharing(plain(name))
        ]
        best = nlargest(_OFFERED, (one for one in alike if one[0]))
        found = {one.unit: one for _, known in best for one in self._by_any_name[known]}
        return list(found.values())[:_OFFERED]

    def _sharing(self, name: str) -> Sequence[str]:
        """Return the known names that have most in common with one; what is rare tells most."""
        shared = sorted((self._by_piece.get(piece, ()) for piece in _pieces(name)), key=len)
        names = islice(chain.from_iterable(shared), _LOOKED_AT)
        return [one for one, _ in Counter(names).most_common(_COMPARED)]

    @cached_property
    def _by_code(self) -> dict[str, Member]:
        return {plain(one.unit.code): one for one in self.members if plain(one.unit.code)}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Member, ...]]:
        return _grouped((one.unit.name, one) for one in self.members)

    @cached_property
    def _by_alias(self) -> dict[str, tuple[Member, ...]]:
        return _grouped((alias, one) for one in self.members for alias in one.aliases)

    @cached_property
    def _by_any_name(self) -> dict[str, tuple[Member, ...]]:
        return {**self._by_alias, **self._by_name}

    @cached_property
    def _by_piece(self) -> dict[str, list[str]]:
        """Return the known names that hold a character, or two in a row."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._by_any_name:
            for piece in _pieces(name):
                found[piece].append(name)
        return found


def _pieces(name: str) -> Iterable[str]:
    """Return the characters of a name, one by one and two in a row, each once."""
    return dict.fromkeys((*name, *map("".join, pairwise(name))))


def _grouped(named: Iterable[tuple[str, Member]]) -> dict[str, tuple[Member, ...]]:
    found: dict[str, dict[Member, None]] = defaultdict(dict)
    for name, member in named:
        if called := plain(name):
            found[called][member] = None
    return {name: tuple(members) for name, members in found.items()}
