"""A real Chromium, and pages opened in it the way a double click does."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


class Screen(NamedTuple):
    """The size of a window."""

    width: int
    height: int


DESK, PHONE = Screen(1366, 768), Screen(390, 844)
"""What most offices have on their desks, and what people have in their hands."""

Open = Callable[..., Page]
"""Opens a page, on a desk unless told otherwise."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the browser."""
    if PROGRAM is None:
        pytest.fail("Chromium is missing: tests/office.sh installs it where apt-get may be used")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return what opens a page; whatever goes wrong in one, or is asked of a network, fails."""
    wrong: list[str] = []
    pages: list[Page] = []

    def dismiss(shown: Dialog) -> None:
        wrong.append(shown.message)
        shown.dismiss()

    def open_page(content: bytes, screen: Screen = DESK) -> Page:
        file = tmp_path / f"{len(pages)}.html"
        file.write_bytes(content)
        page = chromium.new_page(viewport={"width": screen.width, "height": screen.height})
        pages.append(page)
        page.on("console", lambda told: wrong.append(told.text))
        page.on("pageerror", lambda error: wrong.append(error.message))
        page.on("dialog", dismiss)
        page.on("request", lambda asked: wrong.append(asked.url))
        page.goto(file.as_uri())
        assert wrong.pop(0) == file.as_uri()
        return page

    yield open_page
    for page in pages:
        page.close()
    assert wrong == []
