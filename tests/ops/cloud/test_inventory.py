"""The table of resources in the documentation is the list that `destroy` goes by."""

from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from ops.cloud import inventory
from ops.cloud.account import Account
from ops.cloud.stage import Stage
from tests.ops.cloud.account import REGION, ROOT


def test_each_resource_is_documented_with_its_name_its_maker_and_whether_it_is_tagged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    text = Path("docs/operating.md").read_text("utf-8")
    with mock_aws():
        found = inventory.resources(Account(boto3.session.Session(region_name=REGION)), Stage("prod"))
    rows = [f"| {one.kind} | `{one.name}` | `{one.maker}` | {'yes' if one.tagged else 'no'} |" for one in found]
    assert [row for row in rows if row not in text] == []
    assert text.count("` | yes |") + text.count("` | no |") == len(rows)
