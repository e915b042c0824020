"""The pictures of the README, drawn from the samples: ``python -m tests.pictures FOLDER``."""

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import PROGRAM, Office, pdf_pages
from toolkit import definition, merge, resources
from toolkit.folder import Skipped, find
from toolkit.intake import read
from toolkit.reading.returns import read_return
from toolkit.writing import summary, template
from toolkit.writing.layout import Layout
from toolkit.writing.places import letter

EDITION = definition.editions()[0]
"""Of the list and of the summary."""


class Screen(NamedTuple):
    """A filled return as its clerk sees it on the screen."""

    edition: str
    sample: str
    """A return with an error."""
    table: int
    rows: int
    """How many rows of it are shown."""


SCREENS = {
    "form": Screen(EDITION, "南昌*原报.json", 0, 28),
    "matrix": Screen(definition.editions()[-1], "*民政局*.json", 1, 29),
}


def documents(folder: Path) -> dict[str, Path]:
    """Write the workbooks to be shown; return them by the name of their picture."""
    form = definition.load(EDITION)
    shown = {name: folder / f"{name}.xlsx" for name in SCREENS}
    for name, screen in SCREENS.items():
        _write_screen(screen, shown[name])
    shown["summary"] = folder / "summary.xlsx"
    places, skipped = find([resources.data("samples", EDITION, "returns")])
    sent = [one for one in read(places) if not isinstance(one, Skipped)]
    merged = merge.merge(form, merge.expected(sent).year or 0, sent)
    shown["summary"].write_bytes(summary.workbook(merged, skipped))
    return shown


def _write_screen(screen: Screen, path: Path) -> None:
    """Write one sheet of a return, the checks beside the figures."""
    form = definition.load(screen.edition)
    sample = next(resources.data("samples", screen.edition, "records").glob(screen.sample))
    returned = read_return(sample.read_bytes()).record
    book = openpyxl.load_workbook(io.BytesIO(template.filled(form, returned)))
    layout = Layout(form).sheets[screen.table]
    sheet = book[layout.name]
    assert isinstance(sheet, Worksheet)
    sheet.print_area = f"B1:{letter(layout.verdict)}{layout.first_row + screen.rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 1
    for other in book.worksheets:
        if other is not sheet:  # its formulas may need the others, the picture does not
            other.sheet_state = "hidden"
            other.print_area = None
    book.active = sheet
    book.save(path)


def main(target: Path) -> None:
    """Draw the first page of each."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office(PROGRAM or "soffice", folder / "profile")
        shown = documents(folder)
        pages = office.convert(list(shown.values()), "pdf", folder / "pdf")
        for picture, page in zip(shown, pages, strict=True):
            first = pdf_pages(page, folder / "png", dots_per_inch=100)[0]
            shutil.copyfile(first, target / f"{picture}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
