"""Taking in files: each one read and checked, in this process or in several at once.

Nothing that is wrong with one file stops the rest.
"""

import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice

from toolkit import archives, definition, files, marks, words
from toolkit.check import check
from toolkit.findings import Finding, Refused, finding, in_order
from toolkit.folder import Place, Skipped
from toolkit.marks import Kind
from toolkit.reading.columns import How
from toolkit.reading.returns import read_return
from toolkit.reading.room import COLLECTION
from toolkit.submissions import Submission

Outcome = Submission | Skipped

BATCH = 8
"""Files a worker takes at a time."""
AHEAD = 64
"""Batches handed out and not yet taken back; bounds the memory, whatever the number of files."""

_OURS = {"R14": "summary", "R46": "note", "R51": "roster", "R52": "comparison", "R54": "page"}
"""Refusals of files of ours that are no returns, with the names of the words that say so."""
_BLOCK = 2**20


def read(places: Sequence[Place], start: Callable[[], Executor] | None = None) -> Iterator[Outcome]:
    """Read and check files; yield what each turned out to be, in the order given.

    A worker process that dies costs only the file that killed it.

    Args:
        places: the files.
        start: returns a new executor; called again where the last one broke. Without it the
            files are read in this process.

    Raises:
        BrokenDefinition: an edition's definition cannot be used.
    """
    for edition in definition.editions():
        definition.load(edition)  # a broken definition is said once, not once a file
    yield from map(read_file, places) if start is None else _spread(places, start)


# ---------------------------------------------------------------- one file


def read_file(place: Place) -> Outcome:
    """Read and check one file; runs in worker processes.

    Returns:
        the submission, or the file as skipped where it is a summary of ours.
    """
    if place.refusal:
        return _refused(place, _digest(place), place.refusal)
    digest = ""
    try:
        data, digest = load(place)
        return _taken_in(place, data, digest)
    except OSError as error:
        return _refused(place, digest, finding("R1", reason=files.reason(error)))
    except Refused as refused:
        if ours := _OURS.get(refused.finding.code):
            return Skipped(place.name, words.say(f"folder.skipped.{ours}"), digest)
        return _refused(place, digest, refused.finding)
    except Exception as error:  # the one net under the readers: a fault of ours costs one file
        return _refused(place, digest, finding("R22", name=type(error).__name__))


def load(place: Place) -> tuple[bytes, str]:
    """Return a file's bytes and digest; of one that is too large only the beginning.

    Raises:
        OSError: it cannot be read.
        Refused: R3 it lies in a zip and is damaged.
    """
    if place.inside:
        data = archives.content(place.path, place.inside)
        return data, hashlib.sha256(data).hexdigest()
    if place.path.is_dir():  # a folder stands here only if it could not be listed; this says why
        os.scandir(place.path).close()
    with place.path.open("rb") as file:
        data = file.read(COLLECTION.file_bytes + 1)
        digest = hashlib.sha256(data)
        while block := file.read(_BLOCK):
            digest.update(block)
    return data, digest.hexdigest()


def _taken_in(place: Place, data: bytes, digest: str) -> Outcome:
    returned = read_return(data)
    if returned.kind == Kind.MARKED and marks.untouched(returned.modified):
        return Skipped(place.name, words.say("folder.skipped.marked"), digest)
    record = returned.record
    form = definition.load(record.form).held_to(returned.scope)
    found = [*returned.findings, *check(form, record)]
    return Submission(
        place.name,
        digest,
        record,
        in_order(one.in_file(place.name) for one in found),
        modified=returned.modified,
        kind=returned.kind,
        cover=returned.scope,
    )


def _refused(place: Place, digest: str, refusal: Finding) -> Submission:
    return Submission(place.name, digest, refusal=refusal.in_file(place.name))


def _digest(place: Place) -> str:
    """Return the digest of a file that is not read, "" where there is none to be had."""
    if place.refusal and place.inside:  # what is refused in a zip is not even unpacked
        return ""
    with suppress(OSError, Refused):
        return load(place)[1]
    return ""


def compact(outcome: Outcome) -> Outcome:
    """Return an outcome that can be kept in memory with ten thousand others.

    Of the sources only those are kept that tell something: what was done to a figure, what was
    found by a label that is only nearly the form's, what could not be had or found, where the
    fields of the head stand, what last year's figures may contradict, and one from each sheet.
    All records of an edition share the form's own keys; each comes from a worker with copies.

    Args:
        outcome: as ``read`` yields it.
    """
    if isinstance(outcome, Skipped) or outcome.record is None:
        return outcome
    record = outcome.record
    form = definition.load(record.form)
    waiting = {rule.anchor for rule in form.rules if rule.needs_last_year}
    sheets: dict[str, str] = {}
    for key, source in record.sources.items():
        sheets.setdefault(source.sheet, key)
    told = {
        key: source
        for key, source in record.sources.items()
        if source.done
        or source.unsure
        or source.located == How.SIMILAR
        or sheets[source.sheet] == key
        or key not in record.values
        or key in waiting
        or (source.raw and record.values[key] is None)
    }
    values = {key: record.values[key] for key in form.indicators}
    return replace(outcome, record=replace(record, values=values, sources=told))


# ---------------------------------------------------------------- many files


def undisturbed() -> None:
    """Prepare a worker process: it ends when the main process does, not by the keyboard.

    One that is interrupted while it hands a result back would keep the others waiting for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        signal.raise_signal(signal.SIGTERM)


@contextmanager
def _running(start: Callable[[], Executor]) -> Iterator[Executor]:
    """Start an executor; where its results are no longer wanted, do not wait for those to come."""
    with start() as executor:
        try:
            yield executor
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


def _spread(places: Sequence[Place], start: Callable[[], Executor]) -> Iterator[Outcome]:
    """Read files in an executor; where it breaks, look for the file that did it."""
    starts = range(0, len(places), BATCH)
    batches = deque(places[first : first + BATCH] for first in starts)
    while batches:
        with _running(start) as executor:
            yield from _until_broken(executor, batches)
        suspects = [batches.popleft() for _ in range(min(AHEAD, len(batches)))]
        yield from _one_by_one([place for batch in suspects for place in batch], start)


def _until_broken(executor: Executor, batches: deque[Sequence[Place]]) -> Iterator[Outcome]:
    """Yield outcomes; what has not been read when the executor breaks stays in ``batches``."""
    pending: deque[Future[list[Outcome]]] = deque()
    with suppress(BrokenExecutor):
        while batches:
            for batch in islice(batches, len(pending), AHEAD):
                pending.append(executor.submit(_read_batch, batch))
            outcomes = pending.popleft().result()
            batches.popleft()
            yield from outcomes


def _read_batch(places: Sequence[Place]) -> list[Outcome]:
    return [read_file(place) for place in places]


def _one_by_one(places: Sequence[Place], start: Callable[[], Executor]) -> Iterator[Outcome]:
    """Read files with only one under way at a time, so that a death names its file."""
    waiting = deque(places)
    while waiting:
        with _running(start) as executor, suppress(BrokenExecutor):
            while waiting:
                outcome = executor.submit(read_file, waiting[0]).result()
                waiting.popleft()
                yield outcome
        if waiting:
            yield _killer(waiting.popleft())


def _killer(place: Place) -> Submission:
    return _refused(place, _digest(place), finding("R23"))
