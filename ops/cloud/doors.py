"""Where a deployed stage answers, and which of its doors readers should come to."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.settings import Settings
from ops.cloud import cdn
from ops.cloud.account import Account, denied
from ops.cloud.deployed import Deployed
from ops.cloud.function_url import FunctionUrl
from ops.cloud.stage import Stage

API, FUNCTION_URL, CDN = "API", "function URL", "CDN"


def addresses(account: Account, stage: Stage) -> dict[str, str]:
    """The address of each door there is. Raises OperatorError if the stage is not deployed."""
    found = {API: Deployed(account, stage).api_url}
    url = FunctionUrl(account, stage).url
    if url:
        found[FUNCTION_URL] = url
    distribution = _distribution(account, stage)
    if distribution:
        found[CDN] = f"https://{distribution['DomainName']}"
    return found


def _distribution(account: Account, stage: Stage) -> Mapping[str, Any] | None:
    try:
        return cdn.find(account.client("cloudfront"), stage)
    except ClientError as error:
        if denied(error):
            return None  # who may not even look has made none
        raise


def best(found: dict[str, str], configured: Settings) -> str:
    """The address for readers: the one the service says it has, else the cheapest door."""
    return configured.public_url or found.get(CDN) or found.get(FUNCTION_URL) or found[API]
