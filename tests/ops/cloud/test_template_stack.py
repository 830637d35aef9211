"""The package as a CloudFormation stack on ministack, which enforces the policies that it ships.

What ministack cannot show: it writes the functions' logs itself (test_template.py looks at what that takes), its
stacks leave a table's expiry, recovery and encryption aside, and its gateway has no answers of ours.
"""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

import app
from ops.cloud.policies import INDEXES, TABLE_ACTIONS
from ops.cloud.stage import API_HANDLER, FUNCTIONS, ROLL_UP
from tests.ops.cloud.account import Cloud, copy_project, run_on_this_machine, steps_taken
from tests.ops.cloud.ministack import ministack
from tests.ops.cloud.stack import Stack, package, uploaded
from tests.ops.cloud.story import Story
from tests.scene import NOTHING, path_of

EMAIL = "alerts@example.org"
PARAMETERS = {
    "AlertEmail": EMAIL,
    "WithFunctionUrl": "yes",
    "WithCdn": "yes",
    "ProxySecret": "a-secret-of-the-tests",
}
FAILS_AT = {
    (API_HANDLER, "BatchGetItem"): "comment",
    (API_HANDLER, "GetItem"): "register",
    (API_HANDLER, "PutItem"): "comment",
    (API_HANDLER, "UpdateItem"): "register",
    (API_HANDLER, "index/author"): "look closer",
    (API_HANDLER, "index/queue"): "queue",
    (API_HANDLER, "index/thread"): "list",
    (ROLL_UP, "BatchGetItem"): "roll up",
    (ROLL_UP, "DeleteItem"): "roll up",
    (ROLL_UP, "GetItem"): "roll up",
    (ROLL_UP, "PutItem"): "roll up",
    (ROLL_UP, "Query"): "roll up",
    (ROLL_UP, "UpdateItem"): "roll up",
    (ROLL_UP, "index/queue"): "roll up",
}
"""The step of the story at which a function without that permission fails."""
SHORT = {(API_HANDLER, "index/thread"), (ROLL_UP, "DeleteItem"), (ROLL_UP, "Query")}
"""What every run of the tests takes away; the others are taken away by `make test-long`."""
OTHER_ROUTES = {
    ("GET", "/health"): 200,
    ("GET", "/openapi.json"): 200,
    ("GET", "/counts"): 200,
    ("GET", "/articles/{article_id}/comments.html"): 200,
    ("GET", "/articles/{article_id}/comments.atom"): 200,
    ("GET", "/comments.atom"): 200,
    ("GET", "/most-read.html"): 200,
    ("GET", "/embed/{version}/{file}"): 200,
    ("GET", "/moderation"): 200,
    ("GET", "/moderation/assets/{file}"): 200,
    ("GET", "/moderation/me"): 200,
    ("GET", "/moderation/policy"): 200,
    ("PUT", "/moderation/policy"): 200,
    ("POST", "/moderation/policy/trials"): 200,
    ("POST", "/moderation/comments/{comment_id}/replies"): 201,
    ("POST", "/moderation/articles/{article_id}"): 200,
    ("POST", "/moderation/jobs"): 200,
    ("POST", "/moderation/jobs/{job_id}"): 404,
    ("POST", "/moderation/undo"): 404,
    ("POST", "/articles/{article_id}/form-tokens"): 200,
    ("POST", "/articles/{article_id}/comments/{comment_id}/votes"): 200,
    ("POST", "/articles/{article_id}/comments/{comment_id}/reports"): 201,
    ("POST", "/articles/{article_id}/comments/{comment_id}/status"): 403,
    ("POST", "/articles/{article_id}/comments/{comment_id}/edits"): 403,
    ("POST", "/articles/{article_id}/comments/{comment_id}/withdrawals"): 403,
    ("GET", "/reports/{report_id}"): 404,
    ("GET", "/articles/{article_id}"): 200,
    ("GET", "/articles/{article_id}/comments/{comment_id}"): 200,
    ("DELETE", "/articles/{article_id}"): 204,
}
"""Routes that the story does not take, in the order in which they are taken after it, and what they answer."""
OWN = "/articles/{article_id}/comments/{comment_id}"
BODIES: dict[str, Any] = {
    "/moderation/policy": {"policy": {"max_links": 3}},
    "/moderation/policy/trials": {"policy": {}},
    "/moderation/comments/{comment_id}/replies": {"content": "Merci"},
    "/moderation/articles/{article_id}": {"comments": "open"},
    "/moderation/jobs": {"filter": {}, "decision": "approve", "preview": True},
    "/moderation/undo": {"undo_token": NOTHING},
    f"{OWN}/votes": {"vote": 1},
    f"{OWN}/reports": {"reason": "hate"},
    f"{OWN}/status": {"edit_token": "x"},
    f"{OWN}/edits": {"edit_token": "x", "content": "x"},
    f"{OWN}/withdrawals": {"edit_token": "x"},
}
"""What is sent to them."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, lambda_python: Path, wheels: Path) -> Iterator[Stack]:
    """A stack of the package, and the table made ready by the operator's command."""
    folder = tmp_path_factory.mktemp("stack")
    project = copy_project(folder / "project")
    run_on_this_machine(project)
    (folder / "ministack").mkdir()
    with ministack(folder / "ministack", lambda_python) as endpoint:
        cloud = Cloud(endpoint, project, wheels)
        made = Stack(cloud, uploaded(cloud, package(cloud)))
        made.create(**PARAMETERS)
        cloud.printed = cloud.ops("provision", "--stage", "prod")
        yield made


