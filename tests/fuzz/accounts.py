"""Files taken in as ``check`` and ``merge`` take them in, and what is wrong with how they came out.

Every file that goes in comes out in exactly one place, with a reason; nothing but a refusal or
findings comes out, and all of it can be shown, kept and sent back.
"""

import io
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit import check, definition, folder, intake, merge, record, screen
from toolkit.findings import Finding, Refused
from toolkit.folder import Place, Skipped
from toolkit.intake import Outcome
from toolkit.reading.returns import read_return
from toolkit.submissions import Submission
from toolkit.writing import marked, summary

_OURS = "R22"
"""The code of what the readers did not foresee: always a fault of ours."""
_LONGEST = 2_000
"""Characters of a sentence; a longer one nobody reads."""
READ = "read"


@dataclass(frozen=True)
class Account:
    """What became of one file on the disk."""

    outcomes: Sequence[Outcome]
    wrong: Sequence[str]
    """What is wrong with that, one sentence each."""

    @property
    def codes(self) -> Sequence[str]:
        """Return what became of each file in it: read, skipped, or the code of its refusal."""
        return [
            "skipped" if isinstance(one, Skipped) else one.refusal.code if one.refusal else READ
            for one in self.outcomes
        ]

    @property
    def sent(self) -> Sequence[Submission]:
        """Return what merging gets to see."""
        return [one for one in self.outcomes if isinstance(one, Submission)]


def taken_in(path: Path, *, files: int = 1) -> Account:
    """Take in a file.

    Args:
        path: the file, alone in its folder or not.
        files: how many files must come out at least, where it is a zip.
    """
    places, skipped = folder.find([path])
    outcomes = [*skipped, *intake.read(places)]
    return Account(
        outcomes, [*_unaccounted(path, places, outcomes, files), *_faults(places, outcomes)]
    )


def _unaccounted(
    path: Path, places: Sequence[Place], outcomes: Sequence[Outcome], files: int
) -> Iterator[str]:
    named = Counter(one.name if isinstance(one, Skipped) else one.path for one in outcomes)
    if any(count > 1 for count in named.values()):
        yield f"comes out twice: {named.most_common(1)}"
    if any(name != path.name and not name.startswith(f"{path.name}/") for name in named):
        yield f"is called otherwise: {[*named]}"
    if not {place.name for place in places} <= named.keys() or len(named) < max(files, 1):
        yield f"{files} files went in, {[*named]} came out"
    for one in outcomes:
        if isinstance(one, Skipped) and not one.reason:
            yield f"{one.name}: skipped without a reason"
        elif isinstance(one, Submission) and (one.record is None) == (one.refusal is None):
            yield f"{one.path}: neither read nor refused, or both"


def _faults(places: Sequence[Place], outcomes: Sequence[Outcome]) -> Iterator[str]:
    by_name = {place.name: place for place in places}
    for one in outcomes:
        if isinstance(one, Submission):
            if one.refusal and one.refusal.code == _OURS:
                yield f"{one.path}: {_traceback(by_name[one.path])}"
            for found in one.all_findings:
                yield from _unsound(one, found)


def _unsound(sent: Submission, found: Finding) -> Iterator[str]:
    if not found.message.strip() or len(found.message) > _LONGEST:
        yield f"{sent.path}: {found.code} says {len(found.message)} characters"
    if found.file != sent.path:
        yield f"{sent.path}: {found.code} is about {found.file!r}"


def _traceback(place: Place) -> str:
    """Return where a reader failed, without the net that keeps it from the user."""
    try:
        returned = read_return(intake.load(place)[0])
        check.check(definition.load(returned.record.form), returned.record)
    except Refused:
        return "refused when it was read again"
    except Exception:
        return traceback.format_exc()
    return "read when it was read again"


# ---------------------------------------------------------------- what becomes of it then


def shown(account: Account) -> Iterator[str]:
    """Show and keep what came out, as the commands do; yield what went wrong with that."""
    for one in account.sent:
        screen.findings(one.path, one.all_findings).encode()
        screen.as_json(one.all_findings, 1).encode()
        if one.record is not None:
            kept = read_return(record.dump(one.record).encode()).record
            if (kept.values, kept.year, kept.form) != (
                one.record.values,
                one.record.year,
                one.record.form,
            ):
                yield f"{one.path}: its record is another one when it is read again"


def sent_back(one: Submission) -> Iterator[str]:
    """Mark what has to come back; yield what went wrong with that."""
    if marked.wanted(one):
        with zipfile.ZipFile(io.BytesIO(marked.workbook(one))) as made:
            if made.testzip():
                yield f"{one.path}: the workbook sent back is damaged"


def merged(sent: Sequence[Submission]) -> Iterator[str]:
    """Merge files; yield what is wrong with their boxes and with the summary."""
    years = (definition.load(edition).first_year for edition in definition.editions())
    for edition, year in zip(definition.editions(), years, strict=True):
        try:
            decided = merge.expected(sent, check.Expected(edition))
        except merge.Undecided:
            decided = merge.Decided(edition, year)
        done = merge.merge(definition.load(decided.form), decided.year, sent)
        boxed = Counter(entry.submission.path for entry in done.entries)
        if boxed != Counter(one.path for one in sent):
            yield f"{len(sent)} files went in, {boxed.total()} are in boxes"
        yield from (f"{e.submission.path}: no reason" for e in done.entries if not e.reason)
        screen.summary(done).encode()
        with zipfile.ZipFile(io.BytesIO(summary.workbook(done))) as made:
            if made.testzip():
                yield "the summary is damaged"
