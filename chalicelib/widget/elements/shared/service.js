// Questions to the service. Bodies go as JSON in text/plain, so that a browser sends no preflight; no cookie goes along.

const LONGEST_WAIT = 15_000;

/**
 * The address of something of the service, whose script has the address <service>/embed/<version>/<file>. A `service`
 * attribute says another; one with a path ends in a slash.
 */
export function address(host, path) {
  return new URL(path, new URL(host.getAttribute("service") ?? "../../", import.meta.url));
}

/** What the service says to a question, be it that it refuses. Throws what `fetch` throws. */
export function hear(host, path, options) {
  return fetch(address(host, path), { credentials: "omit", ...options }).then((answer) => answer.json());
}

/**
 * Ask the service; with a `body`, tell it. Throws what went wrong, as an error with the members of the service's problem:
 * its sentence, `status` (0: no answer that can be read), `code`, and `errors` by field.
 */
export async function ask(host, path, { body, lang, ...options } = {}) {
  const answer = await fetch(address(host, path), {
    method: body ? "POST" : "GET",
    body: body && JSON.stringify(body),
    headers: lang ? { "Accept-Language": lang } : {},
    credentials: "omit",
    signal: AbortSignal.timeout(LONGEST_WAIT),
    ...options,
  }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (answer?.ok && said) return said;
  throw Object.assign(new Error(said?.detail), { status: answer && !answer.ok ? answer.status : 0, ...said });
}
