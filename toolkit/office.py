"""Documents of older programs, saved as .docx by LibreOffice where that is installed.

It runs without a window, in a folder and with a profile of its own that are gone afterwards, and
is stopped when it takes too long.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_NAMES = ("soffice", "libreoffice")
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where it is installed on systems whose search path does not know it."""
_SECONDS = 120


def program() -> str | None:
    """Return LibreOffice, None where there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in _USUAL if Path(path).is_file()), None)


def as_docx(data: bytes) -> bytes | None:
    """Return a document as .docx.

    Args:
        data: the bytes of a document in any format that LibreOffice opens.

    Returns:
        the bytes of the .docx; None where there is no LibreOffice, or it could not open the file.
    """
    office = program()
    if office is None:
        return None
    with TemporaryDirectory() as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        arguments = ("--headless", "--convert-to", "docx", "--outdir", folder, str(source))
        _run([office, f"-env:UserInstallation={profile}", *arguments])
        converted = source.with_suffix(".docx")
        return converted.read_bytes() if converted.is_file() else None


def _run(command: list[str]) -> None:
    """Run a program to its end, or stop it and what it started."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_SECONDS)
        except BaseException as error:
            with suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                process.kill()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
