"""Chromium for the tests of pages. Where it or Playwright is missing they are skipped, and say so."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.pages.newsroom import Newsroom, newsroom

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The system's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def room(browser: "Browser") -> Iterator[Newsroom]:
    """A newsroom with a dozen held comments."""
    with newsroom(browser, held=12) as made:
        yield made
