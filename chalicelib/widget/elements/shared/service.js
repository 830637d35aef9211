// Questions to the service. Bodies go as JSON in text/plain, so that a browser sends no preflight; no cookie goes along.

const LONGEST_WAIT = 15_000;

/**
 * The address of something of the service, whose script has the address <service>/embed/<version>/<file>. A `service`
 * attribute says another; one with a path ends in a slash.
 */
export function address(host, path) {
  return new URL(path, new URL(host.getAttribute("service") ?? "../../", import.meta.url));
}

// An answer of the service, whatever it is.
function get(host, path, options) {
  return fetch(address(host, path), { credentials: "omit", ...options });
}

/** What the service says to a question, be it that it refuses. Throws what `fetch` throws. */
export function hear(host, path, options) {
  return get(host, path, options).then((answer) => answer.json());
}

/**
 * Ask the service; with a `body`, tell it. Throws the service's problem, as it is: its `detail`, a sentence in `lang`,
 * `status`, `code`, and `errors` by field; with none of them where no answer can be read.
 */
export async function ask(host, path, body, lang) {
  let said;
  try {
    const answer = await get(host, path, {
      method: body && "POST",
      body: body && JSON.stringify(body),
      headers: { "Accept-Language": lang },
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    said = await answer.json();
    if (answer.ok) return said;
  } catch {
    // Nobody can be reached, or what was heard is none of the service's.
  }
  throw said ?? {};
}
