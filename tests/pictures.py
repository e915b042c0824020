"""The pictures of the README, drawn from the samples: ``python -m tests.pictures FOLDER``."""

import io
import shutil
import sys
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import PROGRAM, Office, pdf_pages
from toolkit import definition, merge, resources
from toolkit.folder import Skipped, find
from toolkit.form import Form
from toolkit.intake import read
from toolkit.reading.returns import read_return
from toolkit.writing import summary, template
from toolkit.writing.layout import Layout
from toolkit.writing.places import letter

SAMPLE, ROWS = "南昌*原报.json", 28
"""A return with an error, and how many rows of it are shown."""
EDITION = definition.editions()[0]


def documents(folder: Path) -> dict[str, Path]:
    """Write the workbooks to be shown; return them by the name of their picture."""
    form = definition.load(EDITION)
    shown = {"form": folder / "form.xlsx", "summary": folder / "summary.xlsx"}
    _write_screen(form, shown["form"])
    places, skipped = find([resources.data("samples", EDITION, "returns")])
    sent = [one for one in read(places) if not isinstance(one, Skipped)]
    merged = merge.merge(form, merge.expected(sent).year or 0, sent)
    shown["summary"].write_bytes(summary.workbook(merged, skipped))
    return shown


def _write_screen(form: Form, path: Path) -> None:
    """Write a filled return as its clerk sees it on the screen, the checks beside the figures."""
    sample = next(resources.data("samples", EDITION, "records").glob(SAMPLE))
    returned = read_return(sample.read_bytes()).record
    book = openpyxl.load_workbook(io.BytesIO(template.filled(form, returned)))
    sheet = book[form.tables[0].name]
    assert isinstance(sheet, Worksheet)
    layout = Layout(form).first
    sheet.print_area = f"B1:{letter(layout.first_reported)}{layout.first_row + ROWS}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 1
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
