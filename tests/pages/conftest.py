"""A newsroom for each test of the page for moderators."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.pages.newsroom import Newsroom, newsroom

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def room(browser: "Browser") -> Iterator[Newsroom]:
    """A newsroom with a dozen held comments."""
    with newsroom(browser, held=12) as made:
        yield made
