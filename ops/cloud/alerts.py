"""Who is told when something is wrong: a topic, the alarms, the dashboard, and a budget."""

import json
from dataclasses import replace
from typing import Any

from ops.cloud import alarms, dashboard
from ops.cloud.account import Account, look_for
from ops.cloud.alarms import Watched
from ops.cloud.deployed import Deployed
from ops.cloud.resource import FINISH, Resource
from ops.cloud.stage import APP, Stage, tag_list
from ops.cloud.steps import Step

BILLING_REGION = "us-east-1"
"""AWS Budgets answers here, whatever the region."""
SHARE = 80.0
"""Per cent of the budget at which the first word is sent; the second one when the month's forecast exceeds it."""


class Alerts:
    """Everything that watches over a stage.

    `email` is told, `budget` is in US dollars a month, `service` is what the service calls itself: its table,
    `rate` how many requests a second the gateway lets through.
    """

    def __init__(
        self,
        account: Account,
        stage: Stage,
        *,
        email: str | None = None,
        budget: float = 0,
        service: str = "",
        rate: float = 0,
    ) -> None:
        self._account = account
        self._stage = stage
        self._email = email
        self._budget = budget
        self._service = service
        self._rate = rate
        self._sns: Any = account.client("sns")
        self._cloudwatch: Any = account.client("cloudwatch")
        self._budgets: Any = account.client("budgets", BILLING_REGION)

    @property
    def topic(self) -> str:
        """The ARN of the topic that alarms and the budget write to."""
        return self._account.arn("sns", self.topic_name)

    @property
    def topic_name(self) -> str:
        """The name of that topic."""
        return self._stage.alert_topic

    @property
    def budget_name(self) -> str:
        """The name of the budget."""
        return self._stage.budget

    def steps(self, deployed: Deployed) -> list[Step]:
        """The topic and who reads it, each alarm, the dashboard, the budget."""
        watched = Watched(self._service, APP, deployed.api_stage, deployed.api_function, self.topic, self._rate)
        wanted = alarms.alarms(self._stage.label, watched)
        body = dashboard.body(self._account.region, watched)
        steps = [Step("topic of the alerts", self._no_topic, self._make_topic)]
        if self._email:
            steps.append(Step("e-mail of the alerts", self._unsubscribed, self._subscribe))
        steps += [self._alarm_step(alarm) for alarm in wanted]
        steps.append(Step("dashboard", lambda: self._other_dashboard(body), lambda: self._put_dashboard(body)))
        steps.append(Step("budget", self._no_budget, self._make_budget))
        return [replace(step, optional=True) for step in steps]

    def resources(self) -> list[Resource]:
        """All of it, what calls before what is called."""
        label = self._stage.label
        return [
            *(self._alarm_resource(name) for name in alarms.names(label)),
            Resource(
                "dashboard",
                label,
                FINISH,
                False,
                lambda: self._dashboard() is not None,
                lambda: self._cloudwatch.delete_dashboards(DashboardNames=[label]),
            ),
            Resource(
                "budget",
                self.budget_name,
                FINISH,
                False,
                lambda: self._limit() is not None,
                lambda: self._budgets.delete_budget(AccountId=self._account.id, BudgetName=self.budget_name),
            ),
            Resource(
                "topic",
                self.topic_name,
                FINISH,
                True,
                lambda: self._policy() is not None,
                lambda: self._sns.delete_topic(TopicArn=self.topic),
            ),
        ]

    def _alarm_resource(self, name: str) -> Resource:
        return Resource(
            "alarm",
            name,
            FINISH,
            True,
            lambda: self._alarm(name) is not None,
            lambda: self._cloudwatch.delete_alarms(AlarmNames=[name]),
        )

    def _alarm(self, name: str) -> dict[str, Any] | None:
        found = self._cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
        return found[0] if found else None

    def _no_topic(self) -> str | None:
        policy = self._policy()
        if policy is None:
            return "create it"
        return None if json.loads(policy) == topic_policy(self.topic, self._account.id) else "set its policy"

    def _make_topic(self) -> None:
        self._sns.create_topic(Name=self.topic_name, Tags=tag_list(self._stage.tags))
        self._sns.set_topic_attributes(
            TopicArn=self.topic,
            AttributeName="Policy",
            AttributeValue=json.dumps(topic_policy(self.topic, self._account.id)),
        )

    def _policy(self) -> str | None:
        answer = look_for(self._sns.get_topic_attributes, TopicArn=self.topic)
        return answer and str(answer["Attributes"].get("Policy", "{}"))

    def _unsubscribed(self) -> str | None:
        if self._policy() is None:
            return "subscribe it"
        found = self._sns.list_subscriptions_by_topic(TopicArn=self.topic)["Subscriptions"]
        return None if any(one["Endpoint"] == self._email for one in found) else "subscribe it: confirm the mail"

    def _subscribe(self) -> None:
        self._sns.subscribe(TopicArn=self.topic, Protocol="email", Endpoint=self._email)

    def _alarm_step(self, alarm: dict[str, Any]) -> Step:
        name = alarm["AlarmName"]

        def lacking() -> str | None:
            found = self._alarm(name)
            if found is None:
                return "create it"
            return None if alarm.items() <= found.items() else "change it"

        def put() -> None:
            self._cloudwatch.put_metric_alarm(**alarm, Tags=tag_list(self._stage.tags))

        return Step(f"alarm {name}", lacking, put)

    def _dashboard(self) -> str | None:
        answer = look_for(self._cloudwatch.get_dashboard, DashboardName=self._stage.label)
        return answer and str(answer["DashboardBody"])

    def _other_dashboard(self, body: str) -> str | None:
        given = self._dashboard()
        return None if given is not None and json.loads(given) == json.loads(body) else "draw it"

    def _put_dashboard(self, body: str) -> None:
        self._cloudwatch.put_dashboard(DashboardName=self._stage.label, DashboardBody=body)

    def _limit(self) -> float | None:
        which = {"AccountId": self._account.id, "BudgetName": self.budget_name}
        answer = look_for(self._budgets.describe_budget, **which)
        return answer and float(answer["Budget"]["BudgetLimit"]["Amount"])

    def _no_budget(self) -> str | None:
        if (self._limit() or 0) == self._budget:
            return None
        return (
            f"tell when the account's month exceeds {self._budget:g} US dollars" if self._budget else "remove it"
        )

    def _make_budget(self) -> None:
        if self._limit() is not None:
            # One that is told anew: its thresholds are shares of its limit.
            self._budgets.delete_budget(AccountId=self._account.id, BudgetName=self.budget_name)
        if self._budget:
            wanted = budget(self.budget_name, f"{self._budget:g}", self.topic)
            self._budgets.create_budget(AccountId=self._account.id, **wanted)