def permissions() -> list[Any]:
    given = [
        (function, permission)
        for function in FUNCTIONS
        for permission in (*TABLE_ACTIONS[function], *(f"index/{name}" for name in INDEXES[function]))
    ]
    return [
        pytest.param(*one, id=" without ".join(one), marks=() if one in SHORT else pytest.mark.long)
        for one in given
    ]


def without(policy: dict[str, Any], permission: str) -> dict[str, Any]:
    """A policy without an action on the table (`Query`), or without an index (`index/queue`)."""
    found = copy.deepcopy(policy)
    table, indexes, *_ = found["Statement"]
    if permission.startswith("index/"):
        indexes["Resource"] = [arn for arn in indexes["Resource"] if not arn.endswith(permission)]
    else:
        table["Action"].remove(f"dynamodb:{permission}")
    # IAM takes no statement that is about nothing.
    found["Statement"] = [one for one in found["Statement"] if one["Resource"]]
    assert found != policy
    return found


def test_the_story_is_told_and_every_route_served_under_the_policies_that_are_shipped(stack: Stack) -> None:
    story = Story(stack)
    assert story.first_failure() is None

    for (method, route), status in OTHER_ROUTES.items():
        path = path_of(route, article_id=story.article, comment_id=story.comment)
        query = f"?ids={story.article}" if route == "/counts" else ""
        who = next(row.who for row in app.ROUTES if (row.method, row.path) == (method, route))
        token = None if who == "anyone" else stack.token(who)
        assert stack.call(method, path + query, BODIES.get(route), token=token)[0] == status, route
    assert story.routes | OTHER_ROUTES.keys() == {(route.method, route.path) for route in app.ROUTES}


@pytest.mark.parametrize(("function", "permission"), permissions())
def test_without_any_one_permission_the_story_fails(stack: Stack, function: str, permission: str) -> None:
    policy = stack.policy(function)
    stack.allow(function, without(policy, permission))
    story = Story(stack)
    try:
        assert story.first_failure() == FAILS_AT[function, permission]
    finally:
        stack.allow(function, policy)
    action = "Query" if permission.startswith("index/") else permission
    assert function == API_HANDLER or f"dynamodb:{action}" in story.denied


def test_after_the_stack_provision_adds_what_only_the_table_can_hold(stack: Stack) -> None:
    taken = {step.partition(": ")[0] for step in steps_taken(stack.cloud.printed)}
    not_in_ministack = {
        "expiry by expires_at",
        "point-in-time recovery",
        "encryption with a key of the account",
    }
    on_disk = {step for step in taken if "chalice" in step.casefold()}

    content = {"schema of the table", "counting of views", "the site's secret"}
    assert taken - not_in_ministack - on_disk == content


def test_the_stack_holds_what_finish_would_set(stack: Stack) -> None:
    options = ("--stage", "prod", "--dry-run", "--email", EMAIL, "--function-url", "--cdn")
    printed = stack.cloud.ops("finish", *options).splitlines()
    left = {line.removeprefix("  would do ").partition(": ")[0] for line in printed if line.startswith("  would")}

    not_in_ministack = {
        "the gateway's own answers",
        "deployment of these answers",
        "reserved concurrency",
        "budget",
    }
    otherwise_with_a_stack = {
        ".chalice/config.json",  # which keeps what finish is told; a stack has parameters
        "distribution",  # whose secret is a parameter, and not the site's
        "permission lambda:InvokeFunctionUrl",  # whose names CloudFormation draws
        "permission lambda:InvokeFunction",
    }
    assert left == not_in_ministack | otherwise_with_a_stack
    assert len([line for line in printed if line.startswith("  ok")]) > 10


def test_the_stack_tells_where_its_doors_are(stack: Stack) -> None:
    outputs = stack.outputs()

    assert outputs["TableName"] == "tribune-prod"
    assert outputs["ApiUrl"] + "/" == outputs["EndpointURL"]
    assert outputs["FunctionUrl"].startswith("https://")
    assert not outputs["FunctionUrl"].endswith("/")
    assert outputs["CdnUrl"].startswith("https://")


def test_a_distribution_that_the_service_would_not_know_is_refused(stack: Stack) -> None:
    with pytest.raises(ClientError, match="ProxySecret"):
        stack.cloud.client("cloudformation").create_stack(
            StackName="another",
            TemplateURL=stack.template_url(),
            Parameters=[{"ParameterKey": "WithCdn", "ParameterValue": "yes"}],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )


def test_the_timer_comes_every_minute(stack: Stack) -> None:
    rule = stack.cloud.client("events").describe_rule(Name=stack.physical("RollUpViewsRollUpViewsEvent"))

    assert rule["ScheduleExpression"] == "rate(1 minute)"
