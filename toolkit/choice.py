"""Which of the valid returns of one unit counts, and in which boxes the others end."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit import words
from toolkit.decisions import Decision
from toolkit.form import Form
from toolkit.owners import Owner
from toolkit.roster import Scope
from toolkit.submissions import Box, Entry, Submission, Valid
from toolkit.versions import Version, newest, versions

Fates = Mapping[str, Decision | None]
"""What was decided about each file, by path: to use it or to leave it out."""


def decide(
    form: Form,
    owned: Mapping[str, Owner],
    fates: Fates,
    returns: Sequence[Valid],
) -> Iterator[Entry]:
    """Yield the boxes of the valid returns of one unit.

    Args:
        form: the edition of the returns.
        owned: whose each return is, by path.
        fates: what was decided about each file, by path.
        returns: those of the unit, in order of their paths.
    """
    found = versions(form, _decided_first(returns, fates))
    chosen, fate = _chosen(found, fates)
    latest = chosen or newest(found)
    for version in found:
        sent, _ = version.first
        owner = owned[sent.path]
        yield from _copies(version)
        if owner.member is not None and owner.member.scope is Scope.VERTICAL:
            yield Entry(sent, Box.RETURNED, words.say("box.reason.vertical"))
        elif latest is None or (owner.doubt and chosen is None):
            reason = owner.doubt or words.say("box.reason.undated", count=len(found))
            yield Entry(sent, Box.CONFLICT, reason)
        elif version is latest:
            yield Entry(sent, Box.ADOPTED, adopted(sent, fate))
        elif fate and not fates[sent.path] and version.newer_than(latest):
            # It may have come since; whoever decided may not have known it.
            reason = words.say("box.reason.newer", path=latest.first[0].path, told=fate.told())
            yield Entry(sent, Box.CONFLICT, reason)
        else:
            yield Entry(sent, Box.SUPERSEDED, _superseded(latest.first[0].path, fate))


def unknown(
    form: Form,
    owned: Mapping[str, Owner],
    fates: Fates,
    returns: Sequence[Valid],
) -> Iterator[Entry]:
    """Yield the boxes of valid returns of which the roster cannot tell whose they are.

    To decide that one is to be used does not say whose it is either.

    Args:
        form: the edition of the returns.
        owned: whose each return is, by path.
        fates: what was decided about each file, by path.
        returns: those of one office that is not on the roster, in order of their paths.
    """
    for version in versions(form, _decided_first(returns, fates)):
        sent, _ = version.first
        yield from _copies(version)
        reason, fate = owned[sent.path].doubt, fates[sent.path]
        if fate is not None:
            lacking = "no_such_unit" if fate.unit.name else "whose"
            told = {"told": fate.told(), "name": fate.unit.name, "doubt": reason}
            reason = words.say(f"box.reason.{lacking}", **told)
        yield Entry(sent, Box.CONFLICT, reason)


def _copies(version: Version) -> Iterator[Entry]:
    reason = words.say("box.reason.duplicate", path=version.first[0].path)
    yield from (Entry(copy, Box.DUPLICATE, reason) for copy in version.copies)


def _decided_first(returns: Sequence[Valid], fates: Fates) -> Sequence[Valid]:
    """Return returns with those first that somebody decided to use, the last decision first."""

    def number(valid: Valid) -> int:
        fate = fates[valid[0].path]
        return fate.number if fate else 0

    return sorted(returns, key=number, reverse=True)


def _chosen(found: Sequence[Version], fates: Fates) -> tuple[Version | None, Decision | None]:
    """Return the version that somebody decided to use, and that decision; the last one counts."""
    first = found[0]  # what was decided upon stands first
    fate = fates[first.first[0].path]
    return (first, fate) if fate else (None, None)


def _superseded(path: str, fate: Decision | None) -> str:
    if fate is None:
        return words.say("box.reason.superseded", path=path)
    return words.say("box.reason.decided_other", path=path, told=fate.told())


def adopted(sent: Submission, fate: Decision | None) -> str:
    """Return why a return counts, and what its unit has still to do.

    Args:
        sent: the return.
        fate: the decision to use it, if there is one.
    """
    if fate is not None:
        return words.say("box.reason.decided", told=fate.told())
    waiting = sum(one.open for one in sent.findings)
    if waiting:
        return words.say("box.reason.waiting", count=waiting)
    return words.say("box.reason.adopted")