def topic_policy(topic: Any, account: Any) -> dict[str, Any]:
    """Who may write to the topic: alarms and budgets of this account, nobody else."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Alarms",
                "Effect": "Allow",
                "Principal": {"Service": ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"]},
                "Action": "sns:Publish",
                "Resource": topic,
                "Condition": {"StringEquals": {"aws:SourceAccount": account}},
            }
        ],
    }


def budget(name: str, dollars: Any, topic: Any) -> dict[str, Any]:
    """The arguments of CreateBudget; the same names are the properties of AWS::Budgets::Budget.

    It watches the whole account: a budget by tag sees nothing until the tag is activated for billing.
    """
    subscribers = [{"SubscriptionType": "SNS", "Address": topic}]
    notices = [("ACTUAL", SHARE), ("FORECASTED", 100.0)]
    return {
        "Budget": {
            "BudgetName": name,
            "BudgetType": "COST",
            "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": dollars, "Unit": "USD"},
        },
        "NotificationsWithSubscribers": [
            {
                "Notification": {
                    "NotificationType": kind,
                    "ComparisonOperator": "GREATER_THAN",
                    "Threshold": threshold,
                    "ThresholdType": "PERCENTAGE",
                },
                "Subscribers": subscribers,
            }
            for kind, threshold in notices
        ],
    }
