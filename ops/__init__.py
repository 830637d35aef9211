"""Operator commands: run as `python -m ops`, never shipped to Lambda."""
