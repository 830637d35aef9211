"""Kiosks: see tests/widgets/kiosk.py."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.widgets.kiosk import Kiosk, kiosk_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def kiosk(browser: "Browser") -> Iterator[Kiosk]:
    """One service for the tests of a module, which only read."""
    with kiosk_on(browser) as made:
        yield made


@pytest.fixture
def own_kiosk(browser: "Browser") -> Iterator[Kiosk]:
    """A service of a test's own, which may write to it."""
    with kiosk_on(browser) as made:
        yield made
