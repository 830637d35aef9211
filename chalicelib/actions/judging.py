"""What the rules of moderation say of a comment, with all that they look at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.actions import identity
from chalicelib.actions.poster import Poster, Written
from chalicelib.backend import Backend
from chalicelib.model import Article, FormCheck
from chalicelib.model.moderation import Submission
from chalicelib.rules import form_tokens, pipeline, spam
from chalicelib.rules import policy as policies
from chalicelib.rules.pipeline import Verdict
from chalicelib.rules.policy import Policy
from chalicelib.storage import authors, watch
from chalicelib.storage.items import Item


@dataclass(frozen=True)
class Told:
    """What the rules go by: what the newsroom has set, and what was learned of spam, None for nothing yet."""

    policy: Policy
    model: spam.SpamModel | None


def standard(backend: Backend) -> Policy:
    """What the rules are told where nobody has changed anything: the setting is the mode."""
    return Policy(mode=backend.settings.moderation)


def stored_policy(backend: Backend) -> Policy:
    """What the rules are told, as the table has it now."""
    return policy_of(backend, watch.policy(backend.table)[0])


def told(backend: Backend) -> Told:
    """What the rules go by, remembered for a minute: one BatchGet."""

    def load() -> Told:
        facts, model = watch.rules(backend.table)
        return Told(policy_of(backend, facts), spam.load(model) if model else None)

    return backend.memory.recall(Told, backend.now(), identity.REMEMBERED, load)


def tell(backend: Backend, changed: Policy) -> None:
    """Go by a changed policy from now on; other environments follow within a minute."""
    before = told(backend)
    backend.memory.forget(Told)
    backend.memory.recall(Told, backend.now(), identity.REMEMBERED, lambda: replace(before, policy=changed))


def policy_of(backend: Backend, facts: Mapping[str, object]) -> Policy:
    """A policy by what is stored of it."""
    return policies.from_facts(facts, standard(backend))


def is_reserved(backend: Backend, name: str) -> bool:
    """Whether a name is the staff's, by the policy or by the setting, or looks like it."""
    policy = told(backend).policy
    names = (*policy.staff_names, backend.settings.staff_name)
    return pipeline.reserved_name(name, replace(policy, staff_names=names))


def judge(
    backend: Backend,
    written: Written,
    whose: Poster,
    *,
    article: Article,
    author: Item | None,
    pace: watch.Pace,
    address: str,
    form_token: str | None = None,
    honeypot: str | None = None,
) -> Verdict:
    """The rules' verdict on what somebody wrote, by the author's record, the article, the pace and the form."""
    rules = told(backend)
    form, age = _form(backend, rules.policy, article.id, form_token)
    paced = backend.settings.comment_interval > 0
    looked_at = submission(backend, written, whose, article=article, author=author)
    return pipeline.judge(
        replace(
            looked_at,
            address=address,
            article_pace=pace.articles.get(article.id, 0) if paced else 0,
            site_pace=pace.site if paced else 0,
            honeypot=bool(honeypot),
            form=form,
            form_age=age,
        ),
        rules.policy,
        rules.model,
    )


def submission(
    backend: Backend, written: Written, whose: Poster, *, article: Article, author: Item | None
) -> Submission:
    """What the rules look at that can be looked at again later."""
    published, rejected = authors.outcomes(author, backend.now())
    return Submission(
        author_name=written.author_name,
        author_url=written.author_url,
        content=written.content,
        author_key=whose.key,
        email_domain=written.author_email.rpartition("@")[2],
        address="",
        network_key=whose.network_key,
        author_approved=authors.name_approved(author, whose.name),
        author_published=published,
        author_rejected=rejected,
        article_paused=article.newsroom_mode == "hold",
    )


def _form(
    backend: Backend, policy: Policy, article_id: str, form_token: str | None
) -> tuple[FormCheck, int | None]:
    if form_token is None:
        return "none", None
    return form_tokens.check(
        identity.site_secret(backend),
        form_token,
        article_id,
        backend.now(),
        form_seconds=policy.form_seconds,
        form_hours=policy.form_hours,
    )
