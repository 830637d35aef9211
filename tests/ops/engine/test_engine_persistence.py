"""What was acknowledged is there after the engine is opened again, and nothing else."""

import base64
from pathlib import Path
from typing import Any

import pytest
from ministack.services import dynamodb

from ops.engine import EngineError

KEY = {"pk": {"S": "A#1"}, "sk": {"S": "c1"}}


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


EVERY_TYPE = {
    **KEY,
    "S": {"S": "été 🇫🇷 \u2028 \x00"},
    "N": {"N": "-12345678901234567890.123456789"},
    "B": {"B": b64(bytes(range(256)))},
    "SS": {"SS": ["b", "a", "é"]},
    "NS": {"NS": ["3", "1", "2.5"]},
    "BS": {"BS": [b64(b"\x00\xff\x00\x01"), b64(b"\xff\xfe")]},
    "BOOL": {"BOOL": False},
    "NULL": {"NULL": True},
    "L": {"L": [{"S": "x"}, {"M": {"n": {"N": "1"}}}]},
    "M": {"M": {"deep": {"L": [{"BS": [b64(b"z")]}]}, "": {"S": ""}}},
    "thread": {"S": "A#1"},
    "at": {"S": "0001"},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "engine.sqlite3"


def test_an_item_of_every_type_is_there_after_reopening(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema)
    call(engine, "PutItem", TableName="tribune", Item=EVERY_TYPE)
    before = call(engine, "GetItem", TableName="tribune", Key=KEY)
    engine = open_engine(path)
    assert before["Item"] == EVERY_TYPE
    assert call(engine, "GetItem", TableName="tribune", Key=KEY) == before


def test_a_table_is_described_alike_after_reopening(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema, Tags=[{"Key": "stage", "Value": "local"}])
    ttl = {"Enabled": True, "AttributeName": "expires_at"}
    call(engine, "UpdateTimeToLive", TableName="tribune", TimeToLiveSpecification=ttl)
    recovery = {"PointInTimeRecoveryEnabled": True}
    call(engine, "UpdateContinuousBackups", TableName="tribune", PointInTimeRecoverySpecification=recovery)
    call(engine, "UpdateTable", TableName="tribune", DeletionProtectionEnabled=True)
    call(engine, "PutItem", TableName="tribune", Item=EVERY_TYPE)

    def described() -> list[dict[str, Any]]:
        table = call(engine, "DescribeTable", TableName="tribune")
        backups = call(engine, "DescribeContinuousBackups", TableName="tribune")["ContinuousBackupsDescription"]
        return [
            table,
            call(engine, "DescribeTimeToLive", TableName="tribune"),
            backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"],
            call(engine, "ListTagsOfResource", ResourceArn=table["Table"]["TableArn"]),
        ]

    before = described()
    engine = open_engine(path)
    assert described() == before
    assert before[0]["Table"]["ItemCount"] == 1
    assert before[1]["TimeToLiveDescription"]["AttributeName"] == "expires_at"
    assert before[2] == "ENABLED"
    assert before[3]["Tags"] == [{"Key": "stage", "Value": "local"}]


def test_an_index_finds_its_items_after_reopening(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema)
    call(engine, "PutItem", TableName="tribune", Item=EVERY_TYPE)
    call(engine, "PutItem", TableName="tribune", Item={**KEY, "sk": {"S": "held"}})
    engine = open_engine(path)
    found = call(
        engine,
        "Query",
        TableName="tribune",
        IndexName="thread",
        KeyConditionExpression="thread = :t",
        ExpressionAttributeValues={":t": {"S": "A#1"}},
    )
    assert found["Items"] == [{**KEY, "thread": {"S": "A#1"}, "at": {"S": "0001"}}]


def test_what_was_deleted_stays_deleted(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema)
    for sk in ("c1", "c2", "c3"):
        call(engine, "PutItem", TableName="tribune", Item={**KEY, "sk": {"S": sk}})
    call(engine, "DeleteItem", TableName="tribune", Key=KEY)
    request = {"DeleteRequest": {"Key": {**KEY, "sk": {"S": "c2"}}}}
    call(engine, "BatchWriteItem", RequestItems={"tribune": [request]})
    engine = open_engine(path)
    assert [item["sk"]["S"] for item in call(engine, "Scan", TableName="tribune")["Items"]] == ["c3"]


def test_a_dropped_table_takes_its_items_along(path, open_engine, call, schema):
    engine = open_engine(path)
    query = {
        "TableName": "tribune",
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": KEY["pk"]},
    }
    call(engine, "CreateTable", **schema)
    call(engine, "PutItem", TableName="tribune", Item=EVERY_TYPE)
    assert call(engine, "Query", **query)["Count"] == 1
    call(engine, "DeleteTable", TableName="tribune")
    call(engine, "CreateTable", **schema)
    assert call(engine, "Query", **query)["Items"] == []
    engine = open_engine(path)
    assert call(engine, "Query", **query)["Items"] == []
    call(engine, "DeleteTable", TableName="tribune")
    assert call(open_engine(path), "ListTables")["TableNames"] == []


def test_an_index_added_later_sees_the_items_before_it(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema)
    call(engine, "PutItem", TableName="tribune", Item={**KEY, "author": {"S": "x"}})
    query = {
        "TableName": "tribune",
        "IndexName": "author",
        "KeyConditionExpression": "author = :a",
        "ExpressionAttributeValues": {":a": {"S": "x"}},
    }
    assert call(engine, "Query", **query)["__status"] == 400
    create = {
        "IndexName": "author",
        "KeySchema": [{"AttributeName": "author", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
    }
    call(
        engine,
        "UpdateTable",
        TableName="tribune",
        AttributeDefinitions=[{"AttributeName": "author", "AttributeType": "S"}],
        GlobalSecondaryIndexUpdates=[{"Create": create}],
    )
    assert call(engine, "Query", **query)["Count"] == 1
    assert call(open_engine(path), "Query", **query)["Count"] == 1


def test_a_cancelled_transaction_tells_why_and_changes_nothing(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema)
    call(engine, "PutItem", TableName="tribune", Item=EVERY_TYPE)
    other = {**KEY, "sk": {"S": "c2"}}
    put_new = {"TableName": "tribune", "Item": other}
    put_again = {
        "TableName": "tribune",
        "Item": KEY,
        "ConditionExpression": "attribute_not_exists(pk)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    answer = call(engine, "TransactWriteItems", TransactItems=[{"Put": put_new}, {"Put": put_again}])
    assert answer["__type"] == "TransactionCanceledException"
    assert [reason["Code"] for reason in answer["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
    assert answer["CancellationReasons"][1]["Item"] == EVERY_TYPE
    for reader in (engine, open_engine(path)):
        if reader is not engine:
            assert call(reader, "Scan", TableName="tribune")["Items"] == [EVERY_TYPE]


def test_a_transaction_sent_again_after_reopening_is_not_applied_again(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema)
    add = {
        "TableName": "tribune",
        "Key": KEY,
        "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }
    transaction = {"ClientRequestToken": "t-1", "TransactItems": [{"Update": add}]}
    for _ in range(2):
        assert call(engine, "TransactWriteItems", **transaction)["__status"] == 200
        engine = open_engine(path)
    assert call(engine, "GetItem", TableName="tribune", Key=KEY)["Item"]["n"] == {"N": "1"}
    changed = {**transaction, "TransactItems": [{"Delete": {"TableName": "tribune", "Key": KEY}}]}
    answer = call(engine, "TransactWriteItems", **changed)
    assert answer["__type"] == "IdempotentParameterMismatchException"


def test_a_write_that_the_file_refuses_is_undone_and_not_acknowledged(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema)
    call(engine, "PutItem", TableName="tribune", Item={**KEY, "n": {"N": "1"}})
    (pages,) = engine._rows._db.execute("PRAGMA page_count").fetchone()
    engine._rows._db.execute(f"PRAGMA max_page_count = {pages}")
    large = {**KEY, "sk": {"S": "large"}, "large": {"S": "x" * 200_000}}
    puts = [{"Put": {"TableName": "tribune", "Item": item}} for item in ({**KEY, "n": {"N": "2"}}, large)]
    answer = call(engine, "TransactWriteItems", TransactItems=puts)
    assert answer["__status"] == 500
    assert answer["__type"] == "InternalServerError"
    kept = call(engine, "GetItem", TableName="tribune", Key=KEY)
    assert kept["Item"]["n"] == {"N": "1"}
    assert call(open_engine(path), "GetItem", TableName="tribune", Key=KEY) == kept


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [
        pytest.param("PutItem", b"\xff\xfe", 400, id="not UTF-8"),
        pytest.param("PutItem", b'{"TableName": "tribune", "Item": {"pk": {"S": "\\ud800"}}}', 400, id="half"),
        pytest.param("PutItem", b"[]", 400, id="not an object"),
        pytest.param("PutItem", b"{", 400, id="not JSON"),
        pytest.param("PutItem", b'{"a":' + b"[" * 100_000, 400, id="too deep"),
        pytest.param("BatchWriteItem", b'{"RequestItems": {"tribune": 7}}', 500, id="unforeseen"),
        pytest.param("ExecuteStatement", b"{}", 400, id="not offered"),
        pytest.param("", b"{}", 400, id="no action"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_and_changes_nothing(
    open_engine, call, schema, action, body, status
):
    engine = open_engine()
    call(engine, "CreateTable", **schema)
    call(engine, "PutItem", TableName="tribune", Item=EVERY_TYPE)
    assert engine.respond(f"DynamoDB_20120810.{action}", body).status == status
    assert call(engine, "Scan", TableName="tribune")["Items"] == [EVERY_TYPE]


def test_only_the_engine_deletes_what_has_expired(path, open_engine, call, schema):
    engine = open_engine(path)
    call(engine, "CreateTable", **schema)
    for sk, expiry in (("past", {"N": "99"}), ("now", {"N": "100"}), ("later", {"N": "101"})):
        call(engine, "PutItem", TableName="tribune", Item={**KEY, "sk": {"S": sk}, "expires_at": expiry})
    for sk, expiry in (("text", {"S": "1"}), ("none", {"NULL": True})):
        call(engine, "PutItem", TableName="tribune", Item={**KEY, "sk": {"S": sk}, "expires_at": expiry})
    assert engine.expire(100) == 0
    ttl = {"Enabled": True, "AttributeName": "expires_at"}
    call(engine, "UpdateTimeToLive", TableName="tribune", TimeToLiveSpecification=ttl)
    # What ministack's own expiry thread would go through.
    assert list(dynamodb._ttl_settings.all_items()) == []
    assert engine.expire(100) == 2
    for reader in (engine, open_engine(path)):
        if reader is not engine:
            left = call(reader, "Scan", TableName="tribune")["Items"]
            assert [item["sk"]["S"] for item in left] == ["later", "none", "text"]


def test_a_second_engine_in_the_process_is_refused(open_engine, path):
    engine = open_engine()
    with pytest.raises(EngineError, match="already has an engine open"):
        type(engine)(path)
    assert open_engine(path).respond("DynamoDB_20120810.ListTables", b"{}").status == 200


def test_nothing_is_left_in_the_process_when_the_engine_is_closed(open_engine, call, schema):
    plain = dynamodb._query
    engine = open_engine()
    call(engine, "CreateTable", **schema)
    assert dynamodb._query is not plain
    engine.close()
    engine.close()
    assert dynamodb._query is plain
    assert call(open_engine(), "ListTables")["TableNames"] == []
    with pytest.raises(EngineError, match="closed"):
        call(engine, "ListTables")


@pytest.mark.parametrize("content", [b"not a database" * 100, b""], ids=["other", "empty"])
def test_a_file_that_is_no_engine_s_is_refused_but_an_empty_one_is_taken(path, open_engine, content):
    path.write_bytes(content)
    if content:
        with pytest.raises(EngineError, match="cannot be read"):
            open_engine(path)
    assert open_engine(None if content else path).respond("X.ListTables", b"{}").status == 200


def test_a_file_of_another_format_is_refused(path, open_engine):
    open_engine(path)._rows._db.execute("PRAGMA user_version = 2")
    with pytest.raises(EngineError, match="format 2"):
        open_engine(path)
