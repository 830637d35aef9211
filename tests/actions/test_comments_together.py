"""Comments that come at once: counts stay exact, a submission is stored once, and conflicts are ridden out."""

import threading
from collections.abc import Callable

from tests.scene import Service
from tests.storage.test_storage_table import conflict, fail_next


def at_once(count: int, work: Callable[[int], object]) -> None:
    """Do `work` in eight threads."""

    def some(first: int) -> None:
        for number in range(first, count, 8):
            work(number)

    threads = [threading.Thread(target=some, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_counts_are_exact_when_many_post_and_moderators_decide_at_once(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    ids: list[str] = []

    def post(number: int) -> None:
        posted = service.post(author_email=f"r{number}@example.org", content=f"text {number}")
        assert posted.status == 201
        ids.append(posted.json["id"])
        if number % 3 == 0:
            service.decide("reject", ids[len(ids) // 2])

    at_once(120, post)

    article = service.call("GET", "/articles/a1").json
    rejected = service.queue("status=rejected")["counts"]["rejected"]
    assert article["comments"] == 120 - rejected
    assert service.queue("status=published")["counts"]["published"] == article["comments"]


def test_submissions_sent_many_times_at_once_are_stored_once(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    answers: list[tuple[int, str]] = []

    def post(number: int) -> None:
        which = number % 15
        posted = service.post(
            author_email=f"r{which}@example.org", content=f"text {which}", submission_id=f"submission-{which}"
        )
        assert posted.status == 201, posted.text
        answers.append((which, posted.json["id"]))

    at_once(240, post)

    assert len(set(answers)) == 15
    assert service.call("GET", "/articles/a1").json["comments"] == 15


def test_a_submission_is_answered_again_when_its_first_answer_was_lost_inside(any_service: Service) -> None:
    any_service.register()
    lost: list[bool] = [True]

    def lose(**_: object) -> None:
        if lost.pop() if lost else False:
            raise ConnectionError("the answer is lost")

    any_service.backend.table.client.meta.events.register_last("after-call.dynamodb.TransactWriteItems", lose)

    assert any_service.post(submission_id="submission-1").status == 503
    again = any_service.post(submission_id="submission-1")

    assert again.status == 201
    assert any_service.call("GET", "/articles/a1").json["comments"] == 1


def test_a_conflict_with_another_comment_is_not_the_readers_concern(any_service: Service) -> None:
    any_service.register()
    fail_next(any_service.backend.table.client, "TransactWriteItems", conflict(), conflict())

    assert any_service.post().status == 201
