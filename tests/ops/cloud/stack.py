"""A CloudFormation stack made of the package: created, called over HTTP, and its functions' policies changed."""

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from ops.cloud.stage import FUNCTIONS, ROLL_UP, Stage
from ops.cloud.template import ROLES
from tests.ops.cloud.account import ACCOUNT, REGION, Cloud
from tests.ops.serving import exchange

STAGE = Stage("prod")
NAME = "tribune"
BUCKET = "deployments"
SCHEDULED = {
    "version": "0",
    "id": "1",
    "source": "aws.events",
    "detail-type": "Scheduled Event",
    "account": ACCOUNT,
    "region": REGION,
    "time": "2026-03-11T12:00:00Z",
    "resources": [],
    "detail": {},
}


def package(cloud: Cloud) -> dict[str, Any]:
    """The template that `make package` writes."""
    cloud.run("make", "package", f"STAGE={STAGE.name}")
    template: dict[str, Any] = json.loads((cloud.project / "build" / "sam.json").read_text())
    return template


def uploaded(cloud: Cloud, template: dict[str, Any]) -> dict[str, Any]:
    """The template as `aws cloudformation package` writes it: the zip is in S3."""
    s3 = cloud.client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.upload_file(str(cloud.project / "build" / "deployment.zip"), BUCKET, "deployment.zip")
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{BUCKET}/deployment.zip"
    return template


@dataclass
class Stack:
    """A stack of the stage, and its functions' policies."""

    cloud: Cloud
    template: dict[str, Any]
    tokens: dict[str, str] = field(default_factory=dict)

    def create(self, **parameters: str) -> None:
        """Create it, and wait until it is there."""
        cloudformation = self.cloud.client("cloudformation")
        cloudformation.create_stack(
            StackName=NAME,
            TemplateURL=self.template_url(),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        cloudformation.get_waiter("stack_create_complete").wait(
            StackName=NAME, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
        )
        # The timer is the story's, so that it runs when that is told, and not beside it.
        self.cloud.client("events").disable_rule(Name=self.physical("RollUpViewsRollUpViewsEvent"))

    def template_url(self) -> str:
        """The template in S3, as `aws cloudformation deploy --s3-bucket` puts it: it is too long for a request."""
        body = json.dumps(self.template).encode()
        self.cloud.client("s3").put_object(Bucket=BUCKET, Key="template.json", Body=body)
        return f"{self.cloud.endpoint}/{BUCKET}/template.json"

    def physical(self, logical: str) -> str:
        """What a resource is called in the account."""
        found = self.cloud.client("cloudformation").describe_stack_resource(
            StackName=NAME, LogicalResourceId=logical
        )
        return str(found["StackResourceDetail"]["PhysicalResourceId"])

    def outputs(self) -> dict[str, str]:
        """What the stack tells."""
        (stack,) = self.cloud.client("cloudformation").describe_stacks(StackName=NAME)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def token(self, role: str) -> str:
        """A token of a role, made by the operator's command, once."""
        if role not in self.tokens:
            self.tokens[role] = self.cloud.ops("tokens", "--stage", STAGE.name, "make", role).split()[-1]
        return self.tokens[role]

    def policy(self, function: str) -> dict[str, Any]:
        """What a function may do."""
        found = self.cloud.client("iam").get_role_policy(
            RoleName=self.physical(ROLES[function]), PolicyName=f"{STAGE.label}-{function}"
        )
        document = found["PolicyDocument"]
        policy: dict[str, Any] = json.loads(document) if isinstance(document, str) else document
        return policy

    def allow(self, function: str, policy: dict[str, Any]) -> None:
        """Let a function do what the policy says, and nothing else."""
        self.cloud.client("iam").put_role_policy(
            RoleName=self.physical(ROLES[function]),
            PolicyName=f"{STAGE.label}-{function}",
            PolicyDocument=json.dumps(policy),
        )

    def start_anew(self) -> None:
        """End the environments of both functions, with all they remember."""
        for function in FUNCTIONS:
            self.cloud.client("lambda").update_function_configuration(
                FunctionName=STAGE.function(function), MemorySize=512
            )

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        """A request to the REST API, at the address where ministack serves it."""
        connection = HTTPConnection(urlsplit(self.cloud.endpoint).netloc, timeout=60)
        try:
            prefix = f"/_aws/execute-api/{self.outputs()['RestAPIId']}/{STAGE.name}"
            return exchange(connection, method, prefix + path, body, **options)
        finally:
            connection.close()

    def roll_up(self) -> str:
        """Invoke the timer's function; gives what went wrong, empty if nothing."""
        answer = self.cloud.client("lambda").invoke(
            FunctionName=STAGE.function(ROLL_UP), Payload=json.dumps(SCHEDULED).encode()
        )
        return answer["Payload"].read().decode() if "FunctionError" in answer else ""
