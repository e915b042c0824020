"""Workbooks as LibreOffice saves them in every format, many in one run."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.office import Office, find

_AS_SHOWN = "34,76,1,,0,false,true,false"
"""Quotes, UTF-8, from the first line, cells as they are shown."""
_TEXT = "Text - txt - csv (StarCalc)"

WORKBOOKS: Mapping[str, Sequence[str]] = {
    "xlsx": ["xlsx:Calc MS Excel 2007 XML"],
    "ods": ["ods"],
    "xls": ["xls"],
    "fods": ["fods"],
}
"""Formats that keep formulas, merged cells, formats and all sheets, with their filters."""
TEXTS: Mapping[str, Sequence[str]] = {
    "csv": [f"csv:{_TEXT}:44,{_AS_SHOWN}"],
    "txt": [f"txt:{_TEXT}:9,{_AS_SHOWN}"],
}
"""The texts of the first sheet, apart by commas or by tabs."""
DOCUMENTS: Mapping[str, Sequence[str]] = {
    "html": ["html"],
    "docx": ["html", "docx:MS Word 2007 XML"],
}
"""The tables as they are seen: as a web page, and as one that a word processor has saved."""
SEEN = (*TEXTS, *DOCUMENTS)
"""The formats that hold only what is seen: no formulas, and no types of cells but in a page."""
FORMATS = (*WORKBOOKS, *SEEN)

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Save/Document">
<prop oor:name="GenerateThumbnail" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
"""Drawing a small picture of a workbook takes as long as saving it."""


def offices(factory: pytest.TempPathFactory, count: int) -> Sequence[Office]:
    """Return so many LibreOffices, which may run at the same time."""
    profiles = [factory.mktemp("office") for _ in range(count)]
    for profile in profiles:
        (profile / "user").mkdir()
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE)
    return [find(profile) for profile in profiles]


def convert(
    ready: Sequence[Office], files: Mapping[str, Sequence[Path]], into: Path
) -> Mapping[str, Mapping[str, Path]]:
    """Return files in each format they are wanted in, by format and by name without suffix.

    Args:
        ready: as many as are to run at the same time.
        files: what is converted, by format.
        into: where to.
    """
    free, steps = list(ready), {**WORKBOOKS, **TEXTS, **DOCUMENTS}
    jobs = [
        (kind, part)
        for kind, sources in files.items()
        for part in (sources[place :: len(free)] for place in range(len(free)))
        if part
    ]

    def run(job: tuple[str, Sequence[Path]]) -> Sequence[Path]:
        kind, made = job
        office = free.pop()
        try:
            for step, target in enumerate(steps[kind]):
                made = office.convert(made, target, into / kind / str(step))
        finally:
            free.append(office)
        return made

    saved: dict[str, dict[str, Path]] = {kind: {} for kind in files}
    with ThreadPoolExecutor(len(free)) as pool:
        for (kind, _), made in zip(jobs, pool.map(run, jobs), strict=True):
            saved[kind] |= {path.stem: path for path in made}
    return saved
