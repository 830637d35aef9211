// Every word of the comments element in French. Lists are plural forms: one, other, many (Intl.PluralRules).
// U+202F before ; ! ?, U+00A0 before : and inside « », and ’ for the apostrophe.

export const language = "fr";
export const leave = "Laisser un commentaire";
export const none = "Aucun commentaire";
export const count = ["{n} commentaire", "{n} commentaires", "{n} de commentaires"];
export const first = "Soyez la première personne à commenter.";
export const closed = "Les commentaires sont fermés.";
export const links = {
  rules: "Règles de la discussion",
  privacy: "Vos données",
};
export const loading = "Chargement des commentaires…";
export const retry = "Réessayer";
export const more = "Commentaires suivants";
export const fresh = ["{n} nouveau commentaire", "{n} nouveaux commentaires"];
export const deeper = "Il y a du nouveau plus bas.";
export const sort = "Trier par";
export const orders = {
  newest: "Les plus récents",
  oldest: "Les plus anciens",
  best: "Les mieux notés",
};
export const staff = "Rédaction";
export const edited = "modifié";
export const pinned = "Épinglé";
export const removed = "Ce commentaire a été retiré.";
export const statuses = {
  held: "Votre commentaire est en attente de modération.",
  published: "Votre commentaire est publié.",
  rejected: "Votre commentaire n’a pas été retenu par la modération.",
  withdrawn: "Votre commentaire est retiré.",
};
export const you = "Vous";
export const redress = "Réclamation : {to}";
export const reply = "Répondre";
export const replyTo = "Répondre à {name}";
export const cancel = "Annuler";
export const report = "Signaler";
export const reportOf = "Signaler le commentaire de {name}";
export const up = "D’accord avec {name}";
export const down = "Pas d’accord avec {name}";
export const votes = ["{n} vote", "{n} votes"];
export const edit = "Modifier";
export const withdraw = "Retirer";
export const left = "encore {n} min";
export const save = "Enregistrer";
export const sure = "Plus personne ne verra ce commentaire.";
export const notes = "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *";
export const labels = {
  comment: "Commentaire",
  author: "Nom",
  email: "E-mail",
  url: "Site web",
};
export const consent = "Enregistrer mon nom, mon e-mail et mon site dans ce navigateur pour mon prochain commentaire.";
export const sending = "Envoi…";
export const restored = "Votre brouillon est retrouvé.";
export const offline = "Vous êtes hors connexion.";
export const unreachable = "Le service ne répond pas. Réessayez dans un instant.";
export const kept = "Votre texte est gardé.";
export const leaves = "Votre texte est gardé, et partira au retour de la connexion.";
export const remaining = ["{n} caractère restant", "{n} caractères restants"];
export const over = ["{n} caractère de trop", "{n} caractères de trop"];
export const errors = ["{n} champ est à corriger.", "{n} champs sont à corriger."];
export const why = "Pourquoi ?";
export const reasons = {
  spam: "Publicité",
  hate: "Haine ou discrimination",
  harassment: "Harcèlement",
  misinformation: "Fausse information",
  privacy: "Atteinte à la vie privée",
  off_topic: "Hors sujet",
  other: "Autre raison",
  illegal: "Contenu illégal",
  child_abuse: "Abus sexuel sur mineur",
};
export const explanation = "Précisions";
export const good_faith = "Je crois de bonne foi que ce que je signale est exact et complet.";
export const send = "Envoyer";
export const thanks = "Merci, votre signalement est enregistré.";
export const follow = "Suivre son traitement";
export const close = "Fermer";
