"""Word documents that a library without limits is to open: every part is looked at first."""

from toolkit.findings import Refused
from toolkit.reading import guard
from toolkit.reading.formats import Format, of_package, sniff

_XML = (".xml", ".rels")


def check(data: bytes) -> None:
    """Refuse what is no Word document (.docx), or none that is safe to open.

    Args:
        data: the bytes of the file.

    Raises:
        Refused: R70 it is no Word document; R3 it is damaged, R4 it is beyond the limits, R5 it is
            encrypted.
    """
    if sniff(data) is Format.ENCRYPTED:
        raise Refused("R5")
    package = guard.open_package(data) if data.startswith(b"PK") else None
    if package is None or of_package(package, data) is not Format.DOCX:
        raise Refused("R70")
    for name in package.names:
        if name.endswith(_XML):
            package.xml(name)
        else:
            package.part(name)
