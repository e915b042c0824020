"""LibreOffice as a part of the tests: real recalculation, real pages."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

FONTS = Path(__file__).parent / "data" / "fonts.conf"
PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")


class Office:
    """Headless LibreOffice with a profile of its own."""

    def __init__(self, program: str, profile: Path) -> None:
        """Keep the program and the folder for its profile."""
        self._program, self._profile = program, profile

    def convert(self, files: Sequence[Path], target: str, into: Path) -> list[Path]:
        """Convert files in one run and return the results in the same order."""
        into.mkdir(parents=True, exist_ok=True)
        suffix = target.partition(":")[0]
        subprocess.run(
            [
                self._program,
                f"-env:UserInstallation={self._profile.as_uri()}",
                "--headless",
                "--convert-to",
                target,
                "--outdir",
                str(into),
                *map(str, files),
            ],
            check=True,
            capture_output=True,
            timeout=600,
            env=os.environ | {"FONTCONFIG_FILE": str(FONTS)},
        )
        results = [into / f"{file.stem}.{suffix}" for file in files]
        missing = [result.name for result in results if not result.exists()]
        assert not missing, missing
        return results

    def recalculate(self, files: Sequence[Path], into: Path) -> list[Path]:
        """Load workbooks, let every formula be computed, and save them again."""
        return self.convert(files, "xlsx:Calc MS Excel 2007 XML", into)


def find(profile: Path) -> Office:
    """Return LibreOffice; where it is missing, fail in CI and skip loudly elsewhere."""
    if PROGRAM is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing")
        pytest.skip("LibreOffice is missing: what it proves was NOT tested")
    return Office(PROGRAM, profile)


def pdf_text(file: Path) -> str:
    """Return the text of a PDF in reading order."""
    command = ["pdftotext", "-layout", str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def pdf_pages(file: Path, into: Path, *, dots_per_inch: int = 80) -> list[Path]:
    """Draw the pages of a PDF as PNG files, in order."""
    into.mkdir(parents=True, exist_ok=True)
    command = ["pdftoppm", "-r", str(dots_per_inch), "-png", str(file), str(into / file.stem)]
    subprocess.run(command, check=True, capture_output=True)
    return sorted(into.glob(f"{file.stem}-*.png"))
