// What stays in the reader's browser: drafts, own comments and their edit tokens, votes; names only with consent. What a
// browser does not keep, the page keeps as long as it is there.

const PREFIX = "tribune.";
const unkept = new Map();

/** What is kept under a name, null where nothing is; `tab`: in this tab only. */
export function recall(name, tab) {
  try {
    return JSON.parse(unkept.get(name) ?? area(tab).getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Keep something under a name; null forgets it. */
export function keep(name, value, tab) {
  const text = JSON.stringify(value ?? null);
  try {
    unkept.delete(name);
    if (value == null) area(tab).removeItem(PREFIX + name);
    else area(tab).setItem(PREFIX + name, text);
  } catch {
    // Storage is denied, or full.
    unkept.set(name, text);
  }
}

function area(tab) {
  return tab ? sessionStorage : localStorage;
}
