"""Read mutants in this process, which may take only so much memory and time for each.

``python -m tests.fuzz files 4711`` makes the mutant of a number again, reads it and says what
became of it; ``zips`` instead of ``files`` does the same for the zips of attachments. Several
numbers may be given, and ranges as Python spells them: ``0:6000:2``. With ``--keep FOLDER`` the
files stay there. A line of JSON is written before each number, and one behind it.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bounded import limit_memory, watched
from tests.fuzz import accounts
from tests.fuzz.attachments import attachments
from tests.fuzz.mutants import Mutant, mutant
from tests.fuzz.originals import KINDS, original
from toolkit import definition
from toolkit.submissions import Submission

SECONDS = 5
"""What one file may take at most; it takes a hundredth of that."""
BATCH = 100
"""Files that are merged together."""
SENT_BACK = 20
"""Of so many files, one is marked, which takes longer than reading it."""


def main(arguments: Sequence[str]) -> None:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("what", choices=["files", "zips"])
    parser.add_argument("numbers", nargs="+", help="a number, or first:last:step")
    parser.add_argument("--keep", type=Path, help="a folder in which the files stay")
    asked = parser.parse_args(arguments)
    numbers = [number for spelt in asked.numbers for number in _range(spelt)]
    for edition in definition.editions():
        for kind in KINDS:
            original(edition, kind)
    with ExitStack() as stack:
        kept = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        kept.mkdir(parents=True, exist_ok=True)
        limit_memory()
        _read(asked.what, numbers, kept)
    _say("done", peak=_peak())


def _range(spelt: str) -> range:
    first, *more = map(int, spelt.split(":"))
    return range(first, *more) if more else range(first, first + 1)


def _read(what: str, numbers: Sequence[int], folder: Path) -> None:
    sent: list[Submission] = []
    for count, number in enumerate(numbers, 1):
        _say("begun", what=what, number=number)
        made = _made(what, number)
        path = folder / made.name
        path.write_bytes(made.data)
        with watched(SECONDS):
            account = accounts.taken_in(path, files=made.files)
            wrong = [*account.wrong, *accounts.shown(account)]
        if len(numbers) < BATCH or number % SENT_BACK == 0:
            for one in account.sent[:1]:
                with watched(SECONDS):
                    wrong += accounts.sent_back(one)
        digest = hashlib.sha256(made.data).hexdigest()
        told = {"how": made.how, "codes": account.codes, "wrong": wrong, "digest": digest}
        _say("ended", what=what, number=number, **told)
        sent += account.sent
        if count % BATCH == 0 or count == len(numbers):
            _say("begun", what=f"merging {what} up to", number=number)
            with watched(SECONDS * len(definition.editions())):
                _say("ended", what="merge", wrong=[*accounts.merged(sent)])
            sent.clear()


def _made(what: str, number: int) -> Mutant:
    return mutant(number) if what == "files" else attachments(number)


def _peak() -> int:
    """Return the most memory that this process had, in MB; 0 where that is not told."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  # there is none on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _say(event: str, **told: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **told}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


main(sys.argv[1:])
