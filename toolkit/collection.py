"""Collecting: the files of a folder, of which only new and changed ones are read.

Without a ledger all of them are.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from toolkit import __version__, intake, resources, stored
from toolkit.folder import Place, Skipped
from toolkit.intake import Outcome
from toolkit.ledger import Ledger, Seen, intact
from toolkit.merge import Summary
from toolkit.sums import Counted

_AT_ONCE = 64
"""So many files are kept in the ledger at a time."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that was saved again has another time of saving, on any disk."""
_PASSING = frozenset({"R1", "R22", "R23"})
"""Refusals that are no property of the file: the next run reads it again."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found."""

    outcome: Outcome
    arrived: datetime | None
    """When it came: when it was saved where it lies, as far as that is known."""


def collect(
    places: Sequence[Place],
    ledger: Ledger | None = None,
    start: Callable[[], Executor] | None = None,
) -> Iterator[Found]:
    """Read the files that the ledger does not know; yield what each turned out to be, in order.

    Args:
        places: the files.
        ledger: what was read before; it learns what is read now.
        start: as for ``intake.read``.

    Raises:
        BrokenDefinition: as ``intake.read`` does.
        Unwritable: the ledger cannot be written.
    """
    memory = _Memory(ledger)
    looked = [(place, memory.look(place)) for place in places]
    fresh = intake.read([place for place, seen in looked if seen is None], start)
    try:
        for place, seen in looked:
            if seen is not None:
                yield Found(intake.compact(memory.outcome(seen)), seen.arrived)
            else:
                outcome = next(fresh)
                yield Found(intake.compact(outcome), memory.learn(place, outcome))
    finally:
        memory.save()


def traced(summary: Summary, ledger: Ledger) -> Summary:
    """Return a summary whose returns have the sources of all their figures again.

    Args:
        summary: as merged from what ``collect`` found, which keeps few sources in memory.
        ledger: the one it was collected with.
    """
    known = ledger.known(stamp())
    adopted = tuple(
        _traced(one, ledger) if _digest(one) in known else one for one in summary.adopted
    )
    return replace(summary, adopted=adopted)


def _digest(one: Counted) -> str:
    return one.submission.digest


def _traced(one: Counted, ledger: Ledger) -> Counted:
    sent = _outcome(ledger, one.submission.path, _digest(one))
    if isinstance(sent, Skipped) or sent.record is None:
        return one
    return replace(one, record=replace(one.record, sources=sent.record.sources))


def _outcome(ledger: Ledger, path: str, digest: str) -> Outcome:
    content = ledger.outcome(digest)
    with intact(ledger.path):
        return stored.undump(content, path, digest)


@cache
def stamp() -> str:
    """Return what tells one state of the program from another: its code and its data."""
    told = hashlib.sha256(__version__.encode())
    for root in resources.program():
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                told.update(path.read_bytes())
    return told.hexdigest()


class _Memory:
    """What a ledger knows of the files, and what it is to learn."""

    def __init__(self, ledger: Ledger | None) -> None:
        self._ledger = ledger
        self._seen = ledger.seen() if ledger else {}
        self._known = ledger.known(stamp()) if ledger else frozenset()
        self._looks: dict[str, tuple[int, int, int]] = {}
        """Size, time of saving and time of looking, by path."""
        self._waiting: list[tuple[Seen, str]] = []

    def look(self, place: Place) -> Seen | None:
        """Return a file as it was read before, None if it may have changed since."""
        with suppress(OSError):
            stat = place.path.stat()
            self._looks[place.name] = stat.st_size, stat.st_mtime_ns, time.time_ns()
            seen = self._seen.get(place.name)
            if (
                seen is not None
                and (seen.size, seen.saved) == (stat.st_size, stat.st_mtime_ns)
                and seen.read - seen.saved > _SETTLED
                and seen.digest in self._known
            ):
                return seen
        return None

    def outcome(self, seen: Seen) -> Outcome:
        """Return what a file turned out to be that did not change."""
        assert self._ledger is not None
        return _outcome(self._ledger, seen.path, seen.digest)

    def learn(self, place: Place, outcome: Outcome) -> datetime | None:
        """Keep what a file turned out to be, and return when it came."""
        if place.name not in self._looks:
            return None
        size, saved, looked = self._looks[place.name]
        before = self._seen.get(place.name)
        arrived = datetime.fromtimestamp(saved / 1e9, UTC)
        if before is not None and before.digest == outcome.digest:
            arrived = before.arrived
        if self._ledger is not None and outcome.digest and not _passing(outcome):
            seen = Seen(place.name, size, saved, looked, outcome.digest, arrived)
            self._waiting.append((seen, stored.dump(outcome)))
            if len(self._waiting) >= _AT_ONCE:
                self.save()
        return arrived

    def save(self) -> None:
        """Write what was learnt."""
        learnt, self._waiting = self._waiting, []
        if self._ledger is not None and learnt:
            self._ledger.save(stamp(), learnt)


def _passing(outcome: Outcome) -> bool:
    """Tell whether a file was refused for what may be gone by the next run."""
    refusal = None if isinstance(outcome, Skipped) else outcome.refusal
    return refusal is not None and refusal.code in _PASSING
