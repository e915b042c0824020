"""Committed files that are made from the definitions are as fresh as the definitions."""

import pytest

from tests.make import Made, everything
from tests.packages import parts

FILES = list(everything())


@pytest.mark.parametrize("made", FILES, ids=[path.name for path, _ in FILES])
def test_committed_file_is_fresh(made: Made) -> None:
    path, content = made
    assert path.exists(), "run: make data"
    committed = path.read_bytes()
    if path.suffix in {".json", ".md"}:
        assert committed == content, "run: make data"
    else:  # other versions of zlib pack the same parts into other bytes
        assert parts(committed) == parts(content), "run: make data"


def test_nothing_stale_lies_beside_them() -> None:
    made = {path for path, _ in FILES}
    for folder in {path.parent for path in made if path.suffix in {".xlsx", ".docx"}}:
        lying = {path for path in folder.iterdir() if path.suffix in {".xlsx", ".docx"}}
        assert lying <= made, [path.name for path in lying - made]
