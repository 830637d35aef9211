"""What the service says, in French and in English. French has no-break spaces where its typography wants them."""

from typing import Literal, NamedTuple

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


class Text(NamedTuple):
    """One sentence in both languages; `{name}` stands for a parameter."""

    fr: str
    en: str

    def say(self, language: str, **params: str | int) -> str:
        """The sentence in a language, with its parameters in place."""
        return (self.fr if language == "fr" else self.en).format(**params)


class Problem(NamedTuple):
    """What a refusal says: what happened, and what to do about it."""

    title: Text
    detail: Text


PROBLEMS: dict[str, Problem] = {
    "invalid_json": Problem(
        Text("JSON illisible", "Unreadable JSON"),
        Text(
            "Le corps de la requête n’est pas du JSON valide en UTF-8. Corrigez-le et renvoyez-le.",
            "The body is not valid JSON in UTF-8. Correct it and send it again.",
        ),
    ),
    "invalid_form": Problem(
        Text("Formulaire illisible", "Unreadable form"),
        Text(
            "Le formulaire n’est pas encodé en UTF-8. Rechargez la page et renvoyez-le.",
            "The form is not encoded in UTF-8. Reload the page and send it again.",
        ),
    ),
    "unknown_event": Problem(
        Text("Évènement inconnu", "Unknown event"),
        Text(
            "Cet évènement n’est ni une requête d’API Gateway, ni celle d’une Function URL.",
            "This event is neither an API Gateway request nor a Function URL request.",
        ),
    ),
    "unauthorised": Problem(
        Text("Jeton requis", "Token required"),
        Text(
            "Envoyez un jeton valide dans l’en-tête « Authorization: Bearer … ».",
            "Send a valid token in the header “Authorization: Bearer …”.",
        ),
    ),
    "wrong_role": Problem(
        Text("Rôle insuffisant", "Wrong role"),
        Text(
            "Ce jeton n’ouvre pas cette route. Utilisez un jeton de rôle « {role} ».",
            "This token does not open this route. Use a token with the role “{role}”.",
        ),
    ),
    "wrong_section": Problem(
        Text("Autre rubrique", "Another section"),
        Text(
            "Ce jeton ne modère pas la rubrique de cet article. Demandez-en un qui l’ouvre.",
            "This token does not moderate this article’s section. Ask for one that does.",
        ),
    ),
    "wrong_edit_token": Problem(
        Text("Jeton de modification refusé", "Edit token refused"),
        Text(
            "Ce jeton n’est pas celui de ce commentaire. Utilisez celui reçu en réponse à son envoi.",
            "This token is not this comment’s. Use the one that came with the answer to it.",
        ),
    ),
    "edit_expired": Problem(
        Text("Délai dépassé", "Too late"),
        Text(
            "Le délai pour modifier ou retirer ce commentaire est passé. Répondez-y, ou écrivez à la rédaction.",
            "The time to edit or withdraw this comment is over. Reply to it, or write to the newsroom.",
        ),
    ),
    "edit_answered": Problem(
        Text("Commentaire déjà suivi d’une réponse", "Comment answered already"),
        Text(
            "Quelqu’un a répondu à ce commentaire : il ne peut plus changer. Répondez à votre tour.",
            "Somebody has answered this comment: it cannot change any more. Reply in your turn.",
        ),
    ),
    "edit_decided": Problem(
        Text("Commentaire déjà traité", "Comment decided on"),
        Text(
            "Ce commentaire n’est plus affiché : il ne peut plus changer. Écrivez-en un autre.",
            "This comment is not shown any more: it cannot change. Write another one.",
        ),
    ),
    "edit_limit": Problem(
        Text("Trop de modifications", "Too many edits"),
        Text(
            "Ce commentaire a été modifié trop souvent. Écrivez-en un autre.",
            "This comment has been edited too often. Write another one.",
        ),
    ),
    "origin_not_allowed": Problem(
        Text("Origine refusée", "Origin not allowed"),
        Text(
            "Les pages de ce site ne peuvent pas écrire ici. Ajoutez leur origine à TRIBUNE_ORIGINS.",
            "Pages of this site may not write here. Add their origin to TRIBUNE_ORIGINS.",
        ),
    ),
    "comments_closed": Problem(
        Text("Commentaires fermés", "Comments closed"),
        Text(
            "Les commentaires de cet article sont fermés. Vous pouvez toujours les lire.",
            "Comments on this article are closed. You can still read them.",
        ),
    ),
    "unknown_route": Problem(
        Text("Adresse inconnue", "Unknown address"),
        Text(
            "Rien ne répond à cette adresse. Consultez /openapi.json pour la liste des routes.",
            "Nothing answers at this address. See /openapi.json for the list of routes.",
        ),
    ),
    "unknown_article": Problem(
        Text("Article inconnu", "Unknown article"),
        Text(
            "Aucun article n’est enregistré sous cet identifiant. Enregistrez-le par PUT /articles/<id>.",
            "No article is registered under this id. Register it by PUT /articles/<id>.",
        ),
    ),
    "unknown_comment": Problem(
        Text("Commentaire inconnu", "Unknown comment"),
        Text(
            "Ce commentaire n’existe pas ou n’est pas public. Rechargez la liste.",
            "This comment does not exist or is not public. Reload the list.",
        ),
    ),
    "unknown_report": Problem(
        Text("Signalement inconnu", "Unknown report"),
        Text(
            "Aucun signalement n’a ce numéro. Vérifiez celui de votre accusé de réception.",
            "No report has this number. Check the one on your receipt.",
        ),
    ),
    "unknown_job": Problem(
        Text("Décision introuvable", "Decision not found"),
        Text(
            "Cette décision groupée n’existe pas, ou elle a plus d’un jour et ne s’annule plus. "
            "Décidez de nouveau sur chaque commentaire.",
            "There is no such bulk decision, or it is more than a day old and cannot be undone. "
            "Decide on each comment again.",
        ),
    ),
    "changed_meanwhile": Problem(
        Text("Commentaire changé entre-temps", "Comment changed meanwhile"),
        Text(
            "Ce commentaire a changé pendant votre demande. Rechargez-le et recommencez.",
            "This comment changed during your request. Reload it and try again.",
        ),
    ),
    "method_not_allowed": Problem(
        Text("Méthode refusée", "Method not allowed"),
        Text("Cette adresse accepte : {allow}.", "This address takes: {allow}."),
    ),
    "duplicate_comment": Problem(
        Text("Commentaire déjà envoyé", "Comment already sent"),
        Text(
            "Vous avez déjà envoyé ce texte ici. Inutile de le renvoyer : il est bien arrivé.",
            "You have sent this text here before. There is no need to send it again: it has arrived.",
        ),
    ),
    "too_large": Problem(
        Text("Requête trop grande", "Request too large"),
        Text(
            "Le corps de la requête dépasse {limit} octets. Raccourcissez-le.",
            "The body has more than {limit} bytes. Make it shorter.",
        ),
    ),
    "unsupported_type": Problem(
        Text("Type de contenu refusé", "Unsupported media type"),
        Text(
            "Envoyez du JSON (application/json ou text/plain, en UTF-8) ou un formulaire "
            "(application/x-www-form-urlencoded).",
            "Send JSON (application/json or text/plain, in UTF-8) or a form (application/x-www-form-urlencoded).",
        ),
    ),
    "invalid_fields": Problem(
        Text("Champs à corriger", "Fields to correct"),
        Text(
            "Un ou plusieurs champs sont à corriger. Rien n’a été enregistré.",
            "One or more fields need correcting. Nothing has been stored.",
        ),
    ),
    "too_many_comments": Problem(
        Text("Trop de commentaires", "Too many comments"),
        Text(
            "Vos commentaires se suivent de trop près. Réessayez dans {seconds} s : votre texte n’est pas perdu.",
            "Your comments come too fast. Try again in {seconds} s: your text is not lost.",
        ),
    ),
    "too_many_requests": Problem(
        Text("Trop de requêtes", "Too many requests"),
        Text(
            "Trop de requêtes viennent de votre adresse. Réessayez dans {seconds} s.",
            "Too many requests come from your address. Try again in {seconds} s.",
        ),
    ),
    "too_many_votes": Problem(
        Text("Trop de votes", "Too many votes"),
        Text(
            "Trop de votes sur ce commentaire viennent de votre adresse. Réessayez demain.",
            "Too many votes on this comment come from your address. Try again tomorrow.",
        ),
    ),
    "too_many_reports": Problem(
        Text("Trop de signalements", "Too many reports"),
        Text(
            "Trop de signalements viennent de votre adresse. Réessayez dans {seconds} s.",
            "Too many reports come from your address. Try again in {seconds} s.",
        ),
    ),
    "internal_error": Problem(
        Text("Erreur interne", "Internal error"),
        Text(
            "Une erreur est survenue de notre côté. Réessayez dans un instant ; si elle persiste, "
            "signalez le numéro {request_id}.",
            "Something went wrong on our side. Try again in a moment; if it persists, report number {request_id}.",
        ),
    ),
    "busy": Problem(
        Text("Service surchargé", "Service busy"),
        Text(
            "Le service ne répond pas pour l’instant. Réessayez dans quelques secondes.",
            "The service does not answer right now. Try again in a few seconds.",
        ),
    ),
}

