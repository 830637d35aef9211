"""In which of our languages does a reader want the answer?"""

import re

LANGUAGES = ("fr", "en")

# A language range and its weight (RFC 9110, 12.4.2 and 12.5.4), with the underscore some clients write.
_RANGE = re.compile(
    r"\s*(\*|[a-z]{1,8})([-_][a-z0-9_-]+)?\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?", re.IGNORECASE
)


def preferred_language(accept_language: str | None, default: str) -> str:
    """`fr` or `en`, by an `Accept-Language` header; `default` where it names neither.

    The highest weight wins, then the one named first. A region counts as its language (fr-CA is
    French), but `fr-CA;q=0` excludes only a region; `*` stands for the languages not named, the
    default first. A header that accepts none of ours gets the default, unless it excludes just that.
    """
    weights = _weights(accept_language or "")
    others = weights.pop("*", 0.0)
    wanted = [*weights, default, *LANGUAGES]
    excluded = [language for language, weight in weights.items() if weight == 0]
    return min(
        LANGUAGES,
        key=lambda language: (-weights.get(language, others), language in excluded, wanted.index(language)),
    )


def _weights(header: str) -> dict[str, float]:
    """Weights by language, in the order named; elements that are not language ranges are skipped."""
    weights: dict[str, float] = {}
    for element in header.split(","):
        if not (match := _RANGE.fullmatch(element)):
            continue
        name, region, weight = match[1].lower(), match[2], float(match[3] or 1)
        if weight or not region:
            weights[name] = max(weight, weights.get(name, 0.0))
    return weights
