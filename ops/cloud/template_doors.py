"""The optional doors beside the REST API, for CloudFormation: the function's own URL, and a distribution."""

from collections.abc import Mapping
from typing import Any

from chalicelib.actions.identity import DERIVED
from chalicelib.settings import PROXY_VALUE
from ops.cloud import cdn, function_url
from ops.cloud.stage import Stage, tag_list

Part = dict[str, Any]

API_FUNCTION, API = "APIHandler", "RestAPI"
"""The logical names that Chalice gives to the API's function and to the API."""
RENAMED = {
    "CustomHeaders": "OriginCustomHeaders",
    "IsIPV6Enabled": "IPV6Enabled",
    "OriginSslProtocols": "OriginSSLProtocols",
}
"""What CloudFormation calls otherwise than CreateDistribution."""
NO_YES = ("no", "yes")


def door_parameters(options: Mapping[str, Any]) -> Part:
    """Which doors are opened.

    The secret that the service makes from the site's (`site`) is none that CloudFormation could know.
    """
    return {
        "WithFunctionUrl": {
            "Type": "String",
            "AllowedValues": list(NO_YES),
            "Default": NO_YES[options["function_url"]],
            "Description": "Whether the function has a URL of its own, a cheaper door",
        },
        "WithCdn": {
            "Type": "String",
            "AllowedValues": list(NO_YES),
            "Default": NO_YES[options["cdn"]],
            "Description": "Whether a CloudFront distribution stands in front; needs ProxySecret",
        },
        "ProxySecret": {
            "Type": "String",
            "NoEcho": True,
            "AllowedPattern": PROXY_VALUE,
            "Default": DERIVED,
            "Description": "What the distribution, or proxies of your own, send in X-Tribune-Proxy",
        },
    }


def door_rules() -> Part:
    """A distribution that the service does not know would make all readers one address."""
    return {
        "CdnIsKnown": {
            "RuleCondition": {"Fn::Equals": [{"Ref": "WithCdn"}, "yes"]},
            "Assertions": [
                {
                    "Assert": {"Fn::Not": [{"Fn::Equals": [{"Ref": "ProxySecret"}, DERIVED]}]},
                    "AssertDescription": "WithCdn=yes needs ProxySecret: 16 to 256 random letters and digits",
                }
            ],
        }
    }


def door_conditions() -> Part:
    """Which doors are opened."""
    return {
        name.replace("With", "Has"): {"Fn::Equals": [{"Ref": name}, "yes"]}
        for name in ("WithFunctionUrl", "WithCdn")
    }


def door_resources(stage: Stage) -> Part:
    """The function's URL and who may call it; the distribution and what it keeps."""
    url: Part = {
        "FunctionDoor": {
            "Type": "AWS::Lambda::Url",
            "Properties": {"TargetFunctionArn": {"Fn::GetAtt": [API_FUNCTION, "Arn"]}, "AuthType": "NONE"},
        }
    }
    for sid, terms in function_url.PERMISSIONS.items():
        logical = "".join(word.capitalize() for word in sid.split("-"))
        url[logical] = {
            "Type": "AWS::Lambda::Permission",
            "Properties": {"FunctionName": {"Ref": API_FUNCTION}, "Principal": "*", **terms},
        }
    kept = {
        "CachePolicy": {
            "Type": "AWS::CloudFront::CachePolicy",
            "Properties": {"CachePolicyConfig": cdn.cache_policy(stage.label)},
        },
        "Distribution": {
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {"DistributionConfig": _distribution(stage), "Tags": tag_list(stage.tags)},
        },
    }
    return {
        **{name: {"Condition": "HasFunctionUrl", **part} for name, part in url.items()},
        **{name: {"Condition": "HasCdn", **part} for name, part in kept.items()},
    }


def door_outputs(stage: Stage) -> Part:
    """Where each door is, without a closing slash."""
    return {
        "ApiUrl": {"Value": {"Fn::Sub": f"https://{_api_host()}/{stage.name}"}},
        "FunctionUrl": {
            "Condition": "HasFunctionUrl",
            "Value": {"Fn::Join": ["", ["https://", _function_host()]]},
        },
        "CdnUrl": {"Condition": "HasCdn", "Value": {"Fn::Sub": "https://${Distribution.DomainName}"}},
    }


def _api_host() -> str:
    return f"${{{API}}}" + ".execute-api.${AWS::Region}.${AWS::URLSuffix}"


def _function_host() -> Part:
    """Of the function's URL, which is written https://host/."""
    return {"Fn::Select": [2, {"Fn::Split": ["/", {"Fn::GetAtt": ["FunctionDoor", "FunctionUrl"]}]}]}


def _distribution(stage: Stage) -> Part:
    wanted = cdn.distribution(
        stage.label,
        host={"Fn::If": ["HasFunctionUrl", _function_host(), {"Fn::Sub": _api_host()}]},
        path={"Fn::If": ["HasFunctionUrl", "", f"/{stage.name}"]},
        secret={"Ref": "ProxySecret"},
        cache_policy={"Ref": "CachePolicy"},
    )
    config: Part = _as_property(wanted)
    return config


def _as_property(given: Any) -> Any:
    """An argument of CreateDistribution as a property: plain lists, and some names."""
    if isinstance(given, list):
        return [_as_property(one) for one in given]
    return _as_properties(given) if isinstance(given, dict) else given


def _as_properties(given: Part) -> Any:
    if given.keys() == {"Quantity", "Items"}:
        return _as_property(given["Items"])
    found = {RENAMED.get(name, name): _as_property(value) for name, value in given.items()}
    if "CachedMethods" in given.get("AllowedMethods", ()):
        # One level deeper in CreateDistribution than in CloudFormation.
        methods = given["AllowedMethods"]
        found |= {"AllowedMethods": methods["Items"], "CachedMethods": methods["CachedMethods"]["Items"]}
    return found
