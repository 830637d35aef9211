// What this tab remembers until it is closed: the token, drafts, whether keys are on. Nothing is kept longer.

const PREFIX = "tribune.";
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
  unkept.clear();
  try {
    Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => sessionStorage.removeItem(name));
  } catch {
    // Denied storage holds nothing.
  }
}

/** Keep a text under a name; null forgets it. */
export function keep(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, value);
  } catch {
    unkept.set(name, value);
  }
}
