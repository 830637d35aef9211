"""`python -m ops template`: all resources of a stage for CloudFormation, for teams with a pipeline.

Writes the template that `chalice package --merge-template` merges into Chalice's own; asks no AWS account. The
limits kept in .chalice/config.json are the defaults of its parameters.
"""

import argparse
import json
from pathlib import Path

from ops.cloud.account import Anywhere
from ops.cloud.bytecode import Bytecode
from ops.cloud.configuration import DEPLOYED, Configuration
from ops.cloud.stage import Stage
from ops.cloud.steps import take
from ops.cloud.template import template
from ops.errors import OperatorError
from ops.finish import DEFAULTS
from ops.provision import SECRET

HELP = "write all resources of a stage for CloudFormation"
DEFAULT_FILE = Path("build/resources.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stage, and where the template goes."""
    parser.add_argument("--stage", required=True, help="a stage of .chalice/config.json")
    parser.add_argument("--new", action="store_true", help="add the stage to .chalice/ where it is missing")
    parser.add_argument("--file", type=Path, default=DEFAULT_FILE, help=f"where to write it ({DEFAULT_FILE})")


def run(arguments: argparse.Namespace) -> int:
    """Write the template."""
    stage = Stage.named(arguments.stage)
    configuration = Configuration(stage)
    if not configuration.known:
        if not arguments.new:
            raise OperatorError(f".chalice/config.json has no stage {stage.name}: add --new to make it one")
        take(configuration.steps(Anywhere(), {}), dry_run=False, say=print)
    _check_secrets(configuration)
    options = DEFAULTS | configuration.options
    written = template(stage, configuration.settings(), options, traced=configuration.traced)
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    arguments.file.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"wrote {arguments.file}")
    take(Bytecode().steps(), dry_run=False, say=print)
    return 0


def _check_secrets(configuration: Configuration) -> None:
    given = configuration.environment
    for name in sorted(SECRET & given.keys()):
        if given[name] and given[name] != DEPLOYED.get(name):
            raise OperatorError(
                f"{name} would be a secret in a file: remove it from .chalice/config.json; tokens are made with "
                "`python -m ops tokens`, and a proxy's secret is the stack's parameter ProxySecret"
            )
