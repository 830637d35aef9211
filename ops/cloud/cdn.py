"""The optional CloudFront distribution: lists and other cacheable answers cost no request of the service."""

import uuid
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.actions.identity import PROXY_HEADER
from ops.cloud.account import Account
from ops.cloud.overlay import overlaid
from ops.cloud.resource import FINISH, Resource
from ops.cloud.stage import Stage, tag_list
from ops.cloud.steps import Step

CACHED_PATHS = (
    "/most-read",
    "/most-read.html",
    "/articles/*/comments.atom",
    "/comments.atom",
    "/openapi.json",
    "/embed/*",
)
"""Paths whose answers say for how long they may be kept; nothing else is kept by the CDN."""
NEVER_CACHED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
"""AWS's own policies CachingDisabled and AllViewerExceptHostHeader, the same in every account (Amazon CloudFront
Developer Guide, managed policies). API Gateway refuses a Host that is not its own."""
DAY = 86_400
NOT_FOUND = 404
SERVER_ERRORS = (500, 502, 503, 504)


class Cdn:
    """The distribution of a stage in front of `host` and `path`; `secret` tells the service that it is ours."""

    def __init__(self, account: Account, stage: Stage, *, host: str, path: str, secret: str) -> None:
        self._client: Any = account.client("cloudfront")
        self._stage = stage
        self._host, self._path, self._secret = host, path, secret

    def steps(self) -> list[Step]:
        """The cache policy and the distribution."""
        return [
            Step("cache policy", self._lacking_policy, self._put_policy),
            Step("distribution", self._lacking, self._put),
        ]

    def _lacking(self) -> str | None:
        found = find(self._client, self._stage)
        if found is None:
            return "create it; it answers everywhere after some minutes"
        given = self._client.get_distribution_config(Id=found["Id"])["DistributionConfig"]
        same = overlaid(given, self._wanted()) == given
        return None if same else "change it, and wait until that is so everywhere, which takes some minutes"

    def _put(self) -> None:
        found = find(self._client, self._stage)
        if found is None:
            # AWS keeps the references of former distributions: a stage made again needs another one.
            reference = {"CallerReference": f"{self._stage.label}-{uuid.uuid4()}"}
            tagged = {
                "DistributionConfig": self._wanted() | reference,
                "Tags": {"Items": tag_list(self._stage.tags)},
            }
            self._client.create_distribution_with_tags(DistributionConfigWithTags=tagged)
            return
        given = self._client.get_distribution_config(Id=found["Id"])
        changed = overlaid(given["DistributionConfig"], self._wanted())
        self._client.update_distribution(Id=found["Id"], IfMatch=given["ETag"], DistributionConfig=changed)
        # Whatever it pointed to may be removed next: no edge may ask it any more.
        self._client.get_waiter("distribution_deployed").wait(Id=found["Id"])

    def _wanted(self) -> dict[str, Any]:
        policy = find_policy(self._client, self._stage)
        return distribution(
            self._stage.label, host=self._host, path=self._path, secret=self._secret, cache_policy=policy
        )

    def _lacking_policy(self) -> str | None:
        policy = find_policy(self._client, self._stage)
        if policy is None:
            return "create it"
        given = self._client.get_cache_policy_config(Id=policy)["CachePolicyConfig"]
        return None if overlaid(given, cache_policy(self._stage.label)) == given else "change it"

    def _put_policy(self) -> None:
        policy = find_policy(self._client, self._stage)
        wanted = cache_policy(self._stage.label)
        if policy is None:
            self._client.create_cache_policy(CachePolicyConfig=wanted)
            return
        tag = self._client.get_cache_policy(Id=policy)["ETag"]
        self._client.update_cache_policy(Id=policy, IfMatch=tag, CachePolicyConfig=wanted)


def resources(account: Account, stage: Stage) -> list[Resource]:
    """The distribution and its cache policy."""
    client = account.client("cloudfront")
    maker = f"{FINISH} --cdn"
    return [
        Resource(
            "distribution",
            stage.label,
            maker,
            True,
            lambda: find(client, stage) is not None,
            lambda: _remove_distribution(client, stage),
        ),
        Resource(
            "cache policy",
            stage.label,
            maker,
            False,
            lambda: find_policy(client, stage) is not None,
            lambda: _remove_policy(client, stage),
        ),
    ]


