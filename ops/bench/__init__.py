"""What the service costs in calls, units and bytes: run as `python -m ops.bench`."""
