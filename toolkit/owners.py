"""Whose each return is: by the roster, or without one by what the returns say of themselves."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from toolkit.record import Unit
from toolkit.roster import Member, Roster
from toolkit.submissions import Valid
from toolkit.units import Key, Units, plain


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a return is."""

    key: Key
    """Equal for all returns of one office."""
    member: Member | None = None
    """The office on the roster; None without one, or where it cannot be told for sure."""
    doubt: str = ""
    """Why nobody can tell whose a valid return is, a Chinese sentence; "" where it is clear."""

    @property
    def office(self) -> Member | Key:
        """Return what tells offices apart, those on the roster from all others."""
        return self.member or self.key


def owners(
    roster: Roster | None, returns: Sequence[Valid], valid: Collection[str]
) -> Mapping[str, Owner]:
    """Return whose each return is, by path.

    On the roster a name or a code is enough as long as nothing speaks against it. One that stands
    under the code of a unit with a name that the roster does not know is that unit's only where
    nothing else valid claims the code: a slip holds up nobody but itself.

    Args:
        roster: who must report.
        returns: all that could be read, under the names on the roster.
        valid: the paths of those that may be summed; only they can contest a name or a code.
    """
    if roster is None:
        return _strangers([(sent.path, record.unit) for sent, record in returns], valid, None)
    claims: dict[Member, set[str]] = defaultdict(set)
    for sent, record in returns:
        if sent.path in valid and (member := roster.member(record.unit)):
            claims[member].add(_claim(roster, record.unit))
    found: dict[str, Owner] = {}
    unknown: list[tuple[str, Unit]] = []
    for sent, record in returns:
        member, claim = roster.member(record.unit), _claim(roster, record.unit)
        if member is not None and (not claim or claims[member] <= {claim}):
            key = (plain(member.unit.code), plain(member.unit.name))
            found[sent.path] = Owner(key, member)
        else:
            unknown.append((sent.path, record.unit))
    return {**found, **_strangers(unknown, valid, roster)}


def _claim(roster: Roster, unit: Unit) -> str:
    """Return the name that only the code speaks for, "" for a return known for sure."""
    return "" if roster.certain(unit) else plain(unit.name)


def _strangers(
    returns: Sequence[tuple[str, Unit]], valid: Collection[str], roster: Roster | None
) -> Mapping[str, Owner]:
    """Return whose returns are that are of no member of a roster."""
    units = Units([unit for _, unit in returns], [unit for path, unit in returns if path in valid])
    doubt = roster.doubt if roster else units.doubt
    return {
        # To look for similar names takes long.
        path: Owner(units.key(unit), doubt=doubt(unit) if path in valid else "")
        for path, unit in returns
    }
