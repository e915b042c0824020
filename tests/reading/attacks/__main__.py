"""Read files in this process, which may take only so much memory."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bounded import limit_memory, watched
from toolkit.findings import Refused
from toolkit.reading import books

SECONDS = 20
"""Many times what any of these files takes: a hang, not a measurement."""


def outcome(path: Path) -> str:
    """Return the code of a file's refusal, "" for one that is read."""
    try:
        books.read(path.read_bytes())
    except Refused as refused:
        return refused.finding.code
    return ""


def main(names: Sequence[str]) -> None:
    """Read files, and write name, code and seconds of each."""
    limit_memory()
    for name in names:
        start = time.perf_counter()
        with watched(SECONDS):
            code = outcome(Path(name))
        seconds = round(time.perf_counter() - start, 3)
        sys.stdout.write(json.dumps([Path(name).name, code, seconds]) + "\n")
        sys.stdout.flush()


main(sys.argv[1:])
