"""Collecting: the files of a folder, of which only new and changed ones are read.

Without a ledger all of them are.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    """When its content was first seen; of a new one, when it was saved where it lies."""


def collect(
    places: Sequence[Place],
    ledger: Ledger | None = None,
    start: Callable[[], Executor] | None = None,
    *,
    folder: str = "",
) -> Iterator[Found]:
    """Read the files that the ledger does not know; yield what each turned out to be, in order.

    Args:
        places: the files.
        ledger: what was read before; it learns what is read now.
        start: as for ``intake.read``.
        folder: where the files lie, if they are of another year than those that are collected.

    Raises:
        BrokenDefinition: as ``intake.read`` does.
        Unwritable: the ledger cannot be written.
    """
    memory = _Memory(ledger, folder)
    looked = [(place, memory.look(place)) for place in places]
    fresh = intake.read([place for place, seen in looked if seen is None], start)
    try:
        for place, seen in looked:
            outcome = memory.outcome(seen) if seen else next(fresh)
            if seen is None:
                memory.learn(place, outcome)
            yield Found(intake.compact(outcome), memory.arrived(place, outcome.digest))
    finally:
        memory.save()
    memory.finish()


def arrivals(found: Iterable[Found]) -> dict[str, datetime]:
    """Return when each return came, by path; of copies of one content, the first is meant.

    Args:
        found: all that was found.
    """
    dated = [
        (one.outcome.path, one.outcome.digest or one.outcome.path, one.arrived)
        for one in found
        if one.arrived is not None and not isinstance(one.outcome, Skipped)
    ]
    first: dict[str, datetime] = {}
    for _, content, arrived in dated:
        first[content] = min(arrived, first.get(content, arrived))
    return {path: first[content] for path, content, _ in dated}


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

    def __init__(self, ledger: Ledger | None, folder: str) -> None:
        self._ledger, self._folder = ledger, folder
        self._seen = ledger.seen(folder) if ledger else {}
        self._known = ledger.known(stamp()) if ledger else frozenset()
        self._looks: dict[str, tuple[int, int, int]] = {}
        """Size, time of saving and time of looking, by path."""
        self._waiting: list[tuple[Seen, str]] = []
        self._arrivals = ledger.arrivals() if ledger and not folder else {}
        self._first: dict[str, datetime] = {}
        """When contents came that nobody knew before, by digest."""

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

    def arrived(self, place: Place, digest: str) -> datetime | None:
        """Return when the content of a file was first seen."""
        if place.name not in self._looks:
            return None
        if digest in self._arrivals:
            return self._arrivals[digest]
        _, saved, _ = self._looks[place.name]
        came = datetime.fromtimestamp(saved / 1e9, UTC)
        if digest:
            self._first[digest] = min(came, self._first.get(digest, came))
        return came

    def learn(self, place: Place, outcome: Outcome) -> None:
        """Keep what a file turned out to be."""
        if self._ledger is None or place.name not in self._looks:
            return
        if outcome.digest and not _passing(outcome):
            seen = Seen(place.name, *self._looks[place.name], outcome.digest)
            self._waiting.append((seen, stored.dump(outcome)))
            if len(self._waiting) >= _AT_ONCE:
                self.save()

    def save(self) -> None:
        """Write what was learnt."""
        learnt, self._waiting = self._waiting, []
        if self._ledger is not None and learnt:
            self._ledger.save(stamp(), learnt, self._folder)

    def finish(self) -> None:
        """Write when new contents came; not before all copies of each have been looked at."""
        if self._ledger is not None and self._first and not self._folder:
            self._ledger.keep_arrivals(self._first)


def _passing(outcome: Outcome) -> bool:
    """Tell whether a file was refused for what may be gone by the next run."""
    refusal = None if isinstance(outcome, Skipped) else outcome.refusal
    return refusal is not None and refusal.code in _PASSING
