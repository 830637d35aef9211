"""What a site's developer pastes into an article's page: a form that needs no script, and a view counted."""


def form(url: str, article_id: str) -> str:
    """The form and the view of an article, for a service at `url`."""
    article = f"{url}/articles/{article_id}"
    return f"""\
<form method="post" action="{article}/comments">
  <p>Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *</p>
  <p><label>Commentaire * <textarea name="content" maxlength="5000" required></textarea></label></p>
  <p><label>Nom * <input name="author_name" maxlength="100" autocomplete="name" required></label></p>
  <p><label>E-mail * <input name="author_email" type="email" autocomplete="email" required></label></p>
  <p><button>Laisser un commentaire</button></p>
</form>
<script>fetch("{article}/views", {{method: "POST", keepalive: true}})</script>"""
