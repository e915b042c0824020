"""A return of each edition, saved by LibreOffice in every format, gives back its figures."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.office import Office
from toolkit import definition, resources
from toolkit.findings import Severity
from toolkit.reading.returns import Return, read_return
from toolkit.record import Record
from toolkit.writing import template

EDITIONS = definition.editions()
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
"""Commas, quotes, UTF-8, from the first line, cells as they are shown."""
WORKBOOKS = ["xlsx", "ods", "fods", "xls"]


def sample(edition: str) -> Record:
    """Return a record without errors."""
    paths = sorted(resources.data("samples", edition, "records").glob("*.json"))
    return read_return(paths[1].read_bytes()).record


@pytest.fixture(scope="session")
def saved(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[tuple[str, str], Path]:
    """Return a filled template of each edition in every format, by edition and format."""
    folder = tmp_path_factory.mktemp("returns")
    sources = [folder / f"{edition}.xlsx" for edition in EDITIONS]
    for edition, source in zip(EDITIONS, sources, strict=True):
        source.write_bytes(template.filled(definition.load(edition), sample(edition)))
    return {
        (edition, kind): path
        for kind in [*WORKBOOKS, "html", CSV]
        for edition, path in zip(
            EDITIONS, office.convert(sources, kind, folder / kind[:4]), strict=True
        )
    }


def read(saved: Mapping[tuple[str, str], Path], edition: str, kind: str) -> Return:
    return read_return(saved[edition, kind].read_bytes())


def errors(returned: Return) -> list[str]:
    return [one.code for one in returned.findings if one.severity is Severity.ERROR]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_workbook_gives_back_the_record(
    saved: Mapping[tuple[str, str], Path], edition: str, kind: str
) -> None:
    wanted, returned = sample(edition), read(saved, edition, kind)
    found = returned.record
    assert (found.form, found.year, found.unit) == (wanted.form, wanted.year, wanted.unit)
    assert (found.values, found.reported) == (wanted.values, wanted.reported)
    assert (found.contacts, found.explanations) == (wanted.contacts, wanted.explanations)
    assert returned.findings == ()
    assert returned.modified


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_gives_back_the_figures(saved: Mapping[tuple[str, str], Path], edition: str) -> None:
    returned = read(saved, edition, "html")
    assert returned.record.values == sample(edition).values
    assert returned.record.unit.name == sample(edition).unit.name
    assert errors(returned) == []


def test_a_csv_file_gives_back_the_figures(saved: Mapping[tuple[str, str], Path]) -> None:
    """It holds the first sheet, which is the whole form in the oldest edition."""
    edition = EDITIONS[0]
    data = saved[edition, CSV].read_bytes()
    for content in (data, data.decode("utf-8-sig").encode("gb18030")):
        returned = read_return(content)
        assert returned.record.values == sample(edition).values
        assert returned.record.unit == sample(edition).unit
        assert errors(returned) == []
