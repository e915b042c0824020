"""A process that reads what may kill it: it gets little memory, and what hangs in it is ended."""

import faulthandler
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = 300 * 2**20
"""How much more memory reading any file may take."""

_SIZE = Path("/proc/self/statm")


def limit_memory() -> None:
    """Let this process take no more than so much memory beyond what it has, where Linux tells."""
    if not _SIZE.exists():
        return
    import resource  # noqa: PLC0415  # there is none on Windows

    pages = int(_SIZE.read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextmanager
def watched(seconds: float) -> Iterator[None]:
    """End this process where something takes longer, and write to stderr where it was.

    The system watches, so that even a parser in C is ended; Windows does not. Time of the
    processor counts, so that nothing is ended for what else the machine does.
    """
    if sys.platform == "win32":
        yield
        return
    faulthandler.register(signal.SIGPROF, chain=True)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