FIELDS: dict[str, Text] = {
    "required": Text("Ce champ est obligatoire.", "This field is required."),
    "too_long": Text("Écrivez au plus {limit} caractères.", "Write at most {limit} characters."),
    "too_many": Text("Donnez au plus {limit} valeurs.", "Give at most {limit} values."),
    "invalid_email": Text(
        "Donnez une adresse e-mail valide, par exemple nom@exemple.fr.",
        "Give a valid email address, for example name@example.org.",
    ),
    "invalid_url": Text(
        "Donnez une adresse qui commence par http:// ou https://.",
        "Give an address that begins with http:// or https://.",
    ),
    "invalid_time": Text(
        "Donnez une date RFC 3339, par exemple 2026-11-23T08:30:00+01:00.",
        "Give an RFC 3339 time, for example 2026-11-23T08:30:00+01:00.",
    ),
    "invalid_type": Text("Ce champ n’a pas le bon type.", "This field has the wrong type."),
    "invalid_text": Text(
        "Ce texte contient des caractères qui n’existent pas. Retapez-le.",
        "This text has characters that do not exist. Type it again.",
    ),
    "invalid_choice": Text("Choisissez l’une des valeurs prévues.", "Choose one of the values provided for."),
    "out_of_range": Text(
        "Choisissez un nombre entre {minimum} et {maximum}.", "Choose a number from {minimum} to {maximum}."
    ),
    "unknown_field": Text("Ce champ n’existe pas. Retirez-le.", "There is no such field. Remove it."),
    "unknown_parent": Text(
        "Le commentaire auquel vous répondez n’est plus public. Répondez à un autre.",
        "The comment you answer is not public any more. Answer another one.",
    ),
    "invalid_format": Text("Ce champ n’a pas le bon format.", "This field has the wrong format."),
    "repeated_field": Text("Donnez ce champ une seule fois.", "Give this field once only."),
    "reserved_name": Text(
        "Ce nom est celui de la rédaction. Choisissez-en un autre.",
        "This name is the newsroom’s. Choose another one.",
    ),
    "not_published": Text(
        "Ce commentaire n’est pas public. Approuvez-le d’abord.",
        "This comment is not public. Approve it first.",
    ),
}
