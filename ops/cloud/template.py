"""All resources of a stage for CloudFormation: what is merged into the template that `chalice package` writes.

What each is made of is defined beside the commands that make it without CloudFormation; here it is only named and
put together. Chalice's own logical names are APIHandler, RollUpViews and RestAPI. Chalice's setting
`log_retention_in_days` must stay unset: it refers to a resource that is not there (aws/chalice#2079).
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.settings import Settings
from chalicelib.storage import keys, schema
from ops.cloud import gateway_responses, logs, policies
from ops.cloud.stage import API_HANDLER, FUNCTIONS, ROLL_UP, Stage, tag_list
from ops.cloud.table import ENCRYPTED
from ops.cloud.template_alerts import alert_conditions, alert_parameters, alert_resources
from ops.cloud.template_doors import (
    API,
    API_FUNCTION,
    door_conditions,
    door_outputs,
    door_parameters,
    door_resources,
    door_rules,
)

Part = dict[str, Any]

LOGICAL = {API_HANDLER: API_FUNCTION, ROLL_UP: "RollUpViews"}
ROLES = {API_HANDLER: "ApiHandlerRole", ROLL_UP: "RollUpViewsRole"}
"""The logical names that Chalice gives to the functions and their roles."""
TABLE = "Table"
NEVER = {"Ref": "AWS::NoValue"}


def template(stage: Stage, configured: Settings, options: Mapping[str, Any], *, traced: bool) -> Part:
    """The merge template of a stage; `options` are those of `finish`, here the parameters' defaults."""
    return {
        "Description": f"Tribune, comments and most-read lists: stage {stage.name}",
        "Parameters": _parameters(options) | alert_parameters(options) | door_parameters(options),
        "Rules": door_rules(),
        "Conditions": _conditions() | alert_conditions() | door_conditions(),
        "Resources": {
            TABLE: _table(stage, configured.table),
            **_log_groups(stage),
            **_functions(stage, traced=traced),
            API: _api(stage, configured.language, traced=traced),
            **alert_resources(stage, configured.table, options),
            **door_resources(stage),
        },
        "Outputs": {"TableName": {"Value": {"Ref": TABLE}}, **door_outputs(stage)},
    }


def _parameters(options: Mapping[str, Any]) -> Part:
    return {
        "ReservedEnvironments": {
            "Type": "Number",
            "MinValue": 0,
            "Default": options["concurrency"],
            "Description": "Environments of the API's function at once; 0 reserves none, as new accounts must",
        },
        "RequestsPerSecond": {
            "Type": "Number",
            "MinValue": 1,
            "Default": options["rate"],
            "Description": "Requests a second that the gateway lets through",
        },
        "RequestsAtOnce": {
            "Type": "Number",
            "MinValue": 1,
            "Default": options["burst"],
            "Description": "Requests at once that the gateway lets through",
        },
    }


def _conditions() -> Part:
    return {"ReservesEnvironments": {"Fn::Not": [{"Fn::Equals": [{"Ref": "ReservedEnvironments"}, 0]}]}}


def _table(stage: Stage, name: str) -> Part:
    """The table; it outlives the stack, and what would replace it fails instead."""
    return {
        "Type": "AWS::DynamoDB::Table",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            **schema.definition(name),
            "TimeToLiveSpecification": {"AttributeName": keys.EXPIRES, "Enabled": True},
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            "SSESpecification": {"SSEEnabled": ENCRYPTED["Enabled"], "SSEType": ENCRYPTED["SSEType"]},
            "DeletionProtectionEnabled": True,
            "Tags": tag_list(stage.tags),
        },
    }


def _log_groups(stage: Stage) -> Part:
    return {
        _logs_of(name): {
            "Type": "AWS::Logs::LogGroup",
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
            "Properties": {
                "LogGroupName": stage.log_group(name),
                "RetentionInDays": logs.KEPT_DAYS,
                "Tags": tag_list(stage.tags),
            },
        }
        for name in FUNCTIONS
    }


def _logs_of(name: str) -> str:
    return f"{LOGICAL[name]}Logs"


def _functions(stage: Stage, *, traced: bool) -> Part:
    """Name, table and limits of the functions, and in place of Chalice's policies those with this stack's ARNs."""
    reserved = {"Fn::If": ["ReservesEnvironments", {"Ref": "ReservedEnvironments"}, NEVER]}
    found: Part = {}
    for name in FUNCTIONS:
        found[LOGICAL[name]] = {
            "Properties": {
                "FunctionName": stage.function(name),
                "Environment": {
                    "Variables": {"TRIBUNE_TABLE": {"Ref": TABLE}, "TRIBUNE_PROXY_SECRET": {"Ref": "ProxySecret"}}
                },
                "Tags": stage.tags,
            }
        }
        found[ROLES[name]] = {
            "Properties": {
                "Policies": [
                    {
                        "PolicyName": f"{stage.label}-{name}",
                        "PolicyDocument": _policy(name, traced=traced),
                    }
                ],
                "Tags": tag_list(stage.tags),
            }
        }
    found[API_FUNCTION]["Properties"]["ReservedConcurrentExecutions"] = reserved
    return found


def _policy(name: str, *, traced: bool) -> Part:
    # Not the log group's own Arn attribute: that one ends in `:*` already.
    log_group = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}"
    named = {"Fn::Sub": [log_group, {"Group": {"Ref": _logs_of(name)}}]}
    return policies.policy(name, {"Fn::GetAtt": [TABLE, "Arn"]}, named, xray=traced)


def _api(stage: Stage, language: str, *, traced: bool) -> Part:
    return {
        "Properties": {
            # Without this the SAM transform adds a stage named `Stage`: a second door without our throttle.
            "OpenApiVersion": "2.0",
            "GatewayResponses": {
                name: gateway_responses.template_property(response)
                for name, response in gateway_responses.responses(language).items()
            },
            "MethodSettings": [
                {
                    "HttpMethod": "*",
                    "ResourcePath": "/*",
                    "ThrottlingRateLimit": {"Ref": "RequestsPerSecond"},
                    "ThrottlingBurstLimit": {"Ref": "RequestsAtOnce"},
                }
            ],
            "TracingEnabled": traced,
            "Tags": stage.tags,
        }
    }
