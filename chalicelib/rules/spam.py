"""Does a comment read like those that this site's moderators have sent to spam?

Multinomial naive Bayes with Boolean attributes, the kind that Metsis, Androutsopoulos and Paliouras prefer in
"Spam Filtering with Naive Bayes: Which Naive Bayes?" (CEAS 2006). A sighting is one feature of one decided
comment. A feature seen s times in spam and g times in good comments weighs

    ln((s + 2 S/N) / (g + 2 G/N)) - ln(S / G)

where S of all N sightings were in spam and G in good comments: two more sightings than there were, split as all
are, so that a word seen once weighs little (Laplace). Measuring by sightings, not by comments, keeps long spam
from making every common word a sign of spam. The sum of the weights is the logarithm of the odds, for a comment
that is as likely spam as not: how much spam comes in is not known from the comments that were decided on.
"""

import json
import math
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice, pairwise

from chalicelib.rules.address_lists import host_of
from chalicelib.rules.folding import fold, is_word, tokens
from chalicelib.rules.writing import AsRead

ENOUGH = 50
"""Decisions below which the filter only watches."""
ENOUGH_OF_EACH = 10
HALVED_AT = 2_000
"""Decisions at which all counts are halved, so that the filter follows what comes in and a word seen once goes."""
SHOWN_WORDS = 6
BYTES_LIMIT = 12 * 1024
LONGEST_WORD = 30
MOST_WORDS = 300
"""Words of a comment that count, from its beginning, so that no comment weighs more than a few."""
MOST_LINKS = 20

# What may tell who somebody is: addresses, numbers, and what follows the host in a link.
_NOT_LEARNED = re.compile(r"(?<!\S)[^\s@]*+@\S*+|\b\d++\b|(?<=\w)/\S*+")
_APART = "|"  # in no feature
_MOST_ODDS = 36.0


@dataclass(frozen=True, slots=True)
class SpamModel:
    """What has been learned: decided comments and sightings of features, in spam and in good comments.

    `words` holds the sightings of each feature that was worth keeping, in spam first.
    """

    spam: int = 0
    good: int = 0
    spam_sightings: int = 0
    good_sightings: int = 0
    words: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpamScore:
    """How likely it is spam, and the features that weigh most, with their weights (above 0: spam).

    `percent` is None while too few comments were decided on.
    """

    percent: int | None
    words: tuple[tuple[str, float], ...]


def features(read: AsRead, author_name: str = "", author_url: str | None = None) -> frozenset[str]:
    """What of a comment is learned: words and pairs of words, the words of the name, hosts and number of links.

    Numbers, e-mail addresses and paths of links are not, so that none is kept. In scripts without spaces each pair
    of characters stands for a word.
    """
    words = _words(_NOT_LEARNED.sub(f" {_APART} ", read.text), MOST_WORDS)
    pairs = {f"{first} {second}" for first, second in pairwise(words) if _APART not in (first, second)}
    hosts = {host_of(link) for link in islice((*filter(None, [author_url]), *read.links), MOST_LINKS)}
    return frozenset(
        {word for word in words if len(word) > 1}
        | pairs
        | {f"name:{word}" for word in _words(author_name, MOST_WORDS) if word != _APART}
        | {f"link:{host}" for host in hosts if _APART not in host}
        | {f"links:{min(len(read.links), 3)}"}
    )


def learn(model: SpamModel, seen: Iterable[str], *, is_spam: bool) -> SpamModel:
    """The model after one more decision on a comment of these features."""
    learned = _counted(model, frozenset(seen), is_spam, 1)
    is_full = learned.spam + learned.good >= HALVED_AT and min(learned.spam, learned.good) >= 2 * ENOUGH_OF_EACH
    return _halved(learned) if is_full else learned


def unlearn(model: SpamModel, seen: Iterable[str], *, is_spam: bool) -> SpamModel:
    """The model without a decision that it had learned; what it no longer holds stays at 0."""
    return _counted(model, frozenset(seen), is_spam, -1)


