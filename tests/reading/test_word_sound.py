"""What another library is to open has been looked at: no bombs, no entities, a Word document."""

import io

import docx
import pytest

from tests import packages
from tests.zipped import File, zipped
from toolkit.findings import Refused
from toolkit.reading import word_sound
from toolkit.reading.room import RETURN


def document(**changed: bytes) -> bytes:
    file = io.BytesIO()
    docx.Document().save(file)
    parts = packages.parts(file.getvalue()) | {
        f"word/{name}": content for name, content in changed.items()
    }
    return zipped(*(File(name, content) for name, content in parts.items()))


def code(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        word_sound.check(data)
    return refused.value.finding.code


def test_a_word_document_is_sound() -> None:
    word_sound.check(document())


@pytest.mark.parametrize(
    "data", [b"", b"text", b"{\\rtf1}", zipped(File("xl/workbook.xml", b"<a/>"))]
)
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    assert code(data) == "R70"


def test_damage_is_told_as_damage() -> None:
    assert code(document()[:400]) == "R3"
    assert code(document(**{"extra.xml": b"<a>"})) == "R3"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("extra.xml", "<!DOCTYPE a><a/>".encode("utf-16")),
        ("extra.xml", b"<a>" + b" " * (RETURN.part_bytes + 1) + b"</a>"),
        ("media/stamp.png", b"\0" * (RETURN.part_bytes + 1)),
    ],
)
def test_what_would_flood_another_library_is_refused(name: str, content: bytes) -> None:
    assert code(document(**{name: content})) == "R4"
