// Requests to the service: the token goes into a header, problems come back as sentences, and lost ones go again.

import { has, lang, t } from "./language.js";
import { keep, recall } from "./session.js";

const BASE = new URL("../../", import.meta.url); // whatever a gateway puts before our paths
const PAUSES = [600, 2_000];
const LONGEST_WAIT = 8_000;

/** A request that failed: `code` for the page, `message` for people; status 0 is no answer at all. */
export class Problem extends Error {
  constructor({ status = 0, code = "unreachable", detail, title, errors = [], retryAfter = 0 }) {
    const fields = errors.map((error) => `${named(error.field)}${t("colon")}${error.message}`);
    super([detail ?? title ?? t("unreachable"), ...fields].join(" "));
    Object.assign(this, { status, code, retryAfter });
  }

  /** Whether the same request may go better a little later. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** A field of the service as the page calls it; a list's place or what it is a part of is left out. */
function named(field) {
  const name = field.split(".").findLast((part) => !/^\d+$/.test(part)) ?? field;
  const known = [`field.${name}`, `policy.${name}`, `filter.${name}`].find(has);
  return known ? t(known) : field;
}

let signIn = null;

/** What to do when the service knows the token no longer: `ask` resolves once there is another. */
export function whenUnknown(ask) {
  signIn = ask;
}

/** Read something; `query` without its empty values. */
export function get(path, query = {}, options = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const search = new URLSearchParams(given);
  return persistent("GET", search.size ? `${path}?${search}` : path, undefined, options);
}

/** Change something. What carries a `submission_id`, or changes nothing when sent twice, is sent again if need be. */
export function post(path, body, options = {}) {
  return persistent("POST", path, body, options);
}

/** Set something, which is the same however often it is set. */
export function put(path, body) {
  return persistent("PUT", path, body);
}

async function persistent(method, path, body, { token, tries = PAUSES.length } = {}) {
  for (let tried = 0; ; tried++) {
    const used = token ?? recall("token");
    try {
      return await once(method, path, body, used);
    } catch (problem) {
      if (problem.status === 401 && !token && signIn) {
        if (recall("token") === used) keep("token", null);
        if (!recall("token")) await signIn();
        tried = -1;
      } else if (!problem.passing || tried >= tries) {
        throw problem;
      } else {
        const wait = Math.max(PAUSES[tried] ?? 0, problem.retryAfter * 1_000);
        if (wait > LONGEST_WAIT) throw problem;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
}

async function once(method, path, body, token) {
  const headers = { "Accept-Language": lang };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer, said;
  try {
    answer = await fetch(new URL(path, BASE), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      redirect: "error",
    });
    said = await answer.json().catch(() => ({}));
  } catch {
    throw new Problem({});
  }
  if (answer.ok) return said;
  const retryAfter = Number(answer.headers.get("Retry-After")) || 0;
  throw new Problem({ title: t("failed", { status: answer.status }), ...said, status: answer.status, retryAfter });
}