def score(model: SpamModel, seen: Iterable[str]) -> SpamScore:
    """How much a comment of these features is like the spam, by what the site has decided so far."""
    weigh = _weight_of(model)
    weights = sorted(
        ((word, weigh(*model.words[word])) for word in seen if word in model.words),
        key=lambda weight: (-abs(weight[1]), weight[0]),
    )
    shown = tuple((word, round(weight, 1)) for word, weight in weights[:SHOWN_WORDS] if round(weight, 1))
    if model.spam + model.good < ENOUGH or min(model.spam, model.good) < ENOUGH_OF_EACH:
        return SpamScore(None, shown)
    odds = math.fsum(weight for _, weight in weights)
    bounded = max(-_MOST_ODDS, min(_MOST_ODDS, odds))
    return SpamScore(int(100 / (1 + math.exp(-bounded))), shown)


def dump(model: SpamModel, limit: int = BYTES_LIMIT) -> bytes:
    """The model in at most `limit` bytes, with as many of the features that tell most as there is room for.

    A feature tells more the more it weighs and the oftener it was seen. That is rounded, and of equals those
    learned last are kept, so that a full model goes on learning.
    """
    weigh = _weight_of(model)
    ranked = list(reversed(model.words))
    ranked.sort(key=lambda word: round(abs(weigh(*model.words[word])) * sum(model.words[word])), reverse=True)
    packed = _packed(model, ranked)
    fits, too_many = 0, len(ranked)
    while len(packed) > limit and too_many - fits > 1:
        middle = (fits + too_many) // 2
        if len(_packed(model, ranked[:middle])) <= limit:
            fits = middle
        else:
            too_many = middle
    return packed if len(packed) <= limit else _packed(model, ranked[:fits])


def load(packed: bytes) -> SpamModel:
    """The model of `dump`."""
    spam_comments, good_comments, in_spam, in_good, words = json.loads(zlib.decompress(packed))
    counted = {
        word: (int(spam), int(good))
        for counts, found in words.items()
        for spam, _, good in [counts.partition(" ")]
        for word in found.split(_APART)
    }
    return SpamModel(spam_comments, good_comments, in_spam, in_good, counted)


def _words(text: str, limit: int) -> list[str]:
    """The words of a text (in scripts without spaces, its characters), and `_APART` where none is to be paired."""
    parts = (part for part in tokens(fold(text)) if is_word(part) or part == _APART)
    return [part for part in islice(parts, limit) if len(part) <= LONGEST_WORD]


def _counted(model: SpamModel, seen: frozenset[str], is_spam: bool, times: int) -> SpamModel:
    in_spam, in_good = (times, 0) if is_spam else (0, times)
    words = dict(model.words)
    for word in sorted(seen):
        spam, good = words.get(word, (0, 0))
        words[word] = (max(0, spam + in_spam), max(0, good + in_good))
        if words[word] == (0, 0):
            del words[word]
    return SpamModel(
        max(0, model.spam + in_spam),
        max(0, model.good + in_good),
        max(0, model.spam_sightings + in_spam * len(seen)),
        max(0, model.good_sightings + in_good * len(seen)),
        words,
    )


def _halved(model: SpamModel) -> SpamModel:
    halves = {word: (spam // 2, good // 2) for word, (spam, good) in model.words.items()}
    return SpamModel(
        model.spam // 2,
        model.good // 2,
        model.spam_sightings // 2,
        model.good_sightings // 2,
        {word: counts for word, counts in halves.items() if any(counts)},
    )


def _weight_of(model: SpamModel) -> Callable[[int, int], float]:
    """What a feature of so many sightings in spam and in good comments weighs."""
    in_spam, in_good = max(1, model.spam_sightings), max(1, model.good_sightings)
    spam_share = in_spam / (in_spam + in_good)

    def weight(spam: int, good: int) -> float:
        odds = (spam + 2 * spam_share) / (good + 2 * (1 - spam_share))
        return math.log(odds * in_good / in_spam)

    return weight


def _packed(model: SpamModel, words: Iterable[str]) -> bytes:
    by_counts: dict[str, list[str]] = {}
    for word in words:
        by_counts.setdefault("{} {}".format(*model.words[word]), []).append(word)
    together = {counts: _APART.join(sorted(found)) for counts, found in sorted(by_counts.items())}
    totals = [model.spam, model.good, model.spam_sightings, model.good_sightings, together]
    return zlib.compress(json.dumps(totals, separators=(",", ":"), ensure_ascii=False).encode(), 9)
