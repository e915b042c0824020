"""Documents of older programs, through LibreOffice itself."""

from pathlib import Path

import pytest

from tests.office import Office
from tests.proofreading import drawn
from toolkit import office as program
from toolkit.findings import Refused
from toolkit.reading import narratives
from toolkit.reading.narratives import read_narrative

LINES = ["一、概述", "全年公开信息12条。"]


@pytest.fixture
def old(office: Office, tmp_path: Path) -> bytes:
    """Return a report in the format of Word 97."""
    source = tmp_path / "报告.docx"
    source.write_bytes(drawn.as_document(LINES))
    (saved,) = office.convert([source], "doc:MS Word 97", tmp_path / "old")
    return saved.read_bytes()


def test_an_old_document_is_named_and_converted(old: bytes) -> None:
    assert narratives.convertible(old)
    with pytest.raises(Refused) as refused:
        read_narrative(old)
    assert refused.value.finding.code == "R81"
    assert "另存为" in str(refused.value)
    converted = program.as_docx(old)
    assert converted is not None
    assert [one.text for one in read_narrative(converted).passages] == LINES


def test_without_libreoffice_nothing_is_converted(
    old: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert program.as_docx(old) is None
