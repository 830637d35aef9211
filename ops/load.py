"""`python -m ops load FILE`: a dump back into a table, over what is there: meant for one that is new."""

import argparse
from pathlib import Path

from chalicelib.backend import Backend
from ops import migrations, table_dump
from ops.progress import on_terminal

HELP = "put a dump back into the table"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, help="what `dump` has written")


def run(arguments: argparse.Namespace, backend: Backend) -> int:
    """Load it, and bring what an older release wrote up to date."""
    count = table_dump.load(backend.table.client, backend.table.name, arguments.file, on_terminal)
    migrations.migrate(backend.table, loaded=table_dump.version(arguments.file))
    print(f"{count} items are in {backend.table.name}")
    return 0
