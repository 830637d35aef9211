"""One environment of a Lambda function: imports the handler as Lambda does, and answers events.

Started with the folder of the unpacked code and the handler's name, by an interpreter that holds only what
Lambda's own does. Events come as lines of JSON on the standard input; lines with results or failures go back.
"""

import importlib
import json
import sys
import traceback
from types import SimpleNamespace
from typing import Any


def main(folder: str, handler: str) -> None:
    """Answer until the input ends."""
    sys.path.insert(0, folder)
    module, _, name = handler.rpartition(".")
    out, sys.stdout = sys.stdout, sys.stderr  # what the function prints is its log
    function = getattr(importlib.import_module(module), name)
    context = SimpleNamespace(function_name="stand-in", aws_request_id="stand-in", memory_limit_in_mb=512)
    for line in sys.stdin:
        answer: dict[str, Any]
        try:
            answer = {"result": function(json.loads(line), context)}
        except Exception:
            answer = {"failure": traceback.format_exc()}
        out.write(json.dumps(answer) + "\n")
        out.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
