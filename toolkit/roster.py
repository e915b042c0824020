"""The roster: which units must report, in what scope and by when; whose a return is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, cached_property

from toolkit import definition, words
from toolkit.form import Role
from toolkit.record import Unit
from toolkit.units import plain

_NEAR = 0.6
"""The least likeness of a name that is suggested, as difflib measures it."""


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


@dataclass(frozen=True, slots=True)
class Match:
    """Whose a return is."""

    member: Member | None = None
    doubt: str = ""
    """Why nobody can tell, a Chinese sentence; "" where a member was found."""


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

    def match(self, unit: Unit) -> Match:
        """Find the member that a return is of: by code, then by name, then by alias.

        A name that is merely similar is suggested, never taken.

        Args:
            unit: who a return says it is of.
        """
        member = self.member(unit)
        return Match(member) if member else Match(doubt=self._doubt(unit))

    def member(self, unit: Unit) -> Member | None:
        """Return the same member, without the reason where nobody can tell: that takes long.

        Args:
            unit: who a return says it is of.
        """
        coded, named = self._by_code.get(plain(unit.code)), self._called(unit.name)
        only = named[0] if len(named) == 1 else None
        if coded is None:
            return only
        return coded if only in (None, coded) else None

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

    def _doubt(self, unit: Unit) -> str:
        """Return why nobody can tell which member a return is of."""
        found, coded = self._called(unit.name), self._by_code.get(plain(unit.code))
        names = words.say("text.and").join(one.unit.name for one in found)
        if coded is not None:
            told = {"code": unit.code, "owner": coded.unit.name, "name": names}
            return words.say("roster.doubt.contradiction", **told)
        if found:
            return words.say("roster.doubt.shared", name=unit.name, names=names)
        near = words.say("text.and").join(one.unit.name for one in self.near(unit.name))
        told = {"name": unit.name or words.say("text.blank"), "near": near}
        return words.say(f"roster.doubt.{'near' if near else 'unknown'}", **told)

    def near(self, name: str) -> Sequence[Member]:
        """Return the units with the most similar names, at most three."""
        known = {**self._by_alias, **self._by_name}
        alike = get_close_matches(plain(name), known, cutoff=_NEAR)
        found = {one.unit: one for likeness in alike for one in known[likeness]}
        return list(found.values())

    @cached_property
    def _by_code(self) -> dict[str, Member]:
        return {plain(one.unit.code): one for one in self.members if plain(one.unit.code)}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Member, ...]]:
        return _grouped((one.unit.name, one) for one in self.members)

    @cached_property
    def _by_alias(self) -> dict[str, tuple[Member, ...]]:
        return _grouped((alias, one) for one in self.members for alias in one.aliases)


def _grouped(named: Iterable[tuple[str, Member]]) -> dict[str, tuple[Member, ...]]:
    found: dict[str, list[Member]] = defaultdict(list)
    for name, member in named:
        if plain(name) and member not in found[plain(name)]:
            found[plain(name)].append(member)
    return {name: tuple(members) for name, members in found.items() if members}
