// What this tab remembers until it is closed: the token, drafts, what can be undone, whether keys are on. Nothing is kept longer.

const PREFIX = "tribune.";
let forgotten = false; // what was under way when a moderator signed out must not be kept after all
const unkept = new Map(); // where a browser denies storage, memory must do

export function recall(name) {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return unkept.get(name) ?? null;
  }
}

/** Forget everything. */
export function forget() {
  forgotten = true;
  unkept.clear();
  try {
    Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => sessionStorage.removeItem(name));
  } catch {
    // Denied storage holds nothing.
  }
}

/** Keep a text under a name; null forgets it. */
export function keep(name, value) {
  if (forgotten) return;
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, value);
  } catch {
    unkept.set(name, value);
  }
}
