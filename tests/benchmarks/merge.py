"""Merging against the loop a user would write: ``python -m tests.benchmarks.merge``.

Both read the same returns in one run. The loop loads each workbook with openpyxl, reads the
value cells and adds them up; it checks nothing. Ours reads, checks, merges and writes the summary.

Then the program itself is run with a roster: once where nothing is known yet, and again where
nothing has changed, each beside what it takes to start. A county is ``--returns 100``.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar

import openpyxl

from toolkit import definition, resources
from toolkit.check import check
from toolkit.endings import GOOD, OPEN
from toolkit.findings import Number, Severity
from toolkit.folder import Skipped, find
from toolkit.form import Form
from toolkit.intake import read
from toolkit.merge import Summary, expected, merge
from toolkit.reading.returns import read_return
from toolkit.record import Unit
from toolkit.roster import Member, Roster
from toolkit.writing import roster_book, summary, template
from toolkit.writing.layout import Layout

T = TypeVar("T")


def main() -> None:
    """Make the returns, time all ways on them, print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--returns", type=int, default=1000, help="how many returns to merge")
    editions = definition.editions()
    parser.add_argument("--edition", choices=editions, default=editions[0], help="of which form")
    parser.add_argument("--only-ours", action="store_true", help="leave the slow loop out")
    arguments = parser.parse_args()
    form = definition.load(arguments.edition)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(form, folder, arguments.returns)
        _compare(form, folder, arguments.returns, loop=not arguments.only_ours)
        _again(folder, arguments.returns)


def _write(form: Form, folder: Path, returns: int) -> None:
    """Write returns that hold: the samples without errors, each times a small number."""
    paths = sorted(resources.data("samples", form.edition, "records").glob("*.json"))
    samples = [read_return(path.read_bytes()).record for path in paths]
    whole = [
        one for one in samples if not any(f.severity is Severity.ERROR for f in check(form, one))
    ]
    for number in range(returns):
        sample, factor = whole[number % len(whole)], 1 + number % 97
        figures = {key: value and value * factor for key, value in sample.values.items()}
        unit = Unit(f"第{number}单位", f"{number:06}")
        content = template.filled(form, replace(sample, values=figures, reported={}, unit=unit))
        (folder / f"{number:06}.xlsx").write_bytes(content)


def _compare(form: Form, folder: Path, returns: int, *, loop: bool) -> None:
    sums = theirs = None
    if loop:
        sums, theirs = _timed("openpyxl loop", returns, lambda: _plain_loop(form, folder))
    for processes in (1, 2):
        start = partial(ProcessPoolExecutor, processes) if processes > 1 else None
        label = f"ours, {processes} process" + ("es" if processes > 1 else "")
        merged, ours = _timed(label, returns, partial(_ours, folder, start))
        assert merged.counted == returns
        if sums is not None and theirs is not None:
            assert all((merged.whole.totals[key] or 0) == total for key, total in sums.items())
            sys.stdout.write(f"{'':24}{theirs / ours:9.1f} times as fast\n")
        del merged  # the next run's memory is its own
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"{'':24}{peak:9.0f} MB at most so far\n")


def _again(folder: Path, returns: int) -> None:
    """Run the program as it is typed; its processes' time is less disturbed by others than ours."""
    with tempfile.TemporaryDirectory() as name:
        roster = Path(name, "名册.xlsx")
        units = (Unit(f"第{number}单位", f"{number:06}") for number in range(returns))
        roster.write_bytes(roster_book.workbook(Roster(tuple(map(Member, units)), Unit("示例县"))))

        def merging(into: str) -> Sequence[str | Path]:
            output, page = (Path(name, into, one) for one in ("汇总.xlsx", "核对.html"))
            return "merge", folder, "--roster", roster, "-o", output, "--html", page

        # As it is installed, the program is compiled: so it is here by a run that does not count.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": name}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        _run(environment, *merging("before"))
        start = _told("start-up", *_run(environment, "forms"))
        for label in ("first run", "second run"):
            taken = _told(label, *_run(environment, *merging("timed")))
            sys.stdout.write(f"{'':24}{taken / start:9.1f} times start-up\n")


def _told(label: str, seconds: float, taken: float) -> float:
    sys.stdout.write(f"{label:24}{seconds:9.2f} s, {taken:.2f} s of processors\n")
    return taken


def _run(environment: Mapping[str, str], *arguments: str | Path) -> tuple[float, float]:
    """Run the program; return the seconds that passed, and those that processors worked."""
    command = [sys.executable, "-m", "toolkit", *map(str, arguments)]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ended = subprocess.run(command, capture_output=True, check=False, env=environment)
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ended.returncode in (GOOD, OPEN), ended.stderr.decode()
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _timed(label: str, returns: int, run: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = run()
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{label:24}{seconds / returns * 1000:9.2f} ms a file, {seconds:.1f} s\n")
    return result, seconds


def _plain_loop(form: Form, folder: Path) -> dict[str, Number]:
    """Add up the input cells of every workbook."""
    layout = Layout(form)
    places = {i.key: (layout.sheet_of(i.key).name, layout.value(i.key)) for i in form.entered}
    sums: dict[str, Number] = dict.fromkeys(places, 0)
    for path in sorted(folder.glob("*.xlsx")):
        book = openpyxl.load_workbook(path, data_only=True)
        for key, (sheet, place) in places.items():
            value = book[sheet][place.address].value
            sums[key] += Decimal(str(value)) if isinstance(value, int | float) else 0
    return sums


def _ours(folder: Path, start: Callable[[], Executor] | None) -> Summary:
    places, _ = find([folder])
    sent = [one for one in read(places, start) if not isinstance(one, Skipped)]
    wanted = expected(sent)
    merged = merge(definition.load(wanted.form), wanted.year, sent)
    summary.workbook(merged)
    return merged


if __name__ == "__main__":
    main()
