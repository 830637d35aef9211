"""Who is told when something is wrong, for CloudFormation: the parts that ops/cloud/alerts.py makes by itself."""

from collections.abc import Mapping
from typing import Any

from ops.cloud import alarms, dashboard
from ops.cloud.alarms import Watched
from ops.cloud.alerts import budget, topic_policy
from ops.cloud.stage import API_HANDLER, APP, Stage, tag_list

Part = dict[str, Any]

TOPIC = "AlertTopic"


def alert_parameters(options: Mapping[str, Any]) -> Part:
    """Who is told, and from which bill on."""
    return {
        "AlertEmail": {
            "Type": "String",
            "Default": "",
            "Description": "Who is told of alarms; has to confirm a mail once; nobody if empty",
        },
        "BudgetDollars": {
            "Type": "Number",
            "MinValue": 0,
            "Default": options["budget"],
            "Description": "US dollars a month of the whole account that are no alarm; 0 makes no budget",
        },
    }


def alert_conditions() -> Part:
    """Whether anybody is told by mail, and whether there is a budget."""
    return {
        "HasAlertEmail": {"Fn::Not": [{"Fn::Equals": [{"Ref": "AlertEmail"}, ""]}]},
        "HasBudget": {"Fn::Not": [{"Fn::Equals": [{"Ref": "BudgetDollars"}, 0]}]},
    }


def alert_resources(stage: Stage, table: str, options: Mapping[str, Any]) -> Part:
    """The topic and who reads it, each alarm, the dashboard, the budget."""
    topic = {"Ref": TOPIC}
    watched = Watched(table, APP, stage.name, stage.function(API_HANDLER), topic, options["rate"])
    return {
        TOPIC: _resource("SNS::Topic", {"TopicName": stage.alert_topic, "Tags": tag_list(stage.tags)}),
        f"{TOPIC}Policy": _resource(
            "SNS::TopicPolicy",
            {"Topics": [topic], "PolicyDocument": topic_policy(topic, {"Ref": "AWS::AccountId"})},
        ),
        f"{TOPIC}Email": {
            "Condition": "HasAlertEmail",
            **_resource(
                "SNS::Subscription", {"TopicArn": topic, "Protocol": "email", "Endpoint": {"Ref": "AlertEmail"}}
            ),
        },
        **_alarms(stage, watched),
        "Dashboard": _resource(
            "CloudWatch::Dashboard",
            {
                "DashboardName": stage.label,
                "DashboardBody": {"Fn::Sub": dashboard.body("${AWS::Region}", watched)},
            },
        ),
        "Budget": {
            "Condition": "HasBudget",
            **_resource(
                "Budgets::Budget",
                {
                    **budget(stage.budget, {"Ref": "BudgetDollars"}, topic),
                    "ResourceTags": tag_list(stage.tags),
                },
            ),
        },
    }


def _alarms(stage: Stage, watched: Watched) -> Part:
    found = {}
    for alarm in alarms.alarms(stage.label, watched):
        words = alarm["AlarmName"].removeprefix(stage.label).split("-")
        logical = "Alarm" + "".join(word.capitalize() for word in words)
        found[logical] = _resource("CloudWatch::Alarm", {**alarm, "Tags": tag_list(stage.tags)})
    return found


def _resource(kind: str, properties: Part) -> Part:
    return {"Type": f"AWS::{kind}", "Properties": properties}
