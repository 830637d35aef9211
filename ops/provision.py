"""`python -m ops provision`: make the table, its indexes and its expiry where they are missing."""

import argparse

from chalicelib.actions import identity
from chalicelib.backend import Backend

NAME = "provision"
HELP = "make the table where it is missing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace, backend: Backend) -> int:
    """The table is made by whoever opens the backend; what is left is the site's secret."""
    identity.site_secret(backend)
    print(f"the table {backend.table.name} is ready")
    return 0
