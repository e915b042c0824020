"""What all tests share."""

import pytest

from tests.office import Office, find
from toolkit import definition
from toolkit.form import Form


@pytest.fixture(scope="session")
def form() -> Form:
    """Return the oldest edition; most tests are about it."""
    return definition.load(definition.editions()[0])


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return LibreOffice."""
    return find(tmp_path_factory.mktemp("office"))
