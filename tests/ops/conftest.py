"""Fixtures of the operator commands' tests."""

from functools import partial
from pathlib import Path

import pytest

from tests.ops.logs import Write, write_log


@pytest.fixture
def log(tmp_path: Path) -> Write:
    """Writes lines to a log of a name."""
    return partial(write_log, tmp_path)
