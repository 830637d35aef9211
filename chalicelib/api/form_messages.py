"""What the page of a refused form says, in French and in English."""

from chalicelib.api.messages import Text

FORM: dict[str, Text] = {
    "heading": Text("Votre commentaire n’est pas encore envoyé", "Your comment has not been sent yet"),
    "notice": Text(
        "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
        "Your email address will not be published. Required fields are marked *",
    ),
    "content": Text("Commentaire", "Comment"),
    "author_name": Text("Nom", "Name"),
    "author_email": Text("E-mail", "Email"),
    "author_url": Text("Site web", "Website"),
    "submit": Text("Laisser un commentaire", "Leave a comment"),
    "email_again": Text(
        "Pour la protéger, nous n’affichons pas votre adresse : tapez-la de nouveau.",
        "To protect it, we do not show your address: please type it again.",
    ),
    "no_article": Text(
        "Cet article ne prend pas de commentaires ici. Gardez votre texte et revenez à l’article.",
        "This article takes no comments here. Keep your text and go back to the article.",
    ),
}
