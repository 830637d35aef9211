"""What we want of a configuration is laid over it; what others have added stays."""

from typing import Any

import pytest

from ops.cloud import cdn
from ops.cloud.overlay import overlaid


def items(*members: Any) -> dict[str, Any]:
    """A list as CloudFront writes it."""
    return {"Quantity": len(members), "Items": list(members)}


@pytest.mark.parametrize(
    ("given", "wanted", "merged"),
    [
        ({"a": 1, "b": 2}, {"b": 3}, {"a": 1, "b": 3}),
        ({"a": {"x": 1, "y": 2}}, {"a": {"y": 2}}, {"a": {"x": 1, "y": 2}}),
        (items("GET", "HEAD"), items("HEAD", "GET"), items("GET", "HEAD")),
        (items("GET"), items("HEAD", "GET"), items("HEAD", "GET")),
        (
            items({"Id": "theirs", "x": 1}, {"Id": "service", "x": 1, "y": 1}),
            items({"Id": "service", "x": 2}),
            items({"Id": "theirs", "x": 1}, {"Id": "service", "x": 2, "y": 1}),
        ),
        ({"Quantity": 0}, items({"ErrorCode": 500}), items({"ErrorCode": 500})),
        (None, items("GET"), items("GET")),
    ],
)
def test_what_is_wanted_holds_and_all_else_stays(given: Any, wanted: Any, merged: Any) -> None:
    assert overlaid(given, wanted) == merged
    assert overlaid(merged, wanted) == merged


def test_a_distribution_agrees_with_itself_and_not_with_that_of_another_door() -> None:
    places = {"path": "", "secret": "s", "cache_policy": "p"}
    one, other = (cdn.distribution("tribune-prod", host=host, **places) for host in ("a.example", "b.example"))

    assert overlaid(one, one) == one
    assert overlaid(one, other) == other
