// Opens and closes the comments, and counts the view. Without script the comments stay open.
const button = document.querySelector(".open-comments");
const comments = document.getElementById("comments");

function show(open) {
  comments.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  button.textContent = open ? "Masquer les commentaires" : button.dataset.label;
}

if (button && comments) {
  const wanted = /^#(comment|respond)/.test(location.hash) || location.search.length > 1;
  button.hidden = false;
  show(wanted);
  if (wanted && location.hash) document.querySelector(location.hash)?.scrollIntoView();
  button.addEventListener("click", () => show(comments.hidden));
  addEventListener("hashchange", () => {
    if (/^#(comment|respond)/.test(location.hash)) show(true);
  });
}

const article = document.body.dataset.article;
if (article) {
  // An empty text body keeps this a simple request: no preflight, and the page never waits for it.
  fetch(`/articles/${article}/views`, { method: "POST", keepalive: true, credentials: "omit" }).catch(() => {});
}
