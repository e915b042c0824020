"""Reading against bare python-calamine: ``python -m tests.benchmarks.reading``.

Both read the same good returns from disk in one run, turn by turn, on one core. calamine gives the
values of all sheets as lists. Ours also guards, and reads types, errors, formulas, merged and
hidden cells, names and properties. With ``--converted FOLDER`` the returns there are read instead,
for example as LibreOffice saved them.
"""

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook

from toolkit import definition, resources
from toolkit.reading import books
from toolkit.reading.returns import read_return
from toolkit.writing import template


def main() -> None:
    """Write the returns, read them both ways, print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--returns", type=int, default=200, help="how many returns to read")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is read")
    parser.add_argument("--converted", type=Path, help="a folder of .xlsx to read instead")
    arguments = parser.parse_args()
    if arguments.converted:
        _compare("converted", sorted(arguments.converted.glob("*.xlsx")), arguments.rounds)
        return
    for edition in definition.editions():
        with tempfile.TemporaryDirectory() as name:
            paths = _written(edition, Path(name), arguments.returns)
            _compare(edition, paths, arguments.rounds)


def _written(edition: str, folder: Path, returns: int) -> list[Path]:
    """Write returns of an edition, filled from its samples."""
    form = definition.load(edition)
    records = sorted(resources.data("samples", edition, "records").glob("*.json"))
    samples = [template.filled(form, read_return(path.read_bytes()).record) for path in records]
    paths = [folder / f"{number:06}.xlsx" for number in range(returns)]
    for number, path in enumerate(paths):
        path.write_bytes(samples[number % len(samples)])
    return paths


def _compare(label: str, paths: Sequence[Path], rounds: int) -> None:
    theirs, ours = _timed(paths, rounds, (_calamine, _ours))
    sys.stdout.write(
        f"{label:10} {len(paths)} files: calamine {theirs:5.2f} ms, ours {ours:5.2f} ms a file, "
        f"{theirs / ours:.0%} of its throughput\n"
    )


def _timed(
    paths: Sequence[Path], rounds: int, readers: Sequence[Callable[[bytes], object]]
) -> list[float]:
    """Return the milliseconds that each reader takes for a file: the median over all readings.

    The readers take turns, so that whatever else the machine does meets both.
    """
    taken: list[list[float]] = [[] for _ in readers]
    for _ in range(rounds):
        for path in paths:
            for reader, times in zip(readers, taken, strict=True):
                start = time.perf_counter()
                reader(path.read_bytes())
                times.append(time.perf_counter() - start)
    return [statistics.median(times) * 1000 for times in taken]


def _calamine(data: bytes) -> object:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = map(book.get_sheet_by_name, book.sheet_names)
    return [sheet.to_python(skip_empty_area=False) for sheet in sheets]


def _ours(data: bytes) -> object:
    return books.read(data)


if __name__ == "__main__":
    main()
