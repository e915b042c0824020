"""The pictures of the README, drawn from the samples: ``python -m tests.pictures FOLDER``."""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.office import PROGRAM, Office, pdf_pages
from toolkit import definition, merge, resources
from toolkit.folder import Skipped, find
from toolkit.intake import read
from toolkit.writing import summary, template

EDITION = definition.editions()[0]


def documents(folder: Path) -> dict[str, Path]:
    """Write the workbooks to be shown; return them by the name of their picture."""
    form = definition.load(EDITION)
    shown = {"form": folder / "form.xlsx", "summary": folder / "summary.xlsx"}
    shown["form"].write_bytes(template.blank(form))
    places, skipped = find([resources.data("samples", EDITION, "returns")])
    sent = [one for one in read(places) if not isinstance(one, Skipped)]
    merged = merge.merge(form, merge.expected(sent).year or 0, sent)
    shown["summary"].write_bytes(summary.workbook(merged, skipped))
    return shown


def main(target: Path) -> None:
    """Draw the first page of each."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office(PROGRAM or "soffice", folder / "profile")
        shown = documents(folder)
        pages = office.convert(list(shown.values()), "pdf", folder / "pdf")
        for picture, page in zip(shown, pages, strict=True):
            first = pdf_pages(page, folder / "png")[0]
            shutil.copyfile(first, target / f"{picture}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
