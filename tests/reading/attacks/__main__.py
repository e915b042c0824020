"""Read files in this process, which may take only so much memory."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from toolkit.findings import Refused
from toolkit.reading import books

MEMORY = 300 * 2**20
"""How much more memory reading any of these files may take."""

_SIZE = Path("/proc/self/statm")


def limit_memory() -> None:
    """Let this process take no more than so much memory beyond what it has, where Linux tells."""
    if not _SIZE.exists():
        return
    import resource  # noqa: PLC0415  # there is none on Windows

    pages = int(_SIZE.read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


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
        code = outcome(Path(name))
        seconds = round(time.perf_counter() - start, 3)
        sys.stdout.write(json.dumps([Path(name).name, code, seconds]) + "\n")
        sys.stdout.flush()


main(sys.argv[1:])
