"""Comparing workbooks and documents part by part, as the zip packages they are."""

import io
import zipfile


def parts(content: bytes) -> dict[str, bytes]:
    """Return the unzipped parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in sorted(package.namelist())}
