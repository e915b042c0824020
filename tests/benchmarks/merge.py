"""Merging against the loop a user would write: ``python -m tests.benchmarks.merge``.

Both read the same returns in one run. The loop loads each workbook with openpyxl, reads the
value cells and adds them up; it checks nothing. Ours reads, checks, merges and writes the summary.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl

from toolkit import definition, text
from toolkit.findings import Number
from toolkit.folder import Skipped, find
from toolkit.form import Form, Indicator
from toolkit.intake import read
from toolkit.merge import Summary, expected, merge
from toolkit.record import Record, Unit, settle
from toolkit.writing import summary, template
from toolkit.writing.layout import Column, Layout

Sums = dict[str, Number]


def main() -> None:
    """Make the returns, time all ways on them, print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--returns", type=int, default=1000, help="how many returns to merge")
    parser.add_argument("--only-ours", action="store_true", help="leave the slow loop out")
    arguments = parser.parse_args()
    form = definition.load(definition.editions()[0])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(arguments.returns):
            _write(form, folder, number)
        _compare(form, folder, arguments.returns, loop=not arguments.only_ours)


def _write(form: Form, folder: Path, number: int) -> None:
    draw = random.Random(number)
    filled = {i.key: _figure(draw, i) for i in form.entered if draw.random() < 0.8}
    values, reported = settle(form, filled, {})
    unit = Unit(f"第{number}单位", f"{number:06}")
    path = folder / f"{number:06}.xlsx"
    path.write_bytes(
        template.filled(form, Record(form.edition, form.first_year, unit, values, reported))
    )


def _figure(draw: random.Random, indicator: Indicator) -> Number:
    figure = draw.randrange(1000)
    return text.exact(Decimal(figure).scaleb(-2)) if indicator.measure.decimals else figure


def _compare(form: Form, folder: Path, returns: int, *, loop: bool) -> None:
    if loop:
        theirs = _timed("openpyxl loop", returns, lambda: _plain_loop(form, folder))
    for processes in (1, 2):
        start = partial(ProcessPoolExecutor, processes) if processes > 1 else None
        label = f"ours, {processes} process" + ("es" if processes > 1 else "")
        ours = _timed(label, returns, lambda start=start: _ours(folder, start))
        if loop:
            sys.stdout.write(f"{'':24}{theirs / ours:9.1f} times as fast\n")
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    sys.stdout.write(f"peak memory {own:.0f} MB, largest worker {workers:.0f} MB\n")


def _timed(label: str, returns: int, run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{label:24}{seconds / returns * 1000:9.2f} ms a file, {seconds:.1f} s\n")
    return seconds


def _plain_loop(form: Form, folder: Path) -> Sums:
    """Add up the input cells of every workbook."""
    cells = {
        line.key: f"{Column.VALUE.letter}{row}"
        for row, line in Layout(form, form.tables[0]).lines()
        if line.key
    }
    sums: Sums = dict.fromkeys(cells, 0)
    for path in sorted(folder.glob("*.xlsx")):
        sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        for key, cell in cells.items():
            sums[key] += sheet[cell].value or 0
    return sums


def _ours(folder: Path, start: Callable[[], Executor] | None) -> Summary:
    places, _ = find([folder])
    sent = [one for one in read(places, start) if not isinstance(one, Skipped)]
    wanted = expected(sent)
    merged = merge(definition.load(wanted.form), wanted.year or 0, sent)
    summary.workbook(merged)
    return merged


if __name__ == "__main__":
    main()
