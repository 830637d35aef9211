"""`python -m ops dump FILE`: the whole table into a file, which holds readers' e-mail addresses: keep it safe."""

import argparse
from pathlib import Path

from chalicelib.backend import Backend
from ops import table_dump
from ops.progress import on_terminal

HELP = "write the whole table to a file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, help="a new file, such as tribune.jsonl.gz")


def run(arguments: argparse.Namespace, backend: Backend) -> int:
    """Write it."""
    count = table_dump.write(backend.table.client, backend.table.name, arguments.file, on_terminal)
    print(table_dump.said(count, backend.table.name, arguments.file))
    return 0
