"""`python -m ops roll-up`: count the open hours and bring the most-read lists up to date, now."""

import argparse

from chalicelib.actions import roll_up
from chalicelib.backend import Backend

HELP = "bring the most-read lists up to date now"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace, backend: Backend) -> int:
    """Do what the timer does, once."""
    roll_up.roll_up(backend)
    print("the lists are up to date")
    return 0
