"""What the demonstration newspaper prints: articles and comments of our own, in two languages."""

from ops.demo import comments_en, comments_fr
from ops.demo.articles_en import ENGLISH
from ops.demo.articles_fr import FRENCH

ARTICLES = FRENCH + ENGLISH
"""Of each language, as its front page has them: the lead story first."""
BY_ID = {article.id: article for article in ARTICLES}
CONVERSATIONS = comments_fr.CONVERSATIONS | comments_en.CONVERSATIONS
"""The comments of an article, by its id."""