def _remove_distribution(client: Any, stage: Stage) -> None:
    """Switch it off, wait until that is so everywhere, which takes minutes, and delete it."""
    id = (find(client, stage) or {})["Id"]
    given = client.get_distribution_config(Id=id)
    if given["DistributionConfig"]["Enabled"]:
        off = given["DistributionConfig"] | {"Enabled": False}
        client.update_distribution(Id=id, IfMatch=given["ETag"], DistributionConfig=off)
    client.get_waiter("distribution_deployed").wait(Id=id)
    client.delete_distribution(Id=id, IfMatch=client.get_distribution_config(Id=id)["ETag"])


def _remove_policy(client: Any, stage: Stage) -> None:
    id = find_policy(client, stage)
    client.delete_cache_policy(Id=id, IfMatch=client.get_cache_policy(Id=id)["ETag"])


def find(client: Any, stage: Stage) -> Mapping[str, Any] | None:
    """The distribution of a stage, known by its comment."""
    for page in client.get_paginator("list_distributions").paginate():
        for one in page["DistributionList"].get("Items", []):
            if one["Comment"] == stage.label:
                found: Mapping[str, Any] = one
                return found
    return None


def find_policy(client: Any, stage: Stage) -> str | None:
    """The id of a stage's cache policy, None if there is none."""
    marker: dict[str, str] = {}
    while True:
        try:
            page = client.list_cache_policies(Type="custom", **marker)["CachePolicyList"]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == NOT_FOUND:
                return None  # an account without CloudFront, or a stand-in that knows no policies, has none
            raise
        for one in page.get("Items", []):
            if one["CachePolicy"]["CachePolicyConfig"]["Name"] == stage.label:
                return str(one["CachePolicy"]["Id"])
        if not page.get("NextMarker"):
            return None
        marker = {"Marker": page["NextMarker"]}


def cache_policy(name: str) -> dict[str, Any]:
    """Kept for as long as the answer says, one for each query; shared by both ways of deploying."""
    return {
        "Name": name,
        "Comment": "As the service says, by query",
        "MinTTL": 0,
        "DefaultTTL": 0,
        "MaxTTL": DAY,
        "ParametersInCacheKeyAndForwardedToOrigin": {
            "EnableAcceptEncodingGzip": True,
            "EnableAcceptEncodingBrotli": True,
            "HeadersConfig": {"HeaderBehavior": "none"},
            "CookiesConfig": {"CookieBehavior": "none"},
            "QueryStringsConfig": {"QueryStringBehavior": "all"},
        },
    }


def distribution(name: str, *, host: Any, path: Any, secret: Any, cache_policy: Any) -> dict[str, Any]:
    """The configuration of the distribution, as CreateDistribution wants it; shared by both ways of deploying.

    Each is a text, or what CloudFormation makes one of.
    """
    cached = [
        {"PathPattern": pattern, **_behaviour(cache_policy), "AllowedMethods": _methods("GET", "HEAD")}
        for pattern in CACHED_PATHS
    ]
    everything = _methods("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
    origin = {
        "Id": "service",
        "DomainName": host,
        "OriginPath": path,
        "CustomHeaders": _items([{"HeaderName": PROXY_HEADER, "HeaderValue": secret}]),
        "CustomOriginConfig": {
            "HTTPPort": 80,
            "HTTPSPort": 443,
            "OriginProtocolPolicy": "https-only",
            "OriginSslProtocols": _items(["TLSv1.2"]),
            "OriginReadTimeout": 30,
            "OriginKeepaliveTimeout": 5,
        },
    }
    return {
        "Comment": name,
        "Enabled": True,
        "HttpVersion": "http2and3",
        "IsIPV6Enabled": True,
        "PriceClass": "PriceClass_100",
        "Origins": _items([origin]),
        "DefaultCacheBehavior": {**_behaviour(NEVER_CACHED), "AllowedMethods": everything},
        "CacheBehaviors": _items(cached),
        # CloudFront would repeat an error for ten seconds, whatever `Retry-After` says.
        "CustomErrorResponses": _items([{"ErrorCode": code, "ErrorCachingMinTTL": 0} for code in SERVER_ERRORS]),
    }


def _behaviour(cache_policy: Any) -> dict[str, Any]:
    return {
        "TargetOriginId": "service",
        "ViewerProtocolPolicy": "redirect-to-https",
        "Compress": True,
        "CachePolicyId": cache_policy,
        "OriginRequestPolicyId": ALL_BUT_HOST,
    }


def _methods(*names: str) -> dict[str, Any]:
    return {**_items(list(names)), "CachedMethods": _items(["GET", "HEAD"])}


def _items(items: list[Any]) -> dict[str, Any]:
    return {"Quantity": len(items), "Items": items}
